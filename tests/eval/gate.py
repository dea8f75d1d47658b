"""Measure the annotated corpora and hold the figures against their floors.

    python -m tests.eval.gate [CORPUS ...] [--pin] [--new-corpus NAME ...] [--floors FILE]

Prints each figure beside its floor. `--pin` raises every floor to its figure; where a figure has fallen below its
floor nothing is written. The annotations of a corpus are known by their hash: after a change of them the old floors say
nothing, and `--new-corpus NAME` together with `--pin` measures that corpus afresh. Exit status: 0 where every figure
reaches its floor, 1 where one has fallen or a corpus has changed, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.settings import GAZETTEER
from tests.eval import corpora
from tests.eval.floors import FLOORS, CorpusFloors, read_floors, rounded_down, write_floors
from tests.eval.measuring import Readings


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one corpus and the hash of its annotations."""

    sha256: str
    figures: Mapping[str, float]


@dataclass(slots=True)
class Verdict:
    """What the gate says: the lines to print, and the floors as they would be pinned."""

    lines: list[str] = field(default_factory=list)
    fallen: list[str] = field(default_factory=list)
    pinned: dict[str, CorpusFloors] = field(default_factory=dict)


def judge(measured: Mapping[str, Measured], floors: Mapping[str, CorpusFloors], new: Sequence[str] = ()) -> Verdict:
    """Hold measured figures against the floors. `new` names corpora whose floors are measured afresh."""
    verdict = Verdict(pinned=dict(floors))
    for name, corpus in measured.items():
        known = floors.get(name)
        if known is None or (name in new and known.sha256 != corpus.sha256):
            known = CorpusFloors(corpus.sha256, {})
        elif known.sha256 != corpus.sha256:
            verdict.fallen.append(
                f"{name}: the annotations have changed since the floors were pinned; check the change, then run "
                f"`python -m tests.eval.gate --pin --new-corpus {name}`"
            )
            continue
        fallen = known.fallen(corpus.figures)
        verdict.fallen += [f"{name}: {figure} has fallen below its floor of {fallen[figure]:.3f}" for figure in fallen]
        verdict.lines += [f"{name} ({corpus.sha256[:12]})", *_rows(corpus.figures, known.floors)]
        verdict.pinned[name] = known.raised(corpus.figures)
    return verdict


def _rows(figures: Mapping[str, float], floors: Mapping[str, float]) -> Iterator[str]:
    for name in dict.fromkeys((*figures, *floors)):
        value = f"{rounded_down(figures[name]):.3f}" if name in figures else "  -  "
        floor = f"{floors[name]:.3f}" if name in floors else "  -  "
        falls = name in floors and figures.get(name, -1.0) < floors[name]
        yield f"  {name:<40} {value}  floor {floor}{'  FALLEN' if falls else ''}"


def run(readings: Readings, names: Sequence[str], path: Path, pin: bool, new: Sequence[str] = ()) -> int:
    """Measure corpora, print the verdict, and pin the floors where that is asked for and nothing falls; exit status."""
    available = [name for name in names if corpora.is_available(name)]
    for name in names:
        if name not in available:
            print(f"{name}: not measured, its annotations are not on this machine")
    measured = {name: Measured(readings.corpus(name).sha256, readings.figures(name)) for name in available}
    verdict = judge(measured, read_floors(path), new)
    print(*verdict.lines, sep="\n")
    for problem in verdict.fallen:
        print(problem, file=sys.stderr)
    if verdict.fallen:
        return 1
    if pin:
        write_floors(verdict.pinned, path)
        print(f"pinned in {path}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", metavar="CORPUS", help=f"one of {', '.join(corpora.ALL)}; all by default")
    parser.add_argument("--pin", action="store_true", help="raise the floors to the figures, where none has fallen")
    parser.add_argument("--new-corpus", nargs="+", default=[], metavar="NAME", choices=corpora.ALL)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    options = parser.parse_args(arguments)
    unknown = set(options.corpora) - set(corpora.ALL)
    if unknown:
        parser.error(f"no corpus is called {', '.join(sorted(unknown))}; there are {', '.join(corpora.ALL)}")
    readings = Readings(Extractor(Gazetteer(ensure(Path(GAZETTEER.get())))))
    names = options.corpora or corpora.ALL
    return run(readings, names, options.floors, options.pin, options.new_corpus)


if __name__ == "__main__":
    sys.exit(main())
