"""Score the program's output against annotated reports.

    python -m tests.eval.score claims   GOLD.jsonl EXTRACT.jsonl
    python -m tests.eval.score toponyms GOLD.jsonl EXTRACT.jsonl
    python -m tests.eval.score linking  GOLD.jsonl EXPORT.geojson

`--json` prints the figures as JSON; `--errors` lists every problem first, one on a line.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.eval.corpora import read_rows
from tests.eval.scoring import Scores, score_claims, score_linking, score_toponyms
from tests.eval.scoring.figures import Figures


def score(subject: str, gold: Path, output: Path) -> Scores:
    """The figures of an output file; `subject` is "claims", "toponyms" or "linking"."""
    if subject == "linking":
        return score_linking(read_rows(gold), json.loads(output.read_text(encoding="utf-8")))
    scorer = score_claims if subject == "claims" else score_toponyms
    return scorer(read_rows(gold), read_rows(output))


def table(figures: Figures, indent: str = "") -> list[str]:
    """The figures as lines of text, groups indented."""
    lines: list[str] = []
    for name, value in figures.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}", *table(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name:<36}{value:.3f}" if isinstance(value, float) else f"{indent}{name:<36}{value}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subject", choices=["claims", "toponyms", "linking"])
    parser.add_argument("gold", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    scores = score(options.subject, options.gold, options.output)
    if options.errors:
        print(*("\t".join(problem) for problem in scores.problems), sep="\n")
    print(json.dumps(scores.figures) if options.json else "\n".join(table(scores.figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
