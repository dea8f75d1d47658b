"""Which incident each claim belongs to, kept up to date with the claims and with what reviewers merged and split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from geo.linking.cluster import Constraints, link, new_incident_id
from geo.model import Claim
from geo.reports.near_duplicates import copies
from geo.store import Decision, Store, memberships
from geo.store.ledger import all_decisions, in_force
from geo.store.memberships import Membership

if TYPE_CHECKING:
    from sqlalchemy import Connection


def open_store(url: str) -> Store:
    """The store at a URL with every claim in an incident. Raises StoreError where it cannot be opened.

    Claims without an incident are linked before anything is read: an older version could be killed between saving
    reports and linking them.
    """
    store = Store(url)
    if store.has_unlinked_claims():
        with store.transaction() as db:
            relink(db)
    return store


def relink(db: Connection) -> None:
    """Bring the incidents up to date within a transaction; writes nothing where they are."""
    groups = copies(memberships.text_sketches(db))
    memberships.write_text_groups(db, groups)
    claims = {claim.id: claim for claim in memberships.all_claims(db)}
    stored = memberships.memberships(db)
    used = memberships.incident_ids(db)
    assigned: set[str] = set()
    for links in link(list(claims.values()), groups, constraints_from(all_decisions(db))):
        identity = _incident_of(db, [claims[x.claim_id] for x in links], stored, used, assigned)
        assigned.add(identity)
        for x in links:
            membership = Membership(identity, x)
            if stored.get(x.claim_id) != membership:
                memberships.write_membership(db, membership)


def constraints_from(decisions: Iterable[Decision]) -> Constraints:
    """Which claims reviewers merged and split; of two decisions about one pair the later one counts."""
    must: set[frozenset[str]] = set()
    cannot: set[frozenset[str]] = set()
    for decision in in_force(decisions):
        claims = {c for ids in decision.was.get("members", {}).values() for c in ids}
        if decision.kind == "merge":
            first, *others = (c for ids in decision.was["members"].values() for c in ids)
            must |= {frozenset((first, c)) for c in others}
            cannot = {pair for pair in cannot if not pair <= claims}
        if decision.kind == "split":
            taken_out = set(decision.now["claims"])
            rest = claims - taken_out
            cannot |= {frozenset((a, b)) for a in taken_out for b in rest}
            must = {pair for pair in must if not (pair & taken_out and pair & rest)}
    return Constraints(_pairs(must), _pairs(cannot))


def _pairs(pairs: set[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(tuple(sorted(pair)) for pair in pairs))


def _incident_of(
    db: Connection,
    claims: Sequence[Claim],
    stored: Mapping[str, Membership],
    used: set[str],
    assigned: set[str],
) -> str:
    """The incident of a group of claims: the least id that any of them belongs to, or a new one.

    The other incidents that they belonged to are merged into it. An id in `assigned` is not considered: it was given
    to another group already, because a claim that was read again now describes another event.
    """
    before = sorted({stored[c.id].incident_id for c in claims if c.id in stored} - assigned)
    if not before:
        identity = new_incident_id(claims, used)
        used.add(identity)
        memberships.add_incident(db, identity)
        return identity
    if len(before) > 1:
        memberships.retire_incidents(db, before[1:], before[0])
    return before[0]
