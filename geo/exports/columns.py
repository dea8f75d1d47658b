"""Incidents as flat columns, which every tabular form shares: the contract's properties, times and position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from geo.incidents.aggregation import Summary

# Flat properties in order; `sources`, `corrected` and the like follow as JSON.
FLAT = (
    "incident_id", "incident_type", "target", "target_type", "actor_name", "actor_category", "assertion",
    "start_date", "end_date", "year", "date_prec", "place_name", "admin1", "country", "where_prec", "uncertainty_km",
    "n_reports", "n_independent", "status", "dataset", "reported", "added",
)  # fmt: skip
NUMBERS = ("year", "date_prec", "where_prec", "n_reports", "n_independent")


def times(properties: Mapping[str, Any]) -> dict[str, str | None]:
    """First and last moment, ISO 8601 in UTC, as kepler.gl and QGIS know them for times."""
    start, end = properties["start_date"], properties["end_date"]
    return {
        "start_time": f"{start}T00:00:00Z" if start else None,
        "end_time": f"{end}T23:59:59Z" if end else None,
    }


def row(summary: Summary) -> dict[str, Any]:
    """One incident as a flat row, with `lat` and `lon` and its sources as JSON text."""
    p, place = summary.properties, summary.place
    told = {name: p.get(name) for name in FLAT}
    spot = {"lat": place.lat if place else None, "lon": place.lon if place else None}
    return {**told, **times(p), **spot, "sources": orjson.dumps(p["sources"]).decode()}


def rows(summaries: Sequence[Summary]) -> list[dict[str, Any]]:
    """All of them."""
    return [row(s) for s in summaries]
