"""The ablation tool: rules are discovered, each can be switched off, and a short campaign says what that changes."""

from __future__ import annotations

import builtins
import csv
import subprocess
import sys
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from geo.gazetteer import Gazetteer
from geo.settings import PROJECT
from tests.campaigns.ablation import may_contain
from tests.campaigns.rules import CODE_KINDS, LEXICON_KINDS, code_rules, lexicon_rules, rules_of_module
from tests.campaigns.switching import remove, source_without

MODULE = """
import re
LIMIT, _STEP = 3, -0.5
WORDS = ("dig", "steal")
_PLACE = re.compile("in [A-Z]+")

def is_place(text: str) -> bool:
    if not text:
        return False
    return text in WORDS or _PLACE.search(text) is not None and len(text) > LIMIT
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "module.py"
    path.write_text(MODULE)
    monkeypatch.setattr("tests.campaigns.rules.PROJECT", tmp_path)
    return path


def test_every_kind_of_rule_of_a_module_is_discovered(module: Path) -> None:
    names = {(rule.kind, rule.name.partition(":")[2].partition(" ")[2]) for rule in rules_of_module(module)}
    assert names == {
        ("number", "LIMIT = 3"),
        ("number", "_STEP = -0.5"),
        ("entry", "WORDS without 'dig'"),
        ("entry", "WORDS without 'steal'"),
        ("pattern", "_PLACE"),
        ("predicate", "is_place() = False"),
        ("predicate", "is_place() = True"),
        ("branch", "if not text"),
        ("condition", "or text in WORDS"),
        ("condition", "or _PLACE.search(text) is not None and len(text) > LIMIT"),
        ("condition", "and _PLACE.search(text) is not None"),
        ("condition", "and len(text) > LIMIT"),
    }


@pytest.mark.parametrize(
    ("label", "text", "with_rule", "without_rule"),
    [
        ("LIMIT = 3", "in X", True, True),
        ("WORDS without 'dig'", "dig", True, False),
        ("_PLACE", "in ABC", True, False),
        ("is_place() = False", "dig", True, False),
        ("is_place() = True", "none", False, True),
        ("or text in WORDS", "steal", True, False),
        ("and len(text) > LIMIT", "in", False, False),
        ("and _PLACE.search(text) is not None", "none", False, True),
    ],
)
def test_a_rule_of_a_module_is_switched_off_alone(
    module: Path, label: str, text: str, with_rule: bool, without_rule: bool
) -> None:
    rule = next(rule for rule in rules_of_module(module) if rule.name.endswith(f" {label}"))
    assert is_place(compile(MODULE, "module", "exec"), text) is with_rule
    assert is_place(compile(source_without(rule), "module", "exec"), text) is without_rule


def is_place(code: CodeType, text: str) -> object:
    """What the predicate of the sample module says of a text."""
    sample = FunctionType(code, {"__builtins__": builtins})
    sample()
    predicate = sample.__globals__["is_place"]
    return predicate(text)


def test_the_rules_of_the_program_are_discovered() -> None:
    rules = [*lexicon_rules(), *code_rules()]
    assert {rule.kind for rule in rules} == {*LEXICON_KINDS, *CODE_KINDS}
    assert len({(rule.file, rule.kind, rule.address) for rule in rules}) == len(rules) > 3000


def test_each_rule_of_code_leaves_a_module_that_compiles() -> None:
    for rule in [rule for rule in code_rules() if rule.kind in ("number", "pattern")]:
        assert compile(source_without(rule), str(rule.file), "exec").co_names


def test_a_word_a_row_and_a_list_are_taken_out_of_a_lexicon() -> None:
    content = {"act": [{"verbs": ["dig up", "open"]}, {"verbs": ["burn"]}]}
    rules = {rule.kind: rule for rule in lexicon_rules() if rule.file.name == "acts.toml" and rule.address[1:2] == (0,)}
    remove(content, rules["list"])
    assert content["act"][0][str(rules["list"].address[-1])] == []
    remove(content, rules["row"])
    assert content == {"act": [{"verbs": ["burn"]}]}


@pytest.mark.parametrize(
    ("wanted", "present"),
    [
        ("dig up", True),
        ("destroy", True),
        ("gravest[oa]ne", True),
        ("dobj", True),
        ("loot", False),
        ("dig open", False),
    ],
)
def test_only_reports_that_may_contain_a_word_are_read_again(wanted: str, present: bool) -> None:
    text, labels = "the destroyed gravestone was dug up", frozenset(("dig", "dobj"))
    assert may_contain(text, labels, wanted) is present


def test_a_short_campaign_says_what_each_rule_changes(gazetteer: Gazetteer, tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    command = [sys.executable, "-m", "tests.campaigns.ablation", "-o", str(table), "--reports", "2"]
    command += ["--only", "acts.toml:act", "--kinds", "list"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert "2 annotated reports" in done.stdout
    with table.open(newline="") as file:
        rows = {row["rule"].rpartition(":")[2]: row for row in csv.DictReader(file, delimiter="\t")}
    assert rows["act"]["annotated_changed"] == "2", "without any act no claim is left"
    assert float(rows["act"]["incidents"]) < 0
    unchanged = [row for row in rows.values() if row["annotated_changed"] == "0"]
    assert unchanged
    assert all(float(row["incidents"]) == 0 and not row["changed"] for row in unchanged)
