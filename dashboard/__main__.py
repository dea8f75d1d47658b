"""`python -m dashboard` opens the dashboard, `python -m dashboard briefing` draws a briefing sheet."""

from __future__ import annotations

import inspect
import os
import socket
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.export import selection_of, with_filter_options
from geo.cli.offer import missing_in, offer_command
from geo.errors import FilterError, GeoError
from geo.settings import HOST, IS_CHECKOUT, PROJECT, STORE

if TYPE_CHECKING:
    from geo.extraction.pipeline import Extractor

LOOPBACK = "127.0.0.1"
# A built wheel carries the seed reports inside the package.
SEEDS = PROJECT / "seeds" if IS_CHECKOUT else Path(__file__).with_name("seeds")

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
StoreUrl = Annotated[str, typer.Option("--store", help="Database URL.", show_default=False)]


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    store: StoreUrl = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    host: Annotated[
        str,
        typer.Option(
            help="Address to listen on. Any other than 127.0.0.1 lets everybody who can reach this machine read and "
            "change the store without an account or a password.",
        ),
    ] = HOST.get(),
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
    _check(host, port)
    from dashboard.cache import current_snapshot
    from dashboard.server import application

    Thread(target=current_snapshot, daemon=True).start()  # so that the first page need not wait for it
    print(f"The dashboard is open at http://{host}:{port} (stop it with Ctrl-C)", flush=True)
    config: dict[str, Any] = {"server.port": port, "server.address": host}
    if host != LOOPBACK:
        print(f"warning: everybody who can reach {host}:{port} can read and change the store", file=sys.stderr)
        config["server.allowedHosts"] = [LOOPBACK, "localhost", host]
    sys.argv[0] = __file__  # Streamlit reads .streamlit/config.toml beside the script that was started
    application().run(config=config)


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
    from geo.linking.service import open_store

    try:
        selection = selection_of(filters)
        opened = open_store(store or STORE.get())
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
    from geo.ingest import ingest
    from geo.linking.service import open_store
    from geo.reports import read

    opened = open_store(url)
    if opened.is_empty():
        outcome = ingest(read([str(SEEDS)]), opened, _extractor)
        for error in outcome.refused:
            print(f"refused: {error}", file=sys.stderr)
        print(f"The store was empty: {outcome.added} reports were read into it from {SEEDS}", file=sys.stderr)
        offer_command(missing_in(opened.unresolved()), " --reread", ", or press the button on the page")
    opened.close()


def _extractor() -> Extractor:
    from geo.extraction.loading import load_extractor

    return load_extractor(notify=lambda text: print(text, file=sys.stderr))


def _check(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            print(f"{host}:{port} cannot be used ({error.strerror}); give another --port or --host", file=sys.stderr)
            raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
