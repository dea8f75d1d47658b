"""Claims: what a report says of each incident, with the words behind it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from geo.actors import Actor
from geo.extraction.arguments.actor import UNNAMED
from geo.extraction.arguments.quantity import counts
from geo.extraction.confidence import confidence
from geo.extraction.coreference import Group, are_many, are_many_sites, gather, weight
from geo.extraction.document import Document
from geo.extraction.event_mentions import Telling, TellingReader
from geo.extraction.languages.en.time_expressions import by_default
from geo.geocoding.containment import agree, is_wide
from geo.model import Accusation, Claim, DateSpan, Span, Toponym

_LIVING_MEMORY = timedelta(days=80 * 365)


def make_claims(document: Document, reader: TellingReader, tellings: Sequence[Telling]) -> tuple[Claim, ...]:
    """The claims of a report, the primary one first; what is older than living memory only where it is the news."""
    groups = gather(tellings, reader)
    if not groups:
        return ()
    lead = max(groups, key=lambda g: (weight(document, g), -groups.index(g)))
    maker = _Maker(document, reader, tellings, lead)
    made = [maker.claim(group) for group in sorted(groups, key=lambda g: (g is not lead, groups.index(g)))]
    return tuple(c for c in made if c.primary or not _is_history(c.when, reader.ref))


class _Maker:
    """Makes the claims of one report."""

    def __init__(self, document: Document, reader: TellingReader, tellings: Sequence[Telling], lead: Group) -> None:
        self._document, self._reader, self._tellings, self._lead = document, reader, tellings, lead

    def claim(self, group: Group) -> Claim:
        """What the report says of one incident."""
        document, deeds = self._document, [t for t in group.tellings if t.deed is not None]
        where = self._where(group, deeds)
        told = _evidence(group, where)
        lead = next((t for t in deeds if t.sentence == told.sentence), deeds[0])
        assert lead.deed is not None  # noqa: S101 - deeds hold a deed each
        target = lead.deed.target
        incident_type = self._incident_type(deeds)
        when = self._when(group)
        doer, accusations = self._doer(group, deeds, where)
        actor = self._reader.at_home(doer[1], where) if doer else UNNAMED
        spans = {
            "act": document.span(lead.deed.token.idx, lead.deed.token.idx + len(lead.deed.token)),
            "target": document.span(target.start, target.end),
        }
        spans |= {"actor": doer[0]} if doer else {}
        spans |= {"place": where.span} if where else {}
        spans |= {"date": when.span} if when and when.span else {}
        made = Claim(
            id=_identity(
                document.report.id,
                incident_type,
                (lead.deed.token.idx, target.start, where.span.start if where else -1),
            ),
            report_id=document.report.id,
            incident_type=incident_type,
            primary=group is self._lead,
            target=target.site.name if target.site else _targets(document, deeds, lead),
            target_type=target.target_type,
            actor=doer[0].text if doer else None,
            actor_name=UNNAMED.name if actor.unknown else actor.name,
            actor_category=actor.category,
            assertion=_assertion(group, told),
            attributed_to=tuple(dict.fromkeys(s for t in group.tellings for s in t.stance.attributed_to)),
            when=when,
            where=where,
            counts=counts(t.sentence.text for t in group.tellings),
            evidence=document.span(told.sentence.start_char, told.sentence.end_char),
            spans=spans,
            doubts=_doubts(group, deeds, doer[0] if doer else None),
            accusations=accusations,
            done=self._reader.killed(group.tellings) if group.family == "mass_grave" else None,
        )
        return confidence(made, group)

    def _incident_type(self, deeds: Sequence[Telling]) -> str:
        """The commonest type; bodies taken up beside a mass grave by nobody who is blamed are one more found."""
        incident_type = _commonest([t.deed.incident_type for t in deeds if t.deed])
        beside = any(t.deed is not None and t.deed.incident_type == "mass_grave_found" for t in self._tellings)
        if incident_type == "exhumation" and beside and all(t.doer is None and are_many(t) for t in deeds):
            return "mass_grave_found"
        return incident_type

    def _where(self, group: Group, deeds: Sequence[Telling]) -> Toponym | None:
        """The group's own place, made finer or filled in from around it; many sites of a region stay the region's.

        A name of its own that no gazetteer has stays open.
        """
        where, around = group.where or group.implied, self._reader.around
        if where is not None and (where.place is None or (is_wide(where) and are_many_sites(deeds[0]))):
            return where
        sentences = [t.sentence for t in group.tellings]
        if where is not None or group is self._lead or self._lead.where is None:
            where = around.place(sentences, where)
        return where or self._lead.where or around.nearest(sentences)

    def _when(self, group: Group) -> DateSpan | None:
        """The group's own date, or one told around it; the news of a report without any is of the week before."""
        sentences = [t.sentence for t in group.tellings]
        others = [t.sentence for t in self._tellings if t not in group.tellings]
        news = group is self._lead
        when = group.when or self._reader.around.dated(sentences, others, news, self._reader.dates)
        told_with_news = any(t.sentence == group.tellings[0].sentence for t in self._lead.tellings)
        there = group.where is not None and self._lead.where is not None and group.where.place == self._lead.where.place
        return when or (by_default(self._reader.ref) if news or told_with_news or there else None)

    def _doer(
        self, group: Group, deeds: Sequence[Telling], where: Toponym | None
    ) -> tuple[tuple[Span, Actor] | None, tuple[Accusation, ...]]:
        """Who did it; nobody where each side accuses the other, whose accusations are given then."""
        if group.family == "mass_grave":
            return self._reader.killers([t.sentence for t in group.tellings]), ()
        accusations = tuple(
            dict.fromkeys(
                Accusation(t.stance.attributed_to[0] if t.stance.attributed_to else None, t.doer[1].name)
                for t in deeds
                if t.doer is not None and not t.doer[1].generic and t.stance.assertion == "alleged"
            )
        )
        if len({a.accused for a in accusations}) > 1:
            return None, accusations
        told = [t.doer for t in deeds if t.doer is not None]
        if told:
            return min(told, key=lambda d: (d[1].unknown, d[1].generic)), accusations
        ours = group is self._lead or group.where is None or agree(group.where, self._lead.where)
        return (self._culprit(where) if ours else None), accusations

    def _culprit(self, where: Toponym | None) -> tuple[Span, Actor] | None:
        """Who did it by the report as a whole: the one named actor of its deeds, or the one it says was accused."""
        told = [t.doer for t in self._tellings if t.doer is not None]
        told = [(span, self._reader.at_home(actor, where)) for span, actor in told]
        named = [(span, actor) for span, actor in told if not actor.generic]
        if named:
            return named[0] if len({d[1].name for d in named}) == 1 else None
        return self._reader.accused()


def _evidence(group: Group, where: Toponym | None) -> Telling:
    """The telling whose sentence shows most: the place that was chosen, then the doer and the date."""

    def shows(telling: Telling) -> tuple[float, int]:
        placed = where is not None and telling.where is not None and telling.where.span == where.span
        named = telling.doer is not None and not telling.doer[1].generic
        return 2.0 * placed + named + 0.5 * (telling.when is not None), -telling.sentence.start

    return max(group.tellings, key=shows)


def _targets(document: Document, deeds: Sequence[Telling], lead: Telling) -> str:
    """What the deeds of one sentence were done to, in its words: "graves and dozens of corpses"."""
    own = [t.deed.target for t in deeds if t.deed is not None and t.sentence == lead.sentence]
    named = list(dict.fromkeys(document.span(t.start, t.end).text for t in own))
    kept = [n for n in named if not any(n != m and n.lower() in m.lower() for m in named)][:3]
    return " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)


def _assertion(group: Group, told: Telling) -> str:
    stances = [t.stance.assertion for t in group.tellings]
    if all(s == "denied" for s in stances):
        return "denied"
    # On whose word the news rests, and how sure it is, is told first; what says so again leaves it out.
    attributed = next((t.stance.assertion for t in group.tellings if t.deed and t.stance.attributed_to), None)
    first = [t.stance.assertion for t in group.tellings[:2] if not t.stance.attributed_to]
    often = stances.count("alleged") * 2 > len(stances)
    own = told.stance.assertion if attributed != "stated" or not told.stance.attributed_to else "stated"
    doubted = "alleged" in (own, attributed, *first) or often
    return "alleged" if doubted else "stated"


def _doubts(group: Group, deeds: Sequence[Telling], doer: Span | None) -> tuple[str, ...]:
    """What of it is doubted: the act, the place that pictures are said to show, the doer or that it was the doer."""
    found = []
    if any(t.deed is not None and t.stance.assertion == "alleged" for t in group.tellings):
        found.append("act")
    if any(t.deed is None and t.stance.assertion == "alleged" for t in group.tellings):
        found.append("place")
    inferred = doer is not None and group.family != "mass_grave" and not any(t.doer for t in deeds)
    if inferred or (
        doer and any(word in doer.text.lower() for word in ("believed", "suspected", "alleged", "purported"))
    ):
        found.append("actor")
    return tuple(found)


def _is_history(when: DateSpan | None, published: date | None) -> bool:
    return when is not None and published is not None and when.end < published - _LIVING_MEMORY


def _commonest(types: Sequence[str]) -> str:
    ranked = Counter(types).most_common()
    return next(t for t in types if Counter(types)[t] == ranked[0][1])


def _identity(report_id: str, incident_type: str, offsets: tuple[int, int, int]) -> str:
    """An id that stays while the report reads the same: by where its act, its target and its place stand."""
    text = "\0".join((report_id, incident_type, *map(str, offsets)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
