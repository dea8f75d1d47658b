"""Spellings of one name have the same key; other names have different ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.names import fold, plain, skeleton

SAME_FOLD = [
    ("Al-Wawi", "el Wawi", "AL WAWI", "al-Wāwī", "Wawi"),
    ("Deir ez-Zor", "Deir Zor", "deir  ez zor", "Deir-ez-Zor"),
    ("Khān as Subul", "Khan al-Subul", "KHAN SUBUL"),
    ("إدلب", "ادلب", "أدلب"),
    ("الرقة", "الرقه", "رقة"),
    ("Şırnak", "Sirnak"),
]
SAME_SKELETON = [
    ("Khan al Sebel", "Khan el-Sebil", "Khan al-Sabil", "Khān as Subul", "خان السبل"),
    ("Raqqa", "Ar Raqqah", "Rakka", "الرقة"),
    ("Deir ez-Zor", "Dayr az Zawr", "دير الزور"),
    ("Maarrat al-Numan", "Ma'arat en-Nu'man"),
]
APART = [("Homs", "Hama"), ("Mosul", "Kirkuk"), ("Timbuktu", "Gao"), ("Khan as Subul", "Khan Shaykhun")]


@pytest.mark.parametrize("names", SAME_FOLD)
def test_case_marks_hyphens_and_articles_do_not_change_the_fold(names: tuple[str, ...]) -> None:
    assert len({fold(name) for name in names}) == 1


@pytest.mark.parametrize("names", SAME_SKELETON)
def test_romanisations_have_the_same_skeleton(names: tuple[str, ...]) -> None:
    assert len({skeleton(name) for name in names}) == 1


@pytest.mark.parametrize(("a", "b"), APART)
def test_different_names_have_different_skeletons(a: str, b: str) -> None:
    assert skeleton(a) != skeleton(b)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    assert skeleton(name) == skeleton(name.upper().lower()) or name != name.upper().lower()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12))
def test_case_and_article_do_not_change_the_fold(word: str) -> None:
    assert fold(word.upper()) == fold(word)
    assert fold(f"al-{word}") == fold(f"El {word.title()}")
