"""Plain addresses beside the pages: the live layer, every export, briefing sheets."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api import ROUTES
from dashboard.cache import clear_cache
from dashboard.map.basemap import STATIC
from dashboard.map.palette import DARK, DARK_PAINTS
from geo.exports import FORMATS
from geo.settings import STORE


@pytest.fixture
def client(seeds_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv(STORE.name, seeds_url)
    clear_cache()
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened
    clear_cache()


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 4),
        ("bbox=36.5,35,37,36", 1),
        ("bbox=170,-10,-170,10", 0),
        ("datetime=2015-01-01/2015-12-31", 2),
        ("datetime=2016-01-01/..", 2),
        ("datetime=2015-01-15", 1),
        ("actor=Islamic State&year=2015", 1),
        ("type=mass_grave_found", 1),
        ("text=OLD homs", 1),
        ("within_km=2", 2),
    ],
)
def test_the_live_layer_is_filtered(client: TestClient, query: str, number: int) -> None:
    answer = client.get(f"/api/incidents.geojson?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"
    assert len(answer.json()["features"]) == number


@pytest.mark.parametrize(
    "query", ["bbox=1,2", "datetime=soon", "year=x", "type=murder", "within_km=far", "clock=never", "since=1"]
)
def test_what_cannot_be_read_is_an_error(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/incidents.geojson?{query}")
    assert answer.status_code == 400
    assert len(answer.text) > 10


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_form_is_a_file(client: TestClient, form: str) -> None:
    answer = client.get(f"/api/export/{form}?year=2015")
    assert answer.status_code == 200
    assert f'filename="incidents.{FORMATS[form].extension}"' in answer.headers["content-disposition"]
    assert answer.content


def test_an_unknown_format_is_not_found(client: TestClient) -> None:
    assert client.get("/api/export/shapefile").status_code == 404


def test_a_sheet_is_the_same_each_time_and_has_its_data_beside_it(client: TestClient) -> None:
    first, again = (client.get("/api/briefing/zip?year=2015").content for _ in range(2))
    assert first == again
    archive = zipfile.ZipFile(io.BytesIO(first))
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["filters"] == {"year": [2015]}
    assert (manifest["n_shown"], manifest["n_all"], manifest["n_reports"]) == (2, 4, 5)
    assert len(json.loads(archive.read("incidents.geojson"))["features"]) == 2
    assert set(archive.namelist()) == {*manifest["files"], "manifest.json"}


def test_a_sheet_has_the_shape_asked_for(client: TestClient) -> None:
    wide = Image.open(io.BytesIO(client.get("/api/briefing/png?size=16:9").content))
    assert abs(wide.width / wide.height - 16 / 9) < 0.01
    assert client.get("/api/briefing/png?size=a0").status_code == 400
    assert client.get("/api/briefing/gif").status_code == 400


@pytest.mark.parametrize(("path", "status"), [
    ("clusters/5/19/12", 200), ("labels/6/39/25", 200), ("incidents/0/0/0", 200), ("grid/6/39/25", 200), ("clusters/5/19/12?year=x", 400),
    ("clusters/5/32/0", 404), ("clusters/16/0/0", 404), ("other/1/0/0", 404),
])  # fmt: skip
def test_tiles_are_served_or_refused(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/tiles/{path}")
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["type"] == "FeatureCollection"
        assert "max-age" in answer.headers["cache-control"]


def test_the_dark_basemap_is_the_light_one_in_other_paints(client: TestClient) -> None:
    light, dark = (STATIC / "style.json").read_text(), client.get(DARK.style_url).text
    assert len(light) == len(dark)
    assert not any(f'"{paint}"' in dark for paint in DARK_PAINTS)
    assert json.loads(light)["sources"] == json.loads(dark)["sources"]
