"""GeoJSON for the map: features are plain dictionaries, written as one collection a tile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

Feature = dict[str, Any]


def feature(geometry: Mapping[str, Any], properties: Mapping[str, Any]) -> Feature:
    """A geometry with its properties."""
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


def point(lon: float, lat: float, properties: Mapping[str, Any]) -> Feature:
    """A point in degrees of WGS84 with its properties."""
    return feature({"type": "Point", "coordinates": [lon, lat]}, properties)


def collection_bytes(features: Sequence[Feature]) -> bytes:
    """A FeatureCollection as UTF-8."""
    return orjson.dumps({"type": "FeatureCollection", "features": list(features)})
