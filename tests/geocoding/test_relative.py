"""Places told by another."""

from __future__ import annotations

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoding.relative import BEARINGS, place_at, relation_before
from geo.model import Place, Relation, Span, Toponym

SPAN = Span("X", 0, 1)


def anchor(lat: float, lon: float, km: float = 1.0) -> Toponym:
    place = Place("X", lat, lon, "SY", "Raqqa", "PPL", "test", "1", km, "SY-RA")
    return Toponym(SPAN, place, 1, km)


@pytest.mark.parametrize(
    ("before", "km", "bearing"),
    [
        ("graves located 25km south of the town of ", 25.0, 180.0),
        ("about 12 miles north-west of ", 19.3, 315.0),
        ("some 30 kilometres east of ", 30.0, 90.0),
        ("ten kilometers to the north of the village of ", 10.0, 0.0),
        ("a site 5 km from ", 5.0, None),
        ("twenty-five km southeast of the city of ", 25.0, 135.0),
        ("1.5 km west of ", 1.5, 270.0),
        ("a village near ", None, None),
        ("on the outskirts of ", None, None),
        ("located south of war-torn ", None, 180.0),
        ("near the former terrorist stronghold of ", None, None),
    ],
)
def test_words_before_a_name(before: str, km: float | None, bearing: float | None) -> None:
    found = relation_before(before + "X", len(before), "X")
    assert found is not None
    relation, _ = found
    assert (relation.distance_km, relation.bearing_deg) == (km, bearing)


@pytest.mark.parametrize("before", ["the city of ", "fighters in ", "in the province of ", "returned from "])
def test_words_that_place_nothing_relative(before: str) -> None:
    assert relation_before(before + "X", len(before), "X") is None


@given(st.floats(-70, 70), st.floats(-179, 179), st.floats(0.5, 300), st.sampled_from(sorted(BEARINGS.values())))
def test_a_distance_and_bearing_lead_there_and_no_farther(lat: float, lon: float, km: float, bearing: float) -> None:
    there = place_at(anchor(lat, lon), Relation("X", km, bearing), SPAN)
    assert there.place is not None
    assert there.uncertainty_km is not None
    reached = geodesic((lat, lon), (there.place.lat, there.place.lon)).km
    assert reached == pytest.approx(km, abs=0.05)
    assert there.uncertainty_km > km * 0.3
    assert there.where_prec == 2


@given(st.one_of(st.none(), st.floats(0.5, 300)), st.one_of(st.none(), st.sampled_from(sorted(BEARINGS.values()))))
def test_what_is_not_said_is_in_the_uncertainty(km: float | None, bearing: float | None) -> None:
    there = place_at(anchor(35.0, 38.0, 4.0), Relation("X", km, bearing), SPAN)
    assert there.uncertainty_km is not None
    assert there.uncertainty_km >= 4.0
    assert there.place is not None
    assert there.place.admin1_code == "SY-RA"


def test_relative_to_nothing_is_nowhere() -> None:
    unplaced = Toponym(SPAN, None, reason="not in the gazetteer")
    assert place_at(unplaced, Relation("X", 5.0, 90.0), SPAN).place is None
