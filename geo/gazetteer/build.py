"""The gazetteer file: one SQLite database, written beside its place and then put there whole."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from geo.errors import GazetteerError
from geo.gazetteer.names import fold, plain, skeleton_of
from geo.gazetteer.sources import Record, records

FORMAT = "1"  # raised when the tables or the folding change: an older file is then built anew

# How a key leads to a place: its main name, another name, a spelling of either, a word for its people.
MAIN, ALIAS, SPELLING, DEMONYM = range(4)

_SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, feature TEXT NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, population INTEGER NOT NULL, uncertainty_km REAL NOT NULL,
    source TEXT NOT NULL, source_id TEXT NOT NULL);
CREATE TABLE name (
    key TEXT NOT NULL, kind INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, kind, place)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_BATCH = 20_000
_SPELLED = re.compile(r"[a-z ا-ي]+\Z")


def ensure(path: Path, say: Callable[[str], None] = lambda _: None) -> Path:
    """The gazetteer's path, built first where there is none or one of an older format.

    Raises GazetteerError, with what to do, when it cannot be built there.
    """
    if _format_of(path) != FORMAT:
        say(f"gazetteer not built yet: building {path} once (some 20 seconds)")
        build(path)
    return path


def build(path: Path, progress: Callable[[Iterable[Record]], Iterable[Record]] = iter) -> Counter[str]:
    """Write the gazetteer from the embedded sources; return how many places each source gave."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
        os.close(handle)
        try:
            held = _write(Path(name), progress(records()))
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            path, f"cannot be built here ({error}); set DESECRATION_GAZETTEER to a path that can be written"
        ) from error
    return held


def _write(path: Path, rows: Iterable[Record]) -> Counter[str]:
    held: Counter[str] = Counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA + "BEGIN;")
        keys: list[tuple[str, int, int]] = []
        for number, row in enumerate(rows, start=1):
            held[row.source if row.source in ("GeoNames", "Natural Earth") else "project table"] += 1
            db.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", (number, *_columns(row)))
            keys.extend((key, kind, number) for key, kind in _keys(row))
        keys.sort()
        for start in range(0, len(keys), _BATCH):
            db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", keys[start : start + _BATCH])
        db.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
        db.execute("COMMIT")
    return held


def _columns(row: Record) -> tuple[str | float | int, ...]:
    return (
        row.name, row.lat, row.lon, row.feature, row.country, row.admin1, row.population, row.uncertainty_km,
        row.source, row.source_id,
    )  # fmt: skip


def _keys(row: Record) -> Iterator[tuple[str, int]]:
    main = fold.__wrapped__(row.name)
    others = {fold.__wrapped__(name) for name in row.aliases} - {main, ""}
    yield main, MAIN
    for key in others:
        yield key, ALIAS
    spelled = {skeleton_of(key) for key in {main, *others} if _SPELLED.match(key)}
    for key in spelled:
        if len(key) > 1:
            yield key, SPELLING
    for word in row.demonyms:
        yield plain(word), DEMONYM


def _format_of(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            return str(found[0]) if found else None
    except sqlite3.Error as error:
        print(f"gazetteer {path} cannot be read ({error})", file=sys.stderr)
        return None
