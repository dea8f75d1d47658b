"""Folders: every file is read, with the fields that a manifest gives for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from geo.errors import ReportError
from geo.reports.builder import Read
from geo.reports.decoding import decode
from geo.reports.files import is_kind, read_bytes, read_file
from geo.reports.table import rows

MANIFEST = "manifest.csv"  # a row per file: `file` and any of FIELDS


def read_folder(folder: Path) -> Iterator[Read]:
    """Every report of the files in a folder, in order of their names. Hidden files and subfolders are not read."""
    try:
        paths = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError as error:
        yield ReportError(str(folder), f"the folder cannot be read ({error.strerror}); check its permissions")
        return
    fields: dict[str, Mapping[str, str]] = {}
    manifest = folder / MANIFEST
    if manifest in paths:
        try:
            fields = _read_manifest(manifest)
        except ReportError as error:
            yield error
    for missing in sorted(set(fields) - {p.name for p in paths}):
        yield ReportError(str(manifest), f"names {missing!r}, which is not in the folder")
    for path in paths:
        if path != manifest and is_kind(path, Path.is_file):
            yield from read_file(path, fields.get(path.name, {}))


def _read_manifest(path: Path) -> dict[str, Mapping[str, str]]:
    """The fields of each file that a manifest names."""
    source = str(path)
    return {row["file"]: row for _, row in rows(decode(read_bytes(path), source), source, "file")}
