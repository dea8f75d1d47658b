"""Files of incidents read as a named dataset: our own GeoJSON and CSV, and exports of ACLED and of UCDP GED.

Each event is the contract's properties with `lat` and `lon`. A row that cannot be read is refused and named, the rest
goes on.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from geo.errors import ReportError
from geo.imports import acled, ours, ucdp
from geo.incidents.aggregation import REPORTS
from geo.reports.decoding import decode
from geo.store import Dataset

Event = dict[str, Any]
_CSV_CELL = 10_000_000  # characters: a cell of ours holds all sources of an incident

# How each form is known by its columns, and what reads a row of it.
_TABLES: tuple[tuple[str, frozenset[str], Callable[[Mapping[str, str]], Event]], ...] = (
    ("csv", frozenset(("event_id_cnty", "our_incident_id")), ours.from_row),
    ("acled", frozenset(("event_id_cnty", "event_date", "actor1")), acled.from_row),
    ("ucdp", frozenset(("id", "type_of_violence", "side_a", "date_start")), ucdp.from_row),
)


@dataclass
class Imported:
    """A dataset as read: its `events`, each with its name, and the rows that were refused."""

    dataset: Dataset
    events: list[Event] = field(default_factory=list)
    refused: list[ReportError] = field(default_factory=list)


def read_dataset(path: Path, name: str | None = None) -> Imported:
    """The events of a file, as a dataset of that name or else of the file's. Raises ReportError for no such file."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReportError(str(path), error.strerror or str(error)) from error
    text = decode(raw, str(path))
    form, rows = _geojson(text, path) if text.lstrip().startswith("{") else _table(text, path)
    if (name or path.stem) == REPORTS:
        raise ReportError(str(path), f"{REPORTS!r} is the name of what reports say; give another with --dataset")
    held = Dataset(name or path.stem, form, path.name, hashlib.sha256(raw).hexdigest(), datetime.now(UTC))
    done = Imported(held)
    seen: set[str] = set()
    for where, read in rows:
        try:
            event = read()
            if event["incident_id"] in seen:
                raise ValueError(f"the id {event['incident_id']} stands twice")
        except (KeyError, TypeError, ValueError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            done.refused.append(ReportError(str(path), reason, where))
            continue
        seen.add(event["incident_id"])
        done.events.append(event | {"dataset": held.name})
    if not done.events:
        raise ReportError(str(path), done.refused[0].reason if done.refused else "holds no event")
    return done


def _geojson(text: str, path: Path) -> tuple[str, Iterator[tuple[str, Callable[[], Event]]]]:
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(str(path), f"is no GeoJSON FeatureCollection ({error})") from error
    if not isinstance(features, list):
        raise ReportError(str(path), "is no GeoJSON FeatureCollection: `features` is no list")
    return "geojson", ((f"feature {n}", partial(ours.from_feature, f)) for n, f in enumerate(features, 1))


def _table(text: str, path: Path) -> tuple[str, Iterator[tuple[str, Callable[[], Event]]]]:
    csv.field_size_limit(_CSV_CELL)
    dialect = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect)
    columns = {name.strip().lower() for name in reader.fieldnames or ()}
    found = next(((form, read) for form, needed, read in _TABLES if needed <= columns), None)
    if found is None:
        known = "; ".join(f"{form}: {', '.join(sorted(needed))}" for form, needed, _ in _TABLES)
        raise ReportError(str(path), f"has not the columns of a form known here ({known})")
    form, read = found

    def rows() -> Iterator[tuple[str, Callable[[], Event]]]:
        try:
            for row in reader:
                told = {(k or "").strip().lower(): v or "" for k, v in row.items() if isinstance(v, str) or v is None}
                yield f"line {reader.line_num}", partial(read, told)
        except csv.Error as error:
            raise ReportError(str(path), f"cannot be read as a table ({error})", f"line {reader.line_num}") from error

    return form, rows()
