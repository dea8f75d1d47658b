"""Reading one file in the format that its name says, within the limits of size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ReportError
from geo.reports import html, json_lines, table, text
from geo.reports.builder import Read
from geo.settings import MAX_REPORT_BYTES


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what reads a file's bytes, and how many times MAX_REPORT_BYTES a file may have."""

    read: Callable[[bytes, str, Mapping[str, str]], Iterator[Read]]
    size_factor: int = 1


# Times the limit of one report for a file of many reports, set by hand; the help of MAX_REPORT_BYTES says so.
_MANY = 10
FORMATS = {
    ".txt": Format(text.read),
    ".html": Format(html.read),
    ".htm": Format(html.read),
    ".csv": Format(table.read, _MANY),
    ".jsonl": Format(json_lines.read, _MANY),
}


def read_file(path: Path, fields: Mapping[str, str]) -> Iterator[Read]:
    """Every report of a file, or an error that says why it cannot be read; `fields` are those of its manifest."""
    form = FORMATS.get(path.suffix.lower())
    try:
        if form is None and is_kind(path, Path.is_file):
            kind, known = path.suffix or "(none)", ", ".join(FORMATS)
            raise ReportError(str(path), f"files of kind {kind} are not read; give one of {known}")
        form = form or FORMATS[".txt"]  # a device or a pipe without a suffix
        yield from form.read(read_bytes(path, form.size_factor), str(path), fields)
    except ReportError as error:
        yield error


def read_bytes(path: Path, size_factor: int = 1) -> bytes:
    """The content of a file. Raises ReportError where it is missing, may not be read, or is too large."""
    limit = int(MAX_REPORT_BYTES.get()) * size_factor
    try:
        size = path.stat().st_size
        if size > limit:
            raise ReportError(
                str(path),
                f"too large: {size:,} bytes, the limit is {limit:,}; split it or raise {MAX_REPORT_BYTES.name}",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReportError(str(path), "no such file or folder") from error
    except OSError as error:
        raise ReportError(str(path), f"cannot be read ({error.strerror}); check its permissions") from error


def is_kind(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether a path is a file or a folder; False where permissions hide it, which reading it then reports."""
    try:
        return kind(path)
    except PermissionError:
        return False
