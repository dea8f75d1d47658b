"""Number words and figures, as far as reports use them for counts, distances and spans of time."""

from __future__ import annotations

import re

NUMBERS: dict[str, float] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100,
    "dozen": 12, "a dozen": 12, "two dozen": 24, "half a dozen": 6, "half a": 0.5, "half an": 0.5,
}  # fmt: skip
_MOST_CHARS = 20  # of a figure that is a number: beyond 15 digits a float is not exact, and separators add a few
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
    """The whole number that a figure or a word means: "1.234" is 1234, because counts have no decimals; else None."""
    number = value(words.replace(".", "") if _COUNT_BY_STOPS.fullmatch(words) else words)
    return int(number) if number is not None and number.is_integer() else None
