"""Event mentions: each trigger of a report with its arguments, as its own sentence gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.actors import Actor
from geo.extraction.arguments.actor import Agent
from geo.extraction.arguments.attribution import Attribution, attribution_of, attribution_of_pictures
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.arguments.place import listed_with, place_in, place_of
from geo.extraction.arguments.time import date_of, default_date, is_undatable
from geo.extraction.triggers import Trigger
from geo.model import FINDING, DateSpan, Toponym


@dataclass(frozen=True, slots=True)
class EventMention:
    """One mention of an incident: a trigger, or a sentence on where pictures were taken (`trigger` is None).

    `is_undatable`: its sentence gives a time that is not an interval of days: a century, "dozens of times".
    """

    sentence: SpacySpan
    trigger: Trigger | None
    place: Toponym | None
    date: DateSpan | None
    agent: Agent | None
    attribution: Attribution
    is_undatable: bool = False


def event_mentions(context: ArgumentContext, triggers: Sequence[Trigger]) -> list[EventMention]:
    """A mention for each trigger and each of its places, and one for each sentence on pictures, in order."""
    mentions: list[EventMention] = []
    actor_before: Actor | None = None
    date_before = default_date(context.ref)
    for trigger in triggers:
        agent, blamed = _agent_of(context, trigger, actor_before)
        if agent is not None and not agent.actor.generic:
            actor_before = agent.actor
        date = date_of(context, trigger.token, trigger.incident_type == FINDING, date_before)
        undatable = date is None and is_undatable(context, trigger.token)
        date_before = date or date_before
        attribution = attribution_of(context.document, trigger.token, blamed)
        mentions += [
            EventMention(trigger.token.sent, trigger, place, date, agent, attribution, undatable)
            for place in listed_with(context, place_of(context, trigger), trigger)
        ]
    return sorted([*mentions, *_pictures(context)], key=_position)


def _agent_of(context: ArgumentContext, trigger: Trigger, before: Actor | None) -> tuple[Agent | None, bool]:
    """The agent of an act, and whether it is one whom the sentence only accuses."""
    if trigger.incident_type == FINDING:
        return None, False
    agent = context.finder.agent(trigger.agents, context.actors, context.document, before)
    if agent is None or agent.actor.unknown:
        accused = next((a for a in accused_in(context, trigger.token.sent) if not a.actor.unknown), None)
        if accused is not None:
            return accused, True
    return agent, False


def accused_in(context: ArgumentContext, sentence: SpacySpan) -> Iterator[Agent]:
    """Whom a sentence says is accused or blamed."""
    for tokens in context.language.syntax.accused_in(sentence):
        agent = context.finder.agent(tokens, context.actors, context.document, None)
        if agent is not None:
            yield agent


def accused_actor(context: ArgumentContext) -> Agent | None:
    """The one named actor whom the report says was accused, anywhere in it; None where there are several."""
    accused = [a for s in context.document.sentences for a in accused_in(context, s) if not a.actor.generic]
    return accused[0] if len({a.actor.name for a in accused}) == 1 else None


def killers(context: ArgumentContext, near: Sequence[SpacySpan]) -> Agent | None:
    """Who killed those in a mass grave: the named agent of a killing, nearest to these sentences first."""
    offsets = [s.start_char for s in near]
    killings: list[tuple[bool, int, Agent]] = []
    for token in _words(context):
        if context.language.triggers.is_killing(token):
            agents = context.language.syntax.direct_agents(token)
            agent = context.finder.agent(agents, context.actors, context.document, None)
            if agent is not None and not agent.actor.unknown:
                killings.append((agent.actor.generic, min(abs(token.idx - at) for at in offsets), agent))
    return min(killings, key=lambda k: k[:2])[2] if killings else None


def _words(context: ArgumentContext) -> Iterator[Token]:
    return (token for sentence in context.document.sentences for token in sentence)


def _pictures(context: ArgumentContext) -> Iterator[EventMention]:
    """Sentences on where pictures of an act were taken, which place the act itself."""
    for sentence in context.document.sentences:
        taken = any(context.language.triggers.is_picture_taken(t) for t in sentence)
        place = place_in(context, sentence, None) if taken else None
        if place is not None:
            attribution = attribution_of_pictures(context.document, sentence)
            yield EventMention(sentence, None, place, None, None, attribution)


def _position(mention: EventMention) -> tuple[int, int]:
    return mention.sentence.start, mention.trigger.token.i if mention.trigger else 0
