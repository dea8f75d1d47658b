"""Where an incident was: one set of candidates from the whole report, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.extraction.arguments import place as own_place
from geo.extraction.arguments import surrounding_place
from geo.extraction.arguments.candidate import ArgumentCandidate
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.event_mentions import EventMention
from geo.extraction.scoring import best, score, threshold
from geo.geocoding.containment import coarseness, contains, is_wide
from geo.model import Toponym

_MOST_OWN, _LEAST_OWN = (
    8.0,
    -3.0,
)  # limits of the sentence's own score, set by hand


def incident_place(
    context: ArgumentContext, mentions: Sequence[EventMention], known: Toponym | None, chosen: Toponym | None
) -> Toponym | None:
    """The place of an incident: the likeliest of its candidates.

    `known` is what its own sentences say, `chosen` the choice of the rules for sentences and paragraphs, which is the
    strongest feature of a candidate. Where they chose nothing, a candidate needs a score of its own.
    """
    possible = candidates(context, mentions, known, chosen)
    if chosen is None or chosen.place is None:
        limit = threshold("incident_place", "unknown")
        possible = [c for c in possible if score("incident_place", c.features) >= limit]
    return best("incident_place", possible) or chosen


def candidates(
    context: ArgumentContext, mentions: Sequence[EventMention], known: Toponym | None, chosen: Toponym | None
) -> list[ArgumentCandidate[Toponym]]:
    """Every place of the report that an incident may have been at, the chosen one first.

    The features of a name in a sentence of the incident are those of its clause, of another name those of its
    paragraph; both kinds have the role of the name, how coarse it is, and how it lies to `known` and to the report's
    other places. A place that is only compared to, or part of another name, is no candidate.
    """
    own = {t.span.end: (t, value) for t, value in _own(context, mentions)}
    places: list[tuple[Toponym, float | None]] = list(own.values())
    if chosen is not None and chosen.place is not None:
        own_score = own[chosen.span.end][1] if chosen.span.end in own else None
        places = [(chosen, own_score), *((t, v) for t, v in places if t.span.end != chosen.span.end)]
    ends = {t.span.end for t, _ in places}
    places += [(t, None) for t in context.placed if t.span.end not in ends and not own_place.is_excluded(context, t)]
    return [
        ArgumentCandidate(t, _features(context, t, mentions, known, value) | {"chosen": float(_same(t, chosen))})
        for t, value in places
    ]


def _same(a: Toponym, b: Toponym | None) -> bool:
    return b is not None and a.place == b.place


def _own(context: ArgumentContext, mentions: Sequence[EventMention]) -> Iterator[tuple[Toponym, float]]:
    """The places that the incident's own sentences name, each with the highest score that a sentence gives it."""
    highest: dict[int, tuple[Toponym, float]] = {}
    for mention in mentions:
        for candidate in own_place.candidates(context, mention.sentence, mention.trigger):
            value, end = score("place", candidate.features), candidate.value.span.end
            if "excluded" not in candidate.features and (end not in highest or value > highest[end][1]):
                highest[end] = candidate.value, value
    yield from highest.values()


def _features(
    context: ArgumentContext,
    toponym: Toponym,
    mentions: Sequence[EventMention],
    known: Toponym | None,
    own_score: float | None,
) -> dict[str, float]:
    """What speaks for a place being that of an incident; `own_score` is that of its own sentence, None elsewhere."""
    same = _same(toponym, known)
    inside = known is not None and not same and is_wide(known) and contains(known, toponym.place)
    around = surrounding_place.features(context, toponym, mentions[0].sentence.start_char)
    return around | {
        "own": float(own_score is not None),
        "own_score": max(_LEAST_OWN, min(_MOST_OWN, own_score or 0.0)),
        "known": float(same),
        "inside_known": float(inside and not is_wide(toponym)),
        "outside_known": float(known is not None and not same and not inside),
        "isolated": float(context.is_isolated(toponym)),
        "division": float(coarseness(toponym) in (1, 2)),
        "country": float(coarseness(toponym) > 2),
        "relative": float(toponym.relation is not None),
    }
