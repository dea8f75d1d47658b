"""A name taken apart, and how alike two names are: the name itself, the part of a place it is, words for kinds."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from geo.gazetteer.phonemes import has_no_short_vowels, phonemes_of_all
from geo.gazetteer.similarity import alike
from geo.gazetteer.tables import DATA

# Set by hand on names hidden from dumps of 17 countries, as are the factors below.
_PART_ALIKE = 0.9  # a word and a word for a part of a place, from which it is that word
_LEAST_PART_LETTERS = 4  # of a word that is compared so; a shorter one must be equal
_LEAST_AFTER_ARTICLE = {True: 4, False: 3}  # letters after a joined article, in the first word and in others
_LEAST_BEFORE_ENDING = 3  # letters before a joined word for a kind
_ENOUGH_AS_A_WHOLE = 0.9  # of names that need not be compared word by word
_COMMON_WEIGHT = 0.5  # of a word that many names begin with
# What the likeness is multiplied by.
_OTHER_PART, _PART_MISSING = 0.75, 0.87  # "Upper X" and "Lower X"; "Upper X" and "X"
_KIND_MISSING = 0.97  # "X village" and "X"
_WITHOUT_VOWELS = 0.95  # names that could be compared by their consonants only
_MISSING_SHARE = 0.4  # taken off where as many words are missing as are there
_UNLIKE_WORDS = 1.5  # power of the likeness of words that are compared one by one
_SPELLED_SHARE = 0.05  # of the likeness that depends on the letters, so that of equal sounds the same letters win
_KEPT_WORDS = 65_536  # whose part is kept in memory

_NO_VOWELS = str.maketrans("", "", "aeiouAOy")


class Analysis(NamedTuple):
    """The sounds of a name's own words, its parts ("upper"), and how many words for kinds were left out."""

    sounds: str
    parts: frozenset[str] = frozenset()
    kinds: int = 0
    vowels_written: bool = True


class _Words(NamedTuple):
    dispensable: frozenset[str]
    endings: tuple[str, ...]
    common: frozenset[str]
    parts: dict[str, str]
    parts_by_consonants: dict[str, list[tuple[str, str]]]


@cache
def _words() -> _Words:
    table = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
    parts = {word: part for part, words in table["parts"].items() for word in words}
    by_consonants: dict[str, list[tuple[str, str]]] = {}
    for sounds, word in zip(phonemes_of_all(tuple(parts)), parts, strict=True):
        if len(word) >= _LEAST_PART_LETTERS:
            by_consonants.setdefault(sounds.translate(_NO_VOWELS), []).append((sounds, parts[word]))
    common = frozenset(phonemes_of_all(table["common"]))
    return _Words(frozenset(table["dispensable"]), tuple(table["endings"]), common, parts, by_consonants)


def analyse(names: Sequence[str]) -> list[Analysis]:
    """The analysis of each folded name."""
    bare = [_without_kinds(name) for name in names]
    sounded = phonemes_of_all([name for name, _ in bare]) if names else []
    return [
        _analysis(name, sounds, kinds, not has_no_short_vowels(name))
        for (name, kinds), sounds in zip(bare, sounded, strict=True)
    ]


def _without_kinds(name: str) -> tuple[str, int]:
    """The name without words for kinds and joined articles, and how many words for kinds were left out."""
    words = name.split()
    kept = [word for word in words if word not in _words().dispensable] or words
    joined = [_without_ending(_without_article(word, i == 0)) for i, word in enumerate(kept)]
    return " ".join(word for word, _ in joined), len(words) - len(kept) + sum(ending for _, ending in joined)


def _without_article(word: str, first: bool) -> str:
    least = _LEAST_AFTER_ARTICLE[first]
    if word.startswith(("el", "al")) and len(word) >= 2 + least and not (first and word[2] in "aeiouy"):
        return word[2:]
    if word[0] in "ea" and len(word) > 2 + least and word[1] == word[2] and word[1] in "sdnrtz":
        return word[2:]  # "Essafira"
    return word


def _without_ending(word: str) -> tuple[str, bool]:
    for ending in _words().endings:
        if word.endswith(ending) and len(word) >= len(ending) + _LEAST_BEFORE_ENDING:
            return word[: -len(ending)], True
    return word, False


def _analysis(name: str, sounds: str, kinds: int, vowels_written: bool) -> Analysis:
    words, heard = name.split(), sounds.split()
    if len(words) < 2 or len(words) != len(heard):
        return Analysis(sounds, frozenset(), kinds, vowels_written)
    parts = [_part(word, sound) for word, sound in zip(words, heard, strict=True)]
    own = " ".join(sound for sound, part in zip(heard, parts, strict=True) if not part)
    if not own:
        return Analysis(sounds, frozenset(), kinds, vowels_written)
    return Analysis(own, frozenset(part for part in parts if part), kinds, vowels_written)


@lru_cache(maxsize=_KEPT_WORDS)
def _part(word: str, sounds: str) -> str | None:
    """The part of a place that a word means, in any of the languages of the table."""
    words = _words()
    if word in words.parts or len(word) < _LEAST_PART_LETTERS:
        return words.parts.get(word)
    similar = words.parts_by_consonants.get(sounds.translate(_NO_VOWELS), ())
    return next((part for other, part in similar if alike(other, sounds) >= _PART_ALIKE), None)


def likeness(a: Analysis, b: Analysis, spelled_a: str, spelled_b: str) -> float:
    """How alike two names are, 0 to 1, by their analyses and a little by their folded letters."""
    letters = _SPELLED_SHARE * (1 - fuzz.ratio(spelled_a, spelled_b) / 100)
    return max(0.0, _likeness_of_sounds(a, b) - letters)


def _likeness_of_sounds(a: Analysis, b: Analysis) -> float:
    vowels_written = a.vowels_written == b.vowels_written
    value = alike(a.sounds, b.sounds, vowels_written)
    if value < _ENOUGH_AS_A_WHOLE and (" " in a.sounds or " " in b.sounds):
        value = max(value, _likeness_of_words(a.sounds.split(), b.sounds.split(), vowels_written))
    if a.parts != b.parts:
        value *= _OTHER_PART if a.parts - b.parts and b.parts - a.parts else _PART_MISSING
    if a.kinds != b.kinds:
        value *= _KIND_MISSING
    return value if vowels_written else value * _WITHOUT_VOWELS


def _likeness_of_words(a: list[str], b: list[str], vowels_written: bool) -> float:
    """The likeness of names that may have words in another order, or more words; 0 if only common words agree."""
    few, left = (a, list(b)) if len(a) <= len(b) else (b, list(a))
    if all(word in _words().common for word in few):
        return 0.0
    whole = matched = 0.0
    for word in few:
        best = max(left, key=lambda other: alike(word, other, vowels_written))
        left.remove(best)
        whole += _weight(word)
        matched += _weight(word) * alike(word, best, vowels_written)
    missing = sum(_weight(word) for word in left)
    return float((matched / whole) ** _UNLIKE_WORDS) * (1 - _MISSING_SHARE * missing / (missing + whole))


def _weight(word: str) -> float:
    return _COMMON_WEIGHT if word in _words().common else 1.0
