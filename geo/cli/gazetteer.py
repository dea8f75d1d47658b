"""Commands of the gazetteer: `build`, `import`, `fetch`, `lookup`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.terminal import SHOWN_REFUSALS, complain, progress
from geo.settings import GAZETTEER

if TYPE_CHECKING:
    from geo.gazetteer.sources import Record

app = typer.Typer(no_args_is_help=True, help="Build the gazetteer and look names up in it.")


@app.command()
def build() -> None:
    """Build the gazetteer from the packages' data and the project's own tables."""
    from geo.gazetteer.build import build as run

    path = Path(GAZETTEER.get())
    counts = run(path, _counted)
    print(f"built {path} ({path.stat().st_size / 1e6:.0f} MB)")
    for source, number in counts.most_common():
        print(f"{number:>9,}  {source}")


@app.command("import")
def import_(files: Annotated[list[Path], typer.Argument(help="GeoNames dumps or alternate names.")]) -> None:
    """Add GeoNames files to the gazetteer: country dumps and alternate names, plain or zipped."""
    raise typer.Exit(1 if _import(files) else 0)


@app.command()
def fetch(countries: Annotated[list[str], typer.Argument(help="ISO codes.", metavar="CC...")]) -> None:
    """Download country dumps from GeoNames and add them to the gazetteer."""
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
            failed = _import(files) or failed
    raise typer.Exit(1 if failed else 0)


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(help="A place name in any spelling.")],
    country: Annotated[str | None, typer.Option(help="ISO code of the country it lies in.")] = None,
    admin1: Annotated[str | None, typer.Option(help="ISO 3166-2 code of the division it lies in, as SY-RA.")] = None,
) -> None:
    """Show every place with a name, or with a similar spelling of it, the most similar first."""
    from geo.gazetteer import Gazetteer

    _ensure()
    matches = Gazetteer(Path(GAZETTEER.get())).lookup(name, country and country.upper(), admin1 and admin1.upper())
    if not matches:
        complain(f"{name!r} is not in the gazetteer, nor is a name of similar spelling")
        raise typer.Exit(1)
    for match in matches:
        place = match.entry.place
        where = ", ".join(part for part in (place.admin1, place.country) if part)
        print(
            f"{match.likeness:4.2f}  {place.name} ({where})  {place.feature}  {place.lat:.4f} {place.lon:.4f}  "
            f"±{place.uncertainty_km:g} km  {place.source} {place.source_id}"
        )


def _import(files: list[Path]) -> bool:
    """Add files to the gazetteer and print what became of them; whether any line was refused."""
    from geo.gazetteer.build import import_files

    _ensure()
    results = import_files(Path(GAZETTEER.get()), files, _counted)
    for file, imported in results.items():
        added = f"{sum(imported.places.values()):,} places" if imported.places else f"{imported.names:,} names"
        print(f"{file}: {added}, {len(imported.refused):,} lines refused")
        for refusal in imported.refused[:SHOWN_REFUSALS]:
            complain(f"refused: {refusal.where}: {refusal.reason}")
        if len(imported.refused) > SHOWN_REFUSALS:
            complain(f"and {len(imported.refused) - SHOWN_REFUSALS:,} more lines of {file}")
    return any(imported.refused for imported in results.values())


def _ensure() -> None:
    from geo.gazetteer.build import ensure

    ensure(Path(GAZETTEER.get()), complain)


def _counted(rows: Iterable[Record]) -> Iterator[Record]:
    with progress("places") as step:
        for row in rows:
            step()
            yield row
