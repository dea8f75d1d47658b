"""Looking up names in the real gazetteer."""

from __future__ import annotations

import pytest
from geopy.distance import great_circle

from geo.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("name", "feature", "country", "lat", "lon"),
    [
        ("Raqqa", "ADM1", "SY", 35.98, 38.94),
        ("Ar-Raqqa", "PPL", "SY", 35.95, 39.01),
        ("الرقة", "PPL", "SY", 35.95, 39.01),
        ("Khan el-Sebil", "PPL", "SY", 35.755, 36.756),
        ("خان السبل", "PPL", "SY", 35.755, 36.756),
        ("Al-Wawi", "PPL", "SY", 35.66, 38.41),
        ("Old Homs", "PPLX", "SY", 34.729, 36.717),
        ("Tabqa Airbase", "AIRB", "SY", 35.7547, 38.5667),
        ("Mosul", "PPL", "IQ", 36.335, 43.119),
        ("UK", "PCLI", "GB", 54.0, -2.0),
        ("Syria", "PCLI", "SY", 35.0, 38.5),
    ],
)
def test_a_name_leads_to_its_place(
    gazetteer: Gazetteer, name: str, feature: str, country: str, lat: float, lon: float
) -> None:
    places = [m.entry.place for m in gazetteer.lookup(name)]
    near = [p for p in places if abs(p.lat - lat) < 2.5 and abs(p.lon - lon) < 2.5]
    assert (feature, country) in {(p.feature, p.country) for p in near}


@pytest.mark.parametrize(("word", "country"), [("Syrian", "SY"), ("Iraqis", "IQ"), ("British", "GB"), ("grave", None)])
def test_words_for_people_lead_to_their_country(gazetteer: Gazetteer, word: str, country: str | None) -> None:
    assert gazetteer.demonym(word) == country


def test_every_place_has_a_source_and_an_uncertainty(gazetteer: Gazetteer) -> None:
    for name in ("Raqqa", "Palmyra", "Nimrud", "Timbuktu", "Iraq"):
        for match in gazetteer.lookup(name):
            assert match.entry.place.source
            assert match.entry.place.uncertainty_km > 0


def test_an_unknown_name_has_no_matches(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Grzqwbltrexnov") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("'; DROP TABLE place; --") == ()


@pytest.mark.parametrize(
    ("lat", "lon", "km", "country"),
    [
        (36.335, 43.119, 1, "IQ"),
        (34.55, 38.27, 1, None),
        (34.55, 38.27, 30, "SY"),
        (-16.8, -179.99, 100, "FJ"),  # the nearest lies on the other side of 180 degrees
        (0.0, -150.0, 500, None),
        (90.0, 0.0, 200, None),
    ],
)
def test_the_settlement_nearest_to_a_position(
    gazetteer: Gazetteer, lat: float, lon: float, km: float, country: str | None
) -> None:
    place = gazetteer.nearest_settlement(lat, lon, km)
    assert (place.country if place else None) == country


def test_no_settlement_lies_nearer_than_the_nearest(gazetteer: Gazetteer) -> None:
    mosul = next(m.entry.place for m in gazetteer.lookup("Mosul", "IQ"))
    nearest = gazetteer.nearest_settlement(mosul.lat + 0.001, mosul.lon, 10)
    assert nearest is not None
    assert great_circle((nearest.lat, nearest.lon), (mosul.lat + 0.001, mosul.lon)).km < 0.12


@pytest.mark.parametrize(
    ("name", "feature", "code"),
    [
        ("Scotland", "RGN", None),
        ("England", "RGN", None),
        ("Wales", "RGN", None),
        ("Northern Ireland", "RGN", None),
        ("Kashmir", "RGN", None),
        ("Iraqi Kurdistan", "RGN", None),
        ("Azad Kashmir", "ADM1", "PK-JK"),
        ("Crimea", "ADM1", "UA-43"),
        ("Transnistria", "ADM1", "MD-SN"),
        ("Ta'mim", "ADM1", "IQ-KI"),
        ("Thi-Qar", "ADM1", "IQ-DQ"),
        ("Salah ad-Din", "ADM1", "IQ-SD"),
        ("Paktika", "ADM1", "AF-PKA"),
    ],
)
def test_a_part_of_a_country_is_not_the_country(
    gazetteer: Gazetteer, name: str, feature: str, code: str | None
) -> None:
    places = [m.entry.place for m in gazetteer.lookup(name)]
    assert (places[0].feature, places[0].admin1_code) == (feature, code)
    assert "PCLI" not in [p.feature for p in places]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Fla.", "US-FL"), ("FL", "US-FL"), ("Ont.", "CA-ON"), ("B.C.", "CA-BC"), ("N.S.W.", "AU-NSW"), ("Qld", "AU-QLD")],
)
def test_abbreviations_lead_to_their_division(gazetteer: Gazetteer, text: str, code: str) -> None:
    assert code in [m.entry.place.admin1_code for m in gazetteer.abbreviation(text)]
