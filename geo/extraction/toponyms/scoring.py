"""Whether a name that the gazetteer has is meant as a place here: signs for and against, each with its weight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.languages.en.vocabulary import lexicon
from geo.extraction.toponyms import context as cues
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.schema import MAIN, SPELLING
from geo.geocoding.relative import is_measured

ENOUGH = 1.5  # the sum of signs from which a name is a place
DOUBTFUL = -1.0  # and down to which it is one if its neighbours in a list, or the same name elsewhere, are

# What each sign adds. Signs of spaCy's entities count less than prepositions: the small model errs in this field.
_PLACE_ENTITY, _PART_OF_PLACE, _PERSON, _PEOPLE, _LONGER_NAME, _TIME = 2.0, 1.5, -1.5, -3.0, -1.5, -3.0
_STRONG_CUE, _WEAK_CUE, _CONTAINED, _KIND, _DATELINE, _MEASURED = 1.5, 0.5, 2.5, 2.0, 2.5, 2.5
_LARGE, _TOWN, _OWN_TABLE, _SEVERAL_WORDS = 1.5, 0.5, 1.5, 0.5
_THE, _TITLE, _GOES_ON, _COMMON, _SHORT, _NOT_A_NAME, _SPELLED = -2.0, -2.5, -1.5, -3.0, -2.0, -1.0, -0.5

_SITE_NAME, _SITE_PEOPLE, _SITE_PEOPLE_OTHER = (
    -3.0,
    5_000,
    100_000,
)  # "Al-Gharbi Mosque" is a mosque's name; "Mosul Museum" is in Mosul
_NO_PLACE = -5.0
_PEOPLE_IN, _PERSON_IN = -0.5, 0.0  # "in Aleppo", which the model takes for a people or a person
_ERA = re.compile(r"(?:\d|century|centuries|millennium|millennia) (?:BC|AD|BCE|CE)$")
_ERA_CHARS = 12
_SAINTS = re.compile(r"(?:St\.?|Saint) [A-Z][a-z]+'s")  # "St. Edward's": a church or a cemetery
_LARGE_PEOPLE, _TOWN_PEOPLE = 100_000, 10_000
_WIDE = ("PCLI", "ADM1", "PPLC", "CONT", "OCN", "SEA")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a place name, and what it could be."""

    start: int
    end: int
    matches: tuple[Match, ...]


class Signs:
    """Weighs candidates in one document."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self._document, self._gazetteer = document, gazetteer
        self._text = document.text
        self._ents = {token.i: ent for ent in document.doc.ents for token in ent}

    def weigh(self, candidate: Candidate) -> float:
        """The sum of the signs; ENOUGH makes it a place."""
        tokens = self._document.tokens(candidate.start, candidate.end)
        if not tokens:
            return -9.0
        score = self._of_entities(candidate, tokens) + self._of_words(candidate, tokens)
        return score + _of_places(candidate, self._text[candidate.start : candidate.end])

    def _of_entities(self, candidate: Candidate, tokens: Sequence[Token]) -> float:
        ents: list[SpacySpan] = list({id(e): e for t in tokens if (e := self._ents.get(t.i)) is not None}.values())
        score = 0.0
        for ent in ents:
            longer = ent.start_char < candidate.start - 4 or ent.end_char > candidate.end + 3
            if ent.label_ in ("GPE", "LOC", "FAC"):
                score += _PART_OF_PLACE if longer else _PLACE_ENTITY
            elif ent.label_ == "PERSON":
                score += _PERSON_IN if cues.cue_before(self._text, candidate.start) == "strong" else _PERSON
            elif ent.label_ in ("NORP", "LANGUAGE"):
                score += _PEOPLE_IN if cues.cue_before(self._text, candidate.start) == "strong" else _PEOPLE
            elif ent.label_ in ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"):
                score += _TIME
            elif longer:
                score += _LONGER_NAME
        return score / max(1, len(ents))

    def _of_words(self, candidate: Candidate, tokens: Sequence[Token]) -> float:
        text, start, end = self._text, candidate.start, candidate.end
        if _ERA.search(text[max(0, start - _ERA_CHARS) : end]) or _SAINTS.match(text[start : end + 2]):
            return _NO_PLACE
        if self._gazetteer.demonym(text[start:end]) and cues.kind_beside(text, start, end) is None:
            return _NO_PLACE  # "the Somali capital" is not in the region of Somali
        wide = any((m.entry.place.feature or "") in _WIDE for m in candidate.matches)
        cue = cues.cue_before(text, start)
        score = _STRONG_CUE if cue == "strong" else _WEAK_CUE if cue == "weak" else 0.0
        score += _MEASURED * is_measured(text, start)
        kind = cues.kind_beside(text, start, end) is not None
        score += _KIND * kind + _CONTAINED * self._contained(candidate)
        score += _DATELINE * cues.is_dateline(text, start, end)
        before = re.search(r"([\w.'-]+) $", text[max(0, start - 25) : start])
        word = before.group(1).lower().rstrip(".") if before else ""
        if word == "the" and not (wide or kind or _has_own(candidate)):
            score += _THE
        if word in cues.titles():
            score += _TITLE
        elif before and before.group(1)[0].isupper() and not wide and self._is_name_word(before.group(1), start):
            score += _GOES_ON
        after = re.match(r"(?:'s)? ([A-Z][a-z]+)", text[end : end + 25])
        if after and not wide and after.group(1).lower() not in cues.kind_words():
            score += _GOES_ON
        least = _SITE_PEOPLE if candidate.matches and candidate.matches[0].kind == MAIN else _SITE_PEOPLE_OTHER
        guessed = bool(candidate.matches) and candidate.matches[0].kind == SPELLING
        if after and after.group(1).lower() in lexicon().targets and (guessed or _people(candidate) < least):
            score += _SITE_NAME
        if tokens[0].is_sent_start and tokens[-1].pos_ == "NOUN" and score <= 0:
            score += _COMMON
        if tokens[0].pos_ not in ("PROPN", "NOUN", "ADJ") and tokens[-1].pos_ != "PROPN":
            score += _NOT_A_NAME
        return score

    def _is_name_word(self, word: str, end: int) -> bool:
        """Whether the word before is part of a name and no word of place, people or a sentence's first."""
        known = {*cues.places()["cues"]["compass"], *cues.places()["cues"]["between"], *cues.places()["cues"]["strong"]}
        if word.lower() in known | cues.kind_words():
            return False
        first = self._document.tokens(end - 1 - len(word), end - 1)
        return bool(first) and first[0].pos_ == "PROPN" and first[0].ent_type_ not in ("NORP", "GPE", "LOC", "DATE")

    def _contained(self, candidate: Candidate) -> bool:
        """Whether "X, Y" names a Y that holds one of the places of X."""
        outer = cues.within(self._text, candidate.end)
        if outer is None:
            return False
        holders = self._gazetteer.abbreviation(outer) or self._gazetteer.exact(outer)
        countries = {m.entry.place.country for m in holders if m.entry.place.feature == "PCLI"}
        divisions = {m.entry.place.admin1_code for m in holders if m.entry.place.feature == "ADM1"}
        countries |= {m.entry.place.country for m in holders if m.entry.place.feature == "RGN"}
        return any(
            m.entry.place.country in countries or (m.entry.place.admin1_code or "") in divisions
            for m in candidate.matches
        )


def _people(candidate: Candidate) -> int:
    return max((m.entry.population for m in candidate.matches), default=0)


def _has_own(candidate: Candidate) -> bool:
    return any(m.entry.place.feature not in ("PPL", "PPLC", "ADM1", "PCLI") for m in candidate.matches)


def _of_places(candidate: Candidate, name: str) -> float:
    """What the gazetteer's places say: a large one is likelier meant than a hamlet that is called like a thing."""
    score = 0.0
    people = _people(candidate)
    if any((m.entry.place.feature or "") in _WIDE for m in candidate.matches) or people >= _LARGE_PEOPLE:
        score += _LARGE
    elif _has_own(candidate):
        score += _OWN_TABLE
    elif people >= _TOWN_PEOPLE:
        score += _TOWN
    if " " in name and _has_own(candidate):
        score += _OWN_TABLE
    if " " in name:
        score += _SEVERAL_WORDS
    if name.lower() in cues.common_words() and not (name.isupper() and len(name) <= 4):
        score += _COMMON
    if len(name) <= 3 and not name.isupper():
        score += _SHORT
    if candidate.matches and candidate.matches[0].kind == SPELLING:
        score += _SPELLED
    return score
