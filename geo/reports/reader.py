"""Reading reports from text, HTML, tables and JSON lines.

One bad input is one `ReportError` among what is yielded; the rest of the batch goes on.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import orjson

from geo.errors import ReportError
from geo.model import Report
from geo.reports.decoding import article, decode
from geo.settings import MAX_REPORT_BYTES, MAX_TEXT_CHARS

FIELDS = ("id", "title", "url", "publisher", "published", "language")
MANIFEST = "manifest.csv"
_KINDS = {".txt": "text", ".html": "html", ".htm": "html", ".csv": "table", ".jsonl": "lines"}
_SCRIPTS = {"ar": ("؀", "ۿ"), "he": ("֐", "׿"), "ru": ("Ѐ", "ӿ")}
_REFUSED = re.compile("[\0\ud800-\udfff]")

Read = Report | ReportError


def read(paths: Iterable[str]) -> Iterator[Read]:
    """Every report under the paths (files, folders, or "-" for standard input), in a stable order."""
    for path in paths:
        if path == "-":
            yield from _stdin()
        elif _is(Path(path), Path.is_dir):
            yield from _folder(Path(path))
        else:
            yield from _file(Path(path), {})


def report(
    text: str,
    source: str,
    fields: Mapping[str, str | None],
    raw: bytes | None = None,
    where: str | None = None,
) -> Report:
    """The report that a text and its fields make. Raises ReportError for no text, too much of it, or a bad date."""
    if not text.strip():
        raise ReportError(source, "empty: no text to read", where)
    limit = int(MAX_TEXT_CHARS.get())
    if len(text) > limit:
        raise ReportError(
            source,
            f"too long: {len(text):,} characters, over {limit:,}; split it or raise {MAX_TEXT_CHARS.name}",
            where,
        )
    text = _storable(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    given = {name: _storable(fields.get(name) or "").strip() or None for name in FIELDS}
    return Report(
        id=given["id"] or sha256,
        text=text,
        sha256=sha256,
        raw=raw if raw is not None else text.encode(),
        title=given["title"],
        url=given["url"],
        publisher=given["publisher"],
        published=_published(given["published"], source, where),
        language=given["language"] or _language(text),
        source=f"{source} ({where})" if where else source,
    )


def _storable(text: str) -> str:
    """The text with U+FFFD for each character that a database refuses: NUL, and halves of surrogate pairs.

    PostgreSQL refuses NUL, and UTF-8 has no surrogates. One character replaces one, so that offsets stay the same.
    """
    return _REFUSED.sub("\ufffd", text)


def _published(value: str | None, source: str, where: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value[:10])
    except ValueError as error:
        raise ReportError(
            source, f"published {value!r} is no date ({error}); write YYYY-MM-DD or leave it empty", where
        ) from error
    # A day's grace: it is tomorrow already in Kiribati.
    if day > datetime.now(UTC).date() + timedelta(days=1):
        raise ReportError(source, f"published {value} lies in the future; correct it or leave it empty", where)
    return day


def _language(text: str) -> str:
    """The language that a text's script suggests; English for Latin letters, as no other is read yet."""
    sample = [c for c in text[:2000] if c.isalpha()]
    for language, (first, last) in _SCRIPTS.items():
        if sum(first <= c <= last for c in sample) * 2 > len(sample):
            return language
    return "en"


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether a path is of a kind; False where the way to it is closed, which reading it then says."""
    try:
        return kind(path)
    except PermissionError:
        return False


def _folder(folder: Path) -> Iterator[Read]:
    try:
        names = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError as error:
        yield ReportError(str(folder), f"folder cannot be read ({error.strerror}); check its permissions")
        return
    rows: dict[str, Mapping[str, str]] = {}
    manifest = folder / MANIFEST
    if manifest in names:
        try:
            rows = {row["file"]: row for _, row in _rows(_text_of(manifest), str(manifest), "file")}
        except ReportError as error:
            yield error
    for missing in sorted(set(rows) - {p.name for p in names}):
        yield ReportError(str(manifest), f"names {missing!r}, which is not in the folder")
    for path in names:
        if path != manifest and _is(path, Path.is_file):
            yield from _file(path, rows.get(path.name, {}))


def _file(path: Path, fields: Mapping[str, str]) -> Iterator[Read]:
    kind = _KINDS.get(path.suffix.lower())
    try:
        if kind is None and _is(path, Path.is_file):
            raise ReportError(str(path), f"kind {path.suffix or '(none)'} is not read; give one of {', '.join(_KINDS)}")
        if kind == "table":
            yield from _table(_text_of(path, 10), str(path))
        elif kind == "lines":
            yield from _lines(_text_of(path, 10), str(path))
        else:
            yield _single(_bytes_of(path), str(path), kind == "html", fields)
    except ReportError as error:
        yield error


def _single(raw: bytes, source: str, is_page: bool, fields: Mapping[str, str]) -> Report:
    text = decode(raw, source)
    if not is_page:
        return report(text, source, fields, raw)
    body, found = article(text, source)
    return report(body, source, found | {k: v for k, v in fields.items() if v}, raw)


def _stdin() -> Iterator[Read]:
    try:
        text = decode(sys.stdin.buffer.read(), "standard input")
        if text.lstrip().startswith("{"):
            yield from _lines(text, "standard input")
        else:
            yield report(text, "standard input", {})
    except ReportError as error:
        yield error


def _table(text: str, source: str) -> Iterator[Read]:
    for where, row in _rows(text, source, "text"):
        try:
            yield report(row.get("text") or "", source, row, where=where)
        except ReportError as error:
            yield error


def _rows(text: str, source: str, column: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a CSV table with where they stand. Raises ReportError when it has no such column."""
    csv.field_size_limit(int(MAX_REPORT_BYTES.get()))
    try:
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = [name.strip().lower() for name in table.fieldnames or ()]
        if column not in names:
            raise ReportError(source, f"no column {column!r}; it has {', '.join(names) or 'none'}", "line 1")
        table.fieldnames = names
        for row in table:
            yield f"line {table.line_num}", {k: v for k, v in row.items() if k and isinstance(v, str)}
    except csv.Error as error:
        raise ReportError(source, f"not a CSV table ({error})") from error


def _lines(text: str, source: str) -> Iterator[Read]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            row = orjson.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ReportError(source, 'no object with a "text" of its own', where)
            fields = {k: str(v) for k, v in row.items() if k in FIELDS and v is not None}
            yield report(row["text"], source, fields, where=where)
        except orjson.JSONDecodeError as error:
            yield ReportError(source, f"not a whole line of JSON ({error})", where)
        except ReportError as error:
            yield error


def _text_of(path: Path, times: int = 1) -> str:
    return decode(_bytes_of(path, times), str(path))


def _bytes_of(path: Path, times: int = 1) -> bytes:
    limit = int(MAX_REPORT_BYTES.get()) * times
    try:
        size = path.stat().st_size
        if size > limit:
            raise ReportError(
                str(path),
                f"too large: {size:,} bytes, over {limit:,}; split it or raise {MAX_REPORT_BYTES.name}",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReportError(str(path), "no such file or folder") from error
    except OSError as error:
        raise ReportError(str(path), f"cannot be read ({error.strerror}); check its permissions") from error
