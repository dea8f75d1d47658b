"""Our own GeoJSON and CSV, read back without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from geo.exports.acled import plain
from geo.exports.columns import FLAT, NUMBERS
from geo.imports.checks import event, position
from geo.model import ACTOR_CATEGORIES, ASSERTIONS, INCIDENT_TYPES, STATUSES, TARGET_TYPES

_DERIVED = ("start_time", "end_time")
_CODES = {
    "incident_type": INCIDENT_TYPES,
    "target_type": TARGET_TYPES,
    "actor_category": ACTOR_CATEGORIES,
    "assertion": ASSERTIONS,
    "status": STATUSES,
}


def from_feature(feature: Any) -> dict[str, Any]:
    """One Feature of our GeoJSON. Raises ValueError, TypeError or KeyError for one that is none."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise ValueError("is no Feature with properties")
    geometry = feature.get("geometry")
    if geometry is not None and (not isinstance(geometry, dict) or geometry.get("type") != "Point"):
        raise ValueError("has a geometry that is no Point")
    lon, lat = geometry["coordinates"][:2] if geometry else (None, None)
    told = {name: value for name, value in feature["properties"].items() if name not in _DERIVED}
    return _checked(told, lat, lon)


def from_row(row: Mapping[str, str]) -> dict[str, Any]:
    """One row of our CSV."""
    told: dict[str, Any] = {}
    for name in FLAT:
        cell = plain(row[f"our_{name}"])
        told[name] = None if cell == "" else int(cell) if name in NUMBERS else cell
    if told["uncertainty_km"] is not None:
        told["uncertainty_km"] = float(told["uncertainty_km"])
    told["sources"] = json.loads(plain(row["our_sources"]) or "[]")
    lat, lon = (float(row[name]) if row[name] else None for name in ("latitude", "longitude"))
    return _checked(told, lat, lon)


def _are_sources(held: Any) -> bool:
    return isinstance(held, list) and all(isinstance(s, dict) for s in held)


def _checked(told: dict[str, Any], lat: float | None, lon: float | None) -> dict[str, Any]:
    if not isinstance(told.get("incident_id"), str) or not told["incident_id"]:
        raise ValueError("has no incident_id")
    made = event(**told)
    for name, known in _CODES.items():
        if made[name] not in known:
            raise ValueError(f"{name} {made[name]!r} is none of {', '.join(known)}")
    for name in ("start_date", "end_date"):
        if made[name] is not None:
            date.fromisoformat(made[name])
    if (made["start_date"] is None) != (made["end_date"] is None) or not _are_sources(made["sources"]):
        raise ValueError("start_date and end_date stand together, and sources is a list of objects")
    lat, lon = position(lat, lon)
    return made | {"lat": lat, "lon": lon}
