"""Rows of ACLED's exports (codebook 2023), as context. Without our own columns an event is not a desecration."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from geo.exports.acled import INTER, unescape
from geo.imports.checks import actor, country, day, number, position, whole
from geo.incidents.record import IncidentRecord, SourceRecord
from geo.incidents.serialization import with_place
from geo.model import UNKNOWN_ACTOR

_CATEGORIES = {name.lower(): code for code, name in INTER.items() if name}
_NUMBERED = dict(enumerate(INTER, 1))  # ACLED's older codes are the numbers of the same list
_WHERE_PREC = {1: 1, 2: 2, 3: 4}  # by ACLED's geo_precision (codebook 2023)
_KM = {1: 2.0, 2: 15.0}  # uncertainty by `where_prec`, set by hand: the extent of a town and of a district


def from_row(row: Mapping[str, str]) -> IncidentRecord:
    """One event. Raises ValueError or KeyError for a row that is not an event."""
    cells = {name: unescape(cell) for name, cell in row.items()}
    first, last, prec = _span(day(cells["event_date"]), whole(cells, "time_precision", 1, 3) or 1)
    lat, lon = position(number(cells, "latitude"), number(cells, "longitude"))
    where = _WHERE_PREC.get(whole(cells, "geo_precision", 1, 3) or 0)
    record = IncidentRecord(
        incident_id=cells["event_id_cnty"],
        target=_target(cells),
        actor_name=actor(cells["actor1"]) or UNKNOWN_ACTOR,
        actor_category=_category(cells.get("inter1", "")),
        start_date=first,
        end_date=last,
        date_prec=prec,
        place_name=cells.get("location") or None,
        admin1=cells.get("admin1") or None,
        country=country(cells.get("country", "")),
        where_prec=where if lat is not None else None,
        uncertainty_km=_KM.get(where or 0),
        sources=(_source(cells, lat, lon),),
    )
    return with_place(record, lat, lon)


def _target(cells: Mapping[str, str]) -> str:
    """The type of event, and how many died."""
    kind = cells.get("sub_event_type") or cells.get("event_type") or "event"
    deaths = number(cells, "fatalities")
    return f"{kind}{f', {deaths:.0f} dead' if deaths else ''}"


def _source(cells: Mapping[str, str], lat: float | None, lon: float | None) -> SourceRecord:
    """The dataset's own row in place of a report, with the actor as the dataset names it."""
    return SourceRecord(
        report_id=cells["event_id_cnty"],
        publisher=cells.get("source") or None,
        evidence=cells.get("notes", ""),
        actor_name=cells["actor1"] or UNKNOWN_ACTOR,
        place_name=cells.get("location") or None,
        lat=lat,
        lon=lon,
    )


def _span(event_date: date, precision: int) -> tuple[date, date, int]:
    """The interval and `date_prec` of ACLED's day and time_precision."""
    if precision == 1:
        return event_date, event_date, 1
    if precision == 2:
        return event_date - timedelta(days=3), event_date + timedelta(days=3), 3
    month_length = calendar.monthrange(event_date.year, event_date.month)[1]
    return event_date.replace(day=1), event_date.replace(day=month_length), 4


def _category(inter: str) -> str:
    code = inter.strip()
    return _NUMBERED.get(int(code), "unknown") if code.isdigit() else _CATEGORIES.get(code.lower(), "unknown")
