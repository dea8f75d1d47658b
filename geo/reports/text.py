"""Plain text: a file is one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geo.reports.builder import Read, report
from geo.reports.decoding import decode


def read(raw: bytes, source: str, fields: Mapping[str, str]) -> Iterator[Read]:
    """The report in a text file. Raises ReportError where it is empty or not text."""
    yield report(decode(raw, source), source, fields, raw)
