"""What the words around a name say: that it is a place, of what kind, and in what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from geo.extraction.languages.en.vocabulary import load

_REACH = 60  # characters before a name that can make it a place
_HOLDER = re.compile(r"[A-Z][\w-]+'s (?:[a-z]+ern )?$")  # "in Thailand's Songkhla province"
_TOKENS = re.compile(r"[\w-]+|[.,;:!?\"()]")


def cue_before(text: str, start: int) -> str | None:
    """How strongly the words before a name make it a place: "strong", "weak" or not at all."""
    before = _HOLDER.sub("", text[max(0, start - _REACH) : start])
    words = _TOKENS.findall(before.lower())
    between, cues = _between(), places()["cues"]
    while words and words[-1] in between and words[-1] != "of":
        words.pop()
    if len(words) > 1 and words[-1] == "of" and words[-2] in between:
        return "strong"
    if not words:
        return None
    if len(words) > 1 and words[-1] in ("for", "of", "on") and words[-2] in _struggles():
        return "strong"
    return "strong" if words[-1] in cues["strong"] else "weak" if words[-1] in cues["weak"] else None


def kind_beside(text: str, start: int, end: int) -> str | None:
    """The feature code that the word behind a name, or "the city of" before it, asks for."""
    after = re.match(r"(?:'s)?[ -]((?:[\w-]+ ?){1,2})", text[end : end + 30])
    if after:
        words = after.group(1).strip()
        found = _kind_of(words) or _kind_of(words.split(" ")[0])
        if found:
            return found
    before = re.search(r"((?:[\w-]+ )?[\w-]+) of (?:the )?$", text[max(0, start - 40) : start])
    if before:
        found = _kind_of(before.group(1)) or _kind_of(before.group(1).split(" ")[-1])
        if found:
            return found
    before = re.search(r"\b(city|town|village) $", text[max(0, start - 10) : start])
    return "PPL" if before else None


def is_attacker(text: str, end: int) -> bool:
    """Whether a name is of who strikes, not of where: "Russia's full-scale invasion"."""
    after = re.match(r"['’]s ((?:[\w-]+ ?){1,3})", text[end : end + 50])
    return after is not None and not _strikes().isdisjoint(after.group(1).lower().split())


def within(text: str, end: int) -> str | None:
    """The name that holds another: "X, Y" or "X in Y"; short forms keep their full stop ("Louisville, Ky.")."""
    match = re.match(
        r"(?:, | in |, in |, (?:the|an?) (?:[\w-]+ ){1,4}?(?:in|of) )(?:the )?"
        r"(?:[a-z]+ern |[a-z]+ (?:province|state|governorate) of )?"
        r"((?:[A-Z]\.){2,}|[A-Z][a-z]{1,4}\.(?=[ ,\n;)—-])|[A-Z][\w'-]+(?: (?:al-|of |and )?[A-Z][\w'-]+){0,3})",
        text[end : end + 90],
    )
    return match.group(1) if match else None


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a name opens a line as the place a report was sent from: "MOSUL, Iraq (AP) —"."""
    opens = start == 0 or text[start - 1] in "\n\r"
    return opens and bool(re.match(r"(?:, [\w. ]{2,25})? ?(?:\([\w /]+\)|[—–-]{1,2} |: )", text[end : end + 40]))


@lru_cache(maxsize=1)
def places() -> dict[str, Any]:
    """Words about places."""
    return load("places")


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Small words inside names: al, el, de, of."""
    return frozenset(places()["particles"])


@lru_cache(maxsize=1)
def _struggles() -> frozenset[str]:
    return frozenset(places()["cues"]["struggles"])


@lru_cache(maxsize=1)
def _strikes() -> frozenset[str]:
    return frozenset(places()["cues"]["strikes"])


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Names of places that are first of all something else."""
    return frozenset(places()["words"]["common"])


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Words that make the name behind them a person's."""
    return frozenset(places()["words"]["titles"])


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """Words for kinds of places, each by itself."""
    return frozenset(word for words in places()["kinds"].values() for phrase in words for word in phrase.split())


@lru_cache(maxsize=1)
def called_a_place() -> re.Pattern[str]:
    """A name that is a settlement's by its words alone: "the village of X"."""
    kinds = "|".join(places()["kinds"]["PPL"])
    small = "|".join(particles())
    word = r"[A-Z][^\W\d_]+(?:['-][^\W\d_]+)*"
    name = rf"(?:(?:{small})[- ])?{word}(?:[ -](?:(?:{small})[- ])?{word}){{0,2}}"
    return re.compile(rf"\b(?:{kinds}) of (?P<name>{name})")


@lru_cache(maxsize=1)
def _between() -> frozenset[str]:
    return frozenset((*places()["cues"]["compass"], *places()["cues"]["between"]))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {word: code for code, words in places()["kinds"].items() for word in words}


def _kind_of(words: str) -> str | None:
    return _kinds().get(words.lower())
