"""What people decide about incidents: an append-only ledger. Nothing in it is changed or taken out, undoing adds a row.

Of two who decide on the same state of an incident the second is told (ConflictError), and nothing is lost: a row's
`revision` must be the next of its incident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from geo.errors import ConflictError, DecisionError
from geo.linking.cluster import Bonds
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
    """The ledger of one store. `relink` brings the incidents up to date with what people joined or parted."""

    def __init__(self, engine: Engine, relink: Callable[[Connection], None]) -> None:
        self._engine, self._relink = engine, relink

    def decisions(self) -> list[Decision]:
        """Every decision, in the order taken."""
        with reading(self._engine) as db:
            return taken(db)

    def decide(
        self, incident_id: str, revision: int, kind: str, was: Mapping[str, Any], now: Mapping[str, Any],
        *, who: str, why: str,
    ) -> Decision:  # fmt: skip
        """Write a decision on an incident seen at `revision`. Raises ConflictError where it has changed since."""
        with writing(self._engine) as db:
            return _add(db, incident_id, revision, kind, was, now, who, why)

    def merge(self, one: tuple[str, int], another: tuple[str, int], *, who: str, why: str) -> str:
        """Make one incident of two, each given with the revision seen; the id that stands for both, the lesser."""
        kept, other = sorted((one, another))
        with writing(self._engine) as db:
            members = {i: _members(db, i) for i, _ in (kept, other)}
            if not all(members.values()) or kept[0] == other[0]:
                raise DecisionError("merge", f"{kept[0]} and {other[0]} are not two incidents of reports")
            _check(db, *other)
            _add(db, *kept, "merge", {"members": members}, {"with": other[0]}, who, why)
            self._relink(db)
            return _owner(db, members[kept[0]][0])

    def split(self, incident_id: str, revision: int, claims: Sequence[str], *, who: str, why: str) -> str:
        """Make an incident of their own of some of an incident's claims; the new one's id."""
        with writing(self._engine) as db:
            held = _members(db, incident_id)
            if not set(claims) < set(held) or not claims:
                raise DecisionError("split", "give some of the incident's sources, and not all of them")
            new = f"{incident_id[:8]}-{_next_number(db)}"
            db.execute(insert(schema.incident).values(id=new, status="unreviewed", created=datetime.now(UTC)))
            now = {"claims": sorted(claims), "into": new}
            _add(db, incident_id, revision, "split", {"members": {incident_id: held}}, now, who, why)
            _move(db, claims, new)
            self._relink(db)
            return new

    def undo(self, number: int, revision: int, *, who: str, why: str) -> Decision:
        """Take a decision back: a row that says so. Incidents that it joined or parted are as they were before."""
        with writing(self._engine) as db:
            done = {d.number: d for d in taken(db)}
            decision = done.get(number)
            if decision is None or number in {d.undoes for d in done.values()} or decision.kind == "undo":
                raise DecisionError("undo", f"decision {number} is not there, or undone already")
            made = _add(db, decision.incident_id, revision, "undo", decision.now, decision.was, who, why, number)
            for incident_id, claims in decision.was.get("members", {}).items():
                back = update(schema.incident).where(schema.incident.c.id == incident_id)
                db.execute(back.values(retired_into=None))
                _move(db, claims, incident_id)
            self._relink(db)
            return made


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that nobody took back, in order."""
    every = list(decisions)
    undone = {d.undoes for d in every}
    return [d for d in every if d.number not in undone and d.kind != "undo"]


def bonds(db: Connection) -> Bonds:
    """Which claims people joined and parted; the later decision stands."""
    together: set[frozenset[str]] = set()
    apart: set[frozenset[str]] = set()
    for decision in in_force(taken(db)):
        if decision.kind == "merge":
            joined = [c for claims in decision.was["members"].values() for c in claims]
            together |= {frozenset((joined[0], c)) for c in joined[1:]}
            apart = {pair for pair in apart if not pair <= set(joined)}
        if decision.kind == "split":
            out = set(decision.now["claims"])
            rest = {c for claims in decision.was["members"].values() for c in claims} - out
            apart |= {frozenset((a, b)) for a in out for b in rest}
            together = {pair for pair in together if not (pair & out and pair & rest)}
    return Bonds(tuple(sorted(tuple(sorted(p)) for p in together)), tuple(sorted(tuple(sorted(p)) for p in apart)))


def taken(db: Connection) -> list[Decision]:
    """Every decision, in the order taken."""
    rows = db.execute(select(schema.decision).order_by(schema.decision.c.number)).mappings()
    return [_decision(row) for row in rows]


def _decision(row: RowMapping) -> Decision:
    return Decision(**{name: row[name] for name in Decision.__dataclass_fields__})


def _add(
    db: Connection, incident_id: str, revision: int, kind: str, was: Mapping[str, Any], now: Mapping[str, Any],
    who: str, why: str, undoes: int | None = None,
) -> Decision:  # fmt: skip
    if not who.strip():
        raise DecisionError(kind, "say who decides: a name")
    _check(db, incident_id, revision)
    row: dict[str, Any] = {
        "incident_id": incident_id,
        "revision": revision + 1,
        "kind": kind,
        "was": dict(was),
        "now": dict(now),
        "who": who.strip(),
        "why": why.strip(),
        "at": datetime.now(UTC),
        "undoes": undoes,
    }
    try:
        number = db.execute(insert(schema.decision).values(**row)).inserted_primary_key
    except IntegrityError as error:
        raise _conflict(db, incident_id) from error
    assert number is not None  # noqa: S101 - the table counts for itself
    return Decision(number=number[0], **row)


def _check(db: Connection, incident_id: str, revision: int) -> None:
    """Raises where the incident is unknown, or was changed since it was seen."""
    incident = db.execute(select(schema.incident).where(schema.incident.c.id == incident_id)).one_or_none()
    if incident is None:
        raise DecisionError("incident", f"there is no incident {incident_id}")
    if incident.retired_into is not None or revision != _revision(db, incident_id):
        raise _conflict(db, incident.retired_into or incident_id)


def _revision(db: Connection, incident_id: str) -> int:
    held = select(func.max(schema.decision.c.revision)).where(schema.decision.c.incident_id == incident_id)
    return db.scalar(held) or 0


def _conflict(db: Connection, incident_id: str) -> ConflictError:
    last = select(schema.decision).where(schema.decision.c.incident_id == incident_id)
    row = db.execute(last.order_by(schema.decision.c.revision.desc()).limit(1)).mappings().one_or_none()
    return ConflictError(incident_id, row["who"] if row else "", row["kind"] if row else "merge")


def _members(db: Connection, incident_id: str) -> list[str]:
    m = schema.membership.c
    return list(db.scalars(select(m.claim_id).where(m.incident_id == incident_id).order_by(m.claim_id)))


def _owner(db: Connection, claim_id: str) -> str:
    m = schema.membership.c
    return str(db.scalar(select(m.incident_id).where(m.claim_id == claim_id)))


def _move(db: Connection, claims: Iterable[str], incident_id: str) -> None:
    m = schema.membership
    db.execute(update(m).where(m.c.claim_id.in_(list(claims))).values(incident_id=incident_id))


def _next_number(db: Connection) -> int:
    return (db.scalar(select(func.max(schema.decision.c.number))) or 0) + 1
