"""Which runs of words in a text can be a place name, and what the gazetteer has under each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.extraction.document import Document
from geo.extraction.languages.interface import Offsets, PlaceCues
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.lookup import LEAST_ALIKE

_MOST_WORDS = 6  # of a name; set by hand on the development reports of 2026
_GAPS = (" ", "-", " - ")  # between two words of one name
_ABBREVIATION_GAP = ". "  # between "St" and "Louis"
_NOMINAL = ("PROPN", "NOUN", "ADJ", "X", "NUM")  # parts of speech that a name can begin with
# Words joined by hyphens with a small word inside: "Stoke-on-Trent" is one name, "London-Paris" may be two.
_JOINED = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?(?:-[^\W\d_]+(?:'[^\W\d_]+)?)+")
# How alike a name of two words and one of the gazetteer must sound, by `Match.likeness`, in running text; LEAST_ALIKE
# for a longer one. Set by hand on the development reports of 2026.
_LEAST_ALIKE_SHORT = 0.92


@dataclass(frozen=True, slots=True)
class NameOption:
    """A run of words that the gazetteer has as a name: its offsets in the text and the places that have it.

    `abbreviated` says that it is a short form: "Ky.".
    """

    start: int
    end: int
    matches: tuple[Match, ...]
    abbreviated: bool = False


class NameReader:
    """Reads the possible names of one document."""

    def __init__(self, document: Document, gazetteer: Gazetteer, places: PlaceCues) -> None:
        self._text, self._gazetteer, self._places = document.text, gazetteer, places
        self._document = document
        self._words: list[Offsets] = list(places.name_words(self._text))
        self._number_at = {start: i for i, (start, _) in enumerate(self._words)}
        self._joined = [m.span() for m in _JOINED.finditer(self._text) if _has_small_word(m.group())]
        self._end_of_joined = dict(self._joined)
        self._inside_joined = {i for s, e in self._joined for i in range(s + 1, e)}

    def options(self) -> Iterator[list[NameOption]]:
        """For each word with a capital, the names of the gazetteer that begin there, longest first."""
        for number, (start, _) in enumerate(self._words):
            if self._may_begin_name(number) and self._document.paragraph_of(start) is not None:
                options = list(self._from(number))
                if options:
                    yield options

    def options_at(self, start: int) -> list[NameOption]:
        """The names of the gazetteer that begin at an offset, longest first; none where no word begins there."""
        number = self._number_at.get(start)
        return list(self._from(number)) if number is not None else []

    def _may_begin_name(self, number: int) -> bool:
        start, end = self._words[number]
        if start in self._inside_joined or not _is_capitalised(self._text[start:end]):
            return False
        return number == 0 or not self._is_abbreviation_gap(number)

    def _from(self, first: int) -> Iterator[NameOption]:
        start = self._words[first][0]
        least = self._end_of_joined.get(start, 0)
        article = self._places.is_definite_article(self._word(first).lower())
        if (site := self._site_in_town(first)) is not None:
            yield site
        for last in range(self._last_word(first), first - 1, -1):
            end = self._words[last][1]
            if end < least or self._is_article(self._word(last)):
                continue
            option = self._option(start, end, may_sound=last > first and not article and self._is_noun(start))
            if option is not None:
                yield option

    def _site_in_town(self, first: int) -> NameOption | None:
        """A site that the gazetteer tells from its namesakes by the town: "Washington Cemetery in Brooklyn"."""
        start = self._words[first][0]
        end = self._places.facility_after(self._text, self._words[first][1])
        stated = self._places.container_after(self._text, start, end) if end is not None else None
        number = self._number_at.get(stated.start) if stated is not None and end is not None else None
        if stated is None or number is None or end is None or stated.start < end:
            return None
        name = self._text[start:end]
        for last in range(self._last_word(number), number - 1, -1):
            town = self._text[stated.start : self._words[last][1]]
            matches = self._gazetteer.exact(f"{name} {town}") or self._gazetteer.exact(f"{name} in {town}")
            if matches:
                return NameOption(start, end, matches)
        return None

    def _option(self, start: int, end: int, may_sound: bool) -> NameOption | None:
        name = self._text[start:end]
        if short := self._abbreviated(start, end):
            return short
        matches = self.matches(name)
        if not matches and may_sound:
            least = LEAST_ALIKE if name.count(" ") > 1 else _LEAST_ALIKE_SHORT
            matches = tuple(m for m in self._gazetteer.same_sound(name) if m.likeness >= least)
        return NameOption(start, end, matches) if matches else None

    def _abbreviated(self, start: int, end: int) -> NameOption | None:
        """The division whose short form stands here, in a place where one can: "Ky." behind a comma."""
        name, stop = self._text[start:end], self._text[end : end + 1] == "."
        if not self._places.may_be_abbreviation(self._text, start, end):
            return None
        for form, last in ((f"{name}.", end + stop), (name, end)):
            if matches := self._gazetteer.abbreviation(form):
                return NameOption(start, last, matches, abbreviated=True)
        return None

    def matches(self, name: str) -> tuple[Match, ...]:
        """The places that have a name, also with an abbreviated word written out: "St. Paul" and "Saint Paul"."""
        forms = (name, *self._places.written_out(name))
        best: dict[int, Match] = {}
        for form in forms:
            for match in self._gazetteer.exact(form):
                best.setdefault(match.entry.number, match)
        return tuple(best.values())

    def similar(self, name: str) -> tuple[Match, ...]:
        """The places that have a name or, where none has, one that sounds almost the same."""
        return self.matches(name) or tuple(m for m in self._gazetteer.same_sound(name) if m.likeness >= LEAST_ALIKE)

    def _is_article(self, word: str) -> bool:
        """Whether a word is an article or another small word of names, which no name ends with: "Al", but not "US"."""
        return self._places.is_particle(word if word.isupper() else word.lower())

    def _is_noun(self, start: int) -> bool:
        """Whether the word at an offset can begin a name by its part of speech: not "In" or "The"."""
        tokens = self._document.tokens(start, start + 1)
        return bool(tokens) and tokens[0].pos_ in _NOMINAL

    def _last_word(self, first: int) -> int:
        """The last word that can belong to a name that begins with the word `first`."""
        last = first
        for i in range(first + 1, min(len(self._words), first + _MOST_WORDS)):
            if not (self._is_gap(i) and self._may_continue(i)):
                break
            last = i
        return last

    def _is_gap(self, number: int) -> bool:
        """Whether what stands before a word can stand inside a name."""
        return self._gap(number) in _GAPS or self._is_abbreviation_gap(number)

    def _is_abbreviation_gap(self, number: int) -> bool:
        """Whether an abbreviated word of names stands right before a word: "St." before "Louis"."""
        before = self._word(number - 1).lower()
        return self._gap(number) == _ABBREVIATION_GAP and self._places.is_abbreviated_word(before)

    def _gap(self, number: int) -> str:
        return self._text[self._words[number - 1][1] : self._words[number][0]]

    def _may_continue(self, number: int) -> bool:
        word = self._word(number)
        if self._words[number][0] in self._inside_joined or _is_capitalised(word):
            return True
        return self._places.is_particle(word) or self._places.is_kind_word(word)

    def _word(self, number: int) -> str:
        return self._text[slice(*self._words[number])]


def _is_capitalised(word: str) -> bool:
    """Whether a word begins with a capital, also behind an elided article: "d'Ivoire"; other scripts have none."""
    after = word.partition("'")[2] if word[1:2] == "'" else ""
    return word[0].isupper() or not word[0].isascii() or after[:1].isupper()


def _has_small_word(joined: str) -> bool:
    words = joined.split("-")
    ends = words[0][0].isupper() and _is_capitalised(words[-1])
    return ends and any(word[0].islower() for word in words[1:-1])
