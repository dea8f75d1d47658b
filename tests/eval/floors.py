"""The floors under the figures: a file with a table per corpus, the hash of the corpus and a floor per figure."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.atomic_write import sink

FLOORS = Path(__file__).with_name("floors.toml")
DIGITS = 3
SCALE = 1000  # ten to the power of DIGITS

_HEADER = """\
# Figures on the annotated corpora that must not fall. Written by `python -m tests.eval.gate --pin`, which raises
# floors and never lowers one. `sha256` is the hash of the annotations that the floors were measured on.
"""


@dataclass(frozen=True, slots=True)
class CorpusFloors:
    """The floors of one corpus, by the dotted name of the figure."""

    sha256: str
    floors: Mapping[str, float]

    def fallen(self, figures: Mapping[str, float]) -> dict[str, float]:
        """The floors above their figures; a figure that is no longer measured counts as fallen."""
        return {name: floor for name, floor in self.floors.items() if figures.get(name, -math.inf) < floor}

    def raised(self, figures: Mapping[str, float]) -> CorpusFloors:
        """These floors, each at its figure where that is higher, and a floor for each figure that had none."""
        pinned = {name: max(self.floors.get(name, 0.0), rounded_down(value)) for name, value in figures.items()}
        return CorpusFloors(self.sha256, {**self.floors, **pinned})


def rounded_down(value: float) -> float:
    """A figure as it is pinned: three digits, never more than it is."""
    return math.floor(value * SCALE + 1e-9) / SCALE


def read_floors(path: Path = FLOORS) -> dict[str, CorpusFloors]:
    """The floors by corpus. A file that does not exist has none."""
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: CorpusFloors(table["sha256"], table["floors"]) for name, table in tables.items()}


def write_floors(floors: Mapping[str, CorpusFloors], path: Path = FLOORS) -> None:
    """Write the floors of all corpora."""
    parts = [_HEADER]
    for name, corpus in floors.items():
        lines = [f"[{name}]", f'sha256 = "{corpus.sha256}"', f"[{name}.floors]"]
        lines += [f'"{figure}" = {value:.{DIGITS}f}' for figure, value in corpus.floors.items()]
        parts.append("\n".join(lines) + "\n")
    with sink(path) as write:
        write("\n".join(parts).encode())
