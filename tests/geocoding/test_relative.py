"""Places described relative to another: the words, and the position and uncertainty that follow from them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.languages.en.relations import BEARINGS, is_measured, lies_between, relation_beside
from geo.geocoding.relative import DRIVE_KMH, FARTHEST_KM, place_at, place_between
from geo.model import Candidate, Place, Relation, Span, Toponym

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
    stated = relation_beside(before + "X", len(before), "X")
    assert stated is not None
    relation, _ = stated
    assert (relation.distance_km, relation.bearing_deg) == (km, bearing)


@pytest.mark.parametrize("before", ["the city of ", "fighters in ", "in the province of ", "returned from "])
def test_words_that_place_nothing_relative(before: str) -> None:
    assert relation_beside(before + "X", len(before), "X") is None


@given(st.floats(-70, 70), st.floats(-179, 179), st.floats(0.5, 300), st.sampled_from(sorted(BEARINGS.values())))
def test_a_distance_and_bearing_lead_there_and_no_farther(lat: float, lon: float, km: float, bearing: float) -> None:
    there = place_at(anchor(lat, lon), Relation("X", km, bearing), SPAN)
    assert there.place is not None
    assert there.uncertainty_km is not None
    reached = geodesic((lat, lon), (there.place.lat, there.place.lon)).km
    assert reached == pytest.approx(km, abs=0.05)
    assert there.uncertainty_km > km * 0.3
    assert there.where_prec == (2 if there.uncertainty_km <= 25 else 3 if there.uncertainty_km <= 50 else 5)


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


WORDS = st.sampled_from(
    [
        "about", "25", "1.5", "20 to 30", "ten", "half a dozen", "km", "kilometres", "miles", "m", "yards", "minutes'",
        "an hour's", "drive", "north", "south-east", "WEST", "NNE", "southeastern", "of", "from", "outside", "the",
        "near", "close to", "outskirts", "town of", "city of", "a village", "(5 miles)", "away", "countryside", "in",
        "vandals smashed graves", "é", "،", "\n",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=20))
def test_a_relation_is_in_range_and_begins_inside_the_text(before: str, after: str) -> None:
    text, start = f"{before} X{after}", len(before) + 1
    stated = relation_beside(text, start, "X")
    if stated is None:
        assert not is_measured(text, start)
        return
    relation, relation_start = stated
    assert relation.anchor == "X"
    assert 0 <= relation_start < start
    assert relation.spread_km >= 0
    assert relation.distance_km is None or 0 <= relation.distance_km <= 30 * DRIVE_KMH
    assert relation.bearing_deg is None or relation.bearing_deg in BEARINGS.values()
    assert relation_beside(text[relation_start:], start - relation_start, "X") is not None


@given(
    st.one_of(st.integers(1, 999), st.integers(1, 10**400)),
    st.sampled_from(["km", "miles", "metres"]),
    st.sampled_from(sorted(BEARINGS)),
)
def test_every_number_unit_and_compass_point_is_read_back(number: int, unit: str, point: str) -> None:
    before = f"a cemetery {number} {unit} {point} of the town of "
    stated = relation_beside(before + "X", len(before), "X")
    assert stated is not None
    relation, relation_start = stated
    assert relation.bearing_deg == BEARINGS[point]
    km = Fraction(number) * Fraction({"km": "1", "miles": "1.609344", "metres": "0.001"}[unit])
    if km > FARTHEST_KM:
        assert relation.distance_km is None  # not a distance on Earth; the direction is still stated
        assert before[relation_start:].startswith(point)
    else:
        assert relation.distance_km == pytest.approx(float(km), abs=0.0501)
        assert before[relation_start:].startswith(str(number))


@pytest.mark.parametrize(
    ("text", "words", "name", "share"),
    [
        ("on the road between Alpha and Beta", "between", "between Alpha and Beta", 2),
        ("in a field between the towns of Alpha and Beta", "between", "between Alpha and Beta", 2),
        ("on the road from Alpha to Beta", "between", "between Alpha and Beta", 2),
        ("halfway from Alpha to Beta", "halfway", "halfway from Alpha to Beta", 6),
        ("midway between Alpha and Beta", "halfway", "halfway from Alpha to Beta", 6),
    ],
)
def test_between_two_is_their_middle(text: str, words: str, name: str, share: int) -> None:
    first, second = _named(text, "Alpha", 38.0), _named(text, "Beta", 39.0)
    assert lies_between(text, first.span, second.span) == words
    there = place_between(first, second, SPAN, halfway=words == "halfway")
    assert there is not None
    assert there.place is not None
    assert there.place.name == name
    assert there.place.lon == pytest.approx(38.5, abs=0.01)
    apart = geodesic((35.0, 38.0), (35.0, 39.0)).km
    assert there.uncertainty_km == pytest.approx((1 + (apart / share) ** 2) ** 0.5, abs=0.1)


@pytest.mark.parametrize(
    "text", ["in Alpha and Beta", "beyond Alpha and Beta", "between Alpha, Beta", "past Alpha to Beta"]
)
def test_names_side_by_side_have_nothing_between_them(text: str) -> None:
    assert lies_between(text, _named(text, "Alpha", 38.0).span, _named(text, "Beta", 39.0).span) is None


def test_nothing_lies_between_a_place_and_an_unknown_one() -> None:
    assert place_between(anchor(35.0, 38.0), Toponym(SPAN, None, reason="unknown"), SPAN, halfway=False) is None


def _named(text: str, name: str, lon: float) -> Toponym:
    start = text.index(name)
    made = anchor(35.0, lon)
    assert made.place is not None
    return replace(made, span=Span(name, start, start + len(name)), place=replace(made.place, name=name))


@pytest.mark.parametrize(
    ("text", "scope", "bearing"),
    [
        ("in the X countryside", "countryside", None),
        ("in X's southern countryside", "countryside", 180.0),
        ("in the northern X countryside", "countryside", 0.0),
        ("in the western countryside of X", "countryside", 270.0),
        ("in rural X", "countryside", None),
        ("in northern rural X", "countryside", 0.0),
        ("in X's suburbs", "edge", None),
        ("on the eastern outskirts of X", "edge", 90.0),
        ("in the Karan district of X", "part", None),
        ("in the old city of X", "part", None),
        ("off the coast of X", "sea", None),
        ("off the Libyan coast near X", "sea", None),
        ("off the X coast", "sea", None),
        ("30 km off X", "sea", None),
    ],
)
def test_words_of_scope(text: str, scope: str, bearing: float | None) -> None:
    stated = relation_beside(text, text.index("X"), "X")
    assert stated is not None
    assert (stated[0].scope, stated[0].bearing_deg) == (scope, bearing)


@pytest.mark.parametrize(
    "text", ["in X", "in the eastern part of X", "along the coast in X", "a district of X province"]
)
def test_words_that_are_not_of_scope(text: str) -> None:
    assert relation_beside(text, text.index("X"), "X") is None


def test_the_countryside_of_a_city_with_a_division_of_its_name_is_the_division() -> None:
    city = replace(anchor(36.2, 37.2, 12.9), span=SPAN)
    assert city.place is not None
    division = replace(city.place, feature="ADM1", uncertainty_km=95.0)
    named = replace(city, candidates=(Candidate(city.place, 2.0), Candidate(division, 1.0)))
    around = place_at(named, Relation("X", None, None, 20.0, "countryside"), SPAN)
    assert (around.place, around.where_prec, around.uncertainty_km) == (division, 4, 95.0)
    north = place_at(named, Relation("X", None, 0.0, 20.0, "countryside"), SPAN)
    assert north.where_prec in (2, 3)


def test_off_a_coast_is_at_sea_near_it() -> None:
    there = place_at(anchor(32.9, 12.1, 2.0), Relation("X", None, None, 30.0, "sea"), SPAN)
    assert there.place is not None
    assert (there.where_prec, there.place.name, there.place.lat, there.place.lon) == (7, "off X", 32.9, 12.1)
    assert there.uncertainty_km is not None
    assert 22 <= there.uncertainty_km <= 60


def test_a_country_has_no_outskirts() -> None:
    country = anchor(35.0, 38.0, 361.0)
    assert country.place is not None
    country = replace(country, place=replace(country.place, feature="PCLI"), where_prec=6)
    assert place_at(country, Relation("X", None, None, 4.0, "edge"), SPAN).where_prec == 6
