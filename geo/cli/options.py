"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH...")]
StoreUrl = Annotated[str, typer.Option("--store", help="Database URL.", show_default=False)]
Online = Annotated[
    bool, typer.Option("--online", help="Ask a Nominatim server for names that the gazetteer does not have.")
]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write; standard output without it.")]
