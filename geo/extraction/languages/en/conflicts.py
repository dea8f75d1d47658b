"""Conflicts that reports count from: "since Syria's civil war began"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from geo.extraction.languages.en.tables import load

_BEFORE = r"(?:since|after)(?: the)?(?: (?:start|outbreak|beginning|onset|eruption)(?: of)?(?: the)?)?"
_AFTER = r"(?: (?:began|begun|started|broke out|erupted)(?: (?:in|on)(?: \w+)? (?:19|20)\d\d)?)?"


@cache
def beginnings() -> dict[str, date]:
    """The first day of each conflict, by the lower-cased names that it goes by."""
    rows = load("conflicts")["conflict"]
    return {name.lower(): row["since"] for row in rows for name in (*_names_from(row), *row.get("names", ()))}


def _names_from(row: dict[str, Any]) -> Iterator[str]:
    place, adjective = row["place"], row.get("adjective")
    for noun in row["nouns"]:
        yield from (f"{place}'s {noun}", f"{place}’s {noun}", f"{noun} in {place}", f"{noun} of {place}")
        if adjective:
            yield f"{adjective} {noun}"


def pattern() -> str:
    """The pattern of "since" a conflict began; the group `conflict` is its name."""
    return rf"{_BEFORE} (?P<conflict>{'|'.join(map(re.escape, beginnings()))}){_AFTER}"
