"""Claims grouped into events, and the id of a new incident.

Claims are compared only within blocks: one country, month and family of incident types, or copies of one text.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from geo.linking.compare import DATE_SLACK, LEAST_SCORE, compare
from geo.model import FAMILIES, Claim, DateSpan, Link
from geo.reports.near_duplicates import Sets

_MOST_MONTHS = 36  # a claim with a longer interval of dates is compared by its first three years; set by hand


@dataclass(frozen=True, slots=True)
class Constraints:
    """Pairs of claim ids that reviewers put into one incident or into two; they take precedence over every score."""

    must_link: tuple[tuple[str, ...], ...] = ()
    cannot_link: tuple[tuple[str, ...], ...] = ()


NO_CONSTRAINTS = Constraints()


def link(
    claims: Sequence[Claim], groups: Mapping[str, str], constraints: Constraints = NO_CONSTRAINTS
) -> list[tuple[Link, ...]]:
    """Claims grouped by event, each with the best reason for its place there; the order of `claims` does not matter.

    `groups` maps report ids to the group of their text's near-duplicates, as `near_duplicates.copies` returns it.
    """
    ordered = sorted(claims, key=lambda c: c.id)
    sets = _ConstrainedSets([c.id for c in ordered], constraints.cannot_link)
    best: dict[str, tuple[float, str]] = {}
    for a_id, b_id in constraints.must_link:
        if sets.join(a_id, b_id):
            best |= dict.fromkeys((a_id, b_id), (1.0, "merged by a reviewer"))
    for score, a_id, b_id, reason in sorted(_scored(ordered, groups), key=lambda s: (-s[0], s[1], s[2])):
        if sets.join(a_id, b_id):
            for identity in (a_id, b_id):
                best[identity] = max(best.get(identity, (0.0, "")), (score, reason))
    clusters: dict[str, list[Link]] = defaultdict(list)
    for claim in ordered:
        score, reason = best.get(claim.id, (1.0, "the only report of it"))
        clusters[sets.root(claim.id)].append(Link(claim.id, round(score, 3), reason))
    return [tuple(links) for _, links in sorted(clusters.items())]


def _scored(claims: Sequence[Claim], groups: Mapping[str, str]) -> Iterator[tuple[float, str, str, str]]:
    for a, b in _pairs(claims, groups):
        score, reason = compare(a, b, groups[a.report_id] == groups[b.report_id])
        if score >= LEAST_SCORE and a.report_id != b.report_id:
            yield score, a.id, b.id, reason


class _ConstrainedSets:
    """Sets of claims that never contain both claims of a pair that must not be linked."""

    def __init__(self, ids: Sequence[str], cannot_link: Sequence[tuple[str, ...]]) -> None:
        self._sets = Sets(ids)
        self._members = {i: {i} for i in ids}
        self._barred: dict[str, set[str]] = defaultdict(set)
        for a, b in cannot_link:
            self._barred[a].add(b)
            self._barred[b].add(a)

    def root(self, i: str) -> str:
        return self._sets.root(i)

    def join(self, a: str, b: str) -> bool:
        """Unite two sets unless a constraint forbids it; whether both claims are in one set afterwards."""
        if a not in self._members or b not in self._members:
            return False  # a claim that a later reading of its report did not return
        left, right = self._members[self.root(a)], self._members[self.root(b)]
        if any(self._barred[i] & right for i in left if i in self._barred):
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
    pairs = {(a.id, b.id): (a, b) for block in blocks.values() for a, b in combinations(block, 2)}
    return [pairs[key] for key in sorted(pairs)]


def _months(when: DateSpan) -> list[tuple[int, int]]:
    slack = DATE_SLACK.days
    first = date.fromordinal(max(date.min.toordinal(), when.start.toordinal() - slack))
    last = date.fromordinal(min(date.max.toordinal(), when.end.toordinal() + slack))
    months = [(y, m) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    return [m for m in months if (first.year, first.month) <= m <= (last.year, last.month)][:_MOST_MONTHS]


def signature(claim: Claim) -> str:
    """What an incident's id is derived from: family of types, place, and month where the text states a date.

    Claims about one event usually share it, so that the id does not depend on which report was read first.
    """
    place = claim.where.place if claim.where else None
    where = "" if place is None else place.source_id or f"{place.lat:.1f},{place.lon:.1f}"
    when = claim.when.start.isoformat()[:7] if claim.when and claim.when.basis == "stated" else ""
    return f"{FAMILIES[claim.incident_type]}|{where}|{when}"


def new_incident_id(claims: Sequence[Claim], used: set[str]) -> str:
    """An id for a new incident that is not in `used`; the same for the same claims in any order."""
    first = min(claims, key=lambda c: (signature(c), c.id))
    seeds = (signature(first), *(f"{signature(first)}|{first.id}{'|' * n}" for n in range(len(used) + 1)))
    identities = (hashlib.sha256(seed.encode()).hexdigest()[:12] for seed in seeds)
    return next(identity for identity in identities if identity not in used)
