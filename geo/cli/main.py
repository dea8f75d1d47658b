"""The command line: `python -m geo`. Exit status: 0 done, 1 some inputs were refused, 2 wrong usage."""

from __future__ import annotations

import logging
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from geo.atomic_write import sink
from geo.cli import gazetteer, reports
from geo.cli.options import Out, StoreUrl
from geo.cli.terminal import SHOWN_REFUSALS, complain
from geo.errors import FilterError, GeoError, ReportError
from geo.settings import STORE

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
app.command()(reports.ingest)
app.command()(reports.reread)
app.command()(reports.extract)
app.add_typer(gazetteer.app, name="gazetteer")


def main() -> None:
    """Run the command line; an expected error is one line on stderr, never a traceback."""
    logging.basicConfig(level=logging.WARNING, format="note: %(message)s", stream=sys.stderr)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        app()
    except FilterError as error:
        complain(str(error))
        raise SystemExit(2) from error
    except GeoError as error:
        complain(str(error))
        raise SystemExit(1) from error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


@app.command()
def export(
    store: StoreUrl = "",
    output: Out = None,
    format: Annotated[str, typer.Option(help="geojson, csv, gpkg, geoparquet, kml or lpf.")] = "geojson",  # noqa: A002
    actor: Annotated[list[str] | None, typer.Option(help="Canonical actor; repeatable.")] = None,
    type: Annotated[list[str] | None, typer.Option(help="Incident type; repeatable.")] = None,  # noqa: A002
    country: Annotated[list[str] | None, typer.Option(help="ISO code; repeatable.")] = None,
    year: Annotated[list[int] | None, typer.Option(help="Year; repeatable.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    bbox: Annotated[str | None, typer.Option(help="W,S,E,N in degrees.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="Review status; repeatable.")] = None,
) -> None:
    """Write the incidents that pass the filters."""
    from geo.exports import form
    from geo.incidents import filters as selection
    from geo.incidents.catalogue import catalogue
    from geo.incidents.columns import Frame
    from geo.linking.service import open_store

    written = form(format)
    chosen = selection.Selection(
        actor=tuple(actor or ()),
        type=tuple(type or ()),
        country=tuple(code.upper() for code in country or ()),
        year=tuple(year or ()),
        since=_day(since),
        until=_day(until),
        bbox=selection.bbox(bbox) if bbox else None,
        status=tuple(status or ()),
    )
    opened = open_store(store or STORE.get())
    reports = opened.reports()
    shown = Frame(catalogue(opened, reports)).of(chosen)
    with sink(output) as write:
        write(written.dumps(shown, chosen, len(reports)))


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Our GeoJSON or CSV, an ACLED or a UCDP GED export.")],
    store: StoreUrl = "",
    dataset: Annotated[str, typer.Option(help="Name of the dataset; the file's name without it.")] = "",
) -> None:
    """Bring events in as a named dataset, beside what reports say. One of the same name is replaced."""
    from geo.imports import read_dataset
    from geo.linking.service import open_store

    if dataset and len(files) > 1:
        raise FilterError("--dataset", dataset, "names one dataset; give one file with it")
    opened, refused = open_store(store or STORE.get()), False
    for file in files:
        try:
            done = read_dataset(file, dataset or None)
        except ReportError as error:
            complain(f"refused: {error}")
            refused = True
            continue
        number = opened.keep_dataset(done.dataset, done.events)
        for refusal in done.refused[:SHOWN_REFUSALS]:
            complain(f"refused: {refusal}")
        refused = refused or bool(done.refused)
        told = f"{number:,} events as {done.dataset.name!r} ({done.dataset.form}), {len(done.refused):,} rows refused"
        print(f"{file}: {told}", file=sys.stderr)
    raise typer.Exit(1 if refused else 0)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
