"""English expressions of how many graves, bodies and sites: "more than 80 headstones", "dozens of corpses"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.extraction.languages.en import numbers
from geo.extraction.languages.en.tables import load
from geo.model import Count

_WORDS = load("numbers")
_ROUND: dict[str, tuple[int, int]] = {word: (least, most) for word, (least, most) in _WORDS["round_words"].items()}
_LEAST, _MOST, _ABOUT = ("|".join(_WORDS["bounds"][name]) for name in ("least", "most", "about"))
_ABOUT_SHARE = 0.1  # by how much an approximate figure may be wrong; set by hand
# The largest cemetery, Wadi al-Salam in Najaf, is said to have some six million graves: a news report does not count
# more, and a longer figure is a misprint or an identifier. Set by hand.
_MOST_COUNTED = 10_000_000
_PATTERNS = {
    name: re.compile(
        rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT}))? ?"
        rf"\b(?:(?P<round>{'|'.join(_ROUND)})(?: of)?"
        rf"|(?<![\d.,])(?P<number>\d+(?:[.,]\d+)*|{numbers.pattern()}))"
        rf" (?:[\w'-]+ ){{0,2}}?(?:{'|'.join(nouns)})\b",
        re.IGNORECASE,
    )
    for name, nouns in _WORDS["counted"].items()
}


def counts_in(text: str) -> Iterator[tuple[str, Count]]:
    """Each number of `bodies`, `graves` or `sites` in a text, with its bounds; None for a bound that is open."""
    for name, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            count = _count(match)
            if count is not None:
                yield name, count


def _count(match: re.Match[str]) -> Count | None:
    """The number of one match with its bounds; None where its figure is not a plausible count."""
    if match["round"]:
        least, most = _ROUND[match["round"].lower()]
        return Count(least, least, None if match["least"] else most)
    number = numbers.count(match["number"])
    if number is None or number > _MOST_COUNTED:
        return None
    if match["least"]:
        return Count(number, number, None)
    if match["most"]:
        return Count(number, None, number)
    if match["about"]:
        slack = round(number * _ABOUT_SHARE)
        return Count(number, number - slack, number + slack)
    return Count(number, number, number)
