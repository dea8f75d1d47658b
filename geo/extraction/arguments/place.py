"""Where an act was, by its own sentence: the site itself, or what "in", "near" and "25 km south of" name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.arguments.candidate import ArgumentCandidate
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.scoring import score, threshold
from geo.extraction.targets import SMALL
from geo.extraction.triggers import Trigger
from geo.geocoding.containment import agree, coarseness
from geo.geocoding.relative import place_at, place_between
from geo.geocoding.written_position import has_coordinates
from geo.model import Toponym

# Set by hand on the development reports of 2026.
_BRACKETS = re.compile(r" ?[(\[][^()\[\]]*[)\]]")  # behind a name of a list: "in Homs (34.73 N, 36.72 E), Hama"
_OPENING_CHARS = 30  # "In the besieged northern city of": before a place that opens its sentence
_WHERE_WORDS = 12  # words between a place and the "where" of a clause about it, a longer gap is another clause


def place_of(context: ArgumentContext, trigger: Trigger) -> Toponym | None:
    """The place of an act by its sentence, or by the one that names what it was done to ("it", "the complex")."""
    sentence = trigger.token.sent
    place = place_in(context, sentence, trigger)
    named_in = trigger.target.head.sent
    if place is None and named_in.start != sentence.start:
        place = place_in(context, named_in, trigger)
    if place is None and trigger.target.is_plural and trigger.target.target_type not in SMALL:
        return country_in(context, sentence)  # "Syria ... 290 monuments have been destroyed"
    return place


def place_in(context: ArgumentContext, sentence: SpacySpan, trigger: Trigger | None) -> Toponym | None:
    """The best place that a sentence names, made finer by one inside it; None where it names none.

    Without a trigger the sentence is on where pictures were taken.
    """
    possible = [(s, c.value) for c in candidates(context, sentence, trigger) if (s := _score(c)) > _limit("possible")]
    if not any(place.relation is None for s, place in possible if s >= _limit("certain")):
        possible += [(_score(c), c.value) for c in candidates_between(context, sentence)]
    if not possible:
        return _unresolved_place(context, sentence, trigger) if trigger else None
    chosen = max(possible, key=lambda p: p[0])[1]
    finer = [place for _, place in possible if coarseness(place) < coarseness(chosen) and agree(chosen, place)]
    finer += [place for _, place in possible if _is_exact(place) and not _is_exact(chosen) and agree(chosen, place)]
    return min(finer, key=lambda t: (coarseness(t), not _is_exact(t))) if finer else chosen


def _is_exact(toponym: Toponym) -> bool:
    """Whether the text gives the position itself: "at 36.34 N, 43.13 E in Mosul"."""
    return has_coordinates(toponym) and toponym.relation is None


def candidates(
    context: ArgumentContext, sentence: SpacySpan, trigger: Trigger | None
) -> list[ArgumentCandidate[Toponym]]:
    """Every resolved place name of a sentence, moved by its relation, with what speaks for it."""
    places = []
    for toponym in context.toponyms_in(sentence):
        if toponym.place is None:
            continue
        if is_excluded(context, toponym):
            places.append(ArgumentCandidate(toponym, {"excluded": 1.0}))
            continue
        relation, start = toponym.relation, toponym.relation_start
        signs = features(context, toponym, trigger)
        if (
            relation is not None
            and relation.distance_km is None
            and relation.bearing_deg is not None
            and relation.scope == "near"
        ):
            signs["direction_only"] = 1.0  # "located south of X" is about a place named before
        moved = toponym
        if relation is not None and start is not None:
            moved = place_at(toponym, relation, context.document.span(start, toponym.span.end))
        places.append(ArgumentCandidate(moved, signs))
    return places


def is_excluded(context: ArgumentContext, toponym: Toponym) -> bool:
    """Whether a name cannot be where an act was: part of another name, or the anchor of another place."""
    text, end, cues = context.document.text, toponym.span.end, context.language.event_places
    if cues.is_modifier(text, end) or context.is_in_actor(toponym):
        return True  # "US-backed", "al-Qaeda in the Arabian Peninsula"
    if "comparison" in context.roles_of(toponym) or _is_other_part(context, toponym):
        return True
    if toponym.relation is None or toponym.relation_start is None or toponym.relation.scope == "part":
        return False
    return _locates_another(context, toponym.relation_start)


def _locates_another(context: ArgumentContext, start: int) -> bool:
    """Whether a known place stands right before words that say where it lies: "Zliten, 160 km east of Tripoli"."""
    text, cues = context.document.text, context.language.event_places
    before = (t for t in context.placed if t.span.end <= start)
    return any(cues.is_located_by(text[t.span.end : start]) for t in before)


def _is_other_part(context: ArgumentContext, toponym: Toponym) -> bool:
    """Whether of "the Karan district of Mogadishu" a name is the one that says less: Karan if it is elsewhere."""
    city, part = _city_of_part(context, toponym), _part_before(context, toponym)
    if city is not None:
        return not _lies_in(toponym, city)
    return part is not None and _lies_in(part, toponym)


def _city_of_part(context: ArgumentContext, part: Toponym) -> Toponym | None:
    """The city that a name is said to be a part of: Y for X in "the X district of Y"."""
    return next((t for t in context.toponyms if _begins_behind(t, part)), None)


def _part_before(context: ArgumentContext, city: Toponym) -> Toponym | None:
    """The part of a city that is named right before it: X for Y in "the X district of Y"."""
    return next((t for t in context.toponyms if _begins_behind(city, t)), None)


def _begins_behind(city: Toponym, part: Toponym) -> bool:
    relation, start = city.relation, city.relation_start
    is_part = relation is not None and relation.scope == "part" and start is not None
    return is_part and start is not None and 0 <= start - part.span.end <= 1


def _lies_in(part: Toponym, city: Toponym) -> bool:
    """Whether a part is known and near enough to its city to lie in it."""
    return part.place is not None and agree(part, replace(city, relation=None))


def features(context: ArgumentContext, toponym: Toponym, trigger: Trigger | None) -> dict[str, float]:
    """What speaks for a place name being where an act was; distances in characters."""
    document, start, end = context.document, toponym.span.start, toponym.span.end
    cues, relative = context.language.event_places, toponym.relation_start is not None
    # Coordinates mark a place by themselves: "lies at grid 38S LF 12345 67890".
    sure = relative or has_coordinates(toponym)
    cue = "strong" if sure else context.language.places.cue_before(document.text, start)
    signs = {f"{cue or 'no'}_cue": 1.0, "possessive": float(cues.has_possessive(document.text, end))}
    signs |= dict.fromkeys(context.roles_of(toponym), 1.0)
    tokens = document.tokens(start, end)
    opens = bool(tokens) and cue == "strong" and start - tokens[0].sent.start_char <= _OPENING_CHARS
    signs["opens_sentence"] = float(opens)  # "In X, a village in the north, they found that ...": for every clause
    if trigger is None:
        return signs
    target = trigger.target
    if target.start <= start < target.end or (target.site and target.site.start == start):
        return signs | {"in_target": 1.0}
    listed = trigger.listed or (target.head, *target.head.conjuncts)
    governor = context.language.event_places.owner_of(tokens[0], listed) if tokens else None
    in_phrase = governor is not None and governor.i == target.head.i
    if not relative and in_phrase and cues.follows_of(document.text, start):
        signs["of_target"] = 1.0  # "the museum of Mosul"
    signs["of_other_target"] = float(governor is not None and not in_phrase)
    signs["where_clause"] = float(_has_where_clause(context, start, trigger.token))
    act = trigger.token
    dependent = in_phrase or (bool(tokens) and (tokens[0] == act or act.is_ancestor(tokens[0])))
    # A name that does not depend on the act belongs to another clause the more likely, the farther away it stands.
    distance = "characters_away" if dependent else "characters_away_in_other_clause"
    return signs | {"dependent": float(dependent), distance: float(abs(start - trigger.token.idx))}


def _has_where_clause(context: ArgumentContext, start: int, token: Token) -> bool:
    """Whether an act stands in a clause on the place right before it: "X, where vandals smashed ..."."""
    where = context.language.event_places.where_clause(token)
    if where is None or start >= where.idx:
        return False
    between = context.document.tokens(start, where.idx)
    return 0 < len(between) <= _WHERE_WORDS and not any(t.pos_ in ("VERB", "AUX") for t in between)


def candidates_between(context: ArgumentContext, sentence: SpacySpan) -> list[ArgumentCandidate[Toponym]]:
    """Places that a sentence puts between two others, which say more than either of them."""
    document, places = context.document, []
    for first, second in pairwise(context.toponyms_in(sentence)):
        words = context.language.relations.lies_between(document.text, first.span, second.span)
        span = document.span(first.span.start, second.span.end)
        place = place_between(first, second, span, halfway=words == "halfway") if words else None
        if place is not None:
            places.append(ArgumentCandidate(place, {"between": 1.0}))
    return places


def _unresolved_place(context: ArgumentContext, sentence: SpacySpan, trigger: Trigger) -> Toponym | None:
    """A name that no gazetteer has, where it is the act's own place, or the known place that it lies in."""
    for toponym in context.toponyms_in(sentence):
        if toponym.place is None and score("place", features(context, toponym, trigger)) >= _limit("unresolved"):
            return container_of(context, toponym) or toponym
    return None


def container_of(context: ArgumentContext, unresolved: Toponym) -> Toponym | None:
    """The place that contains an unresolved name, where the text gives it right behind: "Hersham, Surrey".

    It is known less exactly than by its own name, and `reason` says which name it stands for.
    """
    outer = next((t for t in context.placed if t.span.start > unresolved.span.start), None)
    if outer is None or not context.language.event_places.contains(
        context.document.text[unresolved.span.end : outer.span.start]
    ):
        return None
    span = context.document.span(unresolved.span.start, outer.span.end)
    reason = f"{unresolved.span.text} is not in the gazetteer; the text says that it lies here"
    return replace(outer, span=span, relation=None, where_prec=max(2, outer.where_prec or 2), reason=reason)


def country_in(context: ArgumentContext, sentence: SpacySpan) -> Toponym | None:
    """The first country that a sentence names."""
    named = (t for t in context.toponyms_in(sentence) if t.place is not None and not context.is_in_actor(t))
    return next((t for t in named if t.place and t.place.feature == "PCLI"), None)


def listed_with(context: ArgumentContext, place: Toponym | None, trigger: Trigger) -> Sequence[Toponym | None]:
    """The place, with those listed beside it where several targets were harmed: "in X, Y and Z"."""
    several = trigger.target.is_plural and trigger.target.site is None
    if place is None or place.relation is not None or not several:
        return (place,)
    listed = [place]
    for toponym in sorted(context.toponyms, key=lambda t: t.span.start):
        gap = _BRACKETS.sub("", context.document.text[listed[-1].span.end : toponym.span.start]).strip("()[]")
        same_kind = toponym.place is not None and coarseness(toponym) == coarseness(place)
        if same_kind and context.language.event_places.is_list_gap(gap):
            listed.append(toponym)
    return listed


def _score(candidate: ArgumentCandidate[Toponym]) -> float:
    return score("place", candidate.features)


def _limit(name: str) -> float:
    return threshold("place", name)
