"""Incidents as GeoJSON (RFC 7946): a Feature each, `geometry` is null for an incident without a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from geo.gazetteer.sources import CREDITS, Credit
from geo.geocoding.online import CREDIT, SOURCE
from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord
from geo.incidents.serialization import record_json, times


def collection(records: Sequence[IncidentRecord], selection: Selection, n_reports: int) -> dict[str, Any]:
    """The FeatureCollection of incidents, with foreign members that say how it was made."""
    return {
        "type": "FeatureCollection",
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "filters": selection.to_json(),
        "n_incidents": len(records),
        "n_reports": n_reports,
        "licence": [{"source": c.source, "licence": c.licence, "credit": c.credit} for c in _credits(records)],
        "note": "Borders and names imply no opinion on any territory. where_prec and date_prec as in UCDP GED.",
        "features": [feature(record) for record in records],
    }


def _credits(records: Sequence[IncidentRecord]) -> tuple[Credit, ...]:
    """The gazetteer's sources of data, and OpenStreetMap where one of the positions came from there."""
    online = any(r.place is not None and SOURCE in r.place.source for r in records)
    return (*CREDITS, Credit(SOURCE, "ODbL 1.0", CREDIT)) if online else CREDITS


def feature(record: IncidentRecord) -> dict[str, Any]:
    """One incident."""
    place = record.place
    geometry = {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None
    properties = {**record_json(record), **times(record)}
    return {"type": "Feature", "id": record.id, "geometry": geometry, "properties": properties}


def dumps(records: Sequence[IncidentRecord], selection: Selection, n_reports: int) -> bytes:
    """The collection as UTF-8 JSON."""
    return orjson.dumps(collection(records, selection, n_reports), option=orjson.OPT_INDENT_2)
