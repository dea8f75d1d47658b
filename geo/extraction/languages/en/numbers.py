"""Number words and figures of counts, distances and spans of time; the words are in `lexicon/numbers.toml`."""

from __future__ import annotations

import re

from geo.extraction.languages.en.tables import load

NUMBERS: dict[str, float] = load("numbers")["values"]
_MOST_CHARS = 20  # of a figure: a float is exact up to 15 digits, and separators add up to five characters
_PLAIN = re.compile(r"\d{1,15}(?:\.\d+)?")
_GROUPED = re.compile(
    r"(?!0)\d{1,3}(?:,\d{3})+(?:\.\d+)?"  # 1,234,567.8
    r"|(?!0)\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"  # 12,34,567, as Indian papers write
)
_GROUPED_BY_STOPS = re.compile(r"(?!0)\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")  # 1.234.567,8
_COUNT_BY_STOPS = re.compile(r"(?!0)\d{1,3}(?:\.\d{3})+")  # 1.234
_DECIMAL_COMMA = re.compile(r"\d{1,15},\d{1,2}|0,\d+")  # 2,5


def pattern() -> str:
    """A regular expression's alternatives for the words, longest first."""
    return "|".join(sorted(NUMBERS, key=len, reverse=True))


def value(words: str) -> float | None:
    """The number that a figure ("1,200", "2.5", "1.000.000", "2,5") or a word means; None for any other text."""
    word = words.lower()
    if word in NUMBERS:
        return float(NUMBERS[word])
    if len(word) > _MOST_CHARS:
        return None
    if _GROUPED.fullmatch(word):
        return float(word.replace(",", ""))
    if _GROUPED_BY_STOPS.fullmatch(word):
        return float(word.replace(".", "").replace(",", "."))
    if _DECIMAL_COMMA.fullmatch(word):
        return float(word.replace(",", "."))
    return float(word) if _PLAIN.fullmatch(word) else None


def count(words: str) -> int | None:
    """The whole number that a figure or a word means: "1.234" is 1234, because counts are whole; else None."""
    number = value(words.replace(".", "") if _COUNT_BY_STOPS.fullmatch(words) else words)
    return int(number) if number is not None and number.is_integer() else None
