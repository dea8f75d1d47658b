"""Coordinates in a report: the toponyms and the place of the claim that they give, end to end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from geopy.distance import great_circle

from geo.geocoding.written_position import SOURCE
from geo.model import Claim, Extraction, Place, Toponym
from geo.serialization import extraction_json

Extract = Callable[..., Extraction]
PUBLISHED = "2021-06-15"


def named(extraction: Extraction, text: str) -> Toponym:
    return next(t for t in extraction.toponyms if t.span.text == text)


def placed(toponym: Toponym | None) -> Place:
    assert toponym is not None
    assert toponym.place is not None
    return toponym.place


def km(place: Place, lat: float, lon: float) -> float:
    return float(great_circle((place.lat, place.lon), (lat, lon)).km)


def claim_of(extraction: Extraction) -> Claim:
    (claim,) = extraction.claims
    return claim


@pytest.mark.parametrize(
    ("text", "lat", "lon", "within", "prec"),
    [
        ("Militants dynamited a mausoleum near 34.55N 38.27E on 3 June 2015, monitors said.", 34.55, 38.27, 0.1, 2),
        ("Militants dynamited a mausoleum at 34.55N 38.27E on 3 June 2015, monitors said.", 34.55, 38.27, 0.1, 1),
        ("The mass grave, found on Monday, lies at grid 38S LF 12345 67890 in Iraq.", 36.738205, 42.898275, 0.1, 1),
        ("A mass grave was found on Monday at 33°20'15\"N, 44°23'30\"E in Baghdad.", 33.3375, 44.391667, 0.1, 1),
        ("Vandals smashed graves in Iraq (36.34 N, 43.13 E) on 3 June 2021.", 36.34, 43.13, 0.1, 1),
        ("The mass grave found on Monday is located 5 km south of 36.34N 43.13E, police said.", 36.2949, 43.13, 0.1, 2),
        ("The tomb, at coordinates 36.34, 43.13 in Mosul, was blown up on 3 June 2021.", 36.34, 43.13, 0.1, 1),
        ("A mass grave was found in Nineveh on Monday. It lies at 36.3412, 43.1330, he said.", 36.3412, 43.133, 0.1, 1),
        ("The mausoleum at UTM 38S 412345 3812345 was dynamited on 3 June 2015.", 34.44891, 44.045784, 0.1, 1),
        (
            "militants dynamited a mausoleum at 34.55n 38.27e on 3 june 2015, monitors in syria said.",
            34.55,
            38.27,
            0.1,
            1,
        ),
        ("MILITANTS DYNAMITED A MAUSOLEUM AT 34.55N 38.27E ON 3 JUNE 2015.", 34.55, 38.27, 0.1, 1),
    ],
)
def test_a_claim_lies_where_its_coordinates_say(
    extract: Extract, text: str, lat: float, lon: float, within: float, prec: int
) -> None:
    claim = claim_of(extract(text, published=PUBLISHED))
    assert km(placed(claim.where), lat, lon) <= within
    assert claim.where is not None
    assert claim.where.where_prec == prec


def test_coordinates_are_a_toponym_as_written(extract: Extract) -> None:
    text = "Militants dynamited a mausoleum at 34.55N 38.27E on 3 June 2015."
    (toponym,) = extract(text).toponyms
    assert toponym.span.text == text[toponym.span.start : toponym.span.end] == "34.55N 38.27E"
    place = placed(toponym)
    assert (place.name, place.lat, place.lon) == ("34.55° N, 38.27° E", 34.55, 38.27)
    assert (place.country, place.admin1, place.feature) == ("SY", "Homs", None)
    assert (place.source, place.source_id) == (SOURCE, None)
    assert toponym.uncertainty_km == place.uncertainty_km == pytest.approx(0.72, abs=0.01)


def test_the_output_form_is_that_of_every_toponym(extract: Extract) -> None:
    (row,) = extraction_json(extract("A mausoleum stands at 34.55N 38.27E."))["toponyms"]
    assert row["place"]["lat"] == 34.55
    assert row["relation"] is row["reason"] is None


def test_impossible_coordinates_stay_with_a_reason(extract: Extract) -> None:
    extraction = extract("Militants blew up a shrine at 95.2° N, 38.1° E in Syria on 3 June 2021.")
    toponym = named(extraction, "95.2° N, 38.1° E")
    assert toponym.place is None
    assert toponym.reason is not None
    assert "latitude" in toponym.reason
    assert claim_of(extraction).where != toponym


@pytest.mark.parametrize(
    ("coordinates", "country"), [("34.44 N, 35.85 E", "LB"), ("32.89 N, 13.19 E", "LY"), ("34.44, 35.85", "LB")]
)
def test_coordinates_choose_among_homonyms(extract: Extract, coordinates: str, country: str) -> None:
    extraction = extract(f"Vandals smashed graves in Tripoli ({coordinates}) on 3 June 2021. Tripoli is a port.")
    tripoli = [t for t in extraction.toponyms if t.span.text == "Tripoli"]
    assert [placed(t).country for t in tripoli] == [country, country]
    assert [t.reason for t in tripoli] == [None, None]
    assert placed(claim_of(extraction).where).name.startswith("Tripoli")


def test_coordinates_beside_a_name_are_not_a_second_place(extract: Extract) -> None:
    extraction = extract("Vandals smashed graves in the cemetery of Leeds, England (53.80 N, 1.55 W), on 3 June 2021.")
    assert placed(claim_of(extraction).where).name == "Leeds"
    assert km(placed(named(extraction, "53.80 N, 1.55 W")), 53.8, -1.55) < 0.1


def test_only_the_mention_beside_coordinates_has_their_exactness(extract: Extract) -> None:
    beside, other = (
        placed(t)
        for t in extract("A mosque stands in Mosul (36.3412 N, 43.1330 E). Crowds met in Mosul.").toponyms
        if t.span.text == "Mosul"
    )
    assert (beside.lat, beside.lon) == (36.3412, 43.133)
    assert beside.source_id == other.source_id
    assert beside.uncertainty_km < 0.1 < other.uncertainty_km


def test_coordinates_far_from_every_place_of_a_name_win(extract: Extract) -> None:
    extraction = extract("Vandals smashed graves in Mosul (35.66 N, 38.41 E) on 3 June 2021.")
    mosul = named(extraction, "Mosul")
    assert km(placed(mosul), 35.66, 38.41) < 0.1
    assert (placed(mosul).name, placed(mosul).country) == ("Mosul", "SY")
    assert mosul.reason is not None
    assert "elsewhere" in mosul.reason
    assert placed(claim_of(extraction).where) == placed(mosul)


def test_coordinates_place_a_name_that_the_gazetteer_lacks(extract: Extract) -> None:
    extraction = extract(
        "A mass grave was found at Khirbet Zubayda (35.6612 N, 38.4131 E) on Monday.", published=PUBLISHED
    )
    zubayda = named(extraction, "Khirbet Zubayda")
    assert km(placed(zubayda), 35.6612, 38.4131) < 0.1
    assert zubayda.reason is None
    assert placed(claim_of(extraction).where).name == "Khirbet Zubayda"


def test_coordinates_behind_a_name_and_its_division_are_of_the_name(extract: Extract) -> None:
    extraction = extract("Vandals smashed graves in Tell Abyad, Raqqa province (36.6953 N, 38.9565 E), on 3 June 2021.")
    assert km(placed(named(extraction, "Tell Abyad")), 36.6953, 38.9565) < 0.1
    assert placed(named(extraction, "Raqqa")).feature == "ADM1"


def test_the_name_of_a_country_keeps_its_place_beside_coordinates(extract: Extract) -> None:
    extraction = extract("Vandals smashed graves in Iraq (36.34 N, 43.13 E) on 3 June 2021.")
    assert placed(named(extraction, "Iraq")).feature == "PCLI"


def test_coordinates_choose_among_areas_of_one_name(extract: Extract) -> None:
    extraction = extract("Vandals smashed graves in Georgia (33.75 N, 84.39 W) on 3 June 2021.")
    assert (placed(named(extraction, "Georgia")).country, placed(named(extraction, "Georgia")).feature) == (
        "US",
        "ADM1",
    )
    assert km(placed(claim_of(extraction).where), 33.75, -84.39) < 0.1


def test_numbers_in_brackets_that_no_name_confirms_are_not_coordinates(extract: Extract) -> None:
    extraction = extract("Vandals smashed graves in Mosul (12.34, 13.13) on 3 June 2021.")
    assert [t.span.text for t in extraction.toponyms] == ["Mosul"]
    assert placed(named(extraction, "Mosul")).country == "IQ"


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen blew up shrines at coordinates (36.34, 43.13), (35.47, 44.39) and (34.20, 43.87) on 3 June 2021.",
        "Gunmen blew up shrines at 36.34N 43.13E, 35.47N 44.39E and 34.20N 43.87E on 3 June 2021.",
        "Gunmen blew up shrines in Mosul (36.34 N, 43.13 E), Kirkuk (35.47 N, 44.39 E) and Samarra (34.20 N, 43.87 E) "
        "on 3 June 2021.",
    ],
)
def test_each_place_of_a_list_has_its_claim(extract: Extract, text: str) -> None:
    places = [placed(claim.where) for claim in extract(text).claims]
    assert [(round(p.lat, 2), round(p.lon, 2)) for p in places] == [(36.34, 43.13), (35.47, 44.39), (34.2, 43.87)]


def test_coordinates_in_another_sentence_place_an_act_without_a_place(extract: Extract) -> None:
    text = "The site was geolocated to 36.3412, 43.1330. Militants destroyed the tomb there on 3 June 2021."
    assert km(placed(claim_of(extract(text)).where), 36.3412, 43.133) < 0.1


def test_many_coordinates_are_read_in_a_moment(extract: Extract) -> None:
    text = "Graves lie at " + ", ".join(f"{30 + i / 100:.4f}N {40 + i / 100:.4f}E" for i in range(300)) + "."
    assert len(extract(text).toponyms) == 300
