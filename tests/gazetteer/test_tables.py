"""The project's own tables have valid values in every column."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from itertools import combinations

import pytest
import shapely
from geopy.distance import great_circle
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.borders import Borders
from geo.gazetteer.labels import labels
from geo.gazetteer.names import fold
from geo.gazetteer.sources import Record, cities, countries, divisions, sites
from geo.settings import PROJECT

_BURIAL_PLACES = ("CMTY", "GRVE")
# The shapes of divisions are drawn for maps: smoothed, and without small islands and capes.
_SHAPES_ARE_OFF_KM = 60.0
_WHERE_SHAPES_LACK_LAND = {"site:lampedusa-cemetery", "site:apostolos-andreas", "site:rano-raraku"}
_KM_PER_DEGREE = 111.2
# No cemetery of the table lies farther from the next town of its country, but that on an island with one town.
_TOWN_WITHIN_KM = 40.0
_WIDE_DEGREES = 3.0  # more of longitude than that distance, except near the poles, and quicker to compare
_FAR_FROM_TOWNS = {"site:darwin-argentine-military-cemetery"}
# Homonyms nearer than this are parts of one site or stand side by side.
_NEARBY_KM = 30.0
# Each is the usual name of two sites far apart.
_HOMONYMS = {"chesed shel emeth cemetery", "omari mosque"}
# Words that name many cemeteries: a name of these words only tells no place.
_GENERIC_WORDS = """
cemetery cemeteries graveyard graveyards necropolis churchyard burial burying ground grounds grave graves mass
memorial monument park gardens garden section church
jewish hebrew israelite muslim islamic christian catholic orthodox protestant african american armenian british
canadian confederate commonwealth dutch english french german greek indian italian latin polish russian soviet
turkish ukrainian
war military national veterans soldiers martyrs heroes victims old new north south east west northern southern
eastern western central main general municipal city town civil public state first second third
and of the in at on for
mount mt st saint holy cross mary john james joseph peter paul
hope carmel olivet sinai moriah nebo lebanon auburn pleasant calvary trinity
evergreen greenwood green woodlawn oakwood oakland oak riverside forest lawn hill hills rose pine grove hillside
hillcrest lake view lakeview fairview fairmount cedar elm elmwood maple willow highland sunset valley rest peace
eden laurel live lincoln washington jefferson liberty beth israel shalom
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
# Cemeteries whose full name is of such words, and is known for one place.
_KNOWN_BY_GENERIC_WORDS = {
    "african burial ground national monument",
    "gardens of peace muslim cemetery",
    "general cemetery of the south",
    "riverside national cemetery",
    "valley of peace cemetery",
}


@pytest.fixture(scope="module")
def site_rows() -> list[Record]:
    return list(sites("sites.tsv", {}))


def _names(row: Record) -> set[str]:
    return {fold(name) for name in (row.name, *row.aliases)}


def _km(a: Record, b: Record) -> float:
    return float(great_circle((a.lat, a.lon), (b.lat, b.lon)).km)


def test_sites_are_complete_and_name_their_source(site_rows: list[Record]) -> None:
    assert len(site_rows) >= 1500
    assert len({r.source_id for r in site_rows}) == len(site_rows)
    for row in site_rows:
        assert row.source_id.startswith("site:")
        assert row.name
        assert row.source
        assert row.feature.isalnum()
        assert row.feature.isupper()
        assert -90 <= row.lat <= 90
        assert -180 <= row.lon <= 180
        assert 0 < row.uncertainty_km <= 100
        assert len(row.aliases) == len(set(row.aliases)), row.source_id
        assert row.name not in row.aliases, row.source_id


def test_codes_of_sites_are_in_the_tables_of_countries_and_divisions(site_rows: list[Record]) -> None:
    known = {r.country for r in countries()}
    countries_of_divisions = {r.admin1: r.country for r in divisions({})}
    assert {r.source_id for r in site_rows if r.country not in known} == set()
    wrong = {r.source_id for r in site_rows if r.admin1 and countries_of_divisions.get(r.admin1) != r.country}
    assert wrong == set()


def test_sites_lie_in_their_division(site_rows: list[Record]) -> None:
    shapes: dict[str, BaseGeometry] = {}
    drawn = json.loads((PROJECT / "dashboard" / "static" / "divisions.geojson").read_text(encoding="utf-8"))
    for feature in drawn["features"]:
        shapes[feature["properties"]["code"]] = shapely.geometry.shape(feature["geometry"])
    outside = {
        r.source_id
        for r in site_rows
        if r.admin1 in shapes
        and shapes[r.admin1].distance(shapely.Point(r.lon, r.lat)) * _KM_PER_DEGREE
        > r.uncertainty_km + _SHAPES_ARE_OFF_KM
    }
    assert outside == _WHERE_SHAPES_LACK_LAND


def test_burial_places_lie_near_a_town_of_their_country(site_rows: list[Record]) -> None:
    towns: dict[tuple[str, int], list[Record]] = defaultdict(list)  # by country and whole degrees of latitude
    for town in cities(Borders()):
        towns[town.country, math.floor(town.lat)].append(town)
    far = set()
    for row in (r for r in site_rows if r.feature in _BURIAL_PLACES):
        degree = math.floor(row.lat)
        limit = _TOWN_WITHIN_KM + row.uncertainty_km
        beside = (t for d in (degree, degree - 1, degree + 1) for t in towns[row.country, d])
        if not any(abs(t.lon - row.lon) < _WIDE_DEGREES and _km(row, t) <= limit for t in beside):
            far.add(row.source_id)
    assert far == _FAR_FROM_TOWNS


def test_no_burial_place_has_a_name_of_generic_words_only(site_rows: list[Record]) -> None:
    generic = {
        name
        for row in site_rows
        if row.feature in _BURIAL_PLACES
        for name in _names(row)
        if _GENERIC.issuperset(name.split())
    }
    assert generic - _KNOWN_BY_GENERIC_WORDS == set()


def test_a_name_is_of_one_site_or_of_sites_side_by_side(site_rows: list[Record]) -> None:
    owners: dict[str, list[Record]] = defaultdict(list)
    for row in site_rows:
        for name in _names(row):
            owners[name].append(row)
    apart = {name for name, rows in owners.items() if any(_km(a, b) > _NEARBY_KM for a, b in combinations(rows, 2))}
    assert apart == _HOMONYMS


def test_divisions_and_countries_have_an_extent() -> None:
    assert len(list(divisions({}))) > 4000
    assert len(list(countries())) > 240
    for row in (*divisions({}), *countries()):
        assert row.uncertainty_km >= 0
        assert row.name
    raqqa = next(r for r in divisions({}) if r.admin1 == "SY-RA")
    assert 60 < raqqa.uncertainty_km < 120
    assert "الرقة" in raqqa.aliases


def test_labels_of_maps_are_countries_and_large_divisions() -> None:
    names = {x.name for x in labels()}
    assert {"Syria", "Raqqa", "Iraq"} <= names
