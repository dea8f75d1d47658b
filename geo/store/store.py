"""Reading and writing the store. A report is written once; its claims and their incidents are derived from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from geo.geocoding.online import Answer
from geo.model import Extraction, Incident, Link, Place, Report
from geo.serialization import place_json
from geo.store import memberships, schema
from geo.store.engine import connect, reading, writing
from geo.store.ledger import Ledger
from geo.store.rows import rewrite, write


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as stored, the group of its text's near-duplicates, and when it was added."""

    report: Report
    text_group: str
    added: datetime


@dataclass(frozen=True, slots=True)
class Dataset:
    """Events imported from one file: its `form` (geojson, csv, acled, ucdp), the file's name and SHA-256."""

    name: str
    form: str
    file: str
    sha256: str
    imported: datetime


@dataclass(frozen=True, slots=True)
class Briefing:
    """A sheet that was made: when, a digest of its filters and data, its filters, and what it showed by incident id."""

    at: datetime
    digest: str
    query: Mapping[str, Any]
    incidents: Mapping[str, Mapping[str, Any]]


Linker = Callable[[Connection], None]  # assigns claims to incidents; `geo.linking.service.relink`


class Store:
    """One database. Raises StoreError where it cannot be opened or written.

    Open it with `geo.linking.service.open_store`, which also completes what an interrupted ingest left.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = connect(url)
        self.ledger = Ledger(self._engine)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction: everything written with it is kept, or nothing. Raises StoreError where writing fails."""
        with writing(self._engine) as db:
            yield db

    def known(self) -> dict[str, str]:
        """The SHA-256 of each stored report's text, by id."""
        with reading(self._engine) as db:
            return {row.id: row.sha256 for row in db.execute(select(schema.report.c.id, schema.report.c.sha256))}

    def sketches(self) -> list[tuple[frozenset[int], date]]:
        """The text's sketch and the day of publication, for each report with such a day."""
        columns = (schema.report.c.sketch, schema.report.c.published)
        with reading(self._engine) as db:
            rows = db.execute(select(*columns).where(schema.report.c.published.is_not(None)))
            return [(memberships.unpack_sketch(row.sketch), row.published) for row in rows]

    def save(self, extractions: Sequence[Extraction], link: Linker) -> None:
        """Write reports with their claims and link them, all or nothing."""
        self._write(write, extractions, link)

    def save_again(self, extractions: Sequence[Extraction], link: Linker) -> None:
        """Replace the claims of stored reports and link them, all or nothing; what reviewers decided stays."""
        self._write(rewrite, extractions, link)

    def _write(
        self, write_one: Callable[[Connection, Extraction], None], extractions: Sequence[Extraction], link: Linker
    ) -> None:
        with writing(self._engine) as db:
            for extraction in extractions:
                write_one(db, extraction)
            link(db)

    def has_unlinked_claims(self) -> bool:
        """Whether some claim belongs to no incident."""
        with reading(self._engine) as db:
            return memberships.has_unlinked_claims(db)

    def incidents(self) -> list[Incident]:
        """Every incident with its claims, in order of id."""
        with reading(self._engine) as db:
            claims = {c.id: c for c in memberships.all_claims(db)}
            status = {r.id: r.status for r in db.execute(select(schema.incident.c.id, schema.incident.c.status))}
            links: dict[str, list[Link]] = {}
            for membership in memberships.memberships(db).values():
                links.setdefault(membership.incident_id, []).append(membership.link)
        return [
            Incident(identity, tuple(claims[x.claim_id] for x in own), tuple(own), status[identity])
            for identity, own in sorted(links.items())
        ]

    def successors(self) -> dict[str, str]:
        """For the id of each incident that was merged away, the id of the incident that stands for it now."""
        with reading(self._engine) as db:
            return memberships.successors(db)

    def reports(self, ids: Iterable[str] | None = None) -> dict[str, Stored]:
        """Stored reports by id; all of them without `ids`."""
        query = select(schema.report)
        if ids is not None:
            query = query.where(schema.report.c.id.in_(sorted(set(ids))))
        with reading(self._engine) as db:
            return {row["id"]: _stored(row) for row in db.execute(query).mappings()}

    def unresolved(self) -> list[dict[str, Any]]:
        """Place names that could not be resolved: `report_id`, `name`, `reason`.

        `country` is the report's, where the gazetteer lacks the name; else None.
        """
        t = schema.toponym.c
        query = select(t.report_id, t.name, t.reason, t.country).where(t.lat.is_(None))
        with reading(self._engine) as db:
            return [dict(row) for row in db.execute(query.order_by(t.report_id, t.number)).mappings()]

    def resolved_names(self, reports: Iterable[str]) -> set[str]:
        """The place names of those reports that have a place, as the reports write them."""
        t = schema.toponym.c
        query = select(t.name).distinct().where(t.report_id.in_(sorted(set(reports))), t.lat.is_not(None))
        with reading(self._engine) as db:
            return set(db.scalars(query))

    def datasets(self) -> list[Dataset]:
        """The imported datasets, in order of name."""
        with reading(self._engine) as db:
            return [Dataset(**row) for row in db.execute(select(schema.dataset).order_by("name")).mappings()]

    def events(self) -> list[dict[str, Any]]:
        """The properties of every imported event, with `lat` and `lon`, in the order of their files."""
        e = schema.event.c
        query = select(e.properties, e.lat, e.lon).order_by(e.dataset, e.number)
        with reading(self._engine) as db:
            return [{**row.properties, "lat": row.lat, "lon": row.lon} for row in db.execute(query)]

    def keep_dataset(self, dataset: Dataset, events: Iterable[Mapping[str, Any]]) -> int:
        """Write a dataset, replacing one of the same name, all or nothing; how many events it has."""
        of_dataset = schema.event.c.dataset == dataset.name
        with writing(self._engine) as db:
            db.execute(delete(schema.event).where(of_dataset))
            db.execute(delete(schema.dataset).where(schema.dataset.c.name == dataset.name))
            db.execute(insert(schema.dataset).values(**asdict(dataset)))
            rows = [_event(dataset.name, number, event) for number, event in enumerate(events)]
            if rows:
                db.execute(insert(schema.event), rows)
        return len(rows)

    def views(self) -> dict[str, dict[str, list[str]]]:
        """The saved filters, by name."""
        v = schema.view.c
        with reading(self._engine) as db:
            return {row.name: row.query for row in db.execute(select(v.name, v.query).order_by(v.name))}

    def keep_view(self, name: str, query: Mapping[str, Sequence[str]] | None) -> None:
        """Save filters under a name, replacing earlier ones; None deletes them."""
        with writing(self._engine) as db:
            db.execute(delete(schema.view).where(schema.view.c.name == name))
            if query is not None:
                values = {key: list(chosen) for key, chosen in query.items()}
                db.execute(insert(schema.view).values(name=name, query=values, saved=datetime.now(UTC)))

    def briefings(self) -> list[Briefing]:
        """The briefing sheets that were made, latest first."""
        with reading(self._engine) as db:
            query = select(schema.briefing).order_by(schema.briefing.c.number.desc())
            return [Briefing(row.at, row.digest, row.query, row.incidents) for row in db.execute(query)]

    def keep_briefing(self, briefing: Briefing) -> None:
        """Record that a sheet was made; the same sheet made twice in a row is recorded once."""
        with writing(self._engine) as db:
            last = db.scalar(select(schema.briefing.c.digest).order_by(schema.briefing.c.number.desc()).limit(1))
            if last != briefing.digest:
                db.execute(insert(schema.briefing).values(**asdict(briefing)))

    def answer(self, provider: str, query: str) -> Answer | None:
        """An online geocoder's answer to a query; None where it was never asked."""
        a = schema.answer.c
        with reading(self._engine) as db:
            row = db.execute(select(a.place).where(a.provider == provider, a.query == query)).one_or_none()
        return None if row is None else Answer(Place(**row.place) if row.place else None)

    def keep_answer(self, provider: str, query: str, answer: Answer) -> None:
        """Keep an online geocoder's answer, replacing an earlier one to the same query."""
        a = schema.answer.c
        with writing(self._engine) as db:
            db.execute(delete(schema.answer).where(a.provider == provider, a.query == query))
            values = {"provider": provider, "query": query, "place": place_json(answer.place)}
            db.execute(insert(schema.answer).values(**values, asked=datetime.now(UTC)))

    def fingerprint(self) -> str:
        """A text that changes when the content of the store does."""
        r, i, m = schema.report.c, schema.incident.c, schema.membership.c
        queries = (
            select(func.count(), func.max(r.added), func.max(r.read)).select_from(schema.report),
            select(func.count(), func.max(i.created)).select_from(schema.incident),
            select(func.count(), func.max(m.incident_id)).select_from(schema.membership),
            select(func.count(), func.max(schema.decision.c.number)).select_from(schema.decision),
            select(func.count(), func.max(schema.dataset.c.imported)).select_from(schema.dataset),
        )
        with reading(self._engine) as db:
            return repr([tuple(db.execute(query).one()) for query in queries])

    def is_empty(self) -> bool:
        """Whether no report was ever stored."""
        with reading(self._engine) as db:
            return not db.scalar(select(func.count()).select_from(schema.report))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _event(dataset: str, number: int, event: Mapping[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in event.items() if name not in ("lat", "lon")}
    place = {"lat": event["lat"], "lon": event["lon"]}
    return {"dataset": dataset, "id": event["incident_id"], "number": number, "properties": properties, **place}


def _stored(row: RowMapping) -> Stored:
    fields = ("id", "text", "sha256", "raw", "title", "url", "publisher", "published", "language")
    return Stored(Report(**{name: row[name] for name in fields}), row["text_group"], row["added"])
