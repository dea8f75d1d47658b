"""Claims of one event joined, whether in copies of one text or told in other words.

Not all are compared with all: claims meet in blocks of one country, month and family of incidents.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from geopy.distance import great_circle

from geo.model import FAMILIES, UNKNOWN_ACTOR, Claim, DateSpan, Link, Toponym
from geo.reports.near_duplicates import Sets

_SLACK_KM = 5.0
_SMALL_DIVISION_KM = 50.0
_SLACK = timedelta(days=2)
JOINED = 0.7  # the least score at which two claims are held to be of one event

# What each agreement is worth; they add up to 1.
_PLACE, _DATE, _ACTOR, _TARGET = 0.4, 0.3, 0.15, 0.15


@dataclass(frozen=True, slots=True)
class Bonds:
    """Pairs of claims that people joined and that they parted; what is here goes before every score."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()


NO_BONDS = Bonds()


def link(claims: Sequence[Claim], groups: Mapping[str, str], bonds: Bonds = NO_BONDS) -> list[tuple[Link, ...]]:
    """Claims as incidents, each claim with its best reason for being there; the order of claims does not matter.

    `groups` maps report ids to their text's group, as `copies` gives it.
    """
    ordered = sorted(claims, key=lambda c: c.id)
    sets = _Parted([c.id for c in ordered], bonds.apart)
    best: dict[str, tuple[float, str]] = {}
    for a_id, b_id in bonds.together:
        if sets.join(a_id, b_id):
            best |= dict.fromkeys((a_id, b_id), (1.0, "joined by hand"))
    for score, a_id, b_id, reason in sorted(_scored(ordered, groups), key=lambda s: (-s[0], s[1], s[2])):
        if sets.join(a_id, b_id):
            for identity in (a_id, b_id):
                best[identity] = max(best.get(identity, (0.0, "")), (score, reason))
    clusters: dict[str, list[Link]] = defaultdict(list)
    for told in ordered:
        score, reason = best.get(told.id, (1.0, "the only report of it"))
        clusters[sets.root(told.id)].append(Link(told.id, round(score, 3), reason))
    return [tuple(links) for _, links in sorted(clusters.items())]


def _scored(claims: Sequence[Claim], groups: Mapping[str, str]) -> Iterator[tuple[float, str, str, str]]:
    for a, b in _pairs(claims, groups):
        score, reason = compare(a, b, groups[a.report_id] == groups[b.report_id])
        if score >= JOINED and a.report_id != b.report_id:
            yield score, a.id, b.id, reason


class _Parted:
    """Sets of claims that never take in two which people parted."""

    def __init__(self, ids: Sequence[str], apart: Sequence[tuple[str, ...]]) -> None:
        self._sets = Sets(ids)
        self._members = {i: {i} for i in ids}
        self._foes: dict[str, set[str]] = defaultdict(set)
        for a, b in apart:
            self._foes[a].add(b)
            self._foes[b].add(a)

    def root(self, i: str) -> str:
        return self._sets.root(i)

    def join(self, a: str, b: str) -> bool:
        """Make one set of two, unless they must stay apart; whether they are one now."""
        if a not in self._members or b not in self._members:
            return False  # a claim that its report no longer makes
        left, right = self._members[self.root(a)], self._members[self.root(b)]
        if any(self._foes[i] & right for i in left if i in self._foes):
            return False
        self._sets.join(a, b)
        self._members[self.root(a)] = left | right
        return True


def _pairs(claims: Sequence[Claim], groups: Mapping[str, str]) -> list[tuple[Claim, Claim]]:
    blocks: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        family = FAMILIES[claim.incident_type]
        blocks["copy", groups[claim.report_id], family].append(claim)
        place = claim.where.place if claim.where else None
        if place is not None and claim.when is not None:
            for month in _months(claim.when):
                blocks["event", place.country, family, month].append(claim)
    found = {(a.id, b.id): (a, b) for block in blocks.values() for a, b in combinations(block, 2)}
    return [found[key] for key in sorted(found)]


def _months(when: DateSpan) -> list[tuple[int, int]]:
    first, last = when.start - _SLACK, when.end + _SLACK
    months = [(y, m) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    return [m for m in months if (first.year, first.month) <= m <= (last.year, last.month)][:36]


def compare(a: Claim, b: Claim, copied: bool) -> tuple[float, str]:
    """How surely two claims are of one event, 0 to 1, and why. Never on place alone: dates must meet too."""
    if FAMILIES[a.incident_type] != FAMILIES[b.incident_type] or _contradict(a, b):
        return 0.0, "another kind of deed or another actor"
    place, near = _places_agree(a.where, b.where)
    if copied:
        same = place and (a.primary == b.primary or _same_date(a.when, b.when))
        return (1.0, "copies of one text") if same else (0.0, "copies of one text, on other events")
    if not place or not _same_date(a.when, b.when):
        return 0.0, "other places or dates"
    actor = UNKNOWN_ACTOR in (a.actor_name, b.actor_name) or a.actor_name == b.actor_name
    target = a.target_type == b.target_type or FAMILIES[a.incident_type] == "mass_grave"
    score = _PLACE * near + _DATE + _ACTOR * actor + _TARGET * target
    reasons = [
        "same place and time",
        *(["same actor"] if actor else []),
        *(["same kind of target"] if target else []),
    ]
    return round(score, 3), ", ".join(reasons)


def _contradict(a: Claim, b: Claim) -> bool:
    named = UNKNOWN_ACTOR not in (a.actor_name, b.actor_name)
    return named and a.actor_name != b.actor_name and a.actor_category != b.actor_category


def _same_date(a: DateSpan | None, b: DateSpan | None) -> bool:
    return a is not None and b is not None and a.start <= b.end + _SLACK and b.start <= a.end + _SLACK


def _places_agree(a: Toponym | None, b: Toponym | None) -> tuple[bool, float]:
    """Whether two places may be one, and how far that speaks for one event (1: both exact)."""
    if a is None or b is None or a.place is None or b.place is None:
        return False, 0.0
    coarse = max(a.where_prec or 1, b.where_prec or 1)
    if coarse >= 6:
        return a.place.country == b.place.country, 0.25
    km = great_circle((a.place.lat, a.place.lon), (b.place.lat, b.place.lon)).km
    if coarse >= 4:
        if a.place.admin1_code and a.place.admin1_code == b.place.admin1_code:
            return True, 0.6
        # Gazetteers put some towns into the wrong one of two small neighbours.
        return km <= min(_SMALL_DIVISION_KM, max(a.uncertainty_km or 0, b.uncertainty_km or 0)), 0.4
    return km <= (a.uncertainty_km or 0) + (b.uncertainty_km or 0) + _SLACK_KM, 1.0


def signature(claim: Claim) -> str:
    """What an incident's id is made from: kind of deed, place, and the date where the text states one.

    Tellings of one event share it as a rule, so that the id does not hang on which report was read first.
    """
    place = claim.where.place if claim.where else None
    where = "" if place is None else place.source_id or f"{place.lat:.1f},{place.lon:.1f}"
    when = claim.when.start.isoformat()[:7] if claim.when and claim.when.basis == "stated" else ""
    return f"{FAMILIES[claim.incident_type]}|{where}|{when}"


def mint(claims: Sequence[Claim], taken: set[str]) -> str:
    """An id for a new incident, the same for the same claims in any order, and none of those taken."""
    first = min(claims, key=lambda c: (signature(c), c.id))
    for seed in (signature(first), f"{signature(first)}|{first.id}"):
        identity = hashlib.sha256(seed.encode()).hexdigest()[:12]
        if identity not in taken:
            return identity
    raise AssertionError(f"claim {first.id} stands in two incidents")
