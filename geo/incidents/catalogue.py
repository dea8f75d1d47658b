"""Everything the store holds that can be shown: incidents of reports as people corrected them, and imported events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.incidents.aggregation import Summary, summarise
from geo.incidents.review import reviewed
from geo.model import Place
from geo.store import Store, Stored


def catalogue(store: Store, reports: Mapping[str, Stored] | None = None) -> list[Summary]:
    """All incidents by date, then id; `reports` where they were read already."""
    held = store.reports() if reports is None else reports
    read = [summarise(i, held) for i in store.incidents()]
    own = reviewed(read, store.ledger.decisions(), store.successors())
    taken = {s.id for s in own}
    events = []
    for row in store.events():
        if row["incident_id"] in taken:  # an export of ours, or two files of one source
            row["incident_id"] = f"{row['dataset']}:{row['incident_id']}"
        taken.add(row["incident_id"])
        events.append(_event(row))
    return sorted([*own, *events], key=_by_date)


def _event(row: Mapping[str, Any]) -> Summary:
    properties = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    place = None
    if row["lat"] is not None:
        place = Place(
            name=row["place_name"] or "",
            lat=row["lat"],
            lon=row["lon"],
            country=row["country"],
            admin1=row["admin1"],
            feature=None,
            source=row["dataset"],
            source_id=row["incident_id"],
            uncertainty_km=row["uncertainty_km"] or 0.0,
        )
    return Summary(place, properties)


def _by_date(summary: Summary) -> tuple[str, str]:
    return summary.properties["start_date"] or "9999", summary.id
