"""Land of the basemap: the style file with land and borders, its dark variant, and the shapes of divisions."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.map.palette import DARK_PAINTS
from geo.incidents.record import IncidentRecord

STATIC = Path(__file__).parent.with_name("static")
_STYLE = STATIC / "style.json"
AREA_FROM = 3  # `where_prec` from which a place is an area, not a point
COUNTRY_FROM = 5  # `where_prec` from which that area is wider than a division
_REGION, _AT_SEA = 5, 7  # `where_prec` of areas without a border, which only their circle of uncertainty shows


@lru_cache(maxsize=1)
def style_sources() -> dict[str, Any]:
    """The GeoJSON sources of the style, by name: `land`, `inner`, `borders`, `disputed`."""
    sources: dict[str, Any] = json.loads(_STYLE.read_bytes())["sources"]
    return sources


@lru_cache(maxsize=1)
def dark_style() -> bytes:
    """The style in the colours of a dark background."""
    text = _STYLE.read_text(encoding="utf-8")
    for light, dark in DARK_PAINTS.items():
        text = text.replace(f'"{light}"', f'"{dark}"')
    return text.encode()


def area_of(record: IncidentRecord) -> dict[str, Any] | None:
    """The geometry of the division or country that an incident lies in, or None where there is none for it.

    A place at sea lies in none. A region has no border, so that only without a known extent its country is shown.

    Use it for places known as areas only, whose `where_prec` is AREA_FROM or more.
    """
    place = record.place
    prec = record.where_prec or 0
    if place is None or prec == _AT_SEA or (prec == _REGION and record.uncertainty_km):
        return None
    divisions, countries = _shapes()
    if prec < COUNTRY_FROM:
        return divisions.get(place.admin1_code or "")
    parts = countries.get(place.country or "")
    return {"type": "MultiPolygon", "coordinates": parts} if parts else None


@lru_cache(maxsize=1)
def _shapes() -> tuple[dict[str, dict[str, Any]], dict[str, list[Any]]]:
    """Divisions by ISO 3166-2 code, and each country as the polygons of its divisions."""
    divisions: dict[str, dict[str, Any]] = {}
    countries: dict[str, list[Any]] = defaultdict(list)
    for division in json.loads((STATIC / "divisions.geojson").read_bytes())["features"]:
        shape, properties = division["geometry"], division["properties"]
        divisions[properties["code"]] = shape
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        countries[properties["country"]].extend(polygons)
    return divisions, dict(countries)
