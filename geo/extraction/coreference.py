"""Coreference: the event mentions of a report, clustered so that each cluster is one incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.arguments.surrounding_place import surrounding_place
from geo.extraction.document import Document
from geo.extraction.event_mentions import EventMention
from geo.extraction.targets import SMALL
from geo.geocoding.containment import agree, coarseness, contains, could_be_division, is_wide
from geo.model import FAMILIES, DateSpan, Toponym

# Set by hand on the development reports of 2026: days by which two dates of one event may differ, the length of a
# summary of years, and the age from which a date behind the lead is not that of the news.
_SAME_DAYS = timedelta(days=3)
_SUMMARY = timedelta(days=400)
_NEWS = timedelta(days=120)
_WEEK = 3  # UCDP GED's `date_prec` of a week
_NEXT_CHARS = 3  # between two sentences that follow each other: at most a full stop, a quotation mark and a space
_BUILDINGS = frozenset(("mosque", "church", "synagogue", "temple"))  # which reports do not confuse with each other
# How much each value that two mentions share supports that they are one event; set by hand on the same reports.
_SHARED_PLACE, _SHARED_DATE, _SHARED_SITE, _NEXT_SENTENCE = 2.0, 1.0, 2.0, 1.0


@dataclass
class EventCluster:
    """Mentions of one incident while a report is read.

    `implied` is where the report as a whole puts it while no mention does; `is_news`: first mentioned in the lead.
    """

    family: str
    mentions: list[EventMention] = field(default_factory=list)
    place: Toponym | None = None
    date: DateSpan | None = None
    implied: Toponym | None = None
    is_news: bool = False

    def add(self, mention: EventMention) -> None:
        """Add a mention; the finer place and the more exact date stand for the cluster."""
        self.mentions.append(mention)
        if mention.place is not None and (self.place is None or _is_finer(mention.place, self.place)):
            self.place = mention.place
        if mention.date is not None and (self.date is None or _is_narrower(mention.date, self.date)):
            self.date = mention.date

    def fits(self, mention: EventMention) -> bool:
        """Whether nothing that a mention says contradicts its being this incident."""
        family, trigger = _family(mention), mention.trigger
        if family is not None and family != self.family and not (self.family == "mass_grave" and family == "grave"):
            return self._is_of_same_graves(mention)
        if self.family == "mass_grave" and family == "grave" and trigger and trigger.act.act_class != "dig":
            return False
        if _has_other_agent(self.mentions, mention) and not self._shares(mention):
            return False
        return self._agrees(mention)

    def _agrees(self, mention: EventMention) -> bool:
        """Whether target, place and date can be the same."""
        return (
            not self._is_other_target(mention)
            and agree(self.place or self.implied, mention.place)
            and _same_time(self.date, mention.date)
        )

    def _is_other_target(self, mention: EventMention) -> bool:
        """Whether its target has another name or is one of many, or it sums up years while this is recent news."""
        site, own = _site(mention), next((s for m in self.mentions if (s := _site(m))), None)
        if site and own and site != own:
            return True
        name, names = _name(mention), [n for m in self.mentions if _comparable(m, mention) and (n := _name(m))]
        if name and names and not any(name & n for n in names):
            return True
        kinds, kind = {_kind(m) for m in self.mentions} & _BUILDINGS, _kind(mention)
        if kinds and kind in _BUILDINGS and kind not in kinds:
            return True
        if self._is_summary() and mention.place is not None and not is_wide(mention.place):
            return True
        one_of_many = bool(name) and _is_one(mention) and all(has_many_targets(m) for m in self.mentions)
        long = mention.date is not None and mention.date.end - mention.date.start > _SUMMARY
        return one_of_many or (long and self.date is None)

    def _is_summary(self) -> bool:
        """Whether it sums up what was done to many sites of a country."""
        return self.place is not None and is_wide(self.place) and all(has_many_sites(m) for m in self.mentions)

    def _is_of_same_graves(self, mention: EventMention) -> bool:
        """Whether the same graves were robbed and damaged at once."""
        small = all(_kind(m) in SMALL for m in (*self.mentions, mention))
        return self.family != "mass_grave" and small and self._agrees(mention)

    def _shares(self, mention: EventMention) -> bool:
        """Whether the mention has the cluster's place, date or name."""
        if mention.place is not None and self.place is not None and mention.place.place == self.place.place:
            return True
        if mention.place is None and mention.date is None and mention.attribution.assertion == "alleged":
            return _kind(mention) in {
                _kind(m) for m in self.mentions
            }  # two sides accuse each other of the act on one target
        dated = mention.date is not None and self.date is not None and max(mention.date.prec, self.date.prec) <= _WEEK
        return dated or any(_name(mention) & _name(m) for m in self.mentions)


def cluster_mentions(mentions: Sequence[EventMention], context: ArgumentContext) -> list[EventCluster]:
    """The mentions as clusters, one for each incident, in order of first mention."""
    clusters: list[EventCluster] = []
    for mention in mentions:
        old = _is_old(mention, context)
        fitting = [c for c in clusters if c.fits(mention) and not (old and c.is_news and c.date is None)]
        if fitting:
            max(fitting, key=lambda c: _closeness(c, mention, clusters)).add(mention)
        elif mention.trigger is not None:
            implied = surrounding_place(context, mention.sentence, None) if mention.place is None else None
            in_lead = context.document.in_lead(mention.sentence.start_char)
            cluster = EventCluster(_family(mention) or "other", implied=implied, is_news=in_lead)
            cluster.add(mention)
            clusters.append(cluster)
    return clusters


def _is_old(mention: EventMention, context: ArgumentContext) -> bool:
    """Whether a mention behind the lead is dated long before the report, so that it is not the undated news."""
    if mention.date is None or context.ref is None or context.document.in_lead(mention.sentence.start_char):
        return False
    return context.ref - mention.date.end > _NEWS


def weight(document: Document, cluster: EventCluster) -> tuple[int, int]:
    """How much of a report a cluster is: its mentions in the first paragraphs, then all."""
    in_lead = sum(document.in_lead(m.sentence.start_char) for m in cluster.mentions if m.trigger)
    return in_lead, len(cluster.mentions)


def has_many_targets(mention: EventMention) -> bool:
    """Whether the target is a plural."""
    return mention.trigger is None or mention.trigger.target.is_plural


def has_many_sites(mention: EventMention) -> bool:
    """Whether the targets are of a kind that lies in many places ("290 monuments")."""
    return has_many_targets(mention) and _kind(mention) not in SMALL


def _closeness(cluster: EventCluster, mention: EventMention, clusters: Sequence[EventCluster]) -> tuple[float, int]:
    """How close a mention is to a cluster by what they share; of equals the first cluster."""
    shared = 0.0
    if mention.place is not None and cluster.place is not None:
        shared += _SHARED_PLACE
    if mention.date is not None and cluster.date is not None:
        shared += _SHARED_DATE
    if _site(mention) and any(_site(m) == _site(mention) for m in cluster.mentions):
        shared += _SHARED_SITE
    gap = mention.sentence.start_char - cluster.mentions[-1].sentence.end_char
    if mention.place is None and gap < _NEXT_CHARS:
        shared += _NEXT_SENTENCE
    return shared, -clusters.index(cluster)


def _family(mention: EventMention) -> str | None:
    return FAMILIES[mention.trigger.incident_type] if mention.trigger else None


def _site(mention: EventMention) -> str | None:
    site = mention.trigger.target.site if mention.trigger else None
    return site.matches[0].entry.place.source_id if site else None


def _is_one(mention: EventMention) -> bool:
    return mention.trigger is not None and mention.trigger.target.is_singular


def _has_other_agent(mentions: Sequence[EventMention], mention: EventMention) -> bool:
    """Whether a mention names another agent than all these do."""
    if mention.agent is None or mention.agent.actor.generic:
        return False
    named = {m.agent.actor.name for m in mentions if m.agent is not None and not m.agent.actor.generic}
    return bool(named) and mention.agent.actor.name not in named


def _kind(mention: EventMention) -> str | None:
    return mention.trigger.target.target_type if mention.trigger else None


def _comparable(a: EventMention, b: EventMention) -> bool:
    """Whether names tell their targets apart: a cemetery's name is not that of a man whose grave is in it."""
    kinds = {_kind(a), _kind(b)}
    return len(kinds) == 1 or not kinds & set(SMALL)


def _name(mention: EventMention) -> frozenset[str]:
    """The target's own name; empty where it has none."""
    return mention.trigger.target.name if mention.trigger else frozenset()


def _same_time(a: DateSpan | None, b: DateSpan | None) -> bool:
    return a is None or b is None or max(a.start - b.end, b.start - a.end) <= _SAME_DAYS


def _is_narrower(a: DateSpan, b: DateSpan) -> bool:
    """Whether an interval is more exact than another: by its precision, then by how few days it has."""
    return (a.prec, a.end - a.start) < (b.prec, b.end - b.start)


def _is_finer(a: Toponym, b: Toponym) -> bool:
    """Whether a place is more exact than another.

    Of two of one kind it is the one with a distance where the other is only near a name, and the one that lies in
    the division which the other's name could mean as well.
    """
    if coarseness(a) < coarseness(b):
        # A town that the gazetteer puts outside the division that the text names does not stand for it.
        return b.place is None or b.place.feature != "ADM1" or contains(b, a.place)
    if could_be_division(b) and not could_be_division(a) and contains(b, a.place):
        return True
    return a.relation is not None and a.relation.distance_km is not None and not (b.relation and b.relation.distance_km)
