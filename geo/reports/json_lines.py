"""JSON lines: a line is one report, an object with its fields; `text` is required."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson

from geo.errors import ReportError
from geo.reports.builder import FIELDS, Read, report
from geo.reports.decoding import decode


def read(raw: bytes, source: str, fields: Mapping[str, str]) -> Iterator[Read]:
    """A report or an error for each line that is not blank. Raises ReportError where the file is not text."""
    for number, line in enumerate(decode(raw, source).split("\n"), start=1):
        if line.strip():
            yield _read_line(line, source, f"line {number}", fields)


def _read_line(line: str, source: str, where: str, fields: Mapping[str, str]) -> Read:
    try:
        row = orjson.loads(line)
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            return ReportError(source, 'is not an object with a "text" that is a string; write {"text": "..."}', where)
        given = {name: str(value) for name, value in row.items() if name in FIELDS and value is not None}
        return report(row["text"], source, {**fields, **given}, where=where)
    except orjson.JSONDecodeError as error:
        return ReportError(source, f"not a complete line of JSON ({error})", where)
    except ReportError as error:
        return error
