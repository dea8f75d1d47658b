"""Incidents for geographic information systems, written by GDAL: GeoPackage and GeoParquet 1.1."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.exports.columns import NUMBERS, rows
from geo.incidents.aggregation import Summary
from geo.incidents.filters import Selection


def table(summaries: Sequence[Summary]) -> gpd.GeoDataFrame:
    """Incidents with their points, WGS 84; no geometry where there is no place."""
    columns = pd.DataFrame(rows(summaries))
    if columns.empty:
        return gpd.GeoDataFrame({"incident_id": pd.Series(dtype=str)}, geometry=gpd.GeoSeries(crs="EPSG:4326"))
    for name in NUMBERS:
        columns[name] = columns[name].astype("Int64")
    for name in ("start_time", "end_time"):
        columns[name] = pd.to_datetime(columns[name], utc=True)
    points = gpd.points_from_xy(columns.pop("lon"), columns.pop("lat"))
    return gpd.GeoDataFrame(
        columns, geometry=gpd.GeoSeries([p if not p.is_empty else None for p in points]), crs="EPSG:4326"
    )


def geopackage(summaries: Sequence[Summary], _: Selection, __: int) -> bytes:
    """A GeoPackage of one layer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.gpkg"
        table(summaries).to_file(path, layer="incidents", driver="GPKG", engine="pyogrio", geometry_type="Point")
        return path.read_bytes()


def geoparquet(summaries: Sequence[Summary], _: Selection, __: int) -> bytes:
    """GeoParquet 1.1, with a box around each feature."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.parquet"
        table(summaries).to_parquet(path, schema_version="1.1.0", write_covering_bbox=True)
        return path.read_bytes()
