"""Claims: what a report says of each incident, put together from its mentions and their arguments.

Only the order of the incidents and the words to show are chosen here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from geo.extraction.arguments.actor import UNNAMED, Agent
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.arguments.quantity import counts
from geo.extraction.arguments.time import date_of_killing
from geo.extraction.cluster_arguments import (
    ClusterReader,
    assertion,
    evidence,
    triggers_of,
    with_triggers,
)
from geo.extraction.coreference import EventCluster, cluster_mentions, weight
from geo.extraction.document import Document
from geo.extraction.event_mentions import EventMention
from geo.extraction.scoring.confidence import confidence
from geo.extraction.triggers import Trigger
from geo.model import Claim, DateSpan, Span, Toponym

_MOST_TARGETS = 3  # named in a claim's target; set by hand: more do not fit on a line of the page


def make_claims(context: ArgumentContext, mentions: Sequence[EventMention]) -> tuple[Claim, ...]:
    """The claims of a report, the primary one first."""
    clusters = cluster_mentions(mentions, context)
    if not clusters:
        return ()
    lead = max(clusters, key=lambda c: (weight(context.document, c), -clusters.index(c)))
    reader = ClusterReader(context, mentions, lead)
    return tuple(_claim(reader, c) for c in sorted(clusters, key=lambda c: (c is not lead, clusters.index(c))))


def _claim(reader: ClusterReader, cluster: EventCluster) -> Claim:
    """What the report says of one incident."""
    document, mentions = reader.context.document, with_triggers(cluster)
    place, date_span, kind = reader.place(cluster), reader.date(cluster), reader.incident_type(cluster)
    agent, accusations = reader.agent(cluster, place)
    actor = reader.at_home(agent, place).actor if agent else UNNAMED
    shown = evidence(cluster, place)
    trigger = _trigger_shown(mentions, shown)
    sentences = [m.sentence for m in cluster.mentions]
    target = trigger.target
    claim = Claim(
        id=_identity(document.report.id, kind, trigger, place),
        report_id=document.report.id,
        incident_type=kind,
        primary=cluster is reader.lead,
        target=target.site.name if target.site else _targets(document, mentions, trigger),
        target_type=target.target_type,
        actor=agent.span.text if agent else None,
        actor_name=UNNAMED.name if actor.unknown else actor.name,
        actor_category=actor.category,
        assertion=assertion(cluster, shown),
        attributed_to=tuple(dict.fromkeys(s for m in cluster.mentions for s in m.attribution.attributed_to)),
        when=date_span,
        where=place,
        counts=counts(document.language, (s.text for s in sentences)),
        evidence=document.span(shown.sentence.start_char, shown.sentence.end_char),
        spans=_spans(document, trigger, agent, place, date_span),
        doubts=reader.doubts(cluster, agent),
        accusations=accusations,
        done=date_of_killing(reader.context, sentences) if cluster.family == "mass_grave" else None,
    )
    return confidence(claim, cluster)


def _trigger_shown(mentions: Sequence[EventMention], shown: EventMention) -> Trigger:
    """The trigger of the sentence that is the evidence, or the first one."""
    return (triggers_of(m for m in mentions if m.sentence == shown.sentence) or triggers_of(mentions))[0]


def _spans(
    document: Document, trigger: Trigger, agent: Agent | None, place: Toponym | None, when: DateSpan | None
) -> dict[str, Span]:
    """The part of the report's text that each part of a claim was read from."""
    token, target = trigger.token, trigger.target
    spans = {
        "act": document.span(token.idx, token.idx + len(token)),
        "target": document.span(target.start, target.end),
        "actor": agent.span if agent else None,
        "place": place.span if place else None,
        "date": when.span if when else None,
        "address": _address(document, trigger),
    }
    return {name: span for name, span in spans.items() if span is not None}


def _address(document: Document, trigger: Trigger) -> Span | None:
    """The street address in the act's sentence, which the gazetteer does not resolve: for reviewers."""
    sentence = trigger.token.sent
    at, start = document.language.event_places.address_in(sentence.text), sentence.start_char
    return document.span(start + at[0], start + at[1]) if at else None


def _targets(document: Document, mentions: Sequence[EventMention], shown: Trigger) -> str:
    """What the acts of one sentence were done to, in its words: "graves and dozens of corpses"."""
    targets = [t.target for t in triggers_of(mentions) if t.token.sent == shown.token.sent]
    names = list(dict.fromkeys(document.span(t.start, t.end).text for t in targets))
    names = [n for n in names if not any(n != other and n.lower() in other.lower() for other in names)][:_MOST_TARGETS]
    return document.language.join_list(names)


def _identity(report_id: str, incident_type: str, trigger: Trigger, place: Toponym | None) -> str:
    """An id that stays while the report reads the same: by where its act, its target and its place stand."""
    offsets = trigger.token.idx, trigger.target.start, place.span.start if place else -1
    text = "\0".join((report_id, incident_type, *map(str, offsets)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
