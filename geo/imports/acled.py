"""Rows of ACLED's exports (codebook 2023), as context. An event without our own columns is not of desecration."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from geo.exports.acled import INTER, plain
from geo.imports.checks import actor, country, day, event, number, position, whole

_CATEGORIES = {name.lower(): code for code, name in INTER.items() if name}
_NUMBERED = dict(enumerate(INTER, 1))  # ACLED's older codes are the numbers of the same list
_WHERE = {1: 1, 2: 2, 3: 4}
_KM = {1: 2.0, 2: 15.0}


def from_row(row: Mapping[str, str]) -> dict[str, Any]:
    """One event. Raises ValueError or KeyError for a row that is none."""
    told = {name: plain(cell) for name, cell in row.items()}
    first, last, prec = _span(day(told["event_date"]), whole(told, "time_precision", 1, 3) or 1)
    lat, lon = position(number(told, "latitude"), number(told, "longitude"))
    where = _WHERE.get(whole(told, "geo_precision", 1, 3) or 0)
    deaths = number(told, "fatalities")
    kind = told.get("sub_event_type") or told.get("event_type") or "event"
    source = {
        "report_id": told["event_id_cnty"],
        "url": None,
        "publisher": told.get("source") or None,
        "published": None,
    }
    source |= {"evidence": told.get("notes", ""), "actor_name": told["actor1"] or "Unknown"}
    return event(
        incident_id=told["event_id_cnty"],
        target=f"{kind}{f', {deaths:.0f} dead' if deaths else ''}",
        actor_name=actor(told["actor1"]) or "Unknown",
        actor_category=_category(told.get("inter1", "")),
        start_date=first.isoformat(),
        end_date=last.isoformat(),
        year=last.year,
        date_prec=prec,
        place_name=told.get("location") or None,
        admin1=told.get("admin1") or None,
        country=country(told.get("country", "")),
        where_prec=where if lat is not None else None,
        uncertainty_km=_KM.get(where or 0),
        lat=lat,
        lon=lon,
        sources=[source | {"place_name": told.get("location") or None, "lat": lat, "lon": lon}],
    )


def _span(told: date, precision: int) -> tuple[date, date, int]:
    """The interval and `date_prec` of ACLED's day and time_precision."""
    if precision == 1:
        return told, told, 1
    if precision == 2:
        return told - timedelta(days=3), told + timedelta(days=3), 3
    return told.replace(day=1), told.replace(day=calendar.monthrange(told.year, told.month)[1]), 4


def _category(inter: str) -> str:
    code = inter.strip()
    return _NUMBERED.get(int(code), "unknown") if code.isdigit() else _CATEGORIES.get(code.lower(), "unknown")
