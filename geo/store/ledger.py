"""What reviewers decide about incidents: an append-only ledger. No row is changed or deleted; undoing adds a row.

The `revision` of a row must be the next one of its incident: of two people who decide on the same state of an incident
the second gets a ConflictError, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, func, insert, select
from sqlalchemy.exc import IntegrityError

from geo.errors import ConflictError, DecisionError
from geo.store import schema
from geo.store.engine import reading, writing


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: who decided what about which incident, when and why; `was` and `now` hold what it changed."""

    number: int
    incident_id: str
    revision: int
    kind: str
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    who: str
    why: str
    at: datetime
    undoes: int | None = None


class Ledger:
    """The ledger of one store. Merging, splitting and undoing are in `geo.linking.decisions`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def decisions(self) -> list[Decision]:
        """Every decision, in the order in which they were made."""
        with reading(self._engine) as db:
            return all_decisions(db)

    def decide(
        self, incident_id: str, revision: int, kind: str, was: Mapping[str, Any], now: Mapping[str, Any],
        *, who: str, why: str,
    ) -> Decision:  # fmt: skip
        """Record a decision on an incident seen at `revision`. Raises ConflictError where it has changed since."""
        with writing(self._engine) as db:
            return append(db, incident_id, revision, kind, was, now, who=who, why=why)


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody undid, in order."""
    every = list(decisions)
    undone = {d.undoes for d in every}
    return [d for d in every if d.number not in undone and d.kind != "undo"]


def all_decisions(db: Connection) -> list[Decision]:
    """Every decision, in the order in which they were made."""
    rows = db.execute(select(schema.decision).order_by(schema.decision.c.number)).mappings()
    return [_decision(row) for row in rows]


def next_number(db: Connection) -> int:
    """The number that the next decision will have."""
    return (db.scalar(select(func.max(schema.decision.c.number))) or 0) + 1


def append(
    db: Connection, incident_id: str, revision: int, kind: str, was: Mapping[str, Any], now: Mapping[str, Any],
    *, who: str, why: str, undoes: int | None = None,
) -> Decision:  # fmt: skip
    """Add a decision to the ledger. Raises DecisionError without a name, ConflictError as `check_revision` does."""
    if not _without_nul(who).strip():
        raise DecisionError(kind, "say who decides: enter a name")
    check_revision(db, incident_id, revision)
    row: dict[str, Any] = {
        "incident_id": incident_id,
        "revision": revision + 1,
        "kind": kind,
        "was": dict(was),
        "now": dict(now),
        "who": _without_nul(who).strip(),
        "why": _without_nul(why).strip(),
        "at": datetime.now(UTC),
        "undoes": undoes,
    }
    try:
        with db.begin_nested():  # PostgreSQL refuses every later statement of a transaction after a failed one
            key = db.execute(insert(schema.decision).values(**row)).inserted_primary_key
    except IntegrityError as error:
        raise _conflict(db, incident_id) from error
    assert key is not None  # noqa: S101 - the database numbers the rows
    return Decision(number=key[0], **row)


def check_revision(db: Connection, incident_id: str, revision: int) -> None:
    """Raises DecisionError where the incident does not exist, ConflictError where it has changed since `revision`."""
    incident = db.execute(select(schema.incident).where(schema.incident.c.id == incident_id)).one_or_none()
    if incident is None:
        raise DecisionError("incident", f"incident {incident_id} does not exist; reload the list of incidents")
    if incident.retired_into is not None or revision != _revision(db, incident_id):
        raise _conflict(db, incident.retired_into or incident_id)


def _without_nul(text: str) -> str:
    """The text without U+0000: PostgreSQL refuses it, and nobody types it."""
    return text.replace("\0", "")


def _decision(row: RowMapping) -> Decision:
    return Decision(**{name: row[name] for name in Decision.__dataclass_fields__})


def _revision(db: Connection, incident_id: str) -> int:
    d = schema.decision.c
    return db.scalar(select(func.max(d.revision)).where(d.incident_id == incident_id)) or 0


def _conflict(db: Connection, incident_id: str) -> ConflictError:
    last = select(schema.decision).where(schema.decision.c.incident_id == incident_id)
    row = db.execute(last.order_by(schema.decision.c.revision.desc()).limit(1)).mappings().one_or_none()
    return ConflictError(incident_id, row["who"] if row else "", row["kind"] if row else "merge")
