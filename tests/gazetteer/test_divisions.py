"""Every town lies in the division that the gazetteer gives it, outside the exceptions that are listed."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from geo.gazetteer.borders import BORDER_KM, Borders
from geo.gazetteer.tables import read_table

EXCEPTIONS = Path(__file__).with_name("division_exceptions.tsv")


def exceptions() -> dict[str, str]:
    """The division of each town that lies in another by Natural Earth's borders, by its GeoNames id."""
    with EXCEPTIONS.open(encoding="utf-8", newline="") as lines:
        return {row["geonameid"]: row["division"] for row in csv.DictReader(lines, delimiter="\t")}


def test_no_town_is_in_another_division_than_it_lies_in(gazetteer: Gazetteer) -> None:
    with closing(sqlite3.connect(gazetteer.path)) as db:
        towns = db.execute(
            "SELECT source_id, lon, lat, country, admin1 FROM place WHERE source = 'GeoNames' AND feature LIKE 'PPL%'"
        ).fetchall()
    assert len(towns) >= 234_908
    borders = Borders()
    ids, lons, lats, countries, given = zip(*towns, strict=True)
    by_position = borders.divisions(lons, lats, countries)
    disagreeing = {i: code for i, code, there in zip(ids, given, by_position, strict=True) if code != there}
    listed = exceptions()
    assert disagreeing.keys() - listed.keys() == set()
    assert disagreeing == {i: listed[i] for i in disagreeing}
    assert "" not in given


def test_exceptions_are_few_and_near_a_border() -> None:
    with EXCEPTIONS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) < 2_000
    codes = {row["code"] for row in read_table("divisions.tsv")}
    for row in rows:
        assert {row["division"], row["by_position"]} <= codes
        assert row["division"] != row["by_position"]
        assert 0 <= float(row["km"]) <= BORDER_KM
        assert row["reason"]


@pytest.mark.parametrize(
    ("lon", "lat", "country", "division"),
    [
        (7.7521, 48.5734, "FR", "FR-67"),  # Strasbourg
        (36.7233, 34.7324, "SY", "SY-HI"),  # Homs
        (35.8, 35.6, "SY", "SY-LA"),  # at sea, off Latakia
        (35.8238, 33.1256, "SY", "SY-QU"),  # Quneitra
        (35.7600, 32.9900, "IL", "IL-Z"),  # Katzrin, the Golan: the country is the gazetteer's
        (35.7600, 32.9900, "SY", "SY-QU"),
        (34.1083, 44.9521, "UA", "UA-43"),  # Simferopol
        (-13.2000, 27.1500, "EH", "MA-15"),  # Laayoune
        (0.0, 0.0, "ZZ", ""),
    ],
)
def test_a_position_leads_to_a_division_of_its_country(lon: float, lat: float, country: str, division: str) -> None:
    assert Borders().divisions([lon], [lat], [country]) == [division]


def test_near_a_border_the_code_of_geonames_decides() -> None:
    # Three towns of Missouri and one of Illinois, whose shapes here put St. Louis into Illinois.
    towns = [(-90.1979, 38.6273), (-92.1735, 38.5767), (-94.5786, 39.0997), (-89.6437, 39.8017)]
    codes = ["US.MO", "US.MO", "US.MO", "US.IL"]
    lons, lats = [x for x, _ in towns], [y for _, y in towns]
    borders = Borders()
    assert borders.divisions(lons, lats, ["US"] * 4)[0] == "US-IL"
    more = ["US.IL"] * 20
    lons, lats, codes = lons + [-89.6] * 20, lats + [39.8] * 20, codes + more
    assert borders.towns(lons, lats, ["US"] * 24, codes)[:4] == ["US-MO", "US-MO", "US-MO", "US-IL"]


def test_a_wrong_code_far_from_its_division_is_not_believed() -> None:
    lons, lats = [-89.6437, *[-92.2] * 20, *[-89.6] * 20], [39.8017, *[38.6] * 20, *[39.8] * 20]
    codes = ["US.MO", *["US.MO"] * 20, *["US.IL"] * 20]
    assert Borders().towns(lons, lats, ["US"] * 41, codes)[0] == "US-IL"


@pytest.mark.parametrize(
    ("name", "country", "division"),
    [
        ("Strasbourg", "FR", "Bas-Rhin"),
        ("Paris", "FR", "Paris"),
        ("London", "GB", "Westminster"),
        ("Turin", "IT", "Turin"),
        ("Madrid", "ES", "Community of Madrid"),
        ("Athens", "GR", "Attica"),
        ("Davao", "PH", "Davao del Sur"),
        ("Ho Chi Minh City", "VN", "Ho Chi Minh"),
        ("St. Louis", "US", "Missouri"),
        ("Florence", "IT", "Florence"),
        ("Brussels", "BE", "Brussels Capital"),
        ("Kansas City", "US", "Missouri"),
    ],
)
def test_large_towns_have_their_division(gazetteer: Gazetteer, name: str, country: str, division: str) -> None:
    place = next(m.entry.place for m in gazetteer.lookup(name) if m.entry.place.country == country)
    assert place.admin1 == division


def test_places_of_the_project_have_divisions_that_exist(gazetteer: Gazetteer) -> None:
    with closing(sqlite3.connect(gazetteer.path)) as db:
        unknown = db.execute(
            "SELECT name, admin1 FROM place WHERE admin1 <> '' AND admin1 NOT IN "
            "(SELECT admin1 FROM place WHERE feature = 'ADM1')"
        ).fetchall()
    assert unknown == []
