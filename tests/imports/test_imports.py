"""Files read back as datasets: our own without loss, ACLED's and UCDP's as context, bad rows named."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import ReportError
from geo.exports import FORMATS
from geo.exports.acled import COLUMNS, escape, unescape
from geo.imports import read_dataset
from geo.incidents.catalogue import catalogue
from geo.incidents.filters import Selection
from geo.incidents.record import Correction, IncidentRecord
from geo.incidents.serialization import with_place
from geo.store import Store
from tests.conftest import Run
from tests.incidents.strategies import CORRECTIONS, batches, records

UCDP = (
    "id,year,type_of_violence,side_a,side_b,where_prec,adm_1,latitude,longitude,country,date_prec,date_start,date_end,best\n"
    "7.0,2016,1.0,Government of Syria,Syrian insurgents,2.0,Idlib Governorate,35.68,36.44,Syria,1,2016-01-01,2016-01-02,2\n"
    "8.0,2016,1.0,IS,Civilians,1,Raqqa Governorate,95.0,36.44,Syria,1,2016-01-01,2016-01-02,2\n"
)
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,country,admin1,location,latitude,"
    "longitude,geo_precision,source,notes,fatalities\n"
    "SYR1,05 March 2019,2,Strategic developments,Looting/property destruction,Military Forces of Turkey (2016-),"
    'External/Other forces,Syria,Aleppo,Afrin,36.51,36.86,1,SOHR,"\'=cmd graves",0\n'
)


def test_the_seeds_come_back_without_loss(seeds_url: str, tmp_path: Path) -> None:
    before = catalogue(Store(seeds_url))
    for form in ("geojson", "csv"):
        path = tmp_path / f"out.{form}"
        path.write_bytes(FORMATS[form].dumps(before, Selection(), 5))
        copy = Store(f"sqlite:///{tmp_path / form}.sqlite")
        assert read_dataset(path, "again").save(copy) == 4
        after = catalogue(copy)
        assert {r.dataset for r in after} == {"again"}
        assert [comparable(r) for r in after] == [comparable(r) for r in before]


def comparable(record: IncidentRecord) -> IncidentRecord:
    """A record without what a dataset gives: its name, and what lies behind position and claims."""
    bare = replace(record, dataset="", incident=None, place=None, revision=0)
    return with_place(bare, record.place.lat, record.place.lon) if record.place else bare


@given(batches("again"))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_comes_back_from_our_geojson_and_csv(tmp_path: Path, records: list[IncidentRecord]) -> None:
    for form in ("csv", "geojson"):
        path = tmp_path / f"x.{form}"
        path.write_bytes(FORMATS[form].dumps(records, Selection(), 1))
        imported = read_dataset(path, "again")
        assert imported.refused == []
        assert imported.events == records


@given(records(), CORRECTIONS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrections_come_back_from_our_geojson(
    tmp_path: Path, record: IncidentRecord, corrections: dict[str, Correction]
) -> None:
    path = tmp_path / "x.geojson"
    corrected = replace(record, dataset="x", corrections=corrections, revision=len(corrections))
    path.write_bytes(FORMATS["geojson"].dumps([corrected], Selection(), 1))
    (event,) = read_dataset(path).events
    assert (event.corrections, event.revision) == (corrections, len(corrections))


@given(st.text())
def test_an_escaped_cell_is_no_formula_and_comes_back(text: str) -> None:
    cell = escape(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescape(cell) == text


def test_ucdp_is_context_and_its_bad_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(UCDP)
    done = read_dataset(path)
    (event,) = done.events
    assert event.incident_id == "7"
    assert (event.actor_name, event.actor_category) == ("Syrian government forces", "state_forces")
    assert (event.where_prec, event.uncertainty_km, event.country) == (2, 25.0, "SY")
    assert event.dataset == "ged"
    assert event.sources[0].actor_name == "Government of Syria"
    (refusal,) = done.refused
    assert "line 3" in str(refusal)
    assert "95" in str(refusal)


def test_acled_is_read_with_its_own_precisions(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(ACLED)
    (event,) = read_dataset(path, "acled").events
    assert (event.start_date, event.end_date, event.date_prec) == (date(2019, 3, 2), date(2019, 3, 8), 3)
    assert (event.actor_name, event.actor_category) == ("Turkish forces", "external_other")
    assert event.sources[0].evidence == "=cmd graves"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.csv", "x,y\n1,2\n", "does not have the columns of a known form"),
        ("a.geojson", '{"type": "FeatureCollection"}', "not a GeoJSON FeatureCollection"),
        ("a.geojson", '{"features": [{"properties": {}}]}', "incident_id"),
        ("a.geojson", '{"features": [{"properties": {"incident_id": "a", "status": "x"}}]}', "is not one of"),
        ("a.geojson", "{" + '"a": [' * 100_000, "not a GeoJSON FeatureCollection"),
        (
            "a.geojson",
            '{"features": [{"properties": {"incident_id": "a", "where_prec": 8}}]}',
            "where_prec 8 is not 1 to 7",
        ),
        ("a.geojson", '{"features": [{"properties": {"incident_id": "a", "n_reports": -1}}]}', "n_reports -1 is not"),
        ("a.geojson", '{"features": [{"properties": {"incident_id": "a", "n_reports": 1e12}}]}', "n_reports"),
        (
            "a.geojson",
            '{"features": [{"properties": {"incident_id": "a", "start_date": "2015-01-01"}}]}',
            "only one of",
        ),
        (
            "a.geojson",
            '{"features": [{"properties": {"incident_id": "a", "start_date": "2015-01-02", "end_date": "2015-01-01"}}]}',
            "is after",
        ),
        ("a.geojson", '{"features": [{"properties": {"incident_id": "a", "target": "\\ud800"}}]}', "UTF-8"),
        ("a.geojson", '{"features": []}', "contains no event"),
        ("reports.csv", UCDP, "--dataset"),
        ("gone.csv", None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_dataset_is_refused(
    tmp_path: Path, name: str, text: str | None, reason: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(ReportError, match=reason):
        read_dataset(path)


def test_the_command_line_imports_and_replaces(geo: Run, tmp_path: Path) -> None:
    path, store = tmp_path / "ged.csv", f"sqlite:///{tmp_path / 's.sqlite'}"
    path.write_text(UCDP)
    done = geo("import", path, tmp_path / "no.csv", "--store", store)
    assert done.returncode == 1
    assert "1 events as 'ged' (ucdp), 1 rows refused" in done.stderr
    assert "no.csv" in done.stderr
    assert geo("import", path, "--store", store).returncode == 1
    out = geo("export", "--store", store, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out.stdout.lstrip("\ufeff")))
    assert tuple(row)[: len(COLUMNS)] == COLUMNS
    assert json.loads(row["our_sources"])[0]["publisher"] == "UCDP GED"
