"""The TOML files of the English lexicon."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("lexicon")


@cache
def load(name: str) -> dict[str, Any]:
    """One file of the lexicon, read once."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """One pattern for a list of the lexicon's regular expressions, each as whole words."""
    return re.compile(r"\b(?:" + "|".join(expressions) + r")\b")
