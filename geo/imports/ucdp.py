"""Rows of the UCDP Georeferenced Event Dataset (codebook 23.1), as context: events of fighting, not of desecration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.imports.checks import actor, country, day, event, number, position, whole

_VIOLENCE = {1: "state-based violence", 2: "non-state violence", 3: "one-sided violence"}
_KM = {1: 1.0, 2: 25.0}  # how far off a place of that `where_prec` is, by the codebook


def from_row(row: Mapping[str, str]) -> dict[str, Any]:
    """One event. Raises ValueError or KeyError for a row that is none."""
    first, last = day(row["date_start"]), day(row.get("date_end") or row["date_start"])
    if first > last:
        raise ValueError(f"date_start {first} is after date_end {last}")
    lat, lon = position(number(row, "latitude"), number(row, "longitude"))
    prec = whole(row, "where_prec", 1, 7)
    side = row["side_a"].strip() or "Unknown"
    deaths = number(row, "best")
    kind = _VIOLENCE.get(whole(row, "type_of_violence", 1, 3) or 0, "violence")
    against = row.get("side_b", "").strip()
    return event(
        incident_id=f"{number(row, 'id'):.0f}",
        target=f"{kind}{f' against {against}' if against else ''}{f', {deaths:.0f} dead' if deaths else ''}",
        actor_name=actor(side),
        actor_category="state_forces" if side.startswith("Government of") else "rebel_group",
        start_date=first.isoformat(),
        end_date=last.isoformat(),
        year=last.year,
        date_prec=whole(row, "date_prec", 1, 5),
        place_name=row.get("where_coordinates") or row.get("adm_2") or row.get("adm_1") or None,
        admin1=row.get("adm_1") or None,
        country=country(row.get("country", "")),
        where_prec=prec if lat is not None else None,
        uncertainty_km=_KM.get(prec or 0),
        lat=lat,
        lon=lon,
        sources=[_source(row, side, lat, lon)],
    )


def _source(row: Mapping[str, str], side: str, lat: float | None, lon: float | None) -> dict[str, Any]:
    """What stands for the report: the dataset's own row, with the actor as it names it."""
    place = {"place_name": row.get("adm_1") or None, "lat": lat, "lon": lon}
    told = {"report_id": f"UCDP GED {row['id']}", "url": None, "publisher": "UCDP GED", "published": None}
    return {**told, "evidence": row.get("source_headline", ""), "actor_name": side, **place}
