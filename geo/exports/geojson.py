"""Incidents as GeoJSON (RFC 7946): a Feature each, `geometry` null where there is no place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from geo.exports.columns import times
from geo.gazetteer.sources import CREDITS, Credit
from geo.geocoding.online import CREDIT, SOURCE
from geo.incidents.aggregation import Summary
from geo.incidents.filters import Selection


def collection(summaries: Sequence[Summary], selection: Selection, n_reports: int) -> dict[str, Any]:
    """The FeatureCollection of incidents, with what it was made by as foreign members."""
    return {
        "type": "FeatureCollection",
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "filters": selection.stated(),
        "n_incidents": len(summaries),
        "n_reports": n_reports,
        "licence": [{"source": c.source, "licence": c.licence, "credit": c.credit} for c in _credits(summaries)],
        "note": "Borders and names imply no opinion on any territory. where_prec and date_prec as in UCDP GED.",
        "features": [feature(s) for s in summaries],
    }


def _credits(summaries: Sequence[Summary]) -> tuple[Credit, ...]:
    """Whose data the gazetteer is; OpenStreetMap's too where one of its positions is shown."""
    asked = any(s.place is not None and SOURCE in s.place.source for s in summaries)
    return (*CREDITS, Credit(SOURCE, "ODbL 1.0", CREDIT)) if asked else CREDITS


def feature(summary: Summary) -> dict[str, Any]:
    """One incident."""
    place = summary.place
    geometry = {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None
    properties = {**summary.properties, **times(summary.properties)}
    return {"type": "Feature", "id": summary.id, "geometry": geometry, "properties": properties}


def dumps(summaries: Sequence[Summary], selection: Selection, n_reports: int) -> bytes:
    """The collection as UTF-8 JSON."""
    return orjson.dumps(collection(summaries, selection, n_reports), option=orjson.OPT_INDENT_2)
