"""The annotated corpora: which there are, where they lie, their reports, and the two halves of the project's own.

The project's own reports lie beside this file with their texts. The others lie in the folder `shared` beside the
project, because their texts belong to their publishers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.model import Report
from geo.reports import report
from geo.reports.near_duplicates import CopyDates
from geo.settings import PROJECT
from tests.eval.scoring.figures import Json

SHARED = PROJECT.parent / "shared"
OWN = Path(__file__).with_name("own_reports.jsonl")

OWN_HALVES = ("own_development", "own_test")
SHARED_CLAIMS = ("seeds", "reports", "world")
CLAIMS = (*SHARED_CLAIMS, *OWN_HALVES)
TOPONYMS = ("trnews", "geovirus")
ALL = (*CLAIMS, *TOPONYMS)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Annotated reports. `rows` are the annotations as they were read, `sha256` the hash of their file.

    `reference_days` are the days that each report's dates are read against, as the program chooses them: a report
    without a date has that of the earliest copy of its text.
    """

    name: str
    sha256: str
    rows: tuple[Json, ...]
    reports: tuple[Report, ...]
    reference_days: Mapping[str, date | None]


def is_available(name: str) -> bool:
    """Whether the files of a corpus are on this machine."""
    return _file_of(name).is_file()


def load(name: str) -> Corpus:
    """A corpus by its name, one of ALL."""
    path = _file_of(name)
    rows = [row for row in read_rows(path) if name not in OWN_HALVES or half_of(row) == name]
    reports = tuple(_report(name, row) for row in rows)
    days = {report.id: day for report, day in CopyDates().ordered(reports)}
    return Corpus(name, hash_of(path), tuple(rows), reports, days)


def load_unannotated() -> tuple[Report, ...]:
    """General news and reports of attacks, which hardly ever report what the project looks for."""
    paths = (SHARED / "eval" / "general_news.jsonl", SHARED / "muc4" / "dev.jsonl")
    rows = [row for path in paths for row in read_rows(path)]
    return tuple(report(row["text"], "corpus", {"id": row.get("id") or row["doc"]}) for row in rows)


def half_of(row: Json) -> str:
    """The half of the project's own reports that a report belongs to.

    It follows from the hash of the event, which is that of the report where no other report is about its event: two
    reports of one event are in one half, so that nothing learned from the development half is asked in the test half.
    """
    event = row.get("same_incident_group") or row["doc"]
    return OWN_HALVES[hashlib.sha256(event.encode()).digest()[0] % 2]


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_rows(path: Path) -> list[Json]:
    """The rows of a file of JSON lines. Only "\\n" ends a line: texts may hold other line separators."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def write_rows(path: Path, rows: Iterable[Json]) -> Path:
    """Write rows as JSON lines; the path comes back."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _file_of(name: str) -> Path:
    if name in OWN_HALVES:
        return OWN
    return SHARED / "geoparsing" / f"{name}.jsonl" if name in TOPONYMS else SHARED / "eval" / f"{name}_gold.jsonl"


def _report(name: str, row: Json) -> Report:
    fields = {"id": row["doc"]}
    if name not in TOPONYMS:
        fields |= {"publisher": row["publisher"], "published": row["published"], "language": row["lang"]}
    return report(_text(name, row), "corpus", {key: value for key, value in fields.items() if value})


def _text(name: str, row: Json) -> str:
    if "text" in row:
        return str(row["text"])
    folder = SHARED / "seeds" if name == "seeds" else SHARED / "eval" / "reports"
    return (folder / f"{row['doc'].removesuffix('.txt')}.txt").read_bytes().decode()
