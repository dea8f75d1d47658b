"""Files read back as datasets: our own without loss, ACLED's and UCDP's as context, bad rows named."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import ReportError
from geo.exports import FORMS
from geo.exports.acled import COLUMNS, plain
from geo.imports import read_dataset
from geo.imports.checks import event
from geo.incidents.aggregation import Summary
from geo.incidents.catalogue import catalogue
from geo.incidents.filters import Selection
from geo.model import ACTOR_CATEGORIES, INCIDENT_TYPES, Place
from geo.store import Store
from tests.conftest import Run

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


def exported(store_url: str, form: str, where: Path) -> Path:
    path = where / f"out.{FORMS[form].ending}"
    path.write_bytes(FORMS[form].dumps(catalogue(Store(store_url)), Selection(), 5))
    return path


def without_dataset(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in ("dataset", "revision", "corrected")}


@pytest.mark.parametrize("form", ["geojson", "csv"])
def test_our_own_file_comes_back_without_loss(seeds_url: str, tmp_path: Path, form: str) -> None:
    path = exported(seeds_url, form, tmp_path)
    copy = Store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    done = read_dataset(path, "again")
    assert copy.keep_dataset(done.dataset, done.events) == 4
    before, after = catalogue(Store(seeds_url)), catalogue(copy)
    assert [without_dataset(dict(s.properties)) for s in before] == [without_dataset(dict(s.properties)) for s in after]
    spots = [[(s.place.lat, s.place.lon) if s.place else None for s in held] for held in (before, after)]
    assert spots[0] == spots[1]
    assert {s.properties["dataset"] for s in after} == {"again"}


TEXT = st.text(max_size=30)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "incident_id": st.text(min_size=1, max_size=8).filter(lambda t: t == t.strip()),
                "target": st.one_of(st.none(), TEXT.filter(bool)),
                "actor_name": TEXT.filter(bool),
                "place_name": st.one_of(st.none(), TEXT.filter(bool)),
                "incident_type": st.sampled_from(INCIDENT_TYPES),
                "actor_category": st.sampled_from(ACTOR_CATEGORIES),
                "where_prec": st.one_of(st.none(), st.integers(1, 7)),
                "spot": st.one_of(
                    st.none(),
                    st.tuples(st.floats(-90, 90, allow_subnormal=False), st.floats(-180, 180, allow_subnormal=False)),
                ),
            }
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda e: e["incident_id"],
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_incident_goes_through_csv_and_geojson(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    summaries = []
    for row in told:
        spot = row["spot"] if row["spot"] != (0, 0) else None
        p = event(
            **{k: v for k, v in row.items() if k != "spot"}, dataset="d", start_date="2015-01-01", end_date="2015-02-01"
        )
        place = Place("x", *spot, None, None, None, "d", None, 0.0) if spot else None
        summaries.append(Summary(place, p))
    for form in ("csv", "geojson"):
        path = tmp_path / f"x.{form}"
        try:
            path.write_bytes(FORMS[form].dumps(summaries, Selection(), 1))
        except (UnicodeEncodeError, TypeError):
            return  # a lone surrogate is no text
        back = {e["incident_id"]: e for e in read_dataset(path, "d").events}
        for summary in summaries:
            read = back[summary.id]
            for name in ("target", "actor_name", "place_name", "incident_type", "where_prec", "start_date"):
                assert read[name] == summary.properties[name], (form, name)
            assert (read["lat"], read["lon"]) == (
                (summary.place.lat, summary.place.lon) if summary.place else (None, None)
            )


@given(st.text())
def test_a_cell_made_safe_is_plain_again(text: str) -> None:
    from geo.exports.acled import _safe

    made = _safe(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(made) == text


def test_ucdp_is_context_and_its_bad_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(UCDP)
    done = read_dataset(path)
    (told,) = done.events
    assert told["incident_id"] == "7"
    assert (told["actor_name"], told["actor_category"]) == ("Syrian government forces", "state_forces")
    assert (told["where_prec"], told["uncertainty_km"], told["country"]) == (2, 25.0, "SY")
    assert told["dataset"] == "ged"
    assert told["sources"][0]["actor_name"] == "Government of Syria"
    (refusal,) = done.refused
    assert "line 3" in str(refusal)
    assert "95" in str(refusal)


def test_acled_is_read_with_its_own_precisions(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(ACLED)
    (told,) = read_dataset(path, "acled").events
    assert (told["start_date"], told["end_date"], told["date_prec"]) == ("2019-03-02", "2019-03-08", 3)
    assert (told["actor_name"], told["actor_category"]) == ("Turkish forces", "external_other")
    assert told["sources"][0]["evidence"] == "=cmd graves"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "x,y\n1,2\n", "columns of a form known here"),
        ("a.geojson", '{"type": "FeatureCollection"}', "no GeoJSON FeatureCollection"),
        ("a.geojson", '{"features": [{"properties": {}}]}', "incident_id"),
        ("a.geojson", '{"features": [{"properties": {"incident_id": "a", "status": "x"}}]}', "is none of"),
        ("a.geojson", '{"features": []}', "holds no event"),
        ("reports.csv", UCDP, "--dataset"),
        ("gone.csv", None, "No such file"),
    ],
)
def test_a_file_that_is_none_of_them_is_refused(tmp_path: Path, name: str, text: str | None, told: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(ReportError, match=told):
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
