"""Places with the incidents there, in Linked Places Format 1.2 (GeoJSON-T), for gazetteers of heritage sites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord
from geo.model import Place

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.2.jsonld"


def dumps(records: Sequence[IncidentRecord], _: Selection, __: int) -> bytes:
    """A Feature for each place: its name, position, the time of each incident there, and the sources."""
    places: dict[tuple[str, str, float, float], tuple[Place, list[IncidentRecord]]] = {}
    for record in records:
        place = record.place
        if place is not None:
            key = (place.name, place.country or "", place.lat, place.lon)
            places.setdefault(key, (place, []))[1].append(record)
    features = [_feature(*places[key]) for key in sorted(places)]
    collection = {"type": "FeatureCollection", "@context": _CONTEXT, "features": features}
    return orjson.dumps(collection, option=orjson.OPT_INDENT_2)


def _feature(place: Place, records: Sequence[IncidentRecord]) -> dict[str, Any]:
    return {
        "@id": f"urn:desecration-map:place:{records[0].id}",
        "type": "Feature",
        "properties": {"title": place.name, "ccodes": [place.country] if place.country else []},
        "when": {"timespans": [span for record in records if (span := _timespan(record))]},
        "names": [{"toponym": place.name}],
        "types": [{"label": kind} for kind in sorted({record.target_type for record in records})],
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "relations": [_relation(record) for record in records],
    }


def _timespan(record: IncidentRecord) -> dict[str, Any] | None:
    start, end = record.start_date, record.end_date
    return {"start": {"in": start}, "end": {"in": end}} if start else None


def _relation(record: IncidentRecord) -> dict[str, Any]:
    """An incident at the place, with its sources as citations."""
    span = _timespan(record)
    return {
        "relationType": "desecration-map:incident",
        "relationTo": f"urn:desecration-map:incident:{record.id}",
        "label": f"{record.incident_type} by {record.actor_name}",
        **({"when": {"timespans": [span]}} if span else {}),
        "citations": [{"label": s.publisher or s.report_id, "@id": s.url} for s in record.sources],
    }
