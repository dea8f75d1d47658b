"""Reports and their claims as rows: written for the first time, or replaced after reading a report again."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from geo.model import Claim, Extraction, ExtractorVersion, Toponym
from geo.reports.near_duplicates import sketch
from geo.serialization import claim_from, claim_json, toponym_json
from geo.store import schema
from geo.store.ledger import all_decisions, in_force
from geo.store.memberships import pack_sketch, successors


def write(db: Connection, extraction: Extraction) -> None:
    """Write a report that is not stored yet, with its place names and claims."""
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
            sketch=pack_sketch(sketch(report.text)),
            text_group=report.id,
        )
    )
    _write_toponyms(db, report.id, extraction.toponyms)
    for number, claim in enumerate(extraction.claims):
        db.execute(insert(schema.claim).values(id=claim.id, **_claim(claim, number, extraction.extractor)))


def rewrite(db: Connection, extraction: Extraction) -> None:
    """Replace the place names and claims of a stored report.

    A claim about the same sentence keeps its id, and so its incident. A claim that is not read any more is deleted,
    unless a reviewer decided about its incident: what the decision rests on stays.
    """
    report_id, c = extraction.report.id, schema.claim.c
    rows = db.execute(select(c.detail).where(c.report_id == report_id).order_by(c.number))
    before = [claim_from(row.detail, report_id) for row in rows]
    after = _with_stored_ids(before, extraction.claims)
    missing = {claim.id for claim in before} - {claim.id for claim in after}
    decided = _decided(db, missing)
    dropped = missing - decided
    db.execute(delete(schema.membership).where(schema.membership.c.claim_id.in_(dropped)))
    db.execute(delete(schema.claim).where(c.id.in_(dropped)))
    stored = {claim.id for claim in before}
    for number, claim in enumerate(after):
        values = _claim(claim, number, extraction.extractor)
        if claim.id in stored:
            db.execute(update(schema.claim).where(c.id == claim.id).values(**values))
        else:
            db.execute(insert(schema.claim).values(id=claim.id, **values))
    for number, claim_id in enumerate((claim.id for claim in before if claim.id in decided), start=len(after)):
        db.execute(update(schema.claim).where(c.id == claim_id).values(number=number))
    db.execute(delete(schema.toponym).where(schema.toponym.c.report_id == report_id))
    _write_toponyms(db, report_id, extraction.toponyms)
    db.execute(update(schema.report).where(schema.report.c.id == report_id).values(read=datetime.now(UTC)))


def _with_stored_ids(before: Sequence[Claim], after: Sequence[Claim]) -> list[Claim]:
    """The claims read now, each under the id of a stored claim of its sentence, preferably one of its type."""
    free = {claim.id: claim for claim in before}
    renamed: list[Claim] = []
    # Claims whose own id is stored keep it; the others choose among what is left.
    for claim in sorted(after, key=lambda c: c.id not in free):
        overlapping = [old for old in free.values() if _overlap(old, claim)]
        alike = [old for old in overlapping if old.incident_type == claim.incident_type] or overlapping
        chosen = free.get(claim.id) or min(alike, key=lambda old: old.id, default=claim)
        free.pop(chosen.id, None)
        renamed.append(replace(claim, id=chosen.id))
    return sorted(renamed, key=lambda c: (c.evidence.start, c.id))


def _overlap(a: Claim, b: Claim) -> bool:
    return a.evidence.start < b.evidence.end and b.evidence.start < a.evidence.end


def _decided(db: Connection, claims: Set[str]) -> set[str]:
    """Those of the claims whose incident a reviewer decided about."""
    m = schema.membership.c
    now = successors(db)  # a decision goes over to the incident that its own was merged into
    about = {now.get(d.incident_id, d.incident_id) for d in in_force(all_decisions(db))}
    rows = db.execute(select(m.claim_id, m.incident_id).where(m.claim_id.in_(claims)))
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
                country=place.country if place else toponym.country,
                reason=toponym.reason,
                detail=toponym_json(toponym),
            )
        )


def _claim(claim: Claim, number: int, extractor: ExtractorVersion | None) -> dict[str, object]:
    """A claim's row, except its id."""
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
        "extractor_version": extractor.version if extractor else None,
        "extractor_config": extractor.config if extractor else None,
    }
