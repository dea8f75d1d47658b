"""Decisions of reviewers that change which claims belong together: merge, split and undo.

Each is recorded in the ledger and the incidents are linked again in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import DecisionError
from geo.linking.service import relink
from geo.store import Decision, Store, ledger, memberships


def merge(store: Store, one: tuple[str, int], another: tuple[str, int], *, who: str, why: str) -> str:
    """Merge two incidents, each given as id and the revision seen; returns the id that stands for both, the lesser.

    Raises DecisionError where they are not two incidents of reports, ConflictError where one has changed.
    """
    kept, other = sorted((one, another))
    with store.transaction() as db:
        claims = {incident_id: memberships.members(db, incident_id) for incident_id, _ in (kept, other)}
        if not all(claims.values()) or kept[0] == other[0]:
            raise DecisionError("merge", f"{kept[0]} and {other[0]} are not two incidents that reports describe")
        ledger.check_revision(db, *other)
        ledger.append(db, *kept, "merge", {"members": claims}, {"with": other[0]}, who=who, why=why)
        relink(db)
        return memberships.memberships(db)[claims[kept[0]][0]].incident_id


def split(store: Store, incident_id: str, revision: int, claims: Sequence[str], *, who: str, why: str) -> str:
    """Move some of an incident's claims into a new incident; returns the new id.

    Raises DecisionError where the claims are none or all of the incident's, ConflictError where it has changed.
    """
    with store.transaction() as db:
        before = memberships.members(db, incident_id)
        if not set(claims) < set(before) or not claims:
            raise DecisionError("split", "give some of the incident's sources, but not all of them")
        new = f"{incident_id[:8]}-{ledger.next_number(db)}"
        memberships.add_incident(db, new)
        after = {"claims": sorted(claims), "into": new}
        ledger.append(db, incident_id, revision, "split", {"members": {incident_id: before}}, after, who=who, why=why)
        memberships.move_claims(db, claims, new)
        relink(db)
        return new


def undo(store: Store, number: int, revision: int, *, who: str, why: str) -> Decision:
    """Undo a decision by adding one that says so. Incidents that it merged or split are as they were before.

    Raises DecisionError where that decision is not in force, ConflictError where the incident has changed.
    """
    with store.transaction() as db:
        decision = next((d for d in ledger.in_force(ledger.all_decisions(db)) if d.number == number), None)
        if decision is None:
            raise DecisionError("undo", f"decision {number} does not exist or was undone already")
        undone = ledger.append(
            db, decision.incident_id, revision, "undo", decision.now, decision.was, who=who, why=why, undoes=number
        )
        for incident_id, claims in decision.was.get("members", {}).items():
            memberships.retire_incidents(db, [incident_id], None)
            memberships.move_claims(db, claims, incident_id)
        relink(db)
        return undone
