"""Commands that read reports: `ingest`, `extract`, `reread`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import orjson
import typer

from geo.atomic_write import sink
from geo.cli.offer import missing_in, offer_command, offer_to_fetch
from geo.cli.options import Online, Out, Paths, StoreUrl
from geo.cli.terminal import complain, progress
from geo.errors import ReportError
from geo.settings import STORE

if TYPE_CHECKING:
    from datetime import date

    from geo.extraction.pipeline import Extractor
    from geo.model import Report
    from geo.reports import Read
    from geo.store import Store


def ingest(paths: Paths, store: StoreUrl = "", online: Online = False) -> None:
    """Read reports, extract, geocode, link and save them."""
    from geo.ingest import ingest as run
    from geo.linking.service import open_store
    from geo.reports import read

    opened = open_store(store or STORE.get())
    with progress("reports read") as step:
        outcome = run(read(paths), opened, _extractor(opened if online else None), step)
    _list_refused(outcome.refused)
    incidents = len(opened.incidents())
    print(
        f"{outcome.added} added, {outcome.known} known before, {len(outcome.refused)} refused; "
        f"{outcome.no_incident} of the added report no incident; the store holds {incidents} incidents",
        file=sys.stderr,
    )
    failed = offer_to_fetch(missing_in(opened.unresolved()), opened, store) if outcome.added else False
    raise typer.Exit(1 if outcome.refused or failed else 0)


def reread(store: StoreUrl = "", online: Online = False) -> None:
    """Read the stored reports again with the current rules; what reviewers decided stays."""
    from geo.incidents.catalogue import catalogue
    from geo.incidents.diff import KINDS, compare, snapshot
    from geo.ingest import reread as run
    from geo.linking.service import open_store

    opened = open_store(store or STORE.get())
    before = snapshot(catalogue(opened))
    with progress("reports read again") as step:
        outcome = run(opened, _extractor(opened if online else None), step)
    _list_refused(outcome.refused)
    changes = compare(before, catalogue(opened))
    kinds = ", ".join(f"{sum(c.kind == kind for c in changes)} {kind}" for kind in KINDS)
    kept = f"; {len(outcome.refused)} refused, which stay as they were" if outcome.refused else ""
    print(f"{outcome.reread} reports read again; incidents: {kinds}{kept}", file=sys.stderr)
    raise typer.Exit(1 if outcome.refused else 0)


def extract(paths: Paths, output: Out = None, online: Online = False) -> None:
    """Read reports and write what each says, one JSON line per report; nothing is stored."""
    from geo.ingest import isolate
    from geo.linking.service import open_store
    from geo.reports import read
    from geo.reports.near_duplicates import CopyDates
    from geo.serialization import extraction_json

    refused: list[ReportError] = []
    unresolved: list[dict[str, str | None]] = []
    load = _extractor(open_store(STORE.get()) if online else None)

    def refuse(error: ReportError) -> None:
        _list_refused([error])
        refused.append(error)

    def line_of(report: Report, ref: date | None) -> bytes:
        extraction = load().extract(report, ref)
        unresolved.extend(
            {"report_id": report.id, "name": t.span.text, "country": t.country} for t in extraction.toponyms if t.reason
        )
        return orjson.dumps(extraction_json(extraction)) + b"\n"

    with sink(output) as write, progress("reports read") as step:
        for report, ref in CopyDates().ordered(_readable(read(paths), refuse)):
            load()  # outside the report's boundary: where this fails, no report is to blame
            line = isolate(report, partial(line_of, report, ref))
            if isinstance(line, ReportError):
                refuse(line)
            else:
                write(line)
            step()
    offer_command(missing_in(unresolved), then=" (then extract again)")
    raise typer.Exit(1 if refused else 0)


def _readable(items: Iterable[Read], refuse: Callable[[ReportError], None]) -> Iterator[Report]:
    """The reports among what was read; the errors are handed to `refuse`."""
    for item in items:
        if isinstance(item, ReportError):
            refuse(item)
        else:
            yield item


def _extractor(answers: Store | None) -> Callable[[], Extractor]:
    """Loads the extractor when it is first called: spaCy is not needed where every report is known already."""

    def load() -> Extractor:
        from geo.extraction.loading import load_extractor

        return load_extractor(answers, complain)

    return load


def _list_refused(errors: Iterable[ReportError]) -> None:
    for error in errors:
        complain(f"refused: {error}")
