"""The commands `export` and `import`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.atomic_write import sink
from geo.cli.options import Out, StoreUrl
from geo.cli.terminal import SHOWN_REFUSALS, complain
from geo.errors import FilterError, ReportError
from geo.exports import FORMATS, export_format
from geo.incidents.filters import FILTERS, Filter, Selection
from geo.settings import STORE

if TYPE_CHECKING:
    from geo.imports import ImportedDataset


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("export")(export_incidents)
    app.command("import")(import_datasets)


def export_incidents(
    store: StoreUrl = "",
    output: Out = None,
    format: Annotated[str, typer.Option(help=f"{', '.join(FORMATS)}.")] = "geojson",  # noqa: A002
    **filters: Any,
) -> None:
    """Write the incidents that pass the filters."""
    from geo.incidents.catalogue import catalogue
    from geo.incidents.columns import IncidentColumns
    from geo.linking.service import open_store

    chosen_format = export_format(format)
    selection = selection_of(filters)
    opened = open_store(store or STORE.get())
    reports = opened.reports()
    selected = IncidentColumns(catalogue(opened, reports)).select(selection)
    with sink(output) as write:
        write(chosen_format.dumps(selected, selection, len(reports)))


def selection_of(options: Mapping[str, Any]) -> Selection:
    """The selection of the values of the filters' options. Raises FilterError."""
    return Selection.from_query(_pairs(options))


def _pairs(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in FILTERS:
        value = options.get(each.name)
        texts = value if isinstance(value, list | tuple) else [] if value is None else [value]
        yield from ((each.name, text) for text in texts)


def _parameter(of: Filter) -> inspect.Parameter:
    """The option of a filter. It is text for the command line; the filter itself reads it."""
    words = f"{of.help}{': ' + ', '.join(of.codes) if of.codes and of.many else ''}{'; repeatable' if of.many else ''}."
    option = typer.Option(of.option, help=words, metavar=of.metavar, show_default=False)
    kind: Any = list[str] if of.many else str
    return inspect.Parameter(
        of.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option]
    )


def with_filter_options(signature: inspect.Signature) -> inspect.Signature:
    """A signature with an option for each filter in place of `**filters`."""
    own = [p for p in signature.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
    return signature.replace(parameters=[*own, *(_parameter(each) for each in FILTERS)])


# The options are made from the registry of filters, so that no filter can be missing here.
export_incidents.__signature__ = with_filter_options(inspect.signature(export_incidents, eval_str=True))  # type: ignore[attr-defined]


def import_datasets(
    files: Annotated[list[Path], typer.Argument(help="Our GeoJSON or CSV, an ACLED or a UCDP GED export.")],
    store: StoreUrl = "",
    dataset: Annotated[str, typer.Option(help="Name of the dataset; the file's name without it.")] = "",
) -> None:
    """Add events as a named dataset, beside what reports say. A dataset of the same name is replaced."""
    from geo.imports import read_dataset
    from geo.linking.service import open_store

    if dataset and len(files) > 1:
        raise FilterError("--dataset", dataset, "names one dataset; give one file with it")
    opened, refused = open_store(store or STORE.get()), False
    for file in files:
        try:
            imported = read_dataset(file, dataset or None)
        except ReportError as error:
            complain(f"refused: {error}")
            refused = True
            continue
        _report(file, imported, imported.save(opened))
        refused = refused or bool(imported.refused)
    raise typer.Exit(1 if refused else 0)


def _report(file: Path, imported: ImportedDataset, number: int) -> None:
    """Say what was refused and what was stored."""
    for refusal in imported.refused[:SHOWN_REFUSALS]:
        complain(f"refused: {refusal}")
    dataset, n_refused = imported.dataset, len(imported.refused)
    print(
        f"{file}: {number:,} events as {dataset.name!r} ({dataset.form}), {n_refused:,} rows refused", file=sys.stderr
    )
