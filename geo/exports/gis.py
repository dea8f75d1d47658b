"""Incidents for geographic information systems, written by GDAL: GeoPackage and GeoParquet 1.1.

The columns and their types are the same for every selection, also for an empty one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from shapely import Point

from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord
from geo.incidents.serialization import TABLE_COLUMNS, table_row

_ARROW_TYPES = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def table(records: Sequence[IncidentRecord]) -> gpd.GeoDataFrame:
    """Incidents with their points, WGS 84; the geometry is empty for an incident without a place."""
    rows = [table_row(record) for record in records]
    columns = {
        name: pd.arrays.ArrowExtensionArray(pa.array([_cell(row[name]) for row in rows], _ARROW_TYPES[kind]))
        for name, kind in TABLE_COLUMNS.items()
    }
    points = [Point(r.place.lon, r.place.lat) if r.place else None for r in records]
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(points, crs="EPSG:4326"))


def _cell(value: Any) -> Any:
    """A value that GDAL writes completely: GDAL ends a text at NUL, which is therefore replaced by U+FFFD."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def geopackage(records: Sequence[IncidentRecord], _: Selection, __: int) -> bytes:
    """A GeoPackage of one layer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.gpkg"
        table(records).to_file(
            path, layer="incidents", driver="GPKG", engine="pyogrio", geometry_type="Point", use_arrow=True
        )
        return path.read_bytes()


def geoparquet(records: Sequence[IncidentRecord], _: Selection, __: int) -> bytes:
    """GeoParquet 1.1, with a box around each feature."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.parquet"
        table(records).to_parquet(path, schema_version="1.1.0", write_covering_bbox=True)
        return path.read_bytes()
