"""Which place each name means: the sum of what speaks for each candidate, with the text as a whole as context."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geopy.distance import great_circle

from geo.gazetteer import Entry, Gazetteer, Match
from geo.gazetteer.lookup import LEAST_ALIKE
from geo.gazetteer.names import fold
from geo.gazetteer.schema import MAIN, SPELLING
from geo.model import Candidate, Place

# What each sign is worth. People count by their logarithm: a city of a million has 1.0, a village of 1,000 has 0.5.
NAME_ITSELF, OTHER_NAME, LIKE_SPELLING = 1.0, 0.6, 0.4
PEOPLE = 1 / 6
COUNTRY_NAMED = 3.0  # times the country's share of all countries named
KIND_FITS, KIND_IS_OTHER = 2.5, -2.0
INSIDE = 3.0  # "X, Y": the candidate lies in Y
NEAR_OTHERS = 1.2  # falls to half at NEAR_KM from the nearest other place of the report
NEAR_KM = 150.0
NAMED_LIKE_ITS_CITY = -1.5  # a division, unless a word says that it is meant ("Homs" is the city)
COUNTRY, SITE, DIVISION = 2.0, 1.0, 0.2
SIZEABLE = 20_000  # people of a city that is better known than the division of its name
KEPT = 5  # candidates kept to show what was chosen over what

_LARGE = 50_000  # people of a town whose name a cemetery elsewhere hardly has
_SURE_COUNTRIES = 2  # mentions of countries from which they tell where a report plays
_FACILITIES = ("CMTY", "CMPRF", "AIRB", "INSM")
_SITES = ("PCLI", "ADM1", "PPL", "PPLC", "PPLX", "PPLQ", "PPLH")
_WHERE_PREC = {"ADM2": 3, "ADM1": 4, "RGN": 5, "PCLI": 6, "SEA": 7}


@dataclass(frozen=True, slots=True)
class Question:
    """A name to place: its words, what they say of its kind, the name that holds it, and what it could be."""

    name: str
    kind: str | None
    within: str | None
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole report says about where it plays: countries by how often they are named."""

    countries: Counter[str]

    @property
    def country(self) -> str | None:
        """The country named most; None where none is."""
        return self.countries.most_common(1)[0][0] if self.countries else None


def where_prec(place: Place) -> int:
    """UCDP GED's code for how exactly a place is known, by its kind (Högbladh 2023, codebook, `where_prec`)."""
    return _WHERE_PREC.get(place.feature or "", 1)


def resolve(questions: Sequence[Question], context: Context, gazetteer: Gazetteer) -> list[tuple[Candidate, ...]]:
    """For each question the candidates, likeliest first; none where nothing has the name.

    A name keeps one sense through the report for each kind that its words ask for.
    """
    questions = [_within_its_own(_at_home(_sought(q, context, gazetteer), context), gazetteer) for q in questions]
    anchors = [_first_guess(q, context, gazetteer) for q in questions]
    facility = [_is_elsewhere(q, context) for q in questions]
    questions = [replace(q, matches=()) if away else q for q, away in zip(questions, facility, strict=True)]
    senses: dict[tuple[str, str | None], tuple[Candidate, ...]] = {}
    for question in questions:
        sense = (fold(question.name), question.kind)
        others = [a.place for q, a in zip(questions, anchors, strict=True) if a and fold(q.name) != sense[0]]
        ranked = _ranked(question, context, gazetteer, others)
        if sense not in senses or (question.within and ranked):
            senses[sense] = ranked
    return [senses[(fold(q.name), q.kind)] for q in questions]


def _sought(question: Question, context: Context, gazetteer: Gazetteer) -> Question:
    """A name that no place has, held against the names of the country and division that the text gives."""
    country = context.country
    if question.matches or country is None:
        return question
    outer = [m.entry.place for m in gazetteer.exact(question.within)] if question.within else []
    admin1 = next((p.admin1_code for p in outer if p.feature == "ADM1" and p.country == country), None)
    found = gazetteer.lookup(question.name, country, admin1)
    return replace(question, matches=tuple(m for m in found if m.likeness >= LEAST_ALIKE))


def _at_home(question: Question, context: Context) -> Question:
    """A name spelled otherwise is meant only in a country that the report names, where it names any.

    So is the name of a small settlement, where the report names countries more than once and nothing holds it.
    """
    if not context.countries:
        return question
    sure = sum(context.countries.values()) >= _SURE_COUNTRIES and not question.within
    kept = tuple(
        m
        for m in question.matches
        if m.entry.place.country in context.countries
        or (m.kind != SPELLING and not (sure and m.entry.population < SIZEABLE and _is_settlement(m)))
    )
    return replace(question, matches=kept)


def _within_its_own(question: Question, gazetteer: Gazetteer) -> Question:
    """Of a village only what lies in the country of the division that the text puts it in: "X, Idlib province".

    "Liberia, Guinea" is a list.
    """
    small = all(_is_settlement(m) and m.entry.population < SIZEABLE for m in question.matches)
    if question.within is None or not small:
        return question
    holders = [m.entry.place for m in gazetteer.exact(question.within)]
    countries = {p.country for p in holders if p.feature in ("PCLI", "ADM1")}
    if not countries:
        return question
    return replace(question, matches=tuple(m for m in question.matches if m.entry.place.country in countries))


def _is_settlement(match: Match) -> bool:
    return (match.entry.place.feature or "").startswith("PPL")


def _is_elsewhere(question: Question, context: Context) -> bool:
    """Whether a facility's name leads only to a town of that name in a country that the report does not name."""
    if question.kind not in _FACILITIES or not question.matches:
        return False
    return not any(
        m.entry.place.feature == question.kind
        or (m.entry.place.country in context.countries and question.kind != "CMTY")
        or m.entry.population >= (SIZEABLE if question.kind != "CMTY" else _LARGE)
        for m in question.matches
    )


def _first_guess(question: Question, context: Context, gazetteer: Gazetteer) -> Entry | None:
    """The entry of a name that is clear by itself, against which the doubtful ones are held."""
    scored = sorted(
        ((_score(m, question, context, gazetteer, ()), i) for i, m in enumerate(question.matches)),
        reverse=True,
    )
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.5):
        return None
    entry = question.matches[scored[0][1]].entry
    return None if entry.place.feature == "PCLI" else entry


def _ranked(
    question: Question, context: Context, gazetteer: Gazetteer, others: Sequence[Place]
) -> tuple[Candidate, ...]:
    found = [
        Candidate(m.entry.place, round(_score(m, question, context, gazetteer, others), 3)) for m in question.matches
    ]
    return tuple(sorted(found, key=lambda c: -c.score)[:KEPT])


def _score(match: Match, question: Question, context: Context, gazetteer: Gazetteer, others: Sequence[Place]) -> float:
    place = match.entry.place
    score = (
        NAME_ITSELF if match.kind == MAIN else LIKE_SPELLING * match.likeness if match.kind == SPELLING else OTHER_NAME
    )
    if place.feature != "PCLI":
        score += PEOPLE * math.log10(match.entry.population + 1)
    named = sum(context.countries.values())
    if named and place.country:
        score += COUNTRY_NAMED * context.countries[place.country] / named
    if place.feature == "ADM1" and question.kind is None and _has_city_of_its_name(place, question):
        score += NAMED_LIKE_ITS_CITY
    score += _of_kind(place, question.kind) + _inside(place, question.within, gazetteer)
    if others:
        nearest = min(great_circle((place.lat, place.lon), (o.lat, o.lon)).km for o in others)
        score += NEAR_OTHERS / (1 + nearest / NEAR_KM)
    return score


def _has_city_of_its_name(place: Place, question: Question) -> bool:
    """Whether the name is a sizeable city's in the division too."""
    return any(
        m.entry.place.admin1_code == place.admin1_code and m.entry.population >= SIZEABLE
        for m in question.matches
        if _is_settlement(m)
    )


def _of_kind(place: Place, kind: str | None) -> float:
    feature = place.feature or ""
    standing = (
        COUNTRY if feature == "PCLI" else DIVISION if feature == "ADM1" else SITE if feature not in _SITES else 0.0
    )
    if kind is None:
        return standing
    fits = feature == kind or (kind == "PPL" and feature.startswith("PPL")) or (kind == "ADM2" and feature == "ADM1")
    return standing + (KIND_FITS if fits else KIND_IS_OTHER)


def _inside(place: Place, within: str | None, gazetteer: Gazetteer) -> float:
    if not within:
        return 0.0
    for match in gazetteer.exact(within):
        outer = match.entry.place
        if outer.feature == "PCLI" and outer.country == place.country and place.feature != "PCLI":
            return INSIDE
        if outer.feature == "ADM1" and outer.admin1_code == place.admin1_code and place.feature != "ADM1":
            return INSIDE
    return 0.0
