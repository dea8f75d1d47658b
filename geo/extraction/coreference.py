"""Tellings gathered into groups, one for each incident that a report tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from geo.extraction.document import Document
from geo.extraction.event_mentions import Telling, TellingReader
from geo.extraction.targets import SMALL
from geo.geocoding.containment import agree, coarseness, could_be_division, holds, is_wide
from geo.model import FAMILIES, DateSpan, Toponym

_SAME_DAYS = timedelta(days=3)
_LONG = timedelta(days=400)
_NEWS = timedelta(days=120)
_BUILDINGS = frozenset(("mosque", "church", "synagogue", "temple"))  # nobody takes one for the other
_FURTHER = frozenset(("second", "third", "another"))
_WEEK = 3  # `date_prec` of a week


@dataclass
class Group:
    """Tellings held to be of one incident while a report is read."""

    family: str
    tellings: list[Telling] = field(default_factory=list)
    where: Toponym | None = None
    when: DateSpan | None = None
    implied: Toponym | None = None  # where the report as a whole puts it, while no telling does
    news: bool = False  # first told in the report's lead

    def add(self, telling: Telling) -> None:
        """Take a telling in; the finer place and the more exact date stand for the group."""
        self.tellings.append(telling)
        if telling.where is not None and (self.where is None or _is_finer(telling.where, self.where)):
            self.where = telling.where
        if telling.when is not None and (self.when is None or _is_narrower(telling.when, self.when)):
            self.when = telling.when

    def fits(self, telling: Telling) -> bool:
        """Whether nothing the telling says speaks against its being this incident."""
        family = _family(telling)
        if family is not None and family != self.family and not (self.family == "mass_grave" and family == "grave"):
            return self._of_graves(telling)
        if self.family == "mass_grave" and family == "grave" and telling.deed and telling.deed.act.act_class != "dig":
            return False
        if _rival(self.tellings, telling) and (self._told_apart(telling) or not self._met(telling)):
            return False
        return self._agrees(telling)

    def _agrees(self, telling: Telling) -> bool:
        """Whether target, place and date can be one."""
        return (
            not self._of_another(telling)
            and agree(self.where or self.implied, telling.where)
            and _same_time(self.when, telling.when)
        )

    def _of_another(self, telling: Telling) -> bool:
        """Whether its target is another by name, or one of many, or it sums up years while this is news."""
        site, own = _site(telling), next((s for t in self.tellings if (s := _site(t))), None)
        if site and own and site != own:
            return True
        name, names = _name(telling), [n for t in self.tellings if _comparable(t, telling) and (n := _name(t))]
        if name and names and not any(name & n for n in names):
            return True
        kinds, kind = {_kind(t) for t in self.tellings} & _BUILDINGS, _kind(telling)
        if _is_further(telling) or (kinds and kind in _BUILDINGS and kind not in kinds):
            return True
        if self._is_summary() and telling.where is not None and not is_wide(telling.where):
            return True
        one_of_many = bool(name) and _is_one(telling) and all(are_many(t) for t in self.tellings)
        long = telling.when is not None and telling.when.end - telling.when.start > _LONG
        return one_of_many or (long and self.when is None)

    def _is_summary(self) -> bool:
        """Whether it sums up what was done to many sites of a country."""
        return self.where is not None and is_wide(self.where) and all(are_many_sites(t) for t in self.tellings)

    def _of_graves(self, telling: Telling) -> bool:
        """Whether it tells of the same graves, robbed and harmed at once."""
        small = all(_kind(t) in SMALL for t in (*self.tellings, telling))
        return self.family != "mass_grave" and small and self._agrees(telling)

    def _told_apart(self, telling: Telling) -> bool:
        """Whether one sentence sets it against these: other doers, other targets."""
        return any(t.sentence == telling.sentence and _target_at(t) != _target_at(telling) for t in self.tellings)

    def _met(self, telling: Telling) -> bool:
        """Whether the telling shares the group's place, date or name, told by both."""
        if telling.where is not None and self.where is not None and telling.where.place == self.where.place:
            return True
        if telling.where is None and telling.when is None and telling.stance.assertion == "alleged":
            return _kind(telling) in {_kind(t) for t in self.tellings}  # the other side's word on the same thing
        dated = telling.when is not None and self.when is not None and max(telling.when.prec, self.when.prec) <= _WEEK
        return dated or any(_name(telling) & _name(t) for t in self.tellings)


def gather(tellings: Sequence[Telling], reader: TellingReader) -> list[Group]:
    """Tellings as groups, one an incident, in order of first telling."""
    groups: list[Group] = []
    for telling in tellings:
        past = _is_past(telling, reader)
        fitting = [g for g in groups if g.fits(telling) and not (past and g.news and g.when is None)]
        if fitting:
            max(fitting, key=lambda g: _closeness(g, telling, groups)).add(telling)
        elif telling.deed is not None:
            implied = reader.around.place([telling.sentence], None) if telling.where is None else None
            group = Group(_family(telling) or "other", implied=implied, news=reader.is_lead(telling.sentence))
            group.add(telling)
            groups.append(group)
    return groups


def _is_past(telling: Telling, reader: TellingReader) -> bool:
    """Whether a telling behind the lead is dated long before the report, so that it is not of the undated news."""
    if telling.when is None or reader.ref is None or reader.is_lead(telling.sentence):
        return False
    return reader.ref - telling.when.end > _NEWS


def weight(document: Document, group: Group) -> tuple[int, int]:
    """How much of a report a group is: tellings in the first paragraphs, then all."""
    led = sum(document.in_lead(t.sentence.start_char) for t in group.tellings if t.deed)
    return led, len(group.tellings)


def are_many(telling: Telling) -> bool:
    """Whether the target is told in the plural."""
    return telling.deed is None or telling.deed.target.is_plural


def are_many_sites(telling: Telling) -> bool:
    """Whether the targets are of a kind that lies in many places ("290 monuments")."""
    return are_many(telling) and _kind(telling) not in SMALL


def _closeness(group: Group, telling: Telling, groups: Sequence[Group]) -> tuple[float, int]:
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


def _is_further(telling: Telling) -> bool:
    """Whether the target is told as one more than those before: "a second synagogue"."""
    return telling.deed is not None and any(c.lower_ in _FURTHER for c in telling.deed.target.head.children)


def _rival(tellings: Sequence[Telling], telling: Telling) -> bool:
    """Whether a telling names another doer than all these do."""
    if telling.doer is None or telling.doer[1].generic:
        return False
    named = {t.doer[1].name for t in tellings if t.doer is not None and not t.doer[1].generic}
    return bool(named) and telling.doer[1].name not in named


def _kind(telling: Telling) -> str | None:
    return telling.deed.target.target_type if telling.deed else None


def _target_at(telling: Telling) -> int | None:
    return telling.deed.target.start if telling.deed else None


def _comparable(a: Telling, b: Telling) -> bool:
    """Whether their targets' names tell them apart: a cemetery's is not that of a man whose grave is in it."""
    kinds = {_kind(a), _kind(b)}
    return len(kinds) == 1 or not kinds & set(SMALL)


def _name(telling: Telling) -> frozenset[str]:
    """The name of what the deed was done to, where it has one of its own."""
    return telling.deed.target.name if telling.deed else frozenset()


def _same_time(a: DateSpan | None, b: DateSpan | None) -> bool:
    return a is None or b is None or max(a.start - b.end, b.start - a.end) <= _SAME_DAYS


def _is_narrower(a: DateSpan, b: DateSpan) -> bool:
    """Whether an interval is more exact than another: by its precision, then by how few days it has."""
    return (a.prec, a.end - a.start) < (b.prec, b.end - b.start)


def _is_finer(a: Toponym, b: Toponym) -> bool:
    """Whether a place is more exact than another.

    Of two of a kind it is where it has a distance and the other only a name that it is near, and where the other's
    name could be meant for the division that both lie in.
    """
    if coarseness(a) < coarseness(b):
        # A town that the gazetteer puts outside the division told does not stand for it.
        return b.place is None or b.place.feature != "ADM1" or holds(b, a.place)
    if could_be_division(b) and not could_be_division(a) and holds(b, a.place):
        return True
    return a.relation is not None and a.relation.distance_km is not None and not (b.relation and b.relation.distance_km)
