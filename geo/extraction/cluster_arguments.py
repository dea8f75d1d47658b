"""The arguments of one incident of a report: chosen from those of its mentions and from the report around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.extraction.arguments.actor import Agent
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.arguments.incident_place import incident_place
from geo.extraction.arguments.surrounding_place import nearest_place, surrounding_place
from geo.extraction.arguments.time import default_date, surrounding_date
from geo.extraction.coreference import EventCluster, has_many_sites
from geo.extraction.event_mentions import EventMention, accused_actor, killers
from geo.extraction.triggers import Trigger
from geo.geocoding.containment import agree, is_wide
from geo.model import FINDING, Accusation, DateSpan, Toponym

# Set by hand on the development reports of 2026: what a sentence shows of an incident, weighted by how much an analyst
# needs it in the evidence, and the number of mentions below.
_SHOWS_PLACE, _SHOWS_ACTOR, _SHOWS_DATE = 2.0, 1.0, 0.5
_FIRST_MENTIONS = 2  # whose assertion counts for the incident even where it is not the evidence


@dataclass(frozen=True)
class ClusterReader:
    """Chooses the arguments of each cluster of a report; `lead` is the cluster that is the report's news."""

    context: ArgumentContext
    mentions: Sequence[EventMention]
    lead: EventCluster

    def incident_type(self, cluster: EventCluster) -> str:
        """The most frequent type of the acts; an exhumation without an agent beside a mass grave is a finding too."""
        incident_type = _most_frequent([t.incident_type for t in triggers_of(cluster.mentions)])
        without_agent = all(m.agent is None for m in cluster.mentions)
        beside = any(t.incident_type == FINDING for t in triggers_of(self.mentions))
        return FINDING if incident_type == "exhumation" and without_agent and beside else incident_type

    def place(self, cluster: EventCluster) -> Toponym | None:
        """The cluster's own place, made finer or supplied by the report around it.

        A division stays for many sites of it. A name of its own that no gazetteer has stays unresolved, or at the place
        that contains it.
        """
        known, chosen = self.rule_based_place(cluster)
        many = has_many_sites(with_triggers(cluster)[0])
        if known is not None and (known.place is None or known.reason is not None or (is_wide(known) and many)):
            return known
        return incident_place(self.context, cluster.mentions, known, chosen)

    def rule_based_place(self, cluster: EventCluster) -> tuple[Toponym | None, Toponym | None]:
        """What the cluster's own sentences say, and the choice of the rules: that, or what is around it in the report.

        The choice is the known place, one inside it or in its stead by the paragraphs, then that of the report's news.
        """
        known = place = cluster.place or cluster.implied
        sentence = cluster.mentions[0].sentence
        if known is not None or cluster is self.lead or self.lead.place is None:
            place = surrounding_place(self.context, sentence, known)
        return known, place or self.lead.place or nearest_place(self.context, sentence)

    def date(self, cluster: EventCluster) -> DateSpan | None:
        """The cluster's own date, or one from around it; the news of a report without any has the default date.

        It has none where its first full sentence gives a time that is not an interval of days.
        """
        syntax = self.context.language.syntax
        own = [m for m in with_triggers(cluster) if not syntax.is_headline(m.sentence)]
        if cluster.date is None and any(m.is_undatable for m in own[:1]):
            return None
        sentences = [m.sentence for m in cluster.mentions]
        others = [m.sentence for m in self.mentions if m not in cluster.mentions]
        is_lead = cluster is self.lead
        date = cluster.date or surrounding_date(self.context, sentences, others, is_lead)
        with_lead = any(m.sentence == cluster.mentions[0].sentence for m in self.lead.mentions)
        own_place, lead_place = cluster.place, self.lead.place
        at_lead = own_place is not None and lead_place is not None and own_place.place == lead_place.place
        return date or (default_date(self.context.ref) if is_lead or with_lead or at_lead else None)

    def agent(self, cluster: EventCluster, place: Toponym | None) -> tuple[Agent | None, tuple[Accusation, ...]]:
        """Who did it, and who accuses whom; nobody where each side accuses the other."""
        mentions = with_triggers(cluster)
        if cluster.family == "mass_grave":
            return killers(self.context, [m.sentence for m in cluster.mentions]), ()
        accusations = tuple(dict.fromkeys(_accusations(mentions)))
        if len({a.accused for a in accusations}) > 1:
            return None, accusations
        agents = [m.agent for m in mentions if m.agent is not None]
        if agents:
            return min(agents, key=lambda a: (a.actor.unknown, a.actor.generic)), accusations
        same_place = cluster is self.lead or cluster.place is None or agree(cluster.place, self.lead.place)
        return (self._agent_of_report(place) if same_place else None), accusations

    def _agent_of_report(self, place: Toponym | None) -> Agent | None:
        """Who did it by the report as a whole: the one named actor of its acts, or the one whom it says was accused."""
        agents = [self.at_home(m.agent, place) for m in self.mentions if m.agent is not None]
        named = [a for a in agents if not a.actor.generic]
        if named:
            return named[0] if len({a.actor.name for a in named}) == 1 else None
        return accused_actor(self.context)

    def at_home(self, agent: Agent, place: Toponym | None) -> Agent:
        """The agent with a state's people as those of the country of the place."""
        country = place.place.country if place is not None and place.place else None
        return Agent(agent.span, self.context.finder.at_home(self.context.document, agent.actor, country))

    def doubts(self, cluster: EventCluster, agent: Agent | None) -> tuple[str, ...]:
        """What is doubtful: the `act`, the `place` that pictures are said to show, or that the `actor` did it."""
        alleged = [m for m in cluster.mentions if m.attribution.assertion == "alleged"]
        inferred = agent is not None and cluster.family != "mass_grave" and not any(m.agent for m in cluster.mentions)
        suspected = agent is not None and self.context.language.attribution.doubts_agent(agent.span.text)
        doubtful = {
            "act": any(m.trigger is not None for m in alleged),
            "place": any(m.trigger is None for m in alleged),
            "actor": inferred or suspected,
        }
        return tuple(name for name, is_doubtful in doubtful.items() if is_doubtful)


def with_triggers(cluster: EventCluster) -> list[EventMention]:
    """The mentions that are acts, not sentences on pictures; never empty."""
    return [m for m in cluster.mentions if m.trigger is not None]


def triggers_of(mentions: Iterable[EventMention]) -> list[Trigger]:
    """The triggers of mentions, in order."""
    return [m.trigger for m in mentions if m.trigger is not None]


def evidence(cluster: EventCluster, place: Toponym | None) -> EventMention:
    """The mention whose sentence shows most: the place that was chosen, then the actor and the date."""

    def shows(mention: EventMention) -> tuple[float, int]:
        placed = place is not None and mention.place is not None and mention.place.span == place.span
        named = mention.agent is not None and not mention.agent.actor.generic
        value = _SHOWS_PLACE * placed + _SHOWS_ACTOR * named + _SHOWS_DATE * (mention.date is not None)
        return value, -mention.sentence.start

    return max(cluster.mentions, key=shows)


def assertion(cluster: EventCluster, shown: EventMention) -> str:
    """How the report asserts the incident; `shown` is the mention that is the evidence."""
    assertions = [m.attribution.assertion for m in cluster.mentions]
    if all(a == "denied" for a in assertions):
        return "denied"
    # Sources and doubts are usually given at the first mention; what repeats it leaves them out.
    sourced = (m for m in with_triggers(cluster) if m.attribution.attributed_to)
    attributed = next((m.attribution.assertion for m in sourced), None)
    first = [m.attribution.assertion for m in cluster.mentions[:_FIRST_MENTIONS] if not m.attribution.attributed_to]
    firm = attributed == "stated" and bool(shown.attribution.attributed_to)
    own = "stated" if firm else shown.attribution.assertion
    return "alleged" if "alleged" in (own, attributed, *first) else "stated"


def _accusations(mentions: Sequence[EventMention]) -> Iterable[Accusation]:
    for mention in mentions:
        attribution, agent = mention.attribution, mention.agent
        if agent is not None and not agent.actor.generic and attribution.assertion == "alleged":
            yield Accusation(next(iter(attribution.attributed_to), None), agent.actor.name)


def _most_frequent(values: Sequence[str]) -> str:
    """The most frequent value, the first of equals."""
    times = Counter(values)
    return max(values, key=lambda v: (times[v], -values.index(v)))
