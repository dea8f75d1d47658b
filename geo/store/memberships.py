"""Reading and writing claims, incidents and which claim belongs to which incident, within an open transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import Connection, delete, exists, insert, select, update

from geo.model import Claim, Link
from geo.serialization import claim_from
from geo.store import schema


@dataclass(frozen=True, slots=True)
class Membership:
    """The incident that a claim belongs to, and why."""

    incident_id: str
    link: Link


def all_claims(db: Connection) -> list[Claim]:
    """Every claim, in order of id."""
    query = select(schema.claim.c.report_id, schema.claim.c.detail)
    claims = (claim_from(row.detail, row.report_id) for row in db.execute(query))
    return sorted(claims, key=lambda c: c.id)  # not by the database, whose order of texts depends on its locale


def has_unlinked_claims(db: Connection) -> bool:
    """Whether some claim belongs to no incident, as in a store of an older version whose ingest was killed."""
    member = schema.membership.c.claim_id == schema.claim.c.id
    return bool(db.scalar(select(exists().where(~exists().where(member)).select_from(schema.claim))))


def text_sketches(db: Connection) -> dict[str, frozenset[int]]:
    """The sketch of every report's text, by the report's id."""
    r = schema.report.c
    return {row.id: unpack_sketch(row.sketch) for row in db.execute(select(r.id, r.sketch))}


def pack_sketch(sketch: frozenset[int]) -> bytes:
    """A text's sketch as the store keeps it: sorted 64-bit integers, little-endian."""
    return np.array(sorted(sketch), dtype="<u8").tobytes()


def unpack_sketch(packed: bytes) -> frozenset[int]:
    """The sketch that `pack_sketch` packed."""
    return frozenset(np.frombuffer(packed, dtype="<u8").tolist())


def write_text_groups(db: Connection, groups: Mapping[str, str]) -> None:
    """Store the group of near-duplicates of each report; only what changed is written."""
    r = schema.report.c
    for row in db.execute(select(r.id, r.text_group)).all():
        if row.text_group != groups[row.id]:
            db.execute(update(schema.report).where(r.id == row.id).values(text_group=groups[row.id]))


def memberships(db: Connection) -> dict[str, Membership]:
    """The incident of each claim, by the claim's id and in that order."""
    rows = sorted(db.execute(select(schema.membership)), key=lambda row: row.claim_id)
    return {r.claim_id: Membership(r.incident_id, Link(r.claim_id, r.score, r.reason)) for r in rows}


def members(db: Connection, incident_id: str) -> list[str]:
    """The ids of an incident's claims, in order."""
    m = schema.membership.c
    return sorted(db.scalars(select(m.claim_id).where(m.incident_id == incident_id)))


def write_membership(db: Connection, membership: Membership) -> None:
    """Put a claim into an incident, in place of the one that it belonged to."""
    link = membership.link
    db.execute(delete(schema.membership).where(schema.membership.c.claim_id == link.claim_id))
    values = {"incident_id": membership.incident_id, "score": link.score, "reason": link.reason}
    db.execute(insert(schema.membership).values(claim_id=link.claim_id, **values))


def move_claims(db: Connection, claims: Iterable[str], incident_id: str) -> None:
    """Put claims into another incident; the reasons stay as they are until they are linked anew."""
    m = schema.membership
    db.execute(update(m).where(m.c.claim_id.in_(list(claims))).values(incident_id=incident_id))


def incident_ids(db: Connection) -> set[str]:
    """The ids of all incidents, including those merged into others."""
    return set(db.scalars(select(schema.incident.c.id)))


def add_incident(db: Connection, incident_id: str) -> None:
    """Add an incident without claims."""
    values = {"id": incident_id, "status": "unreviewed", "created": datetime.now(UTC)}
    db.execute(insert(schema.incident).values(**values))


def retire_incidents(db: Connection, incidents: Iterable[str], into: str | None) -> None:
    """Record that incidents were merged into another; with None that they stand for themselves again."""
    i = schema.incident
    db.execute(update(i).where(i.c.id.in_(list(incidents))).values(retired_into=into))


def successors(db: Connection) -> dict[str, str]:
    """For the id of each incident that was merged away, the id of the incident that stands for it now."""
    i = schema.incident.c
    rows = db.execute(select(i.id, i.retired_into).where(i.retired_into.is_not(None)))
    into = {row.id: row.retired_into for row in rows}
    return {retired: _follow(retired, into) for retired in into}


def _follow(incident_id: str, into: Mapping[str, str]) -> str:
    while incident_id in into:
        incident_id = into[incident_id]
    return incident_id
