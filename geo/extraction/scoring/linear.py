"""Linear scores: the sum of each feature times its weight."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from geo.extraction.arguments.candidate import ArgumentCandidate

_FILE = Path(__file__).with_name("weights.toml")
T = TypeVar("T")


@cache
def _weights() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def score(question: str, features: Mapping[str, float]) -> float:
    """The score of a candidate for a question ("place", "actor", ...). Raises KeyError for an unknown feature."""
    weights = _weights()[question]["weights"]
    return float(sum(weights[name] * value for name, value in features.items()))


def threshold(question: str, name: str) -> float:
    """A score that a candidate must reach, by its name in the table of the question."""
    return float(_weights()[question]["thresholds"][name])


def best(question: str, candidates: Sequence[ArgumentCandidate[T]]) -> T | None:
    """The value of the candidate with the highest score, the first of equals; None without candidates."""
    if not candidates:
        return None
    return max(candidates, key=lambda c: score(question, c.features)).value


def choose_assertion(features: Mapping[str, float]) -> str:
    """`assertion` of FORMATS.md for the signs of an act: denied before alleged, alleged before stated."""
    if features.get("denied"):
        return "denied"
    return "alleged" if score("assertion", features) >= threshold("assertion", "alleged") else "stated"
