"""UCDP GED's code for how exactly a place is known: by the kind of the place and by its extent."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.geocoding.precision import where_prec
from geo.model import Place
from geo.settings import GAZETTEER

FEATURES = st.sampled_from(
    [
        "PPL",
        "PPLC",
        "PPLX",
        "ISL",
        "STM",
        "MTS",
        "CMTY",
        "CH",
        "VAL",
        "RGN",
        "CONT",
        "ADM1",
        "ADM2",
        "PCLI",
        "SEA",
        "GULF",
    ]
)


def place(feature: str | None, km: float) -> Place:
    return Place("X", 35.0, 38.0, "SY", "Raqqa", feature, "test", "1", km)


@pytest.mark.parametrize(
    ("feature", "km", "prec"),
    [
        ("PPL", 0.5, 1), ("PPL", 5.0, 1), ("PPL", 12.9, 2), ("PPLC", 38.8, 2), ("CMTY", 0.2, 1), ("SHRN", 20.0, 2),
        ("STM", 350.0, 5), ("MTS", 28.0, 3), ("VAL", 90.0, 5), ("ISL", 4.0, 1), ("ISL", 40.0, 3), ("ADM2", 3.0, 3),
        ("ADM1", 2.0, 4), ("RGN", 300.0, 5), ("PCLI", 1.0, 6), ("SEA", 450.0, 7), ("GULF", 450.0, 7), ("OCN", 5.0, 7),
    ],
)  # fmt: skip
def test_precision_of_kinds(feature: str, km: float, prec: int) -> None:
    assert where_prec(place(feature, km)) == prec


@given(FEATURES, st.floats(0.01, 9000))
def test_only_a_point_is_exact(feature: str, km: float) -> None:
    prec = where_prec(place(feature, km))
    assert 1 <= prec <= 7
    if prec == 1:
        assert km <= 5
        assert not feature.startswith(("ADM", "PCL", "SEA", "GULF", "RGN", "CONT"))


@given(FEATURES, st.floats(0.01, 4000), st.floats(1, 10))
def test_a_larger_extent_is_never_more_exact(feature: str, km: float, factor: float) -> None:
    assert where_prec(place(feature, km)) <= where_prec(place(feature, km * factor))


def test_no_place_of_the_gazetteer_is_exact_beyond_its_extent(gazetteer: Gazetteer) -> None:
    assert gazetteer is not None
    with sqlite3.connect(Path(GAZETTEER.get()).resolve().as_uri() + "?mode=ro", uri=True) as rows:
        kinds = rows.execute("SELECT feature, max(uncertainty_km), min(uncertainty_km) FROM place GROUP BY feature")
        for feature, most, least in kinds:
            assert where_prec(place(feature, most)) > 1 or most <= 5, feature
            assert where_prec(place(feature, least)) <= where_prec(place(feature, most))
