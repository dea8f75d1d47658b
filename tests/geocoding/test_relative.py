"""Places told by another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoding.relative import BEARINGS, place_at, place_between, relation_before
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
        ("20 to 30 km west of ", 25.0, 270.0),
        ("20-30 kilometres north of ", 25.0, 0.0),
        ("two miles outside of the town, 3 miles from ", 4.8, None),
        ("15 minutes' drive from ", 12.5, None),
        ("an hour's drive north of ", 50.0, 0.0),
        ("in the eastern countryside of ", None, 90.0),
        ("on the western outskirts of ", None, 270.0),
        ("in the countryside of ", None, None),
        ("a hill outside ", None, None),
        ("just south of the city of ", None, 180.0),
        ("close to ", None, None),
        ("not far from ", None, None),
        ("half a dozen graves 7 miles southwest of ", 11.3, 225.0),
        ("12 km to the south-east of ", 12.0, 135.0),
        ("some 60 miles east of ", 96.6, 90.0),
        ("eight kilometers (5 miles) north of ", 8.0, 0.0),
        ("five kilometres away from ", 5.0, None),
        ("30 KM NORTH OF ", 30.0, 0.0),
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


@pytest.mark.parametrize(
    ("text", "name", "share"),
    [
        ("on the road between Alpha and Beta", "between Alpha and Beta", 2),
        ("in a field between the towns of Alpha and Beta", "between Alpha and Beta", 2),
        ("halfway from Alpha to Beta", "halfway from Alpha to Beta", 6),
        ("midway between Alpha and Beta", "halfway from Alpha to Beta", 6),
    ],
)
def test_between_two_is_their_middle(text: str, name: str, share: int) -> None:
    first, second = (_named(text, "Alpha", 38.0), _named(text, "Beta", 39.0))
    there = place_between(text, first, second, SPAN)
    assert there is not None
    assert there.place is not None
    assert there.place.name == name
    assert there.place.lon == pytest.approx(38.5, abs=0.01)
    apart = geodesic((35.0, 38.0), (35.0, 39.0)).km
    assert there.uncertainty_km == pytest.approx((1 + (apart / share) ** 2) ** 0.5, abs=0.1)
    other = text.replace("between", "beyond").replace("halfway from", "past")
    assert (
        "Alpha and" not in other
        or place_between(other, _named(other, "Alpha", 38.0), _named(other, "Beta", 39.0), SPAN) is None
    )


def _named(text: str, name: str, lon: float) -> Toponym:
    start = text.index(name)
    made = anchor(35.0, lon)
    assert made.place is not None
    return replace(made, span=Span(name, start, start + len(name)), place=replace(made.place, name=name))
