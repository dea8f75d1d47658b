"""How many graves and bodies a report tells of, and between which bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo.extraction.languages.en import numbers
from geo.model import Count

_COUNTED = {
    "bodies": "bodies|corpses|skeletons|remains|victims|skulls",
    "graves": "(?:mass )?graves|tombs|tombstones|gravestones|headstones|gravesites|crypts|vaults|markers",
    "sites": "cemeteries|graveyards|mausoleums|shrines|mosques|churches|temples|synagogues|monuments|statues|sites",
}
# Round words: the least and the most that they are taken for.
_ROUND = {
    "several thousand": (3000, 9999), "several hundred": (300, 999), "a few hundred": (200, 500),
    "several dozen": (36, 99), "a few dozen": (24, 60), "thousands": (2000, 9999), "hundreds": (200, 999),
    "scores": (40, 99), "dozens": (24, 99), "several": (3, 9),
}  # fmt: skip
_LEAST = r"more than|over|at least|no fewer than|upwards of|not less than"
_MOST = r"up to|as many as|fewer than|less than|at most|no more than"
_ABOUT = r"about|around|some|nearly|almost|roughly|approximately|an estimated|close to"
_ABOUT_SHARE = 0.1  # how far off a figure told as rough may be
# The largest cemetery, Wadi al-Salam in Najaf, is said to hold some six million graves: more are not counted in a news
# report, and a longer figure is a misprint or an identifier.
_MOST_COUNTED = 10_000_000
_PATTERN = {
    name: re.compile(
        rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT}))? ?"
        rf"\b(?:(?P<round>{'|'.join(_ROUND)})(?: of)?"
        rf"|(?<![\d.,])(?P<number>\d+(?:[.,]\d+)*|{numbers.pattern()}))"
        rf" (?:[\w'-]+ ){{0,2}}?(?:{words})\b",
        re.IGNORECASE,
    )
    for name, words in _COUNTED.items()
}


def counts(texts: Iterable[str]) -> dict[str, Count]:
    """The largest number told of each thing, with its bounds; None where one is open.

    >>> counts(["More than 80 headstones were toppled."])
    {'graves': Count(number=80, least=80, most=None)}
    """
    found: dict[str, Count] = {}
    for text in texts:
        for name, pattern in _PATTERN.items():
            for match in pattern.finditer(text):
                told = _count(match)
                if told is not None and (name not in found or told.number > found[name].number):
                    found[name] = told
    return found


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
