"""Our own GeoJSON and CSV, read back without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from geo.exports.acled import unescape
from geo.imports.checks import position
from geo.incidents.record import IncidentRecord
from geo.incidents.serialization import FLAT_COLUMNS, record_from_json
from geo.model import ACTOR_CATEGORIES, ASSERTIONS, INCIDENT_TYPES, STATUSES, TARGET_TYPES


def from_feature(feature: Any) -> IncidentRecord:
    """One Feature of our GeoJSON. Raises ValueError, TypeError or KeyError for anything else."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise ValueError("is not a Feature with properties")
    geometry = feature.get("geometry")
    if geometry is not None and (not isinstance(geometry, dict) or geometry.get("type") != "Point"):
        raise ValueError("has a geometry that is not a Point")
    lon, lat = geometry["coordinates"][:2] if geometry else (None, None)
    return _checked(feature["properties"], lat, lon)


def from_row(row: Mapping[str, str]) -> IncidentRecord:
    """One row of our CSV. Raises ValueError, TypeError or KeyError for anything else."""
    cells = {name: unescape(row[f"our_{name}"]) for name in FLAT_COLUMNS}
    values: dict[str, Any] = {name: cell for name, cell in cells.items() if cell != ""}
    values["sources"] = json.loads(unescape(row["our_sources"]) or "[]")
    lat, lon = (float(row[name]) if row[name] else None for name in ("latitude", "longitude"))
    return _checked(values, lat, lon)


def _checked(values: Mapping[str, Any], lat: float | None, lon: float | None) -> IncidentRecord:
    record = record_from_json(values, *position(lat, lon))
    _check_codes(record)
    _check_numbers(record)
    _check_dates(record)
    return record


def _check_codes(record: IncidentRecord) -> None:
    for name, value, known in (
        ("incident_type", record.incident_type, INCIDENT_TYPES),
        ("target_type", record.target_type, TARGET_TYPES),
        ("actor_category", record.actor_category, ACTOR_CATEGORIES),
        ("assertion", record.assertion, ASSERTIONS),
        ("status", record.status, STATUSES),
    ):
        if value not in known:
            raise ValueError(f"{name} {value!r} is not one of {', '.join(known)}")


def _check_numbers(record: IncidentRecord) -> None:
    """UCDP GED's precisions have codes from 1; counts and distances are not negative."""
    for name, number, least, most in (
        ("date_prec", record.date_prec, 1, 5),
        ("where_prec", record.where_prec, 1, 7),
        ("n_reports", record.n_reports, 0, None),
        ("n_independent", record.n_independent, 0, None),
        ("uncertainty_km", record.uncertainty_km, 0, None),
    ):
        if number is not None and (number < least or (most is not None and number > most)):
            raise ValueError(f"{name} {number} is not {f'{least} to {most}' if most else f'{least} or more'}")


def _check_dates(record: IncidentRecord) -> None:
    first, last = record.start_date, record.end_date
    if (first is None) != (last is None):
        raise ValueError("has only one of start_date and end_date; give both or neither")
    if first and last and first > last:
        raise ValueError(f"start_date {first} is after end_date {last}")
