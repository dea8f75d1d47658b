"""Number words, as far as reports use them for counts, distances and spans of time."""

from __future__ import annotations

NUMBERS: dict[str, float] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100,
    "dozen": 12, "a dozen": 12, "two dozen": 24, "half a dozen": 6, "half a": 0.5, "half an": 0.5,
}  # fmt: skip


def pattern() -> str:
    """A regular expression's alternatives for the words, longest first."""
    return "|".join(sorted(NUMBERS, key=len, reverse=True))


def value(words: str) -> float:
    """The number that digits ("1,200", "2.5") or a word mean."""
    word = words.lower()
    if word in NUMBERS:
        return float(NUMBERS[word])
    whole = word.replace(",", "") if len(word.rpartition(",")[2]) == 3 else word.replace(",", ".")
    return float(whole)
