"""Tiles of the map hold every incident once at each zoom, a scale that is right, and a grid that tells where one points."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from dashboard.map.palette import LIGHT, assign_colours, colours_on
from dashboard.map.tiles import GRID, TILE, Clusters, grid_tile, label_characters, label_tile, scale_bars
from geo.incidents.columns import IncidentColumns
from geo.incidents.record import IncidentRecord
from geo.model import Place

SPOTS = st.tuples(st.floats(-84, 84), st.floats(-180, 179.99), st.sampled_from("ABC"), st.sampled_from([1, 2, 4, 6]))


def columns_of(spots: list[tuple[float, float, str, int]]) -> IncidentColumns:
    records = []
    for number, (lat, lon, actor, prec) in enumerate(spots):
        place = Place("P", lat, lon, None, None, None, "P", None, 1.0)
        record = IncidentRecord(incident_id=f"e{number}", dataset="d", actor_name=actor, place_name="P",
                                where_prec=prec, uncertainty_km=1.0, place=place)  # fmt: skip
        records.append(record)
    return IncidentColumns(records)


def tiles(columns: IncidentColumns, z: int) -> list[dict[str, Any]]:
    clusters, hues = Clusters(columns), colours_on(LIGHT, assign_colours(columns.records))
    mask = np.ones(len(columns), dtype=bool)
    return [f for x in range(2**z) for y in range(2**z) for f in clusters.tile(mask, hues, z, x, y)]


@given(st.lists(SPOTS, max_size=40), st.integers(0, 3))
def test_every_incident_is_counted_once_at_each_zoom(spots: list[tuple[float, float, str, int]], z: int) -> None:
    features = tiles(columns_of(spots), z)
    assert sum(int(f["properties"]["n"] or 1) for f in features) == len(spots)
    for feature in features:
        p, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
        assert ("id" in p) != ("box" in p)  # it opens an incident, or more of itself
        if "box" in p:
            west, south, east, north = p["box"]
            assert west - 1e-9 <= lon <= east + 1e-9
            assert south - 1e-9 <= lat <= north + 1e-9
            assert max(east - west, north - south) > 0


def test_what_lies_together_parts_as_one_comes_near() -> None:
    near = [(35.0, 38.0, "A", 1), (35.0, 38.02, "A", 1), (35.0, 38.0, "B", 4)]
    assert [f["properties"]["n"] for f in tiles(columns_of(near), 2)] == ["3"]
    assert tiles(columns_of(near), 2)[0]["properties"]["where"].endswith("(1 of them not known exactly)")
    x, y = int((38.01 + 180) / 360 * 2**12), int((1 - math.asinh(math.tan(math.radians(35))) / math.pi) / 2 * 2**12)
    clusters, hues = Clusters(columns_of(near)), {"A": (1, 2, 3), "B": (4, 5, 6)}
    assert sorted(f["properties"]["n"] for f in clusters.tile(np.ones(3, dtype=bool), hues, 12, x, y)) == ["", "2"]


@given(st.integers(3, 15), st.data())
def test_a_bar_is_as_long_as_it_says(z: int, data: st.DataObject) -> None:
    x, y = data.draw(st.integers(0, 2**z - 1)), data.draw(st.integers(0, 2**z - 1))
    features = scale_bars(z, x, y)
    assert len(features) == 4
    for bar, text in (features[:2], features[2:]):
        _, (west, lat), (east, _), _ = bar["geometry"]["coordinates"]
        number, unit = text["properties"]["t"].split()
        length = float(number.replace(",", "")) * (1000 if unit == "km" else 1)
        # Along the parallel, on the sphere that Web Mercator takes the Earth for.
        metres = math.radians(east - west) * math.cos(math.radians(lat)) * 6_378_137
        assert metres == pytest.approx(length, rel=1e-6)
        assert 40 <= (east - west) / 360 * TILE * 2**z <= 111


@given(st.integers(0, 7), st.data())
def test_names_of_a_tile_lie_in_it_and_can_be_read(z: int, data: st.DataObject) -> None:
    x, y = data.draw(st.integers(0, 2**z - 1)), data.draw(st.integers(0, 2**z - 1))
    for feature in label_tile(z, x, y):
        p = feature["properties"]
        if p.get("k") in ("country", "division"):
            lon, lat = feature["geometry"]["coordinates"]
            assert math.floor((lon + 180) / 360 * 2**z) == x
            assert math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z) == y
            assert 10 <= p["s"] <= 16
        assert set(p["t"]) <= set(label_characters())


def test_names_come_as_one_comes_near() -> None:
    far, near = ([f["properties"]["t"] for f in label_tile(z, x, y)] for z, x, y in ((1, 1, 0), (6, 38, 25)))
    assert "Russia" in far
    assert "Hama" not in far
    assert "Hama" in near


def test_no_bar_where_none_is_right() -> None:
    assert scale_bars(2, 1, 1) == []


@given(st.integers(0, 15), st.data())
def test_a_click_is_never_farther_off_than_the_grid_says(z: int, data: st.DataObject) -> None:
    x, y = data.draw(st.integers(0, 2**z - 1)), data.draw(st.integers(0, 2**z - 1))
    points = [f["properties"] for f in grid_tile(z, x, y)]
    assert len(points) == (TILE // GRID) ** 2
    a, b = points[0], points[1]
    if abs(a["lat"]) < 80 and z >= 4:  # neighbours in a row are a grid's step apart, and half of it is the fault
        assert great_circle((a["lat"], a["lon"]), (b["lat"], b["lon"])).m / 2 <= a["off"] + 0.2
