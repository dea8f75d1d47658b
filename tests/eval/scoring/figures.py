"""What every scorer returns: nested figures and a list of the single problems behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]
Figures = dict[str, Any]  # a name to a number, to None where there is nothing to measure, or to more Figures


class Problem(NamedTuple):
    """One place where the output differs from the annotation."""

    document: str
    subject: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one corpus and the problems that lower them."""

    figures: Figures
    problems: list[Problem] = field(default_factory=list)


def share(part: float, whole: float, empty: float = 0.0) -> float:
    """`part` of `whole`; `empty` where the whole is zero."""
    return part / whole if whole else empty


def precision_recall(correct: int, predicted: int, gold: int) -> Figures:
    """Precision, recall and F1, with the numbers of annotated and of predicted items."""
    precision, recall = share(correct, predicted), share(correct, gold)
    f1 = share(2 * precision * recall, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1, "gold": gold, "predicted": predicted}


def flatten(figures: Figures, prefix: str = "") -> dict[str, float]:
    """Nested figures under dotted names; those without a value are left out."""
    flat: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{prefix}{name}.")
        elif value is not None:
            flat[f"{prefix}{name}"] = float(value)
    return flat
