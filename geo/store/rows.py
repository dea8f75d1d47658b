"""A report and what it says as rows, written once, or what it says written anew under the ids that it had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import Connection, delete, insert, select, update

from geo.linking.service import successors
from geo.model import Claim, Extraction, Toponym
from geo.reports.near_duplicates import sketch
from geo.serialization import claim_from, claim_json, toponym_json
from geo.store import schema
from geo.store.ledger import in_force, taken


def write(db: Connection, extraction: Extraction) -> None:
    """Write a report that the store has not, and what it says."""
    report = extraction.report
    db.execute(
        insert(schema.report).values(
            id=report.id,
            sha256=report.sha256,
            raw=report.raw,
            text=report.text,
            title=report.title,
            url=report.url,
            publisher=report.publisher,
            published=report.published,
            language=report.language,
            added=datetime.now(UTC),
            sketch=np.array(sorted(sketch(report.text)), dtype="<u8").tobytes(),
            text_group=report.id,
        )
    )
    _write_toponyms(db, report.id, extraction.toponyms)
    for number, claim in enumerate(extraction.claims):
        db.execute(insert(schema.claim).values(id=claim.id, **_claim(claim, number)))


def rewrite(db: Connection, extraction: Extraction) -> None:
    """Write anew what a stored report says. A claim of the same words keeps its id, and so its incident.

    A claim that is not read any more goes, but where people decided about its incident: what they saw stays.
    """
    report_id, c = extraction.report.id, schema.claim.c
    rows = db.execute(select(c.detail).where(c.report_id == report_id).order_by(c.number))
    before = [claim_from(row.detail, report_id) for row in rows]
    after = _named(before, extraction.claims)
    kept = {claim.id for claim in after}
    gone = [claim for claim in before if claim.id not in kept]
    decided = _decided(db, [claim.id for claim in gone])
    dropped = [claim.id for claim in gone if claim.id not in decided]
    db.execute(delete(schema.membership).where(schema.membership.c.claim_id.in_(dropped)))
    db.execute(delete(schema.claim).where(c.id.in_(dropped)))
    held = {claim.id for claim in before}
    for number, claim in enumerate([*after, *(claim for claim in gone if claim.id in decided)]):
        if claim.id in held:
            db.execute(update(schema.claim).where(c.id == claim.id).values(**_claim(claim, number)))
        else:
            db.execute(insert(schema.claim).values(id=claim.id, **_claim(claim, number)))
    db.execute(delete(schema.toponym).where(schema.toponym.c.report_id == report_id))
    _write_toponyms(db, report_id, extraction.toponyms)
    db.execute(update(schema.report).where(schema.report.c.id == report_id).values(read=datetime.now(UTC)))


def _named(before: Sequence[Claim], after: Sequence[Claim]) -> list[Claim]:
    """Claims under the ids that they had: each takes that of an earlier one of its sentence, best of its type."""
    free = {claim.id: claim for claim in before}
    made: list[Claim] = []
    # Those whose id stands already keep it; the others choose among what is left.
    for claim in sorted(after, key=lambda c: c.id not in free):
        same = [old for old in free.values() if _meet(old, claim)]
        alike = [old for old in same if old.incident_type == claim.incident_type] or same
        chosen = free.get(claim.id) or min(alike, key=lambda old: old.id, default=claim)
        free.pop(chosen.id, None)
        made.append(replace(claim, id=chosen.id))
    return sorted(made, key=lambda c: (c.evidence.start, c.id))


def _meet(a: Claim, b: Claim) -> bool:
    return a.evidence.start < b.evidence.end and b.evidence.start < a.evidence.end


def _decided(db: Connection, claims: Sequence[str]) -> set[str]:
    """Those of the claims whose incident somebody decided about."""
    m = schema.membership.c
    into = successors(db)  # a decision goes on to what its incident was joined to
    about = {into.get(d.incident_id, d.incident_id) for d in in_force(taken(db))}
    rows = db.execute(select(m.claim_id, m.incident_id).where(m.claim_id.in_(list(claims))))
    return {row.claim_id for row in rows if row.incident_id in about}


def _write_toponyms(db: Connection, report_id: str, toponyms: Sequence[Toponym]) -> None:
    for number, toponym in enumerate(toponyms):
        place = toponym.place
        db.execute(
            insert(schema.toponym).values(
                report_id=report_id,
                number=number,
                name=toponym.span.text,
                start=toponym.span.start,
                end=toponym.span.end,
                lat=place.lat if place else None,
                lon=place.lon if place else None,
                country=place.country if place else None,
                reason=toponym.reason,
                detail=toponym_json(toponym),
            )
        )


def _claim(claim: Claim, number: int) -> dict[str, object]:
    """A claim's row but for its id."""
    place = claim.where.place if claim.where else None
    return {
        "report_id": claim.report_id,
        "number": number,
        "incident_type": claim.incident_type,
        "is_primary": claim.primary,
        "actor_name": claim.actor_name,
        "country": place.country if place else None,
        "start_date": claim.when.start if claim.when else None,
        "end_date": claim.when.end if claim.when else None,
        "detail": claim_json(claim),
    }
