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
from geo.incidents.filters import FILTERS, Box, Selection
from geo.incidents.record import IncidentRecord

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]
_NO_DAY = np.iinfo(np.int32).min
_FAR = 1e9  # kilometres: more than any uncertainty, since no distance on Earth exceeds 20,004 km
_NEAR_A_PLACE = 2  # UCDP GED's `where_prec`: 1 and 2 are positions, higher codes are divisions and countries
_EPOCH = date(1970, 1, 1).toordinal()

# The filters by values of a record, each with the function that returns them: all of them where a record has several.
FACETS: dict[str, Callable[[IncidentRecord], Iterable[Any]]] = {
    f.name: f.values for f in FILTERS if f.values is not None
}
# The first and last day of a record by each of the CLOCKS.
_DAYS_OF: dict[str, Callable[[IncidentRecord], tuple[date | None, date | None]]] = {
    "occurred": lambda r: (r.start_date, r.end_date),
    "reported": lambda r: (r.reported, r.reported),
    "added": lambda r: (r.added.date(), r.added.date()) if r.added else (None, None),
}


@dataclass(frozen=True)
class _Column:
    """The values of one facet: `rows[i]` has the value numbered `codes[i]`; a row may be there more than once."""

    values: list[Any]
    rows: npt.NDArray[np.int32]
    codes: npt.NDArray[np.int32]


class IncidentColumns:
    """Incidents and the columns by which they are filtered. `records` keep their order; a mask has one value for each.

    `lat` and `lon` are in degrees of WGS84, NaN where an incident has no place; `own` is true for those read from
    reports and false for imported events.
    """

    def __init__(self, records: Sequence[IncidentRecord]) -> None:
        self.records = tuple(records)
        self._facets = {name: _column(self.records, values) for name, values in FACETS.items()}
        self._days = {clock: _days(self.records, days) for clock, days in _DAYS_OF.items()}
        self._year = {clock: _years(*days) for clock, days in self._days.items()}
        self.lat = np.array([r.place.lat if r.place else np.nan for r in self.records])
        self.lon = np.array([r.place.lon if r.place else np.nan for r in self.records])
        self.own = np.array([r.incident is not None for r in self.records], dtype=bool)
        self._km = np.array([_distance_off(r) for r in self.records])
        self._independent = np.array([r.n_independent for r in self.records], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.records)

    def select(self, selection: Selection) -> list[IncidentRecord]:
        """The incidents that pass, in their order."""
        return [self.records[i] for i in np.flatnonzero(self.mask(selection))]

    def mask(self, selection: Selection, without: str | None = None) -> Mask:
        """Which incidents pass; `without` leaves one filter out."""
        return self._all_but(without, self._masks(selection))

    def counts(self, selection: Selection) -> dict[str, Counter[Any]]:
        """For each filter by values all its values, and how many incidents have each under the other filters.

        `year` is by the clock of the selection.
        """
        masks, columns = self._masks(selection), self._facets | {"year": self._year[selection.clock]}
        return {name: _counted(column, self._all_but(name, masks)) for name, column in columns.items()}

    def days(self, clock: str) -> tuple[Days, Days, Mask]:
        """First and last day (from 1970) by one of the CLOCKS, and which incidents have them."""
        first, last = self._days[clock]
        return first, last, first != _NO_DAY

    def _all_but(self, name: str | None, masks: Mapping[str, Mask]) -> Mask:
        passing = np.ones(len(self), dtype=bool)
        for other, mask in masks.items():
            if other != name:
                passing &= mask
        return passing

    def _masks(self, selection: Selection) -> dict[str, Mask]:
        """A mask for each filter in force."""
        masks: dict[str, Mask] = {}
        for each, value in selection.in_force():
            if each.values is not None:
                masks[each.name] = self._with_values(self._facets[each.name], value)
        if selection.year:
            masks["year"] = self._with_values(self._year[selection.clock], selection.year)
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
            masks["text"] = self._with_words(selection.text)
        return masks

    def _with_values(self, column: _Column, values: Iterable[Any]) -> Mask:
        wanted = set(values)
        codes = [i for i, value in enumerate(column.values) if value in wanted]
        mask = np.zeros(len(self), dtype=bool)
        mask[column.rows[np.isin(column.codes, codes)]] = True
        return mask

    def _inside(self, box: Box) -> Mask:
        west, south, east, north = box
        after, before = self.lon >= west, self.lon <= east
        # A box whose west lies east of its east spans the antimeridian (RFC 7946, 5.2).
        between = after & before if west <= east else after | before
        inside: Mask = between & (self.lat >= south) & (self.lat <= north)
        return inside

    def _with_words(self, text: str) -> Mask:
        words = plain(text).split()
        return np.fromiter((all(w in own for w in words) for own in self._texts), dtype=bool, count=len(self))

    @cached_property
    def _texts(self) -> list[str]:
        return [plain(" ".join(_texts(r))) for r in self.records]


def _counted(column: _Column, passing: Mask) -> Counter[Any]:
    numbers = np.bincount(column.codes[passing[column.rows]], minlength=len(column.values))
    return Counter(dict(zip(column.values, numbers.tolist(), strict=True)))


def _column(records: Sequence[IncidentRecord], values: Callable[[IncidentRecord], Iterable[Any]]) -> _Column:
    numbers: dict[Any, int] = {}
    rows, codes = [], []
    for row, record in enumerate(records):
        for value in values(record):
            rows.append(row)
            codes.append(numbers.setdefault(value, len(numbers)))
    return _Column(list(numbers), np.array(rows, dtype=np.int32), np.array(codes, dtype=np.int32))


def _days(
    records: Sequence[IncidentRecord], days: Callable[[IncidentRecord], tuple[date | None, date | None]]
) -> tuple[Days, Days]:
    pairs = [days(record) for record in records]
    first = np.array([_day(d) if d else _NO_DAY for d, _ in pairs], dtype=np.int32)
    last = np.array([_day(d) if d else _NO_DAY for _, d in pairs], dtype=np.int32)
    return first, last


def _years(first: Days, last: Days) -> _Column:
    """Every year that each interval touches."""
    rows = np.flatnonzero(first != _NO_DAY).astype(np.int32)
    start, end = (
        days[rows].astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970 for days in (first, last)
    )
    length = np.maximum(end - start + 1, 0)
    repeated = np.repeat(rows, length)
    years = np.repeat(start, length) + np.arange(len(repeated)) - np.repeat(np.cumsum(length) - length, length)
    values, codes = np.unique(years, return_inverse=True)
    return _Column(values.tolist(), repeated, codes.astype(np.int32))


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _distance_off(record: IncidentRecord) -> float:
    """How far off the position may be, in kilometres, where it is at a place or near one."""
    if record.where_prec is None or record.where_prec > _NEAR_A_PLACE:
        return _FAR
    return record.uncertainty_km or 0.0


def _texts(record: IncidentRecord) -> list[str]:
    names = (record.target, record.actor_name, record.place_name, record.admin1)
    return [text for text in (*names, *(s.evidence for s in record.sources)) if text]
