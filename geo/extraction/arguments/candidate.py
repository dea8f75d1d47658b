"""A possible value of an argument, with what speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class ArgumentCandidate(Generic[T]):
    """One value that an argument could have. `features` maps a feature's name to its value, 0 where it is absent."""

    value: T
    features: Mapping[str, float]
