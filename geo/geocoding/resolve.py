"""Which place each name means: named features of each candidate and a weight for each, with the report as context."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geopy.distance import great_circle

from geo.extraction.toponyms.context import WELL_KNOWN_PEOPLE, ReportContext
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.lookup import LEAST_ALIKE
from geo.gazetteer.names import fold
from geo.gazetteer.schema import MAIN, SPELLING
from geo.model import Candidate, Place

# The score is the sum of weight times feature. All were set by hand on the development reports of 2026; a learned
# scorer can replace the table.
WEIGHTS = {
    "main_name": 1.0,
    "other_name": 0.6,
    "other_spelling": 0.4,  # times how alike the names sound, 0 to 1
    "population": 1 / 6,  # times its logarithm: a city of a million has 1.0, a village of 1,000 has 0.5
    "country_named": 3.0,  # times the country's share of all countries named
    "division_of_city": -1.5,  # a division with the name of a city in it: "Homs" is the city
    "country": 2.0,
    "site": 1.0,
    "division": 0.2,
    "kind_fits": 2.5,  # the kind that words beside the name ask for
    "kind_differs": -2.0,
    "in_container": 3.0,  # "X, Y": the candidate lies in Y
    "near_other_places": 1.2,  # falls to half at _HALF_KM from the nearest other place of the report
}
# The other numbers here were set by hand on the same reports.
_HALF_KM = 150.0
_CLEAR_LEAD = 0.5  # of the best candidate's score before the next, from which a name is clear without the others
_MOST_CANDIDATES = 5  # in the output, to show from which the place was chosen

_FACILITY_NAMESAKE_PEOPLE = 50_000  # of a town so large that a cemetery elsewhere rarely has its name
_SURE_MENTIONS = 2  # of countries in a report, from which they decide where it takes place
_FACILITIES = ("CMTY", "CMPRF", "AIRB", "INSM")
_SETTLEMENTS_AND_AREAS = ("PCLI", "ADM1", "PPL", "PPLC", "PPLX", "PPLQ", "PPLH")

Features = dict[str, float]


def resolve(mentions: Sequence[ToponymMention], context: ReportContext, gazetteer: Gazetteer) -> list[ToponymMention]:
    """The mentions with their `candidates`, likeliest first; with none where nothing has the name.

    A name keeps one meaning through the report for each kind that its words ask for.
    """
    possible = [_possible(m, context, gazetteer) for m in mentions]
    clear = [_clear_place(m, context, gazetteer) for m in possible]
    possible = [replace(m, matches=()) if _is_facility_elsewhere(m, context) else m for m in possible]
    meanings: dict[tuple[str, str | None], tuple[Candidate, ...]] = {}
    for mention in possible:
        name = fold(mention.name)
        others = [p for m, p in zip(possible, clear, strict=True) if p is not None and fold(m.name) != name]
        ranked = _ranked(mention, context, gazetteer, others)
        if (name, mention.kind) not in meanings or (mention.container and ranked):
            meanings[name, mention.kind] = ranked
    return [replace(m, candidates=meanings[fold(m.name), m.kind]) for m in mentions]


def features(
    match: Match, mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer, others: Sequence[Place]
) -> Features:
    """What speaks for and against a match, by the names of `WEIGHTS`; a feature that is 0 is left out.

    `others` are the places of the report's other names, as far as they are clear.
    """
    place, kind = match.entry.place, mention.kind
    feature = place.feature or ""
    fits = feature == kind or (kind == "PPL" and feature.startswith("PPL")) or (kind == "ADM2" and feature == "ADM1")
    values = {
        "main_name": match.kind == MAIN,
        "other_name": match.kind not in (MAIN, SPELLING),
        "other_spelling": match.likeness * (match.kind == SPELLING),
        "population": math.log10(match.entry.population + 1) if feature != "PCLI" else 0.0,
        "country_named": context.share(place.country),
        "division_of_city": feature == "ADM1" and kind is None and _has_city_of_its_name(place, mention),
        "country": feature == "PCLI",
        "site": feature not in _SETTLEMENTS_AND_AREAS,
        "division": feature == "ADM1",
        "kind_fits": kind is not None and fits,
        "kind_differs": kind is not None and not fits,
        "in_container": _is_in_container(place, mention.container, gazetteer),
        "near_other_places": _nearness(place, others),
    }
    return {name: float(value) for name, value in values.items() if value}


def _score(
    match: Match, mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer, others: Sequence[Place]
) -> float:
    return sum(WEIGHTS[name] * value for name, value in features(match, mention, context, gazetteer, others).items())


def _ranked(
    mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer, others: Sequence[Place]
) -> tuple[Candidate, ...]:
    candidates = [
        Candidate(m.entry.place, round(_score(m, mention, context, gazetteer, others), 3)) for m in mention.matches
    ]
    return tuple(sorted(candidates, key=lambda c: -c.score)[:_MOST_CANDIDATES])


def _clear_place(mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer) -> Place | None:
    """The place of a name that is clear without the report's other names.

    None for a country, which is too large for anything to lie near it.
    """
    scored = sorted(
        ((_score(m, mention, context, gazetteer, ()), i) for i, m in enumerate(mention.matches)), reverse=True
    )
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEAR_LEAD):
        return None
    place = mention.matches[scored[0][1]].entry.place
    return None if place.feature == "PCLI" else place


def _possible(mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer) -> ToponymMention:
    """The mention with those matches that the countries named in the report and beside the name allow."""
    mention = _with_similar_names(mention, context, gazetteer)
    mention = _in_named_countries(mention, context)
    return _in_country_of_container(mention, gazetteer)


def _with_similar_names(mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer) -> ToponymMention:
    """A name that no place has, with the places of similar names in the country and division that the text gives."""
    country = context.country
    if mention.matches or country is None:
        return mention
    admin1 = next(
        (
            p.admin1_code
            for p in _places_named(mention.container, gazetteer)
            if (p.feature, p.country) == ("ADM1", country)
        ),
        None,
    )
    similar = gazetteer.lookup(mention.name, country, admin1)
    return replace(mention, matches=tuple(m for m in similar if m.likeness >= LEAST_ALIKE))


def _in_named_countries(mention: ToponymMention, context: ReportContext) -> ToponymMention:
    """A name in another spelling is meant only in a country that the report names, where it names any.

    So is the name of a small settlement, where the report names countries more than once and nothing contains it.
    """
    if not context.countries:
        return mention
    sure = sum(context.countries.values()) >= _SURE_MENTIONS and not mention.container
    return _only(
        mention,
        (
            m
            for m in mention.matches
            if m.entry.place.country in context.countries
            or (m.kind != SPELLING and not (sure and _is_small_settlement(m)))
        ),
    )


def _in_country_of_container(mention: ToponymMention, gazetteer: Gazetteer) -> ToponymMention:
    """Of a small settlement only what lies in the country of its container: "X, Idlib province".

    Only of small ones, because "Liberia, Guinea" is a list.
    """
    if not all(_is_small_settlement(m) for m in mention.matches):
        return mention
    outer = _places_named(mention.container, gazetteer)
    countries = {p.country for p in outer if p.feature in ("PCLI", "ADM1")}
    if not countries:
        return mention
    return _only(mention, (m for m in mention.matches if m.entry.place.country in countries))


def _only(mention: ToponymMention, matches: Iterable[Match]) -> ToponymMention:
    return replace(mention, matches=tuple(matches))


def _places_named(name: str | None, gazetteer: Gazetteer) -> list[Place]:
    return [m.entry.place for m in gazetteer.exact(name)] if name else []


def _is_settlement(match: Match) -> bool:
    return (match.entry.place.feature or "").startswith("PPL")


def _is_small_settlement(match: Match) -> bool:
    return _is_settlement(match) and match.entry.population < WELL_KNOWN_PEOPLE


def _is_facility_elsewhere(mention: ToponymMention, context: ReportContext) -> bool:
    """Whether a facility's name leads only to a town of that name in a country that the report does not name."""
    if mention.kind not in _FACILITIES or not mention.matches:
        return False
    cemetery = mention.kind == "CMTY"
    return not any(
        m.entry.place.feature == mention.kind
        or (m.entry.place.country in context.countries and not cemetery)
        or m.entry.population >= (_FACILITY_NAMESAKE_PEOPLE if cemetery else WELL_KNOWN_PEOPLE)
        for m in mention.matches
    )


def _has_city_of_its_name(division: Place, mention: ToponymMention) -> bool:
    """Whether a well-known city in the division has the name too."""
    return any(
        m.entry.place.admin1_code == division.admin1_code and m.entry.population >= WELL_KNOWN_PEOPLE
        for m in mention.matches
        if _is_settlement(m)
    )


def _is_in_container(place: Place, container: str | None, gazetteer: Gazetteer) -> bool:
    """Whether a place lies in a country or division that has the container's name."""
    return any(
        (outer.feature == "PCLI" and outer.country == place.country and place.feature != "PCLI")
        or (outer.feature == "ADM1" and outer.admin1_code == place.admin1_code and place.feature != "ADM1")
        for outer in _places_named(container, gazetteer)
    )


def _nearness(place: Place, others: Sequence[Place]) -> float:
    """1 at the nearest of the other places, half at _HALF_KM from it; 0 where there are none."""
    if not others:
        return 0.0
    nearest = min(float(great_circle((place.lat, place.lon), (o.lat, o.lon)).km) for o in others)
    return 1 / (1 + nearest / _HALF_KM)
