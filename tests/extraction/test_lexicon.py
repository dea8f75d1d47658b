"""The lexicon's tables: what they accept, what they refuse, and that order in a file decides nothing."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from geo.extraction.languages.en import morphology
from geo.extraction.languages.en.tables import load
from geo.extraction.lexicon import Lexicon, LexiconError


def lexicon(acts: dict[str, Any] | None = None, targets: dict[str, Any] | None = None) -> Lexicon:
    return Lexicon(acts or load("acts"), targets or load("targets"), morphology)


def test_the_order_of_rows_decides_nothing() -> None:
    shuffled = copy.deepcopy(load("acts"))
    random.Random(7).shuffle(shuffled["act"])  # noqa: S311 - the order is all that matters
    assert [row["class"] for row in shuffled["act"]] != [row["class"] for row in load("acts")["act"]]
    assert lexicon(shuffled).verbs == lexicon().verbs
    assert lexicon(shuffled).nouns == lexicon().nouns


def _double_verb(acts: dict[str, Any]) -> None:
    acts["act"][0]["verbs"].append(acts["act"][0]["verbs"][0])


def _double_verb_in_class(acts: dict[str, Any]) -> None:
    rows = [row for row in acts["act"] if row["class"] == "destroy"]
    rows[1]["verbs"].append(rows[0]["verbs"][0])


def _double_noun(acts: dict[str, Any]) -> None:
    acts["act"][1]["nouns"].append(acts["act"][0]["nouns"][0])


def _same_priority(acts: dict[str, Any]) -> None:
    acts["act"][1]["priority"] = acts["act"][0]["priority"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_double_verb, "desecrate"),
        (_double_verb_in_class, "destroy"),
        (_double_noun, "desecration"),
        (_same_priority, "priority"),
    ],
)
def test_an_entry_given_twice_is_refused_by_name(change: Callable[[dict[str, Any]], None], named: str) -> None:
    acts = copy.deepcopy(load("acts"))
    change(acts)
    with pytest.raises(LexiconError, match=named):
        lexicon(acts)


def test_a_target_in_two_types_is_refused() -> None:
    targets = copy.deepcopy(load("targets"))
    targets["types"]["mosque"].append("church")
    with pytest.raises(LexiconError, match="church"):
        lexicon(targets=targets)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("dig", {"dig", "digs", "digging", "dug"}),
        ("destroy", {"destroy", "destroys", "destroying", "destroyed"}),
        ("smash", {"smash", "smashes", "smashing", "smashed"}),
        ("rob", {"rob", "robs", "robbing", "robbed"}),
        ("level", {"level", "levels", "leveling", "leveled", "levelling", "levelled"}),
        ("bury", {"bury", "buries", "burying", "buried"}),
    ],
)
def test_forms_of_verbs(verb: str, forms: set[str]) -> None:
    assert morphology.verb_forms(verb) == forms
