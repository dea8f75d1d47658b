"""Fitting weights by which the right one of several candidates has the highest score: a softmax over each choice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_STEPS, _RATE = 300, 0.05  # of the descent (Adam, Kingma and Ba 2015) and its step

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Choice:
    """One choice in a report: the features of its candidates, a row each, and which of them are right (1 or 0)."""

    corpus: str
    report: str
    features: Array
    right: Array

    def fold(self, folds: int) -> int:
        """Its part in cross-validation, 0 to folds - 1: the choices of one report are in one part."""
        return int(hashlib.sha256(self.report.encode()).hexdigest(), 16) % folds


def fit(data: Sequence[Choice], start: Array, penalty: float) -> Array:
    """The weights that make the right candidates likeliest, with a penalty on the squares of what differs from `start`."""
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    informative = [c for c in data if 0 < c.right.sum() < len(c.right)]
    for step in range(1, _STEPS + 1):
        slope = 2 * penalty * (weights - start) + sum(_slope(c, weights) for c in informative)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def _slope(choice: Choice, weights: Array) -> Array:
    scores = choice.features @ weights
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    of_right = likely * choice.right
    return np.asarray((likely - of_right / (of_right.sum() + 1e-12)) @ choice.features)


def right_of(data: Sequence[Choice], weights: Array) -> int:
    """How many choices come out right."""
    return sum(int(c.right[int(np.argmax(c.features @ weights))]) for c in data if len(c.right))


def cross_validated(
    data: Sequence[Choice], corpora: Iterable[str], folds: int, start: Array, penalty: float
) -> Mapping[str, int]:
    """By corpus how many choices are right with weights fitted on the other folds."""
    right = dict.fromkeys(corpora, 0)
    for fold in range(folds):
        weights = fit([c for c in data if c.fold(folds) != fold], start, penalty)
        for corpus in right:
            right[corpus] += right_of([c for c in data if c.fold(folds) == fold and c.corpus == corpus], weights)
    return right
