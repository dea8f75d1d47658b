"""Adding GeoNames files to the gazetteer from the command line, with progress and messages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.terminal import SHOWN_REFUSALS, complain, progress
from geo.settings import GAZETTEER

if TYPE_CHECKING:
    from geo.gazetteer.sources import Record


def fetch_countries(countries: Iterable[str]) -> bool:
    """Download country dumps and add them to the gazetteer; whether one failed or some line was refused."""
    from geo.errors import FetchError
    from geo.gazetteer.fetch import fetch as run

    files, failed = [], False
    with tempfile.TemporaryDirectory() as scratch, progress("kB fetched", 1000) as step:
        for country in countries:
            try:
                files.append(run(country, Path(scratch), step))
            except FetchError as error:
                complain(str(error))
                failed = True
        if files:
            failed = import_dumps(files) or failed
    return failed


def import_dumps(files: list[Path]) -> bool:
    """Add files to the gazetteer and print what became of them; whether any line was refused."""
    from geo.gazetteer.build import import_files

    ensure_built()
    results = import_files(Path(GAZETTEER.get()), files, counted)
    for file, imported in results.items():
        added = f"{sum(imported.places.values()):,} places" if imported.places else f"{imported.names:,} names"
        print(f"{file}: {added}, {len(imported.refused):,} lines refused")
        for refusal in imported.refused[:SHOWN_REFUSALS]:
            complain(f"refused: {refusal.where}: {refusal.reason}")
        if len(imported.refused) > SHOWN_REFUSALS:
            complain(f"and {len(imported.refused) - SHOWN_REFUSALS:,} more lines of {file}")
    return any(imported.refused for imported in results.values())


def ensure_built() -> None:
    """Build the gazetteer where it is missing, with a message."""
    from geo.gazetteer.build import ensure

    ensure(Path(GAZETTEER.get()), complain)


def counted(rows: Iterable[Record]) -> Iterator[Record]:
    """The rows, counted by a progress bar."""
    with progress("places") as step:
        for row in rows:
            step()
            yield row
