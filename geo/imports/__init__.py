"""Files of incidents read as a named dataset: our own GeoJSON and CSV, and exports of ACLED and of UCDP GED.

A row that cannot be read is refused and named; the others are read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from geo.errors import ReportError
from geo.imports import acled, ours, ucdp
from geo.incidents.record import REPORTS, IncidentRecord
from geo.incidents.serialization import stored_event
from geo.reports.decoding import decode
from geo.store import Dataset, Store

_CSV_CELL = 10_000_000  # characters of a cell, set by hand: a cell of our CSV has all sources of an incident

# Each row of a file: where it is, and what reads it.
Rows = Iterator[tuple[str, Callable[[], IncidentRecord]]]

# The columns by which each form is recognised, and what reads a row of it.
_TABLES: tuple[tuple[str, frozenset[str], Callable[[Mapping[str, str]], IncidentRecord]], ...] = (
    ("csv", frozenset(("event_id_cnty", "our_incident_id")), ours.from_row),
    ("acled", frozenset(("event_id_cnty", "event_date", "actor1")), acled.from_row),
    ("ucdp", frozenset(("id", "type_of_violence", "side_a", "date_start")), ucdp.from_row),
)


@dataclass
class ImportedDataset:
    """A dataset as read: its `events`, and the rows that were refused."""

    dataset: Dataset
    events: list[IncidentRecord] = field(default_factory=list)
    refused: list[ReportError] = field(default_factory=list)

    def save(self, store: Store) -> int:
        """Write it to a store in place of an earlier dataset of its name; how many events it has."""
        return store.keep_dataset(self.dataset, [stored_event(event) for event in self.events])


def read_dataset(path: Path, name: str | None = None) -> ImportedDataset:
    """The events of a file, as a dataset of that name or else of the file's. Raises ReportError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReportError(str(path), error.strerror or str(error)) from error
    text = decode(raw, str(path))
    form, rows = _geojson(text, path) if text.lstrip().startswith("{") else _table(text, path)
    title = name or path.stem
    if title == REPORTS:
        raise ReportError(str(path), f"{REPORTS!r} is the name of what reports say; give another with --dataset")
    imported = ImportedDataset(Dataset(title, form, path.name, hashlib.sha256(raw).hexdigest(), datetime.now(UTC)))
    _read_rows(rows, imported, path)
    if not imported.events:
        raise ReportError(str(path), imported.refused[0].reason if imported.refused else "contains no event")
    return imported


def _read_rows(rows: Rows, imported: ImportedDataset, path: Path) -> None:
    """Read every row into the dataset, or into its refusals."""
    ids: set[str] = set()
    for where, read in rows:
        try:
            event = read()
            if event.id in ids:
                raise ValueError(f"the id {event.id} is used twice")
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            imported.refused.append(ReportError(str(path), reason, where))
            continue
        ids.add(event.id)
        imported.events.append(_in_dataset(event, imported.dataset.name))


def _in_dataset(event: IncidentRecord, name: str) -> IncidentRecord:
    place = replace(event.place, source=name) if event.place else None
    return replace(event, dataset=name, place=place)


def _geojson(text: str, path: Path) -> tuple[str, Rows]:
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReportError(str(path), f"is not a GeoJSON FeatureCollection ({error})") from error
    if not isinstance(features, list):
        raise ReportError(str(path), "is not a GeoJSON FeatureCollection: `features` is not a list")
    return "geojson", ((f"feature {n}", partial(ours.from_feature, f)) for n, f in enumerate(features, 1))


def _table(text: str, path: Path) -> tuple[str, Rows]:
    csv.field_size_limit(_CSV_CELL)
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = {name.strip().lower() for name in reader.fieldnames or ()}
    matching = next(((form, read) for form, needed, read in _TABLES if needed <= columns), None)
    if matching is None:
        known = "; ".join(f"{form}: {', '.join(sorted(needed))}" for form, needed, _ in _TABLES)
        raise ReportError(str(path), f"does not have the columns of a known form ({known})")
    form, read = matching
    return form, _table_rows(reader, read, path)


def _table_rows(reader: csv.DictReader[str], read: Callable[[Mapping[str, str]], IncidentRecord], path: Path) -> Rows:
    try:
        for row in reader:
            cells = {(k or "").strip().lower(): v or "" for k, v in row.items() if isinstance(v, str) or v is None}
            yield f"line {reader.line_num}", partial(read, cells)
    except csv.Error as error:
        raise ReportError(str(path), f"cannot be read as a table ({error})", f"line {reader.line_num}") from error
