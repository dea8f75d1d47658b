"""Where an act was, by the rest of the report: for an act whose own sentence says nothing, or only a division."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Span as SpacySpan

from geo.extraction.arguments.candidate import ArgumentCandidate
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.arguments.place import is_excluded
from geo.extraction.scoring import score, threshold
from geo.geocoding.containment import coarseness, contains, is_wide
from geo.geocoding.written_position import has_coordinates
from geo.model import Toponym

# Set by hand on the development reports of 2026.
_NEAR_CHARS = 700  # the length of a long paragraph: a sentence farther away is of another one
_MOST_PARAGRAPHS = 8  # counted as distance; farther away makes no difference
_MOST_REPEATED = 4  # mentions counted beyond the first
_WORDS_TO_TARGET, _CHARS_TO_TARGET = 4, 60  # between a target and the name it stands at: "the tombs in Westhoffen"
# The threshold for a finer place, by `coarseness` of the known one: 2 is a first-order division, 3 a country.
_KNOWN = {2: "division", 3: "country"}


def surrounding_place(context: ArgumentContext, sentence: SpacySpan, known: Toponym | None) -> Toponym | None:
    """A finer place than the `known` one inside it, or one where none is known; otherwise the known one."""
    if known is not None and not is_wide(known):
        return known
    scored = [(score("surrounding_place", c.features), c.value) for c in candidates(context, sentence, known)]
    if not scored:
        return known
    value, place = max(scored, key=lambda s: s[0])
    needed = threshold("surrounding_place", "unknown" if known is None else _KNOWN[coarseness(known)])
    return place if value >= needed else known


def candidates(
    context: ArgumentContext, sentence: SpacySpan, known: Toponym | None
) -> list[ArgumentCandidate[Toponym]]:
    """Every settlement of the report inside the known place, with what speaks for it being that of a sentence."""
    return [
        ArgumentCandidate(t, features(context, t, sentence.start_char))
        for t in context.placed
        if not is_wide(t)
        and (known is None or contains(known, t.place))
        and not _is_site(context, t)
        and not is_excluded(context, t)
        and not _is_anchor(t, known)
    ]


def features(context: ArgumentContext, toponym: Toponym, at: int) -> dict[str, float]:
    """What speaks for a place name elsewhere in the report being that of an act at an offset."""
    document, start = context.document, toponym.span.start
    cue = "strong" if has_coordinates(toponym) else context.language.places.cue_before(document.text, start)
    here, there = document.paragraph_of(at) or 0, document.paragraph_of(start) or 0
    same_paragraph = here == there and abs(start - at) < _NEAR_CHARS
    away = min(_MOST_PARAGRAPHS, max(abs(here - there), abs(start - at) // _NEAR_CHARS))
    again = context.times_named[toponym.place] - 1 if toponym.place is not None else 0
    return {
        "strong_cue": float(cue == "strong"),
        "no_cue": float(cue is None),
        "at_target": float(_stands_at_target(context, start)),
        "dateline": float(context.language.places.is_dateline(document.text, start, toponym.span.end)),
        "anchor": float(_is_measured(toponym)),
        "same_paragraph": float(same_paragraph),
        "paragraphs_away": 0.0 if same_paragraph else float(away),
        "in_lead": float(there == 0),
        "named_again": float(max(0, min(_MOST_REPEATED, again))),
        **dict.fromkeys(context.roles_of(toponym) - {"comparison"}, 1.0),
    }


def nearest_place(context: ArgumentContext, sentence: SpacySpan) -> Toponym | None:
    """The place named nearest in the paragraph, even a coarse one, or else the one that the report names most often.

    Used for an act without any other place.
    """
    document, at, places = context.document, sentence.start_char, context.placed
    here = document.paragraph_of(at)
    cued = [t for t in places if context.language.places.cue_before(document.text, t.span.start) is not None]
    cued = [t for t in cued if not is_excluded(context, t)]
    cued = [t for t in cued if not context.roles_of(t)] or cued
    same = [t for t in cued if document.paragraph_of(t.span.start) == here and abs(t.span.start - at) < _NEAR_CHARS]
    if same:
        before = [t for t in same if t.span.start <= at]
        return min(before or same, key=lambda t: (coarseness(t), abs(t.span.start - at)))
    named = Counter(t.place for t in places)
    return max(cued, key=lambda t: (-coarseness(t), named[t.place], -t.span.start), default=None)


def _is_measured(toponym: Toponym) -> bool:
    """Whether something is placed at a distance or in a direction from the name."""
    relation = toponym.relation
    return relation is not None and (relation.distance_km is not None or relation.bearing_deg is not None)


def _is_anchor(toponym: Toponym, known: Toponym | None) -> bool:
    """Whether a name is the city around which the known place lies: "Aleppo" in "the Aleppo countryside"."""
    return known is not None and known.relation is not None and known.relation.anchor == toponym.span.text


def _is_site(context: ArgumentContext, toponym: Toponym) -> bool:
    """Whether a name is a site's, which is the place of its own acts only."""
    return toponym.place is not None and (toponym.place.feature or "") in context.language.lexicon.features


def _stands_at_target(context: ArgumentContext, start: int) -> bool:
    """Whether a target stands right before the name: "the tombs in Westhoffen"."""
    before = context.document.text[max(0, start - _CHARS_TO_TARGET) : start].lower().split()[-_WORDS_TO_TARGET:]
    return any(word in context.language.lexicon.targets for word in before[:-1])
