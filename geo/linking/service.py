"""Which incident each claim belongs to, kept up to date with the claims and with what people joined and parted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import Connection, delete, insert, select, update

from geo.linking.cluster import link, mint
from geo.model import Claim, Link
from geo.reports.near_duplicates import copies
from geo.serialization import claim_from
from geo.store import schema
from geo.store.ledger import bonds


def relink(db: Connection) -> None:
    """Bring the incidents up to date; changes nothing where they are."""
    groups = _group_texts(db)
    claims = all_claims(db)
    held = {r.claim_id: Link(r.claim_id, r.score, r.reason) for r in db.execute(select(schema.membership))}
    owner = {r.claim_id: r.incident_id for r in db.execute(select(schema.membership))}
    taken = set(db.scalars(select(schema.incident.c.id)))
    by_id = {c.id: c for c in claims}
    given: set[str] = set()
    for links in link(claims, groups, bonds(db)):
        identity = _own(db, [by_id[x.claim_id] for x in links], owner, taken, given)
        given.add(identity)
        _write_members(db, identity, links, owner, held)


def successors(db: Connection) -> dict[str, str]:
    """The incident that stands now for each one that was found to be another."""
    i = schema.incident.c
    rows = db.execute(select(i.id, i.retired_into).where(i.retired_into.is_not(None)))
    into = {row.id: row.retired_into for row in rows}
    return {gone: _last(gone, into) for gone in into}


def all_claims(db: Connection) -> list[Claim]:
    """Every claim, in order of id."""
    query = select(schema.claim.c.report_id, schema.claim.c.detail).order_by(schema.claim.c.id)
    return [claim_from(row.detail, row.report_id) for row in db.execute(query)]


def unpacked(sketch: bytes) -> frozenset[int]:
    """A text's sketch as it was before it was stored."""
    return frozenset(np.frombuffer(sketch, dtype="<u8").tolist())


def _group_texts(db: Connection) -> dict[str, str]:
    """Group the copies of each text, and write down what changed."""
    columns = (schema.report.c.id, schema.report.c.sketch, schema.report.c.text_group)
    rows = db.execute(select(*columns)).all()
    groups = copies({row.id: unpacked(row.sketch) for row in rows})
    for row in rows:
        if row.text_group != groups[row.id]:
            change = update(schema.report).where(schema.report.c.id == row.id)
            db.execute(change.values(text_group=groups[row.id]))
    return groups


def _own(db: Connection, claims: Sequence[Claim], owner: Mapping[str, str], taken: set[str], given: set[str]) -> str:
    """The incident that claims belong to: the least id that holds any of them, or a new one.

    Where they stood in several, the others are retired into it and their ids lead on. One that was `given` to claims
    before these, which were read anew and are of another event now, is theirs.
    """
    held = sorted({owner[c.id] for c in claims if c.id in owner} - given)
    if not held:
        identity = mint(claims, taken)
        taken.add(identity)
        db.execute(insert(schema.incident).values(id=identity, status="unreviewed", created=datetime.now(UTC)))
        return identity
    if len(held) > 1:
        gone = update(schema.incident).where(schema.incident.c.id.in_(held[1:]))
        db.execute(gone.values(retired_into=held[0]))
    return held[0]


def _write_members(
    db: Connection, identity: str, links: Sequence[Link], owner: Mapping[str, str], held: Mapping[str, Link]
) -> None:
    for x in links:
        if owner.get(x.claim_id) == identity and held[x.claim_id] == x:
            continue
        db.execute(delete(schema.membership).where(schema.membership.c.claim_id == x.claim_id))
        db.execute(
            insert(schema.membership).values(claim_id=x.claim_id, incident_id=identity, score=x.score, reason=x.reason)
        )


def _last(incident_id: str, into: Mapping[str, str]) -> str:
    while incident_id in into:
        incident_id = into[incident_id]
    return incident_id
