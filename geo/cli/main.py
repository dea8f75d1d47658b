"""The command line: `python -m geo`. Exit status: 0 done, 1 some inputs were refused, 2 wrong usage."""

from __future__ import annotations

import logging
import os
import sys

import typer

from geo.cli import export, gazetteer, reports
from geo.cli.terminal import complain
from geo.errors import FilterError, GeoError

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
app.command()(reports.ingest)
app.command()(reports.reread)
app.command()(reports.extract)
export.register(app)
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
