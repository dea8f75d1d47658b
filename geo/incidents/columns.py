"""Incidents as columns, so that thousands are filtered and counted at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.gazetteer.names import plain
from geo.incidents.aggregation import Summary
from geo.incidents.filters import Selection

Mask = npt.NDArray[np.bool_]
_NO_DAY = np.iinfo(np.int32).min
_FAR = 1e9  # kilometres: farther off than any place is told

# Each filter by values, and what of an incident's properties it is about; several where it has several.
FACETS: dict[str, Callable[[Mapping[str, Any]], Iterable[Any]]] = {
    "actor": lambda p: (p["actor_name"],),
    "actor_category": lambda p: (p["actor_category"],),
    "type": lambda p: (p["incident_type"],),
    "target_type": lambda p: (p["target_type"],),
    "country": lambda p: (p["country"],) if p["country"] else (),
    "admin1": lambda p: (p["admin1"],) if p["admin1"] else (),
    "assertion": lambda p: (p["assertion"],),
    "status": lambda p: (p["status"],),
    "publisher": lambda p: dict.fromkeys(s["publisher"] for s in p["sources"] if s.get("publisher")),
    "dataset": lambda p: (p["dataset"],),
}


@dataclass(frozen=True)
class _Column:
    """The values of one facet: `rows[i]` has the value numbered `codes[i]`; a row may stand there more than once."""

    values: list[Any]
    rows: npt.NDArray[np.int32]
    codes: npt.NDArray[np.int32]


class Frame:
    """Incidents and what filters ask of them. `summaries` keep their order; a mask has a place for each.

    `lat` and `lon` are in degrees of WGS84, not a number where an incident has no place; `own` tells those read from
    reports from imported events.
    """

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self.summaries = tuple(summaries)
        properties = [s.properties for s in self.summaries]
        self._facets = {name: _column(properties, read) for name, read in FACETS.items()}
        self._days = {clock: _days(properties, *names) for clock, names in _DAYS_OF.items()}
        self._year = {clock: _years(*days) for clock, days in self._days.items()}
        self.lat = np.array([s.place.lat if s.place else np.nan for s in self.summaries])
        self.lon = np.array([s.place.lon if s.place else np.nan for s in self.summaries])
        self.own = np.array([s.incident is not None for s in self.summaries], dtype=bool)
        self._km = np.array([_reach(p) for p in properties])
        self._independent = np.array([p["n_independent"] for p in properties], dtype=np.int32)

    def __len__(self) -> int:
        return len(self.summaries)

    def of(self, selection: Selection) -> list[Summary]:
        """The incidents that pass, in their order."""
        return [self.summaries[i] for i in np.flatnonzero(self.mask(selection))]

    def mask(self, selection: Selection, without: str | None = None) -> Mask:
        """Which incidents pass; `without` leaves one filter out."""
        passing = np.ones(len(self), dtype=bool)
        for name, mask in self._masks(selection).items():
            if name != without:
                passing &= mask
        return passing

    def counts(self, selection: Selection) -> dict[str, Counter[Any]]:
        """For each facet all its values, and how many incidents have each under the other filters.

        `year` is that of the clock which the selection goes by.
        """
        masks, columns = self._masks(selection), self._facets | {"year": self._year[selection.clock]}
        return {name: self._counted(name, column, masks) for name, column in columns.items()}

    def days(self, clock: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Mask]:
        """First and last day (from 1970) by one of the CLOCKS, and which incidents have them."""
        first, last = self._days[clock]
        return first, last, first != _NO_DAY

    def _counted(self, name: str, column: _Column, masks: Mapping[str, Mask]) -> Counter[Any]:
        others = np.ones(len(self), dtype=bool)
        for other, mask in masks.items():
            if other != name:
                others &= mask
        numbers = np.bincount(column.codes[others[column.rows]], minlength=len(column.values))
        return Counter(dict(zip(column.values, numbers.tolist(), strict=True)))

    def _masks(self, selection: Selection) -> dict[str, Mask]:
        """A mask for each filter in force."""
        masks = {
            name: self._having(self._facets[name], getattr(selection, name))
            for name in FACETS
            if getattr(selection, name)
        }
        if selection.year:
            masks["year"] = self._having(self._year[selection.clock], selection.year)
        first, last = self._days[selection.clock]
        if selection.since is not None:
            masks["since"] = last >= _day(selection.since)
        if selection.until is not None:
            masks["until"] = (first != _NO_DAY) & (first <= _day(selection.until))
        if selection.bbox is not None:
            masks["bbox"] = self._inside(selection.bbox)
        if selection.within_km is not None:
            masks["within_km"] = self._km <= selection.within_km
        if selection.independent is not None:
            masks["independent"] = self._independent >= selection.independent
        if selection.text:
            masks["text"] = self._saying(selection.text)
        return masks

    def _having(self, column: _Column, values: Iterable[Any]) -> Mask:
        wanted = set(values)
        codes = [i for i, value in enumerate(column.values) if value in wanted]
        mask = np.zeros(len(self), dtype=bool)
        mask[column.rows[np.isin(column.codes, codes)]] = True
        return mask

    def _inside(self, box: tuple[float, float, float, float]) -> Mask:
        west, south, east, north = box
        after, before = self.lon >= west, self.lon <= east
        # A box whose west lies east of its east spans the antimeridian (RFC 7946, 5.2).
        around = after & before if west <= east else after | before
        inside: Mask = around & (self.lat >= south) & (self.lat <= north)
        return inside

    def _saying(self, text: str) -> Mask:
        words = plain(text).split()
        return np.fromiter((all(w in held for w in words) for held in self._texts), dtype=bool, count=len(self))

    @cached_property
    def _texts(self) -> list[str]:
        return [plain(" ".join(_texts(s.properties))) for s in self.summaries]


# Of each of the CLOCKS the properties that hold the first and last day.
_DAYS_OF = {
    "occurred": ("start_date", "end_date"),
    "reported": ("reported", "reported"),
    "added": ("added", "added"),
}


def _column(properties: Sequence[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], Iterable[Any]]) -> _Column:
    numbers: dict[Any, int] = {}
    rows, codes = [], []
    for row, p in enumerate(properties):
        for value in read(p):
            rows.append(row)
            codes.append(numbers.setdefault(value, len(numbers)))
    return _Column(list(numbers), np.array(rows, dtype=np.int32), np.array(codes, dtype=np.int32))


def _days(
    properties: Sequence[Mapping[str, Any]], first: str, last: str
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    def read(name: str) -> npt.NDArray[np.int32]:
        told = (p[name] for p in properties)
        return np.array([_day(date.fromisoformat(d[:10])) if d else _NO_DAY for d in told], dtype=np.int32)

    return read(first), read(last)


def _years(first: npt.NDArray[np.int32], last: npt.NDArray[np.int32]) -> _Column:
    """Every year that each interval touches."""
    rows = np.flatnonzero(first != _NO_DAY).astype(np.int32)
    start, end = (
        days[rows].astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970 for days in (first, last)
    )
    length = end - start + 1
    held = np.repeat(rows, length)
    years = np.repeat(start, length) + np.arange(len(held)) - np.repeat(np.cumsum(length) - length, length)
    values, codes = np.unique(years, return_inverse=True)
    return _Column(values.tolist(), held, codes.astype(np.int32))


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


_EPOCH = date(1970, 1, 1).toordinal()


def _reach(p: Mapping[str, Any]) -> float:
    """How far off the place told may be: its uncertainty, where it is a point or near one."""
    if p["where_prec"] is None or p["where_prec"] > 2:
        return _FAR
    return float(p["uncertainty_km"] or 0.0)


def _texts(p: Mapping[str, Any]) -> list[str]:
    told = [p["target"], p["actor_name"], p["place_name"], p["admin1"], *(s.get("evidence") for s in p["sources"])]
    return [t for t in told if t]
