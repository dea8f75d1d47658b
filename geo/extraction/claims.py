"""Tellings of one thing gathered into one claim."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from geo.extraction.actors import UNNAMED, Actor
from geo.extraction.dates import by_default
from geo.extraction.document import Document
from geo.extraction.places import agree, coarseness, could_be_division, holds
from geo.extraction.tellings import Telling, TellingReader, counts
from geo.families import FAMILIES
from geo.model import Claim, DateSpan, Span, Toponym

_LIVING_MEMORY = timedelta(days=80 * 365)
_SAME_DAYS = timedelta(days=3)
_LEAD_PARAGRAPHS = 3
_WEEK = 3  # `date_prec` of a week


@dataclass
class _Group:
    """Tellings held to be of one incident while a report is read."""

    family: str
    tellings: list[Telling] = field(default_factory=list)
    where: Toponym | None = None
    when: DateSpan | None = None
    implied: Toponym | None = None  # where the report as a whole puts it, while no telling does

    def add(self, telling: Telling) -> None:
        self.tellings.append(telling)
        if (
            telling.where is not None and (self.where is None or coarseness(telling.where) < coarseness(self.where))
        ) or (telling.where is not None and self.where is not None and _is_finer(telling.where, self.where)):
            self.where = telling.where
        if telling.when is not None and (self.when is None or telling.when.prec < self.when.prec):
            self.when = telling.when

    def fits(self, telling: Telling) -> bool:
        """Whether nothing the telling says speaks against its being this incident."""
        family = _family(telling)
        if family is not None and family != self.family and not (self.family == "mass_grave" and family == "grave"):
            return self._of_graves(telling)
        if self.family == "mass_grave" and family == "grave" and telling.deed and telling.deed.act.act_class != "dig":
            return False
        site, own = _site(telling), next((s for t in self.tellings if (s := _site(t))), None)
        if site and own and site != own:
            return False
        name, names = _name(telling), [n for t in self.tellings if (n := _name(t))]
        if name and names and not any(name & n for n in names):
            return False
        if name and _is_one(telling) and all(_are_many(t) for t in self.tellings):
            return False  # one of "a dozen shrines" told by its name
        if _rival(self.tellings, telling) and not self._met(telling):
            return False
        return agree(self.where or self.implied, telling.where) and _same_time(self.when, telling.when)

    def _of_graves(self, telling: Telling) -> bool:
        """Whether the same sentence tells of graves robbed and harmed at once."""
        last = self.tellings[-1]
        both = [t.deed.target.target_type for t in (last, telling) if t.deed is not None]
        return last.sentence == telling.sentence and all(kind in ("grave", "cemetery") for kind in both)

    def _met(self, telling: Telling) -> bool:
        """Whether the telling shares the group's place, date or name, told by both."""
        if telling.where is not None and self.where is not None and telling.where.place == self.where.place:
            return True
        dated = telling.when is not None and self.when is not None and max(telling.when.prec, self.when.prec) <= _WEEK
        return dated or any(_name(telling) & _name(t) for t in self.tellings)


def gather(tellings: Sequence[Telling], reader: TellingReader) -> list[_Group]:
    """Tellings as groups, one an incident, in order of first telling."""
    groups: list[_Group] = []
    for telling in tellings:
        fitting = [g for g in groups if g.fits(telling)]
        if fitting:
            max(fitting, key=lambda g: _closeness(g, telling, groups)).add(telling)
        elif telling.deed is not None:
            implied = reader.around.place([telling.sentence], None) if telling.where is None else None
            group = _Group(_family(telling) or "other", implied=implied)
            group.add(telling)
            groups.append(group)
    return groups


def make_claims(document: Document, reader: TellingReader, tellings: Sequence[Telling]) -> tuple[Claim, ...]:
    """The claims of a report, the primary one first."""
    groups = gather(tellings, reader)
    if not groups:
        return ()
    lead = max(groups, key=lambda g: (_weight(document, g), -groups.index(g)))
    made = [
        _claim(document, reader, group, lead, tellings)
        for group in sorted(groups, key=lambda g: (g is not lead, groups.index(g)))
    ]
    return tuple(c for c in made if c.primary or not _is_history(c.when, reader.ref))


def _claim(
    document: Document, reader: TellingReader, group: _Group, lead_group: _Group, all_tellings: Sequence[Telling]
) -> Claim:
    primary = group is lead_group
    others = [t.sentence for t in all_tellings if t not in group.tellings]
    deeds = [t for t in group.tellings if t.deed is not None]
    incident_type = _commonest([t.deed.incident_type for t in deeds if t.deed])
    if incident_type == "exhumation" and _is_recovery(deeds, all_tellings):
        incident_type = "mass_grave_found"
    sentences = [t.sentence for t in group.tellings]
    where = group.where or group.implied
    if where is None or where.place is not None:  # a name of its own that is not known stays open
        if where is not None or primary or lead_group.where is None:
            where = reader.around.place(sentences, where)
        where = where or lead_group.where or reader.around.nearest(sentences)
    told = _evidence(group, where)
    lead = next((t for t in deeds if t.sentence == told.sentence), deeds[0])
    assert lead.deed is not None  # noqa: S101 - deeds hold a deed each
    target = lead.deed.target
    doer = _doer(deeds) if group.family != "mass_grave" else reader.killers([t.sentence for t in group.tellings])
    if doer is None and group.family != "mass_grave" and not any(t.doer for t in deeds):
        doer = _culprit(reader, all_tellings) if primary or group.where is None else None
    actor = reader.at_home(doer[1], where) if doer else UNNAMED
    evidence = document.span(told.sentence.start_char, told.sentence.end_char)
    when = group.when or reader.around.dated(sentences, others, primary, reader.dates)
    when = when or (by_default(reader.ref) if primary else None)
    spans = {"act": document.span(lead.deed.token.idx, lead.deed.token.idx + len(lead.deed.token))}
    spans["target"] = document.span(target.start, target.end)
    spans |= {"actor": doer[0]} if doer else {}
    spans |= {"place": where.span} if where else {}
    spans |= {"date": when.span} if when and when.span else {}
    return Claim(
        id=_identity(document.report.id, incident_type, (lead.deed.token.idx, target.start)),
        report_id=document.report.id,
        incident_type=incident_type,
        primary=primary,
        target=target.site.name if target.site else _targets(document, deeds, lead),
        target_type=target.target_type,
        actor=doer[0].text if doer else None,
        actor_name=UNNAMED.name if actor.unknown else actor.name,
        actor_category=actor.category,
        assertion=_assertion(group, told),
        attributed_to=tuple(dict.fromkeys(s for t in group.tellings for s in t.stance.attributed_to)),
        when=when,
        where=where,
        counts=counts([t.sentence for t in group.tellings]),
        evidence=evidence,
        spans=spans,
        doubts=_doubts(group, doer[0] if doer else None),
    )


def _evidence(group: _Group, where: Toponym | None) -> Telling:
    """The telling whose sentence shows most: the place that was chosen, then the doer and the date."""

    def shows(telling: Telling) -> tuple[float, int]:
        placed = where is not None and telling.where is not None and telling.where.span == where.span
        named = telling.doer is not None and not telling.doer[1].generic
        return 2.0 * placed + named + 0.5 * (telling.when is not None), -telling.sentence.start

    return max(group.tellings, key=shows)


def _doer(deeds: Sequence[Telling]) -> tuple[Span, Actor] | None:
    """The doer told first, a named one before a kind of people, these before somebody unknown."""
    told = [t.doer for t in deeds if t.doer is not None]
    blamed = {t.doer[1].name for t in deeds if t.doer and not t.doer[1].generic and t.stance.assertion == "alleged"}
    if len(blamed) > 1:
        return None  # each side accuses the other
    return min(told, key=lambda d: (d[1].unknown, d[1].generic), default=None)


def _is_recovery(deeds: Sequence[Telling], tellings: Sequence[Telling]) -> bool:
    """Whether bodies were taken up from one more burial site by nobody who is blamed: told beside a mass grave."""
    beside = any(t.deed is not None and t.deed.incident_type == "mass_grave_found" for t in tellings)
    return beside and all(
        t.doer is None and t.deed is not None and t.deed.target.head.tag_ in ("NNS", "NNPS") for t in deeds
    )


def _culprit(reader: TellingReader, tellings: Sequence[Telling]) -> tuple[Span, Actor] | None:
    """Who did it by the report as a whole: the one named actor of its deeds, or the one that it says was accused."""
    named = [t.doer for t in tellings if t.doer is not None and not t.doer[1].generic]
    if named:
        return named[0] if len({d[1].name for d in named}) == 1 else None
    return reader.accused()


def _targets(document: Document, deeds: Sequence[Telling], lead: Telling) -> str:
    """What the deeds of one sentence were done to, in its words: "graves and dozens of corpses"."""
    own = [t.deed.target for t in deeds if t.deed is not None and t.sentence == lead.sentence]
    named = list(dict.fromkeys(document.span(t.start, t.end).text for t in own))
    kept = [n for n in named if not any(n != m and n.lower() in m.lower() for m in named)][:3]
    return " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)


def _assertion(group: _Group, told: Telling) -> str:
    stances = [t.stance.assertion for t in group.tellings]
    if all(s == "denied" for s in stances):
        return "denied"
    # On whose word the news rests, and how sure it is, is told first; what says so again leaves it out.
    attributed = next((t.stance.assertion for t in group.tellings if t.deed and t.stance.attributed_to), "stated")
    first = [t.stance.assertion for t in group.tellings[:2] if not t.stance.attributed_to]
    often = stances.count("alleged") * 2 > len(stances)
    doubted = "alleged" in (told.stance.assertion, attributed, *first) or often
    return "alleged" if doubted else "stated"


def _doubts(group: _Group, doer: Span | None) -> tuple[str, ...]:
    """What of it is doubted: the act, the place that pictures are said to show, the doer."""
    found = []
    if any(t.deed is not None and t.stance.assertion == "alleged" for t in group.tellings):
        found.append("act")
    if any(t.deed is None and t.stance.assertion == "alleged" for t in group.tellings):
        found.append("place")
    if doer and any(word in doer.text.lower() for word in ("believed", "suspected", "alleged", "purported")):
        found.append("actor")
    return tuple(found)


def _closeness(group: _Group, telling: Telling, groups: Sequence[_Group]) -> tuple[float, int]:
    """How near a telling stands to a group: by what they share, then the lead, then the latest."""
    shared = 0.0
    if telling.where is not None and group.where is not None:
        shared += 2.0
    if telling.when is not None and group.when is not None:
        shared += 1.0
    if _site(telling) and any(_site(t) == _site(telling) for t in group.tellings):
        shared += 2.0
    if telling.where is None and telling.sentence.start_char - group.tellings[-1].sentence.end_char < 3:
        shared += 1.0
    return shared, -groups.index(group)


def _family(telling: Telling) -> str | None:
    return FAMILIES[telling.deed.incident_type] if telling.deed else None


def _site(telling: Telling) -> str | None:
    site = telling.deed.target.site if telling.deed else None
    return site.matches[0].entry.place.source_id if site else None


def _is_one(telling: Telling) -> bool:
    return telling.deed is not None and telling.deed.target.head.tag_ in ("NN", "NNP")


def _are_many(telling: Telling) -> bool:
    return telling.deed is None or telling.deed.target.head.tag_ in ("NNS", "NNPS")


def _rival(tellings: Sequence[Telling], telling: Telling) -> bool:
    """Whether a telling names another doer than all these do."""
    if telling.doer is None or telling.doer[1].generic:
        return False
    named = {t.doer[1].name for t in tellings if t.doer is not None and not t.doer[1].generic}
    return bool(named) and telling.doer[1].name not in named


def _name(telling: Telling) -> frozenset[str]:
    """The name of what the deed was done to, where it has one of its own."""
    return telling.deed.target.name if telling.deed else frozenset()


def _same_time(a: DateSpan | None, b: DateSpan | None) -> bool:
    return a is None or b is None or (a.start <= b.end + _SAME_DAYS and b.start <= a.end + _SAME_DAYS)


def _is_finer(a: Toponym, b: Toponym) -> bool:
    """Whether a place is more exact than another of its kind.

    It is where it has a distance and the other only a name that it is near, and where the other's name could be
    meant for the division that both lie in.
    """
    if could_be_division(b) and not could_be_division(a) and holds(b, a.place):
        return True
    return a.relation is not None and a.relation.distance_km is not None and not (b.relation and b.relation.distance_km)


def _weight(document: Document, group: _Group) -> tuple[int, int]:
    led = sum((document.paragraph_of(t.sentence.start_char) or 0) < _LEAD_PARAGRAPHS for t in group.tellings if t.deed)
    return led, len(group.tellings)


def _is_history(when: DateSpan | None, published: date | None) -> bool:
    return when is not None and published is not None and when.end < published - _LIVING_MEMORY


def _commonest(types: Sequence[str]) -> str:
    ranked = Counter(types).most_common()
    return next(t for t in types if Counter(types)[t] == ranked[0][1])


def _identity(report_id: str, incident_type: str, offsets: tuple[int, int]) -> str:
    """An id that stays while the report reads the same: by where its act and its target stand."""
    text = f"{report_id}\0{incident_type}\0{offsets[0]}\0{offsets[1]}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
