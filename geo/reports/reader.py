"""Reading reports from files, folders and standard input.

An input that cannot be read is one `ReportError` among what is yielded; the others are read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from geo.errors import ReportError
from geo.reports import json_lines, text
from geo.reports.builder import Read
from geo.reports.files import is_kind, read_file
from geo.reports.folder import read_folder

_STDIN = "standard input"
_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # byte order marks, UTF-16's zero bytes, blanks


def read(paths: Iterable[str]) -> Iterator[Read]:
    """Every report in the paths (files, folders, or "-" for standard input), in a stable order."""
    for path in paths:
        if path == "-":
            yield from _read_stdin()
        elif is_kind(Path(path), Path.is_dir):
            yield from read_folder(Path(path))
        else:
            yield from read_file(Path(path), {})


def _read_stdin() -> Iterator[Read]:
    """JSON lines where the input starts with an object, else one text."""
    raw = sys.stdin.buffer.read()
    form = json_lines if raw.lstrip(_BEFORE_JSON).startswith(b"{") else text
    try:
        yield from form.read(raw, _STDIN, {})
    except ReportError as error:
        yield error
