"""`python -m dashboard` opens the dashboard, `python -m dashboard briefing` draws a briefing sheet."""

from __future__ import annotations

import inspect
import os
import socket
import sys
from pathlib import Path
from threading import Thread
from typing import Annotated, Any

import typer

from geo.cli.export import selection_of, with_filter_options
from geo.errors import FilterError, GeoError
from geo.settings import GAZETTEER, PROJECT, STORE

ADDRESS = "127.0.0.1"
SEEDS = PROJECT / "seeds"


app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
StoreUrl = Annotated[str, typer.Option("--store", help="Database URL.", show_default=False)]


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    store: StoreUrl = "",
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Open the dashboard. An empty store is first filled with the reports of seeds/."""
    if context.invoked_subcommand is not None:
        return
    url = store or STORE.get()
    os.environ[STORE.name] = url
    try:
        _fill_if_empty(url)
    except GeoError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    _check_port(port)
    os.chdir(PROJECT)  # where .streamlit/config.toml stands
    from dashboard.cache import current_snapshot
    from dashboard.server import application

    Thread(target=current_snapshot, daemon=True).start()  # so that the first page need not wait for it
    print(f"The dashboard is open at http://{ADDRESS}:{port} (stop it with Ctrl-C)", flush=True)
    application().run(config={"server.port": port, "server.address": ADDRESS})


def briefing(
    output: Annotated[Path, typer.Option("-o", "--output", help="FILE.png, .svg, .pdf, or .zip with the data.")],
    store: StoreUrl = "",
    size: Annotated[str, typer.Option(help="a4 or 16:9.")] = "a4",
    **filters: Any,
) -> None:
    """Draw the briefing sheet of the incidents that match the filters."""
    from dashboard.briefing.sheet import Sheet, draw_sheet
    from dashboard.snapshot import load_snapshot
    from geo.atomic_write import sink
    from geo.store import Store

    try:
        selection = selection_of(filters)
        opened = Store(store or STORE.get())
        snapshot = load_snapshot(opened)
        sheet = Sheet(snapshot.columns.select(selection), snapshot.records, selection, len(snapshot.reports))
        content = draw_sheet(sheet, output.suffix.lstrip(".").lower(), size)
        with sink(output) as write:
            write(content)
        opened.keep_briefing(sheet.to_briefing())
    except GeoError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2 if isinstance(error, FilterError) else 1) from error


briefing.__signature__ = with_filter_options(inspect.signature(briefing, eval_str=True))  # type: ignore[attr-defined]
app.command()(briefing)


def _fill_if_empty(url: str) -> None:
    from geo.extraction.pipeline import Extractor
    from geo.gazetteer import Gazetteer
    from geo.gazetteer.build import ensure
    from geo.ingest import ingest
    from geo.reports import read
    from geo.store import Store

    opened = Store(url)
    if opened.is_empty():
        path = ensure(Path(GAZETTEER.get()), lambda text: print(text, file=sys.stderr))
        extractor = Extractor(Gazetteer(path))
        outcome = ingest(read([str(SEEDS)]), opened, lambda: extractor)
        print(f"The store was empty: {outcome.added} reports were read into it from {SEEDS}", file=sys.stderr)
    opened.close()


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            print(f"port {port} is not free ({error.strerror}); give another one with --port", file=sys.stderr)
            raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
