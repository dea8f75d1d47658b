"""How alike names are: spellings of one name are, other names are not, and no text makes it slow."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.gazetteer.analysis import analyse, likeness
from geo.gazetteer.build import import_files
from geo.gazetteer.lookup import LEAST_ALIKE
from geo.gazetteer.names import fold
from geo.gazetteer.phonemes import phonemes, phonemes_of_all
from geo.gazetteer.similarity import alike
from tests.conftest import Run
from tests.gazetteer.test_import import own, row  # noqa: F401 - own is a fixture


def how_alike(a: str, b: str) -> float:
    (left,), (right,) = analyse((fold(a),)), analyse((fold(b),))
    return likeness(left, right, fold(a), fold(b))


ONE_NAME = [
    ("Tal Elhawa", "Tall al Hawá"),
    ("Kafr Elbatikh", "Kafr Baţţīkh"),
    ("Big Mahruqa", "Maḩrūqah al Kabīrah"),
    ("Upper Qastal", "Qasţal Fawqānī"),
    ("Sheikh Elhadid", "Shaykh al Ḩadīd"),
    ("Ein Elbeida", "`Ayn al Bayḑā"),
    ("Om Jalal", "Umm Jalāl"),
    ("Jisr-Ash-Shugur", "Jisr ash Shughūr"),
    ("Al-Kisweh", "Al Kiswah"),
    ("Hilyaneh", "Ḩilyānah"),
    ("Damina Elgharbiyeh", "Damīnah al Gharbīyah"),
    ("Talmenes", "Tall Minnis"),
    ("Yukarı Kozluca", "Kozluca Fawqani"),
    ("Kavak", "Kavakköy"),
    ("Petropavlovka", "Petropavlivka"),
    ("Ouolokoro", "Wolokoro"),
    ("Vardablur", "Wardablur"),
]
OTHER_NAMES = [
    ("Kwaires Sharqi", "Kwaires Gharbi"),
    ("Upper Qastal", "Lower Qastal"),
    ("Homs", "Hama"),
    ("Kafr Nabl", "Kafr Zayta"),
    ("Tall Rifat", "Tall Abyad"),
    ("Manshiyya", "Manche"),
    ("In Syria", "Inchiri"),
    ("Umm Jalal", "Umm Hawsh"),
]


@pytest.mark.parametrize(("a", "b"), ONE_NAME)
def test_spellings_of_one_name_are_alike(a: str, b: str) -> None:
    assert how_alike(a, b) >= LEAST_ALIKE


@pytest.mark.parametrize(("a", "b"), OTHER_NAMES)
def test_other_names_are_not(a: str, b: str) -> None:
    assert how_alike(a, b) < LEAST_ALIKE


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_a_name_is_most_like_itself(a: str, b: str) -> None:
    assert 0 <= how_alike(a, b) <= 1
    assert how_alike(a, a) == 1


@given(st.lists(st.text(max_size=20).map(fold), min_size=1, max_size=5))
def test_names_sound_the_same_one_by_one_and_together(names: list[str]) -> None:
    assert phonemes_of_all(names) == [phonemes(name) for name in names]


def test_a_vowel_counts_less_than_a_consonant() -> None:
    assert alike("hamam", "hamim") > alike("hamam", "hamal")


HOMONYMS = "\n".join(
    [
        row(900011, "Mushayrifah", 35.91, 38.81),
        row(900012, "Mushayrifah", 36.25, 38.95),
        row(900013, "Tall Zurayqat", 35.95, 38.85),
        row(900014, "Zurayqat Fawqani", 36.05, 38.75),
        row(900015, "Zurayqat Tahtani", 36.06, 38.76),
    ]
)


@pytest.fixture
def with_homonyms(own: Path, tmp_path: Path) -> Path:  # noqa: F811 - the fixture
    file = tmp_path / "SY.txt"
    file.write_text(HOMONYMS)
    import_files(own, [file])
    return own


def test_homonyms_of_a_division_are_all_returned_with_one_likeness(with_homonyms: Path) -> None:
    for name in ("Mushayrifah", "Msheirfeh"):
        matches = Gazetteer(with_homonyms).lookup(name, "SY", "SY-RA")
        first = [m for m in matches if m.likeness == matches[0].likeness]
        assert [m.entry.place.source_id for m in first] == ["900011", "900012"], name


def test_a_translated_part_decides_between_two(with_homonyms: Path) -> None:
    gazetteer = Gazetteer(with_homonyms)
    for name, identity in (("Upper Zreiqat", "900014"), ("Lower Zreiqat", "900015"), ("Tal Zreiqat", "900013")):
        assert gazetteer.lookup(name, "SY", "SY-RA")[0].entry.place.source_id == identity, name


def test_either_of_two_names_side_by_side_is_looked_for(with_homonyms: Path) -> None:
    for name in ("Hezreh - Tal Zreiqat", "Tal Zreiqat (Hezreh)"):
        assert Gazetteer(with_homonyms).lookup(name, "SY", "SY-RA")[0].entry.place.source_id == "900013", name


def test_names_in_other_scripts_lead_to_rows_in_latin(with_homonyms: Path) -> None:
    gazetteer = Gazetteer(with_homonyms)
    for name in ("تل زريقات", "تەل زورەیقات", "Тал-Зурайкат", "תל זוריקאת"):
        assert gazetteer.lookup(name, "SY", "SY-RA")[0].entry.place.source_id == "900013", name


def test_the_command_line_shows_all_homonyms(geo: Run, with_homonyms: Path) -> None:
    done = geo(
        "gazetteer",
        "lookup",
        "Msheirfeh",
        "--country",
        "sy",
        "--admin1",
        "sy-ra",
        DESECRATION_GAZETTEER=str(with_homonyms),
    )
    assert [line.split()[-1] for line in done.stdout.splitlines()][:2] == ["900011", "900012"]


def test_a_long_repetitive_text_takes_no_time(gazetteer: Gazetteer) -> None:
    """Time grows with the text and not with its square: a name of 12,000 letters, and all its short windows."""
    words = ["Al", "El", "Sar", "Sir", "Al", "Bal"] * 500
    start = time.process_time()
    gazetteer.same_sound("Al-" * 4_000)
    gazetteer.lookup("Baraka" * 2_000, "SY", "SY-ID")
    for i in range(len(words)):
        for size in range(2, 7):
            gazetteer.same_sound("-".join(words[i : i + size]))
    assert time.process_time() - start < 2
