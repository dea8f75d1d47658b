"""`python -m dashboard`: open the dashboard; an empty store is filled from seeds/ first."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.errors import GeoError
from geo.settings import GAZETTEER, PROJECT, STORE

ADDRESS = "127.0.0.1"
SEEDS = PROJECT / "seeds"


def main(
    store: Annotated[str, typer.Option(help="Database URL.", show_default=False)] = "",
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Open the dashboard. A store without any report is filled from seeds/."""
    url = store or STORE.get()
    os.environ[STORE.name] = url
    try:
        _fill(url)
    except GeoError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    _check(port)
    os.chdir(PROJECT)  # where .streamlit/config.toml stands
    from dashboard.server import application

    print(f"The dashboard is open at http://{ADDRESS}:{port} (stop it with Ctrl-C)", flush=True)
    application().run(config={"server.port": port, "server.address": ADDRESS})


def _fill(url: str) -> None:
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
        print(f"The store was empty: {outcome.added} reports read into it from {SEEDS}", file=sys.stderr)
    opened.close()


def _check(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            print(f"port {port} is taken ({error.strerror}); give another with --port", file=sys.stderr)
            raise typer.Exit(1) from error


if __name__ == "__main__":
    typer.run(main)
