"""Coordinates written in a text: every form with the position that it gives, and what only looks like coordinates."""

from __future__ import annotations

import time

import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st
from mgrs import MGRS
from pyproj import Proj

from geo.extraction.languages.en.coordinates import coordinate_words
from geo.geocoding.coordinates import find_positions
from geo.geocoding.written_position import WrittenPosition
from geo.settings import PROJECT

TABLE = PROJECT / "tests" / "geocoding" / "coordinates.tsv"
WORDS = coordinate_words()


def rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("# "))
    return [[row[0].replace("\\n", "\n"), *row[1:]] for row in cells]


POSITIONS = [(row[0], *map(float, row[1:])) for row in rows() if len(row) == 4]
IMPOSSIBLE = [(row[0], row[2]) for row in rows() if row[1:2] == ["impossible"]]
NONE = [row[0] for row in rows() if len(row) == 1]


def positions(text: str) -> list[WrittenPosition]:
    return find_positions(text, WORDS)


def only(text: str) -> WrittenPosition:
    (position,) = positions(text)
    assert position.reason is None
    return position


def km(position: WrittenPosition, lat: float, lon: float) -> float:
    return float(great_circle((position.lat, position.lon), (lat, lon)).km)


def test_the_table_has_every_kind_of_row() -> None:
    assert len(POSITIONS) + len(IMPOSSIBLE) + len(NONE) == len(rows())
    assert min(len(POSITIONS), len(IMPOSSIBLE), len(NONE)) > 10


@pytest.mark.parametrize(("text", "lat", "lon", "uncertainty"), POSITIONS)
def test_a_position_is_read_as_exactly_as_it_is_written(text: str, lat: float, lon: float, uncertainty: float) -> None:
    position = only(text)
    assert km(position, lat, lon) <= max(0.001, uncertainty / 100)
    assert position.uncertainty_km == pytest.approx(uncertainty, rel=0.02, abs=0.0011)


@pytest.mark.parametrize(("text", "word"), IMPOSSIBLE)
def test_what_cannot_be_a_position_has_a_reason(text: str, word: str) -> None:
    (position,) = positions(text)
    assert position.reason is not None
    assert word in position.reason


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_coordinates_is_none(text: str) -> None:
    assert positions(text) == []


@pytest.mark.parametrize("text", [row[0] for row in rows()])
def test_the_words_around_coordinates_make_no_difference(text: str) -> None:
    before, behind = "Police in Homs, which has 3 parks, said so. ", "\n\nNothing else was seen there."
    inside = [(p.start - len(before), p.end - len(before), p.reason) for p in positions(before + text + behind)]
    assert inside == [(p.start, p.end, p.reason) for p in positions(text)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a pit near 34.55N 38.27E on Monday", "34.55N 38.27E"),
        ("(Lat: 34.55, Lon: 38.27)", "Lat: 34.55, Lon: 38.27"),
        ("lies at grid 38S LF 12345 67890, he said", "38S LF 12345 67890"),
        ("It is at 34°33′12″ N, 38°16′12″ E.", "34°33′12″ N, 38°16′12″ E"),
    ],
)
def test_the_span_is_what_is_written(text: str, written: str) -> None:
    position = only(text)
    assert text[position.start : position.end] == written


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("34.55N 38.27E", "34.55° N, 38.27° E"),
        ("34°33'S 58°16'W", "34.55° S, 58.27° W"),
        ("34°33'12\"N 38°16'12\"E", "34.5533° N, 38.2700° E"),
        ("N34 E38", "34° N, 38° E"),
    ],
)
def test_every_form_has_the_same_form_of_name(text: str, name: str) -> None:
    assert only(text).name == name


def test_several_forms_of_one_position_are_one() -> None:
    text = "(36.34 N, 43.13 E; grid 38S LF 3245 2345)"
    position = only(text)
    assert text[position.start : position.end] == "36.34 N, 43.13 E; grid 38S LF 3245 2345"
    assert position.uncertainty_km < 0.01


def test_two_forms_of_different_positions_are_two() -> None:
    assert len(positions("(36.34 N, 43.13 E; grid 37S EV 1234 6789)")) == 2


def test_each_position_of_a_list_is_read() -> None:
    text = "at 36.34N 43.13E, 35.47N 44.39E and 34.20N 43.87E"
    assert [round(p.lat, 2) for p in positions(text)] == [36.34, 35.47, 34.2]
    text = "coordinates of the pits: A (36.34, 43.13), B (35.47, 44.39) and C (34.20, 43.87)"
    assert [round(p.lon, 2) for p in positions(text)] == [43.13, 44.39, 43.87]


def test_numbers_in_brackets_are_certain_only_behind_a_word_for_coordinates() -> None:
    assert not only("Mosul (36.34, 43.13)").is_certain
    assert only("Mosul (coordinates 36.34, 43.13)").is_certain


def _dms(value: float, letters: str, decimals: int) -> str:
    step = 10**decimals
    total = round(abs(value) * 3600 * step)
    degrees, rest = divmod(total, 3600 * step)
    minutes, seconds = divmod(rest, 60 * step)
    whole, part = divmod(seconds, step)
    fraction = f".{part:0{decimals}d}" if decimals else ""
    return f"{degrees}°{minutes:02d}′{whole:02d}{fraction}″{letters[value < 0]}"


latitudes = st.floats(-89.9, 89.9)
longitudes = st.floats(-179.9, 179.9)


@given(latitudes, longitudes, st.integers(1, 6), st.sampled_from(["{} {}", "{}, {}", "{} / {}", "({}; {})"]))
def test_decimal_degrees_come_back(lat: float, lon: float, decimals: int, form: str) -> None:
    north, east = f"{abs(lat):.{decimals}f}°{'NS'[lat < 0]}", f"{abs(lon):.{decimals}f}°{'EW'[lon < 0]}"
    position = only(form.format(north, east))
    assert km(position, lat, lon) <= position.uncertainty_km + 0.001
    assert only(form.format(east, north)) == position


@given(latitudes, longitudes, st.integers(4, 6))
def test_signed_degrees_come_back(lat: float, lon: float, decimals: int) -> None:
    position = only(f"coordinates {lat:.{decimals}f}, {lon:.{decimals}f}")
    assert km(position, lat, lon) <= position.uncertainty_km + 0.001


@given(latitudes, longitudes, st.integers(0, 3), st.booleans())
def test_degrees_minutes_and_seconds_come_back(lat: float, lon: float, decimals: int, ascii_signs: bool) -> None:
    text = f"{_dms(lat, 'NS', decimals)} {_dms(lon, 'EW', decimals)}"
    if ascii_signs:
        text = text.replace("′", "'").replace("″", '"')
    position = only(text)
    assert km(position, lat, lon) <= position.uncertainty_km + 0.001


@given(st.floats(-79.5, 83.5), longitudes, st.integers(1, 5), st.sampled_from(["", " ", "-"]))
def test_the_military_grid_comes_back(lat: float, lon: float, digits: int, gap: str) -> None:
    reference = str(MGRS().toMGRS(lat, lon, MGRSPrecision=digits))
    split = len(reference) - 2 * digits
    zone, square, figures = reference[: split - 2], reference[split - 2 : split], reference[split:]
    text = f"grid {gap.join((zone, square, figures[:digits], figures[digits:]))}"
    position = only(text)
    assert km(position, lat, lon) <= position.uncertainty_km * 1.01 + 0.001


@given(st.one_of(st.floats(-79.5, -0.1), st.floats(1, 83.5)), longitudes)
def test_utm_comes_back(lat: float, lon: float) -> None:
    zone = int((lon + 180) // 6) + 1
    east, north = Proj(proj="utm", zone=zone, ellps="WGS84", south=lat < 0)(lon, lat)
    half = "north" if lat >= 0 else "south"
    position = only(f"UTM zone {zone} {half}, {east:.0f} mE, {north:.0f} mN")
    assert km(position, lat, lon) <= 0.005


words = st.sampled_from(
    ["34", "38.27", "°", "′", '"', "N", "E", " ", ", ", "coordinates", "grid", "38S", "LF", "12345", "zone", "(", ")", "-",
     "lat", "north", "8G5M34XR+QF", ".", ":", "\n", "ن", "٣"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(words, max_size=60).map("".join)))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    end = 0
    for position in positions(text):
        assert end <= position.start < position.end <= len(text)
        assert -90 <= position.lat <= 90
        assert -180 <= position.lon <= 180
        assert (position.uncertainty_km > 0) == (position.reason is None)
        end = position.end


@pytest.mark.parametrize(
    "piece",
    ["34.55, 38.27 ", "38S LF 123 ", "1 ", "34°33'12\" ", "34.55N 38.27E; ", "coordinates ", " ", "0", "lat ", "38S 412345 ",
     "34°", "(1.23, 4.56) ", "A, ", "N "],
)  # fmt: skip
def test_the_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        positions(text)
        return time.process_time() - start

    short = min(seconds(20_000) for _ in range(3))
    assert min(seconds(160_000) for _ in range(2)) < 24 * short + 0.1
