"""English stands in its own package; everything else works through the interface of a language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from geo.extraction.languages import interface, parse_interface
from geo.extraction.languages.en import ENGLISH
from geo.extraction.languages.registry import LANGUAGES, language_of
from geo.settings import PROJECT

OUTSIDE = [
    path
    for folder in ("geo/extraction", "geo/geocoding")
    for path in sorted((PROJECT / folder).rglob("*.py"))
    if "languages" not in path.parts
]
# What a model of one language says of its tokens; universal parts of speech (`pos_`) are the same in all.
LABELS = {"dep_", "tag_", "lemma_", "morph", "dep", "tag", "lemma"}
GROUP_NAME = re.compile(r"\?P<\w+>|\?\(\w+\)")  # of a regular expression: it is of the code, not of a text
WORD_FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}


def labels_in(tree: ast.AST) -> Iterator[str]:
    """The attributes of tokens that only the language's own package may use."""
    return (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in LABELS)


def words_in(tree: ast.AST) -> Iterator[str]:
    """Words in patterns, and in comparisons with what a text says (`lower_`, `text`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WORD_FUNCTIONS:
            strings = [n.value for a in node.args for n in ast.walk(a) if isinstance(n, ast.Constant)]
            patterns = (GROUP_NAME.sub("", s) for s in strings if isinstance(s, str))
            yield from (s for s in patterns if re.search(r"(?<![\\\w])[a-z]{2,}", s))
        if isinstance(node, ast.Compare) and any(
            isinstance(n, ast.Attribute) and n.attr in ("lower_", "norm_", "text") for n in ast.walk(node.left)
        ):
            strings = [n.value for c in node.comparators for n in ast.walk(c) if isinstance(n, ast.Constant)]
            yield from (s for s in strings if isinstance(s, str) and re.search(r"[a-z]{2,}", s))


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda p: str(p.relative_to(PROJECT)))
def test_no_label_and_no_word_of_english_outside_its_package(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not list(labels_in(tree))
    assert not list(words_in(tree))


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("token.dep_ == 'nsubj'", True),
        ("any(c.lower_ in ('the', 'a few') for c in token.children)", True),
        ("re.compile(r'north|south')", True),
        ("re.compile(r'(?P<north>[A-Z])(?(north)x|y)')", False),
        ("re.compile(r'\\b[A-Z][a-z]+')", False),
        ("token.pos_ == 'VERB'", False),
        ("kind == 'noun'", False),
    ],
)
def test_the_check_sees_labels_and_words(code: str, seen: bool) -> None:
    tree = ast.parse(code)
    assert bool([*labels_in(tree), *words_in(tree)]) == seen


def test_english_provides_every_part_of_the_interface() -> None:
    """mypy compares the modules with the protocols; this finds a part that no module has."""
    parts = {f.name: getattr(ENGLISH, f.name) for f in fields(ENGLISH)}
    modules = {name: part for name, part in parts.items() if isinstance(part, ModuleType)}
    assert len(modules) == 11
    protocols = {
        name: cls
        for source in (interface, parse_interface)
        for name, cls in vars(source).items()
        if getattr(cls, "_is_protocol", False) and cls.__module__ == source.__name__
    }
    for field in fields(ENGLISH):
        if field.type in protocols:
            wanted = {n for n, v in vars(protocols[str(field.type)]).items() if callable(v) and not n.startswith("_")}
            assert wanted
            missing = {name for name in wanted if not callable(getattr(modules[field.name], name, None))}
            assert not missing, field.name


@pytest.mark.parametrize(("code", "read"), [("en", True), ("en-GB", True), ("xx", False), ("", False)])
def test_a_language_is_known_by_its_code(code: str, read: bool) -> None:
    assert (language_of(code) is not None) == read
    assert all(language.code == key for key, language in LANGUAGES.items())
