"""The English words for time in `lexicon/time.toml`, as tables by word."""

from __future__ import annotations

from geo.extraction.languages.en.tables import load

_WORDS = load("time")
MONTHS: dict[str, int] = _WORDS["months"]
WEEKDAYS: dict[str, int] = _WORDS["weekdays"]
SEASONS: dict[str, tuple[int, int]] = {name: (first, last) for name, (first, last) in _WORDS["seasons"].items()}
FEASTS: dict[str, tuple[int, int]] = {name: (month, day) for name, (month, day) in _WORDS["feasts"].items()}
VAGUE_NUMBERS: dict[str, int] = _WORDS["vague_numbers"]
UNIT_DAYS: dict[str, int] = _WORDS["unit_days"]
PARTS_OF_YEAR: dict[str, tuple[int, int]] = {p: (first, last) for p, (first, last) in _WORDS["parts_of_year"].items()}
