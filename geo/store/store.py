"""Reading and writing the store. What a report says is written once; who belongs together is derived from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from geo.copies import copies, sketch
from geo.errors import StoreError
from geo.geocoding.online import Answer
from geo.linking import link, mint
from geo.model import Claim, Extraction, Incident, Link, Place, Report
from geo.store import schema
from geo.store.engine import connect, reading
from geo.wire import claim_from, claim_json, place_json, toponym_json


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as the store holds it, and the group of its text's copies."""

    report: Report
    text_group: str
    added: datetime


class Store:
    """One database. Raises StoreError where it cannot be opened or written."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = connect(url)

    def known(self) -> dict[str, str]:
        """The SHA-256 of each stored report's text, by id."""
        with reading(self._engine) as db:
            return {row.id: row.sha256 for row in db.execute(select(schema.report.c.id, schema.report.c.sha256))}

    def sketches(self) -> list[tuple[frozenset[int], date]]:
        """The sketch and day of publication of each report that has one."""
        columns = (schema.report.c.sketch, schema.report.c.published)
        with reading(self._engine) as db:
            rows = db.execute(select(*columns).where(schema.report.c.published.is_not(None)))
            return [(_unpacked(row.sketch), row.published) for row in rows]

    def save(self, extractions: Sequence[Extraction]) -> None:
        """Write reports with what they say, all or none. Their incidents come with `link`."""
        try:
            with self._engine.begin() as db:
                for extraction in extractions:
                    _save(db, extraction)
        except SQLAlchemyError as error:
            raise StoreError(self.url, f"cannot be written ({getattr(error, 'orig', None) or error})") from error

    def link(self) -> None:
        """Bring the incidents up to date with the claims; changes nothing where they are."""
        with self._engine.begin() as db:
            groups = _group_texts(db)
            claims = _claims(db)
            held = {r.claim_id: Link(r.claim_id, r.score, r.reason) for r in db.execute(select(schema.membership))}
            owner = {r.claim_id: r.incident_id for r in db.execute(select(schema.membership))}
            taken = set(db.scalars(select(schema.incident.c.id)))
            by_id = {c.id: c for c in claims}
            for links in link(claims, groups):
                identity = _own(db, [by_id[x.claim_id] for x in links], owner, taken)
                _write_members(db, identity, links, owner, held)

    def incidents(self) -> list[Incident]:
        """Every incident with its claims, in order of id."""
        with reading(self._engine) as db:
            claims = {c.id: c for c in _claims(db)}
            status = {r.id: r.status for r in db.execute(select(schema.incident.c.id, schema.incident.c.status))}
            members: dict[str, list[Link]] = {}
            for row in db.execute(select(schema.membership).order_by(schema.membership.c.claim_id)):
                members.setdefault(row.incident_id, []).append(Link(row.claim_id, row.score, row.reason))
        return [
            Incident(identity, tuple(claims[x.claim_id] for x in links), tuple(links), status[identity])
            for identity, links in sorted(members.items())
        ]

    def reports(self, ids: Iterable[str] | None = None) -> dict[str, Stored]:
        """Stored reports by id; all of them without `ids`."""
        query = select(schema.report)
        if ids is not None:
            query = query.where(schema.report.c.id.in_(sorted(set(ids))))
        with reading(self._engine) as db:
            return {row["id"]: _stored(row) for row in db.execute(query).mappings()}

    def unresolved(self) -> list[dict[str, str]]:
        """Place names that could not be placed: `report_id`, `name`, `reason`."""
        t = schema.toponym.c
        query = select(t.report_id, t.name, t.reason).where(t.reason.is_not(None)).order_by(t.report_id, t.number)
        with reading(self._engine) as db:
            return [dict(row) for row in db.execute(query).mappings()]

    def answer(self, provider: str, query: str) -> Answer | None:
        """What an online geocoder said of a query; None where it was never asked."""
        a = schema.answer.c
        with reading(self._engine) as db:
            row = db.execute(select(a.place).where(a.provider == provider, a.query == query)).one_or_none()
        return None if row is None else Answer(Place(**row.place) if row.place else None)

    def keep_answer(self, provider: str, query: str, answer: Answer) -> None:
        """Keep what an online geocoder said; of two who asked at once the later one's word stands."""
        a = schema.answer.c
        with self._engine.begin() as db:
            db.execute(delete(schema.answer).where(a.provider == provider, a.query == query))
            values = {"provider": provider, "query": query, "place": place_json(answer.place)}
            db.execute(insert(schema.answer).values(**values, asked=datetime.now(UTC)))

    def fingerprint(self) -> str:
        """A text that changes when the store does."""
        r, i, m = schema.report.c, schema.incident.c, schema.membership.c
        queries = (
            select(func.count(), func.max(r.added)).select_from(schema.report),
            select(func.count(), func.max(i.created)).select_from(schema.incident),
            select(func.count(), func.max(m.incident_id)).select_from(schema.membership),
        )
        with reading(self._engine) as db:
            return repr([tuple(db.execute(query).one()) for query in queries])

    def is_empty(self) -> bool:
        """Whether no report was ever stored."""
        with reading(self._engine) as db:
            return not db.scalar(select(func.count()).select_from(schema.report))

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _save(db: Connection, extraction: Extraction) -> None:
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
    for number, toponym in enumerate(extraction.toponyms):
        place = toponym.place
        db.execute(
            insert(schema.toponym).values(
                report_id=report.id,
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
    for number, claim in enumerate(extraction.claims):
        place = claim.where.place if claim.where else None
        db.execute(
            insert(schema.claim).values(
                id=claim.id,
                report_id=report.id,
                number=number,
                incident_type=claim.incident_type,
                is_primary=claim.primary,
                actor_name=claim.actor_name,
                country=place.country if place else None,
                start_date=claim.when.start if claim.when else None,
                end_date=claim.when.end if claim.when else None,
                detail=claim_json(claim),
            )
        )


def _claims(db: Connection) -> list[Claim]:
    query = select(schema.claim.c.report_id, schema.claim.c.detail).order_by(schema.claim.c.id)
    return [claim_from(row.detail, row.report_id) for row in db.execute(query)]


def _group_texts(db: Connection) -> dict[str, str]:
    """Group the copies of each text, and write down what changed."""
    columns = (schema.report.c.id, schema.report.c.sketch, schema.report.c.text_group)
    rows = db.execute(select(*columns)).all()
    groups = copies({row.id: _unpacked(row.sketch) for row in rows})
    for row in rows:
        if row.text_group != groups[row.id]:
            change = update(schema.report).where(schema.report.c.id == row.id)
            db.execute(change.values(text_group=groups[row.id]))
    return groups


def _unpacked(packed: bytes) -> frozenset[int]:
    return frozenset(np.frombuffer(packed, dtype="<u8").tolist())


def _own(db: Connection, claims: Sequence[Claim], owner: Mapping[str, str], taken: set[str]) -> str:
    """The incident that claims belong to: the least id that holds any of them, or a new one.

    Where they stood in several, the others are retired into it and their ids lead on.
    """
    held = sorted({owner[c.id] for c in claims if c.id in owner})
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


def _stored(row: RowMapping) -> Stored:
    fields = ("id", "text", "sha256", "raw", "title", "url", "publisher", "published", "language")
    return Stored(Report(**{name: row[name] for name in fields}), row["text_group"], row["added"])
