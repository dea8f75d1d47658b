"""Copies of one text are known, whatever was cut, lower-cased or put before them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geo.reports import report
from geo.reports.near_duplicates import CopyDates, copies, sketch
from tests.conftest import SEEDS

TEXTS = {p.name[:3]: p.read_text() for p in sorted(SEEDS.glob("*.txt"))}


def test_the_three_tellings_of_one_story_are_copies_and_the_others_are_none() -> None:
    groups = copies({name: sketch(text) for name, text in TEXTS.items()})
    assert groups == {"000": "000", "001": "000", "002": "000", "003": "003", "004": "004"}


@given(st.integers(0, 9), st.integers(60, 100), st.booleans())
def test_a_cut_and_lower_cased_copy_is_a_copy(first: int, share: int, lower: bool) -> None:
    words = TEXTS["004"].split()
    cut = " ".join(words[first * 10 : len(words) * share // 100])
    copy = f"Another headline for it\n{cut.lower() if lower else cut}"
    groups = copies({"a": sketch(TEXTS["004"]), "b": sketch(copy), "c": sketch(TEXTS["003"])})
    assert groups == {"a": "a", "b": "a", "c": "c"}


@given(st.permutations(sorted(TEXTS)))
def test_order_does_not_matter(order: list[str]) -> None:
    assert copies({n: sketch(TEXTS[n]) for n in order}) == copies({n: sketch(TEXTS[n]) for n in sorted(TEXTS)})


def test_an_undated_copy_is_dated_by_the_earliest_that_has_a_date() -> None:
    dates = CopyDates()
    reports = [
        report(TEXTS["002"], "x", {"id": "undated"}),
        report(TEXTS["000"], "x", {"id": "later", "published": "2015-04-01"}),
        report(TEXTS["001"], "x", {"id": "first", "published": "2015-03-30"}),
        report(TEXTS["003"], "x", {"id": "other"}),
    ]
    found = {r.id: day for r, day in dates.ordered(reports)}
    assert found == {
        "undated": date(2015, 3, 30),
        "later": date(2015, 4, 1),
        "first": date(2015, 3, 30),
        "other": None,
    }


@given(st.text(max_size=200))
def test_any_text_has_a_sketch_and_is_its_own_copy(text: str) -> None:
    found = sketch(text)
    assert found
    assert copies({"a": found, "b": found}) == {"a": "a", "b": "a"}
