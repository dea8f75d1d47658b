"""The map of the page: what is drawn how, clusters, views."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.imports import ImportedDataset
from geo.incidents.record import IncidentRecord
from geo.incidents.serialization import with_place
from geo.ingest import keep
from geo.model import Extraction
from geo.store import Dataset, Store
from tests.dashboard.pages import deck, fetched, layers_of, looked_at, on_map


def imported_event(incident_id: str, lon: float) -> IncidentRecord:
    day = date(2016, 1, 1)
    event = IncidentRecord(incident_id=incident_id, actor_name="A", start_date=day, end_date=day, where_prec=1,
                           uncertainty_km=1.0, dataset="ged")  # fmt: skip
    return with_place(event, 35.5, lon)


def test_precision_is_drawn_to_scale(page: Callable[..., AppTest], seeds_url: str) -> None:
    rows = deck(page(seeds_url))
    (ring,) = (r for r in rows["points"] if r["m"] > 1)
    assert "25 km S of Al-Wawi" in ring["where"]
    assert 12_000 < ring["m"] < 20_000
    assert all("Raqqa, Syria" not in r["where"] for r in rows["points"] if r["m"] == 1)  # no sharp dot for it


def test_no_text_of_a_report_is_in_the_map(page: Callable[..., AppTest], seeds_url: str) -> None:
    drawn = {"id", "lat", "lon", "m", "fill", "line", "t"}
    assert set(deck(page(seeds_url))["points"][0]) == drawn | {"what", "who", "where"}


def test_the_view_does_not_move_with_the_filters(page: Callable[..., AppTest], seeds_url: str) -> None:
    views = [looked_at(page(seeds_url, **p)) for p in ({}, {"actor": ["Islamic State"]}, {"year": ["2020"]})]
    assert views[0] == views[1] == views[2]


def test_imported_events_at_one_spot_are_a_cluster_that_opens(page: Callable[..., AppTest], own_store: str) -> None:
    store = Store(own_store)
    events = [imported_event(f"e{n}", 37.5) for n in range(500)]
    ImportedDataset(Dataset("ged", "ucdp", "f", "0" * 64, datetime.now(UTC)), events).save(store)
    at = page(own_store)
    assert not at.exception
    assert "**504 of 504** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    counted = layers_of(at)["clusters"]
    assert counted["@@type"] == "TileLayer"
    (spot,) = fetched(counted["data"].format(z=3, x=4, y=3)).json()["features"]
    assert spot["properties"]["what"] == "500 incidents"
    at = on_map(at, "clusters", spot)
    assert at.session_state["selected_incident"] == "e0"
    assert "layer" in json.loads(at.get("vega_lite_chart")[0].proto.spec)
    at = page(own_store, incident="e0")
    assert "**499 more at this point**" in [m.value for m in at.markdown]


def test_on_a_map_of_the_world_incidents_are_clusters_until_zoomed_in(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    places = ("Homs", "Hama", "Los Angeles")
    keep(
        [extract(f"Vandals smashed graves in {name}.", published=f"2019-05-0{n}") for n, name in enumerate(places, 1)],
        store,
    )
    at = page(url)
    layers = layers_of(at)
    assert layers["incidents"]["visibleMinZoom"] == 4.5
    assert len({row["id"] for row in deck(at)["points"]}) == 3
    counted = layers["clusters"]["data"]
    far, near = (fetched(counted.format(z=z, x=x, y=y)).json()["features"] for z, x, y in ((1, 1, 0), (5, 19, 12)))
    assert [f["properties"]["n"] for f in far] == ["2"]
    assert near == []


def test_on_a_map_of_one_country_incidents_are_drawn_individually(page: Callable[..., AppTest], own_store: str) -> None:
    layers = layers_of(page(own_store))
    assert "clusters" not in layers
    assert "visibleMinZoom" not in layers["incidents"]


def test_a_cluster_opens_and_the_whole_map_comes_back(page: Callable[..., AppTest], own_store: str) -> None:
    store = Store(own_store)
    events = [imported_event(f"e{n}", 37.5 + n / 10) for n in range(2)]
    ImportedDataset(Dataset("ged", "ucdp", "f", "0" * 64, datetime.now(UTC)), events).save(store)
    at = page(own_store)
    before = looked_at(at)
    cluster = {"properties": {"n": "2", "box": [37.5, 35.5, 37.6, 35.5]}}
    at = on_map(at, "clusters", cluster)
    near = looked_at(at)
    assert near["zoom"] > before["zoom"]
    assert near["longitude"] == pytest.approx(37.55)
    at.button(key="whole_map").click().run()
    assert looked_at(at)["zoom"] == before["zoom"]
    assert looked_at(at)["latitude"] != before["latitude"]  # or a browser that was moved by hand would stay
