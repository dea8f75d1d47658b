"""Commands of the gazetteer: `build`, `import`, `fetch`, `lookup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.dumps import counted, ensure_built, fetch_countries, import_dumps
from geo.cli.options import StoreUrl
from geo.cli.terminal import complain
from geo.settings import GAZETTEER, STORE

app = typer.Typer(no_args_is_help=True, help="Build the gazetteer and look names up in it.")


@app.command()
def build() -> None:
    """Build the gazetteer from the packages' data and the project's own tables."""
    from geo.gazetteer.build import build as run

    path = Path(GAZETTEER.get())
    counts = run(path, counted)
    print(f"built {path} ({path.stat().st_size / 1e6:.0f} MB)")
    for source, number in counts.most_common():
        print(f"{number:>9,}  {source}")


@app.command("import")
def import_(files: Annotated[list[Path], typer.Argument(help="GeoNames dumps or alternate names.")]) -> None:
    """Add GeoNames files to the gazetteer: country dumps and alternate names, plain or zipped."""
    raise typer.Exit(1 if import_dumps(files) else 0)


@app.command()
def fetch(
    countries: Annotated[list[str], typer.Argument(help="ISO codes.", metavar="CC...")],
    reread: Annotated[
        bool,
        typer.Option("--reread", help="Then read the stored reports again that name unknown places there."),
    ] = False,
    store: StoreUrl = "",
) -> None:
    """Download country dumps from GeoNames and add them to the gazetteer."""
    failed = fetch_countries(countries)
    if reread:
        from geo.cli.offer import reread_fetched
        from geo.linking.service import open_store
        from geo.missing_places import missing_names

        opened = open_store(store or STORE.get())
        wanted = {country.upper() for country in countries}
        missing = [m for m in missing_names(opened.unresolved()) if m.country in wanted]
        failed = reread_fetched(missing, opened) or failed
    raise typer.Exit(1 if failed else 0)


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(help="A place name in any spelling.")],
    country: Annotated[str | None, typer.Option(help="ISO code of the country it lies in.")] = None,
    admin1: Annotated[str | None, typer.Option(help="ISO 3166-2 code of the division it lies in, as SY-RA.")] = None,
) -> None:
    """Show every place with a name, or with a similar spelling of it, the most similar first."""
    from geo.gazetteer import Gazetteer

    ensure_built()
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
