"""CSV tables: a row is one report, its fields are columns; `text` is required."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from geo.errors import ReportError
from geo.reports.builder import Read, report
from geo.reports.decoding import decode
from geo.settings import MAX_REPORT_BYTES

_DELIMITERS = ",;\t"


def read(raw: bytes, source: str, fields: Mapping[str, str]) -> Iterator[Read]:
    """A report or an error for each row. Raises ReportError where the column `text` is missing."""
    for where, row in rows(decode(raw, source), source, "text"):
        try:
            yield report(row.get("text") or "", source, {**fields, **row}, where=where)
        except ReportError as error:
            yield error


def rows(text: str, source: str, required: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table by column name in lower case, each with its place in the file.

    Raises ReportError where the required column is missing or the text is not a table.
    """
    csv.field_size_limit(int(MAX_REPORT_BYTES.get()))
    try:
        header = text.split("\n", 1)[0]
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=header.count))
        names = [name.strip().lower() for name in table.fieldnames or ()]
        if required not in names:
            columns = ", ".join(names) or "none"
            raise ReportError(source, f"no column {required!r}; the columns are: {columns}", "line 1")
        table.fieldnames = names
        for row in table:
            yield f"line {table.line_num}", {k: v for k, v in row.items() if k and isinstance(v, str)}
    except csv.Error as error:
        raise ReportError(source, f"not a CSV table ({error})") from error
