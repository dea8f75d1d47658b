"""Places with the incidents told of them, in Linked Places Format 1.2 (GeoJSON-T), for gazetteers of heritage sites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from geo.exports.geojson import feature
from geo.incidents.aggregation import Summary
from geo.incidents.filters import Selection

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.2.jsonld"


def dumps(summaries: Sequence[Summary], _: Selection, __: int) -> bytes:
    """A Feature for each place: its name, position, the time of each incident there, and who says so."""
    held: dict[tuple[str, str, float, float], list[Summary]] = {}
    for summary in summaries:
        place = summary.place
        if place is not None:
            held.setdefault((place.name, place.country or "", place.lat, place.lon), []).append(summary)
    features = [_place(told) for _, told in sorted(held.items())]
    collection = {"type": "FeatureCollection", "@context": _CONTEXT, "features": features}
    return orjson.dumps(collection, option=orjson.OPT_INDENT_2)


def _place(told: Sequence[Summary]) -> dict[str, Any]:
    place = told[0].place
    assert place is not None  # noqa: S101 - only placed incidents come here
    first = told[0].properties
    return {
        "@id": f"urn:desecration-map:place:{first['incident_id']}",
        "type": "Feature",
        "properties": {"title": place.name, "ccodes": [place.country] if place.country else []},
        "when": {"timespans": [span for s in told if (span := _span(s))]},
        "names": [{"toponym": place.name}],
        "types": [{"label": kind} for kind in sorted({s.properties["target_type"] for s in told})],
        "geometry": feature(told[0])["geometry"],
        "relations": [_incident(s) for s in told],
    }


def _span(summary: Summary) -> dict[str, Any] | None:
    start, end = summary.properties["start_date"], summary.properties["end_date"]
    return {"start": {"in": start}, "end": {"in": end}} if start else None


def _incident(summary: Summary) -> dict[str, Any]:
    p, span = summary.properties, _span(summary)
    return {
        "relationType": "desecration-map:incident",
        "relationTo": f"urn:desecration-map:incident:{summary.id}",
        "label": f"{p['incident_type']} by {p['actor_name']}",
        **({"when": {"timespans": [span]}} if span else {}),
        "citations": [{"label": s["publisher"] or s["report_id"], "@id": s["url"]} for s in p["sources"]],
    }
