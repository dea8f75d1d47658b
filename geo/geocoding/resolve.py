"""Which place each name of a report means, decided by features of each candidate with the report as context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.extraction.toponyms.context import WELL_KNOWN_PEOPLE, ReportContext
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.lookup import LEAST_ALIKE
from geo.gazetteer.names import fold
from geo.gazetteer.schema import MAIN, SPELLING
from geo.geocoding.candidate_features import (
    Surroundings,
    features,
    is_settlement,
    km_between,
    level_of,
    lies_in_one,
    weighted,
)
from geo.model import Candidate, Place

# Set by hand on the development reports of 2026.
_CLEAR_LEAD = 0.5  # of the best candidate's score before the next, from which a name is clear without the others
_ROUNDS = 2  # in which the places of the other names decide, after the first in which each name stands alone
_MOST_CANDIDATES = 5  # in the output, to show from which the place was chosen
_WORLD_CITY_PEOPLE = 1_000_000  # of a city that is meant even where the words beside it seem to put it elsewhere
_LARGE_PEOPLE = 100_000  # of a town after which facilities in it are named more often than those elsewhere
_FACILITY_KM = 25.0  # from a place of the report within which a facility is likelier named after the town it lies in
_SURE_MENTIONS = 2  # of countries in a report, from which they decide where it takes place
_LISTED_CHARS = 8  # between two names of a list

Meanings = dict[tuple[str, str | None], tuple[Candidate, ...]]


def resolve(mentions: Sequence[ToponymMention], context: ReportContext, gazetteer: Gazetteer) -> list[ToponymMention]:
    """The mentions with their `candidates`, likeliest first; with none where nothing has the name.

    Names are left out that begin a facility's and that only places elsewhere have, where nothing marks them as places.

    A name keeps one meaning through the report for each kind that its words ask for.
    """
    possible, chosen = possible_and_chosen(mentions, context, gazetteer)
    meanings, _ = _meanings(possible, context, chosen, gazetteer)
    return [replace(m, candidates=meanings[_key(m)]) for m in possible if not (m.facility and not m.matches)]


def possible_and_chosen(
    mentions: Sequence[ToponymMention], context: ReportContext, gazetteer: Gazetteer
) -> tuple[list[ToponymMention], list[Place | None]]:
    """The mentions with the matches that the words around them allow, and the clear place of each or None."""
    possible = _with_shared_containers([_possible(m, context, gazetteer) for m in mentions])
    possible = [p for p, m in zip(possible, mentions, strict=True) if p.matches or p.marked or not m.matches]
    chosen: list[Place | None] = [None] * len(possible)
    for number in range(_ROUNDS):
        meanings, leads = _meanings(possible, context, chosen, gazetteer)
        chosen = [_clear(meanings[_key(m)], leads[_key(m)] if number == 0 else None) for m in possible]
        possible = _without_facilities_elsewhere(possible, chosen)
    return possible, chosen


def candidate_features(
    possible: Sequence[ToponymMention], context: ReportContext, chosen: Sequence[Place | None], gazetteer: Gazetteer
) -> Iterator[list[dict[str, float]]]:
    """For each mention the features of its matches; `chosen` are the clear places of all mentions."""
    by_name = {fold(m.name): p for m, p in zip(possible, chosen, strict=True) if p is not None}
    for number, mention in enumerate(possible):
        others = [place for name, place in by_name.items() if name != fold(mention.name)]
        around = _surroundings(possible, number, chosen, others)
        yield [features(m, mention, context, around, gazetteer) for m in mention.matches]


def _meanings(
    possible: Sequence[ToponymMention], context: ReportContext, chosen: Sequence[Place | None], gazetteer: Gazetteer
) -> tuple[Meanings, dict[tuple[str, str | None], float]]:
    """The candidates of each name, and by how much the first leads: those of the mention that decides most clearly."""
    meanings: Meanings = {}
    leads: dict[tuple[str, str | None], float] = {}
    for mention, values in zip(possible, candidate_features(possible, context, chosen, gazetteer), strict=True):
        scores = [weighted(f) for f in values]
        ranked = sorted(
            (Candidate(m.entry.place, round(s, 3)) for m, s in zip(mention.matches, scores, strict=True)),
            key=lambda c: -c.score,
        )
        lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else float(bool(ranked))
        key = _key(mention)
        if key not in meanings or lead > leads[key]:
            meanings[key], leads[key] = tuple(ranked[:_MOST_CANDIDATES]), lead
    return meanings, leads


def _key(mention: ToponymMention) -> tuple[str, str | None]:
    return fold(mention.name), mention.kind


def _clear(candidates: Sequence[Candidate], lead: float | None) -> Place | None:
    if not candidates or (lead is not None and lead < _CLEAR_LEAD):
        return None
    return candidates[0].place


def _surroundings(
    possible: Sequence[ToponymMention], number: int, chosen: Sequence[Place | None], others: Sequence[Place]
) -> Surroundings:
    mention = possible[number]
    beside = [i for i in (number - 1, number + 1) if 0 <= i < len(possible) and _are_beside(mention, possible[i])]
    levels = {level_of(p) for i in beside if (p := chosen[i]) is not None and not _is_container(possible, i, number)}
    contained = [m.entry.place for i in beside if _is_container(possible, i, number) for m in possible[i].matches]
    return Surroundings.of(others, levels - {0}, contained)


def _are_beside(a: ToponymMention, b: ToponymMention) -> bool:
    return 0 <= max(a.start, b.start) - min(a.end, b.end) <= _LISTED_CHARS


def _is_container(possible: Sequence[ToponymMention], inner: int, outer: int) -> bool:
    """Whether one mention is stated to contain the other, in either order of the two numbers."""
    return any(
        (c := possible[a].container) is not None and c.binding and c.start == possible[b].start
        for a, b in ((inner, outer), (outer, inner))
    )


def _possible(mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer) -> ToponymMention:
    """The mention with those matches that the countries named in the report and beside the name allow."""
    container = mention.container
    if container is not None:
        inside = tuple(m for m in mention.matches if lies_in_one(m.entry.place, container.places))
        elsewhere = tuple(m for m in mention.matches if _may_be_elsewhere(m)) if container.binding else ()
        if inside or elsewhere:
            return _only(mention, inside or elsewhere)
        if container.binding:
            return _only(mention, _similar_in(mention, context, gazetteer))
    named = _in_named_countries(mention, context)
    return named if named.matches else _only(mention, _similar_in(mention, context, gazetteer))


def _with_shared_containers(mentions: Sequence[ToponymMention]) -> list[ToponymMention]:
    """The mentions; where a name is said to lie in a place once, it does so wherever nothing else is said."""
    inside = {
        fold(m.name): m.matches
        for m in reversed(mentions)
        if m.container is not None and m.container.binding and m.matches
    }
    shared = []
    for mention in mentions:
        matches = inside.get(fold(mention.name)) if mention.container is None else None
        shared.append(replace(mention, matches=matches) if matches else mention)
    return shared


def _may_be_elsewhere(match: Match) -> bool:
    """Whether a place is so well known that words beside it may have been read wrong as its container."""
    return match.kind != SPELLING and (not is_settlement(match) or match.entry.population >= _WORLD_CITY_PEOPLE)


def _similar_in(mention: ToponymMention, context: ReportContext, gazetteer: Gazetteer) -> Iterator[Match]:
    """Places of similar names where the text says that the name lies, or else in the country that it names most."""
    container = mention.container
    if container is not None:
        for area in container.places:
            if area.country:
                similar = gazetteer.lookup(mention.name, area.country, area.admin1_code)
                yield from (m for m in similar if m.likeness >= LEAST_ALIKE and lies_in_one(m.entry.place, (area,)))
    elif context.country is not None:
        similar = gazetteer.lookup(mention.name, context.country)
        yield from (m for m in similar if m.likeness >= LEAST_ALIKE)


def _in_named_countries(mention: ToponymMention, context: ReportContext) -> ToponymMention:
    """A name in another spelling is meant only in a country that the report names, where it names any.

    So is the name of a small settlement, where the report names countries more than once and nothing contains it.
    """
    if not context.countries:
        return _only(mention, (m for m in mention.matches if m.kind != SPELLING))
    sure = context.countries.total() >= _SURE_MENTIONS
    return _only(
        mention,
        (
            m
            for m in mention.matches
            if m.entry.place.country in context.countries
            or (m.kind != SPELLING and not (sure and _is_small_settlement(m)))
        ),
    )


def _only(mention: ToponymMention, matches: Iterable[Match]) -> ToponymMention:
    return replace(mention, matches=tuple(matches))


def _is_small_settlement(match: Match) -> bool:
    return is_settlement(match) and match.entry.population < WELL_KNOWN_PEOPLE


def _without_facilities_elsewhere(
    mentions: Sequence[ToponymMention], chosen: Sequence[Place | None]
) -> list[ToponymMention]:
    """The mentions; those that begin a facility's name keep only places that the rest of the report supports.

    A facility that is named after a place lies in it where the place is large, where the report names it by itself
    too, or where it lies near another place of the report: "Mosul Museum", but not "Evergreen Cemetery".
    """
    alone = {fold(m.name) for m in mentions if not m.facility}
    around = [p for m, p in zip(mentions, chosen, strict=True) if p is not None and not m.facility]
    return [
        _only(m, (x for x in m.matches if _may_own_facility(x, m, around)))
        if m.facility and fold(m.name) not in alone
        else m
        for m in mentions
    ]


def _may_own_facility(match: Match, mention: ToponymMention, around: Sequence[Place]) -> bool:
    place = match.entry.place
    if match.kind == SPELLING or place.country not in {p.country for p in around}:
        return False
    if not is_settlement(match) or (match.kind == MAIN and match.entry.population >= _LARGE_PEOPLE):
        return True
    return place.feature == mention.kind or any(
        p.uncertainty_km <= _FACILITY_KM and km_between(place, p) <= _FACILITY_KM + p.uncertainty_km for p in around
    )
