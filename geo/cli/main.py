"""The command line: `python -m geo`. Exit status 0 done, 1 some inputs refused, 2 wrong usage."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from geo.atomic_write import sink
from geo.cli.export import register as register_export
from geo.errors import FilterError, GeoError, ReportError
from geo.settings import CONTACT, GAZETTEER, LIMITER, ONLINE, STORE

if TYPE_CHECKING:
    from geo.extraction.pipeline import Extractor
    from geo.gazetteer.sources import Record
    from geo.model import Report
    from geo.store import Store

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
gazetteer_app = typer.Typer(no_args_is_help=True, help="Build the gazetteer and look names up in it.")
app.add_typer(gazetteer_app, name="gazetteer")
register_export(app)

_SHOWN_REFUSALS = 20

Paths = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH...")]
StoreUrl = Annotated[str, typer.Option("--store", help="Database URL.", show_default=False)]
Online = Annotated[
    bool, typer.Option("--online", help="Ask a Nominatim server for names that the gazetteer does not have.")
]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write; standard output without it.")]


def main() -> None:
    """Run the command line; an error of ours is one line on stderr, never a traceback."""
    logging.basicConfig(level=logging.WARNING, format="note: %(message)s", stream=sys.stderr)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        app()
    except FilterError as error:
        _complain(str(error))
        raise SystemExit(2) from error
    except GeoError as error:
        _complain(str(error))
        raise SystemExit(1) from error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


@app.command()
def ingest(paths: Paths, store: StoreUrl = "", online: Online = False) -> None:
    """Read reports, extract, geocode, link and save them."""
    from geo.ingest import ingest as run
    from geo.reports import read
    from geo.store import Store

    opened = Store(store or STORE.get())
    with _progress("reports read") as step:
        outcome = run(read(paths), opened, lambda: _extractor(opened if online else None), step)
    for error in outcome.refused:
        _complain(f"refused: {error}")
    incidents = len(opened.incidents())
    print(
        f"{outcome.added} added, {outcome.known} known before, {len(outcome.refused)} refused; "
        f"{outcome.no_incident} of the added tell of no incident; the store holds {incidents} incidents",
        file=sys.stderr,
    )
    raise typer.Exit(1 if outcome.refused else 0)


@app.command()
def reread(store: StoreUrl = "", online: Online = False) -> None:
    """Read the stored reports again with the rules of now; what people decided stays."""
    from geo.incidents.catalogue import catalogue
    from geo.incidents.diff import KINDS, compare, snapshot
    from geo.ingest import reread as run
    from geo.store import Store

    opened = Store(store or STORE.get())
    before = snapshot(catalogue(opened))
    with _progress("reports read again") as step:
        number = run(opened, lambda: _extractor(opened if online else None), step)
    changes = compare(before, catalogue(opened))
    kinds = ", ".join(f"{sum(c.kind == kind for c in changes)} {kind}" for kind in KINDS)
    print(f"{number} reports read again; incidents: {kinds}", file=sys.stderr)


@app.command()
def extract(paths: Paths, output: Out = None, online: Online = False) -> None:
    """Read reports and write what each says, one JSON line a report; nothing is stored."""
    from geo.reports import read
    from geo.reports.near_duplicates import CopyDates
    from geo.serialization import extraction_json
    from geo.store import Store

    refused: list[ReportError] = []
    answers = Store(STORE.get()) if online else None

    def readable() -> Iterator[Report]:
        for item in read(paths):
            if isinstance(item, ReportError):
                _complain(f"refused: {item}")
                refused.append(item)
            else:
                yield item

    with sink(output) as write, _progress("reports read") as step:
        for report, ref in CopyDates().ordered(readable()):
            write(orjson.dumps(extraction_json(_extractor(answers).extract(report, ref))) + b"\n")
            step()
    raise typer.Exit(1 if refused else 0)


@gazetteer_app.command("build")
def gazetteer_build() -> None:
    """Build the gazetteer from the packages' data and the project's own tables."""
    from geo.gazetteer.build import build

    path = Path(GAZETTEER.get())
    held = build(path, _counted)
    print(f"built {path} ({path.stat().st_size / 1e6:.0f} MB)")
    for source, number in held.most_common():
        print(f"{number:>9,}  {source}")


@gazetteer_app.command("import")
def gazetteer_import(files: Annotated[list[Path], typer.Argument(help="GeoNames dumps or alternate names.")]) -> None:
    """Bring GeoNames files into the gazetteer: country dumps and alternate names, plain or zipped."""
    from geo.gazetteer.build import import_files

    _ensure_gazetteer()
    done = import_files(Path(GAZETTEER.get()), files, _counted)
    for file, imported in done.items():
        added = f"{sum(imported.held.values()):,} places" if imported.held else f"{imported.names:,} names"
        print(f"{file}: {added}, {len(imported.refused):,} lines refused")
        for refusal in imported.refused[:_SHOWN_REFUSALS]:
            _complain(f"refused: {refusal.where}: {refusal.reason}")
        if len(imported.refused) > _SHOWN_REFUSALS:
            _complain(f"and {len(imported.refused) - _SHOWN_REFUSALS:,} more lines of {file}")
    raise typer.Exit(1 if any(i.refused for i in done.values()) else 0)


@gazetteer_app.command("fetch")
def gazetteer_fetch(countries: Annotated[list[str], typer.Argument(help="ISO codes.", metavar="CC...")]) -> None:
    """Download country dumps from GeoNames and bring them in."""
    from geo.errors import FetchError
    from geo.gazetteer.fetch import fetch

    files, failed = [], False
    with tempfile.TemporaryDirectory() as scratch, _progress("kB fetched", 1000) as step:
        for country in countries:
            try:
                files.append(fetch(country, Path(scratch), step))
            except FetchError as error:
                _complain(str(error))
                failed = True
        if files:
            try:
                gazetteer_import(files)
            except typer.Exit as done:
                failed = failed or bool(done.exit_code)
    raise typer.Exit(int(failed))


@gazetteer_app.command("lookup")
def gazetteer_lookup(
    name: Annotated[str, typer.Argument(help="A place name in any spelling.")],
    country: Annotated[str | None, typer.Option(help="ISO code of the country it lies in.")] = None,
    admin1: Annotated[str | None, typer.Option(help="ISO 3166-2 code of the division it lies in, as SY-RA.")] = None,
) -> None:
    """Show every place of a name, or of one spelled like it, likest first."""
    from geo.gazetteer import Gazetteer

    _ensure_gazetteer()
    matches = Gazetteer(Path(GAZETTEER.get())).lookup(name, country and country.upper(), admin1 and admin1.upper())
    if not matches:
        _complain(f"{name!r} is not in the gazetteer, nor a name spelled like it")
        raise typer.Exit(1)
    for match in matches:
        place = match.entry.place
        where = ", ".join(part for part in (place.admin1, place.country) if part)
        print(
            f"{match.likeness:4.2f}  {place.name} ({where})  {place.feature}  {place.lat:.4f} {place.lon:.4f}  "
            f"±{place.uncertainty_km:g} km  {place.source} {place.source_id}"
        )


@lru_cache(maxsize=1)
def _extractor(answers: Store | None) -> Extractor:
    """The extractor; with a store for answers it asks online for names that the gazetteer does not have."""
    from geo.extraction.pipeline import Extractor
    from geo.gazetteer import Gazetteer
    from geo.geocoding.online import Limiter, OnlineGeocoder

    _ensure_gazetteer()
    gazetteer = Gazetteer(Path(GAZETTEER.get()))
    if answers is None:
        return Extractor(gazetteer)
    limiter = Limiter(Path(LIMITER.get()))
    return Extractor(gazetteer, OnlineGeocoder(ONLINE.get(), CONTACT.get(), answers, limiter))


def _ensure_gazetteer() -> None:
    from geo.gazetteer.build import ensure

    ensure(Path(GAZETTEER.get()), _complain)


def _complain(text: str) -> None:
    print(text, file=sys.stderr)


def _counted(rows: Iterable[Record]) -> Iterator[Record]:
    with _progress("places") as step:
        for row in rows:
            step()
            yield row


@contextmanager
def _progress(what: str, per: int = 1) -> Iterator[Callable[..., None]]:
    """A counter of things by `per` on a terminal, nothing on a pipe."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda number=1: bar.advance(task, number / per)
