"""Rows of the UCDP Georeferenced Event Dataset (codebook 23.1), as context: events of fighting, not of desecration."""

from __future__ import annotations

from collections.abc import Mapping

from geo.imports.checks import actor, country, day, number, position, whole
from geo.incidents.record import IncidentRecord, SourceRecord
from geo.incidents.serialization import with_place

_VIOLENCE = {1: "state-based violence", 2: "non-state violence", 3: "one-sided violence"}
_KM = {1: 1.0, 2: 25.0}  # uncertainty by `where_prec`, as UCDP GED's codebook (23.1) defines it


def from_row(row: Mapping[str, str]) -> IncidentRecord:
    """One event. Raises ValueError or KeyError for a row that is not an event."""
    first, last = day(row["date_start"]), day(row.get("date_end") or row["date_start"])
    if first > last:
        raise ValueError(f"date_start {first} is after date_end {last}")
    lat, lon = position(number(row, "latitude"), number(row, "longitude"))
    prec = whole(row, "where_prec", 1, 7)
    side = row["side_a"].strip() or "Unknown"
    record = IncidentRecord(
        incident_id=f"{number(row, 'id'):.0f}",
        target=_target(row),
        actor_name=actor(side),
        actor_category="state_forces" if side.startswith("Government of") else "rebel_group",
        start_date=first,
        end_date=last,
        date_prec=whole(row, "date_prec", 1, 5),
        place_name=row.get("where_coordinates") or row.get("adm_2") or row.get("adm_1") or None,
        admin1=row.get("adm_1") or None,
        country=country(row.get("country", "")),
        where_prec=prec if lat is not None else None,
        uncertainty_km=_KM.get(prec or 0),
        sources=(_source(row, side, lat, lon),),
    )
    return with_place(record, lat, lon)


def _target(row: Mapping[str, str]) -> str:
    """The kind of violence, against whom, and how many died."""
    kind = _VIOLENCE.get(whole(row, "type_of_violence", 1, 3) or 0, "violence")
    against = row.get("side_b", "").strip()
    deaths = number(row, "best")
    return f"{kind}{f' against {against}' if against else ''}{f', {deaths:.0f} dead' if deaths else ''}"


def _source(row: Mapping[str, str], side: str, lat: float | None, lon: float | None) -> SourceRecord:
    """The dataset's own row in place of a report, with the actor as the dataset names it."""
    return SourceRecord(
        report_id=f"UCDP GED {row['id']}",
        publisher="UCDP GED",
        evidence=row.get("source_headline", ""),
        actor_name=side,
        place_name=row.get("adm_1") or None,
        lat=lat,
        lon=lon,
    )
