"""Every export form read by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from shapely import from_wkb

from geo.exports import FORMATS
from geo.exports.acled import COLUMNS
from geo.incidents.catalogue import catalogue
from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord, SourceRecord
from geo.incidents.serialization import table_row
from geo.model import Place
from geo.store import Store
from tests.incidents.strategies import batches

# RFC 7946 as far as features of points go, in JSON Schema.
_SCHEMA = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "properties": {
                                    "type": {"const": "Point"},
                                    "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2},
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
}
HOSTILE = "<script>alert(1)</script>]]><![CDATA[<img src=x>"


@pytest.fixture(scope="module")
def records(seeds_url: str) -> list[IncidentRecord]:
    """The seeds, and one without place or date whose text is hostile."""
    nowhere = IncidentRecord(
        incident_id="x", dataset="d", target=HOSTILE, actor_name="=cmd|' /C calc'!A0", sources=(SourceRecord(),)
    )
    return [*catalogue(Store(seeds_url)), nowhere]


def written(records: list[IncidentRecord], form: str, where: Path) -> Path:
    path = where / f"incidents.{FORMATS[form].extension}"
    path.write_bytes(FORMATS[form].dumps(records, Selection(), 5))
    return path


@pytest.mark.parametrize("form", ["geojson", "gpkg", "kml"])
def test_gdal_reads_it_with_points_and_times(records: list[IncidentRecord], form: str, tmp_path: Path) -> None:
    read = pyogrio.read_dataframe(written(records, form, tmp_path))
    assert len(read) == 5
    assert read.crs.to_epsg() == 4326
    assert read.geometry.isna().sum() == 1
    positions = {(round(p.y, 4), round(p.x, 4)) for p in read.geometry if p is not None}
    assert positions == {(round(r.place.lat, 4), round(r.place.lon, 4)) for r in records if r.place}
    times = read["start_time"]
    assert times.notna().sum() == 4
    if form != "kml":  # whose times are in TimeSpan, tested below
        assert str(times.dtype).startswith("datetime64")
    assert set(read["incident_id"]) == {r.id for r in records}


def test_kml_has_time_spans_and_no_markup_of_reports(records: list[IncidentRecord], tmp_path: Path) -> None:
    text = written(records, "kml", tmp_path).read_text()
    assert text.count("<TimeSpan>") == 4
    assert "<script>" not in text
    assert "<img" not in text


def test_geoparquet_says_what_it_is(records: list[IncidentRecord], tmp_path: Path) -> None:
    table = pq.read_table(written(records, "geoparquet", tmp_path))
    metadata = json.loads(table.schema.metadata[b"geo"])
    assert metadata["version"] == "1.1.0"
    assert metadata["columns"]["geometry"]["geometry_types"] == ["Point"]
    assert "bbox" in metadata["columns"]["geometry"]["covering"]
    assert table.num_rows == 5


@pytest.mark.parametrize("form", ["geojson", "lpf"])
def test_it_is_geojson(records: list[IncidentRecord], form: str, tmp_path: Path) -> None:
    collection = json.loads(written(records, form, tmp_path).read_bytes())
    jsonschema.validate(collection, _SCHEMA)
    if form == "lpf":
        places = {f["properties"]["title"]: f for f in collection["features"]}
        assert len(places) == 4
        assert places["Old Homs"]["when"]["timespans"] == [{"start": {"in": "2015-01-01"}, "end": {"in": "2015-01-31"}}]
        assert places["Old Homs"]["relations"][0]["citations"][0]["label"] == "The New Arab"
    else:
        homs = next(f for f in collection["features"] if f["properties"]["place_name"] == "Old Homs")
        assert homs["properties"]["start_time"] == "2015-01-01T00:00:00Z"


def test_csv_has_acleds_columns_and_no_formula(records: list[IncidentRecord], tmp_path: Path) -> None:
    text = written(records, "csv", tmp_path).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert not [c for row in rows for c in row.values() if c[:1] in ("=", "+", "@", "\t", "\r")]
    homs = next(r for r in rows if r["location"] == "Old Homs")
    assert (homs["iso"], homs["time_precision"], homs["geo_precision"], homs["inter1"]) == (
        "760",
        "3",
        "1",
        "State forces",
    )


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_incident_at_all_is_a_file_too(form: str, tmp_path: Path) -> None:
    assert written([], form, tmp_path).stat().st_size > 0


def test_a_negative_longitude_stays_a_number(tmp_path: Path) -> None:
    place = Place("Y", 40.0, -73.9, "US", None, None, "d", None, 0.0)
    path = written([IncidentRecord(incident_id="y", dataset="d", place=place)], "csv", tmp_path)
    (row,) = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
    assert float(row["longitude"]) == -73.9


def schema(records: list[IncidentRecord], form: str, where: Path) -> dict[str, str]:
    """The columns of a file with their types, as GDAL or pyarrow reads them."""
    path = written(records, form, where)
    if form == "geoparquet":
        return {field.name: str(field.type) for field in pq.read_schema(path)}
    read = pyogrio.read_info(path)
    columns = dict(zip(read["fields"], map(str, read["dtypes"]), strict=True))
    return columns | {"geometry": read["geometry_type"]}


@pytest.mark.parametrize("form", ["gpkg", "geoparquet"])
def test_the_schema_is_the_same_for_every_selection(records: list[IncidentRecord], form: str, tmp_path: Path) -> None:
    full = schema(records, form, tmp_path)
    assert schema([], form, tmp_path) == full
    assert schema(records[-1:], form, tmp_path) == full  # without any date or place
    dates = [name for name, kind in full.items() if kind in ("datetime64[D]", "date32[day]")]
    assert dates == ["start_date", "end_date", "reported"]
    times = [name for name, kind in full.items() if kind in ("datetime64[ms]", "timestamp[us, tz=UTC]")]
    assert times == ["added", "start_time", "end_time"]


@given(batches())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_comes_back_from_a_table(tmp_path: Path, records: list[IncidentRecord]) -> None:
    _, read = pyogrio.read_arrow(written(records, "gpkg", tmp_path))
    package = [{**row, "geometry": row.pop("geom")} for row in read.to_pylist()]
    parquet = pq.read_table(written(records, "geoparquet", tmp_path)).to_pylist()
    for rows in (package, parquet):
        assert len(rows) == len(records)
        for row, record in zip(rows, records, strict=True):
            expected = table_row(record)
            assert {name: row[name] for name in expected} == expected
            point = from_wkb(row["geometry"])
            assert (point is None) == (record.place is None)
            if record.place is not None:
                assert (point.y, point.x) == (record.place.lat, record.place.lon)
