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

from geo.exports import FORMS
from geo.exports.acled import COLUMNS
from geo.imports.checks import event
from geo.incidents.aggregation import Summary
from geo.incidents.catalogue import catalogue
from geo.incidents.filters import Selection
from geo.model import Place
from geo.store import Store

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
def summaries(seeds_url: str) -> list[Summary]:
    """The seeds, and one without place or date whose text is hostile."""
    nowhere = event(
        incident_id="x", dataset="d", target=HOSTILE, actor_name="=cmd|' /C calc'!A0", sources=[{"publisher": None}]
    )
    return [*catalogue(Store(seeds_url)), Summary(None, nowhere)]


def written(summaries: list[Summary], form: str, where: Path) -> Path:
    path = where / f"incidents.{FORMS[form].ending}"
    path.write_bytes(FORMS[form].dumps(summaries, Selection(), 5))
    return path


@pytest.mark.parametrize("form", ["geojson", "gpkg", "kml"])
def test_gdal_reads_it_with_points_and_times(summaries: list[Summary], form: str, tmp_path: Path) -> None:
    read = pyogrio.read_dataframe(written(summaries, form, tmp_path))
    assert len(read) == 5
    assert read.crs.to_epsg() == 4326
    spots = {(round(p.y, 4), round(p.x, 4)) for p in read.geometry if p is not None and not p.is_empty}
    assert spots == {(round(s.place.lat, 4), round(s.place.lon, 4)) for s in summaries if s.place}
    times = read["start_time"]
    assert times.notna().sum() == 4
    if form != "kml":  # whose times are in TimeSpan, tested below
        assert str(times.dtype).startswith("datetime64")
    assert set(read["incident_id"]) == {s.id for s in summaries}


def test_kml_has_time_spans_and_no_markup_of_reports(summaries: list[Summary], tmp_path: Path) -> None:
    text = written(summaries, "kml", tmp_path).read_text()
    assert text.count("<TimeSpan>") == 4
    assert "<script>" not in text
    assert "<img" not in text


def test_geoparquet_says_what_it_is(summaries: list[Summary], tmp_path: Path) -> None:
    table = pq.read_table(written(summaries, "geoparquet", tmp_path))
    told = json.loads(table.schema.metadata[b"geo"])
    assert told["version"] == "1.1.0"
    assert told["columns"]["geometry"]["geometry_types"] == ["Point"]
    assert "bbox" in told["columns"]["geometry"]["covering"]
    assert table.num_rows == 5


@pytest.mark.parametrize("form", ["geojson", "lpf"])
def test_it_is_geojson(summaries: list[Summary], form: str, tmp_path: Path) -> None:
    collection = json.loads(written(summaries, form, tmp_path).read_bytes())
    jsonschema.validate(collection, _SCHEMA)
    if form == "lpf":
        places = {f["properties"]["title"]: f for f in collection["features"]}
        assert len(places) == 4
        assert places["Old Homs"]["when"]["timespans"] == [{"start": {"in": "2015-01-01"}, "end": {"in": "2015-01-31"}}]
        assert places["Old Homs"]["relations"][0]["citations"][0]["label"] == "The New Arab"
    else:
        homs = next(f for f in collection["features"] if f["properties"]["place_name"] == "Old Homs")
        assert homs["properties"]["start_time"] == "2015-01-01T00:00:00Z"


def test_csv_has_acleds_columns_and_no_formula(summaries: list[Summary], tmp_path: Path) -> None:
    text = written(summaries, "csv", tmp_path).read_bytes().decode("utf-8-sig")
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


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_incident_at_all_is_a_file_too(form: str, tmp_path: Path) -> None:
    assert written([], form, tmp_path).stat().st_size > 0


def test_a_negative_longitude_stays_a_number(tmp_path: Path) -> None:
    place = Place("Y", 40.0, -73.9, "US", None, None, "d", None, 0.0)
    path = written([Summary(place, event(incident_id="y", dataset="d"))], "csv", tmp_path)
    (row,) = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
    assert float(row["longitude"]) == -73.9
