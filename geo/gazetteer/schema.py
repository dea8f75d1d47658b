"""The tables of the gazetteer file, and how a place is written into them."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from geo.gazetteer.names import HISSED, HISSING, fold, plain, skeletons_of
from geo.gazetteer.sources import Record

FORMAT = "7"  # raised when the tables or the folding change: an older file is then built anew

# How a key leads to a place: its main name, another name, a spelling of either, a word for its people, a short form
# in exact case ("Ky.").
MAIN, ALIAS, SPELLING, DEMONYM, ABBREVIATION = range(5)

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, feature TEXT NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, population INTEGER NOT NULL, uncertainty_km REAL NOT NULL,
    source TEXT NOT NULL, source_id TEXT NOT NULL);
CREATE TABLE name (
    key TEXT NOT NULL, kind INTEGER NOT NULL, place INTEGER NOT NULL, spelled TEXT NOT NULL,
    PRIMARY KEY (key, kind, place)) WITHOUT ROWID;
CREATE INDEX spelling_of ON name (place) WHERE kind = 2;
CREATE INDEX place_in ON place (country, admin1);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# Only a scratch file that nobody reads yet is written so; it takes the place of the old one when it is whole.
UNSAFE_BUT_FAST = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"

Progress = Callable[[Iterable[Record]], Iterable[Record]]
Key = tuple[str, int, int, str]  # the last: the folded names behind a SPELLING, parted by |

_SPELLED = re.compile(r"[a-z ء-يٱ-ۓە]+\Z")


def add(db: sqlite3.Connection, rows: Iterable[Record]) -> Counter[str]:
    """Write places with all their names; return how many each source gave."""
    held: Counter[str] = Counter()
    number = int(db.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0])
    keys: list[Key] = []
    for row in rows:
        number += 1
        held[row.dataset] += 1
        db.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", (number, *_columns(row)))
        keys.extend((key, kind, number, spelled) for key, kind, spelled in _keys(row))
    add_keys(db, keys)
    return held


def add_keys(db: sqlite3.Connection, keys: list[Key]) -> None:
    """Write names, sorted so that the table grows at its end."""
    keys.sort()
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", keys)


def keys_of_names(main: str, others: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Keys of a place's names; `main` may be empty where only others are added."""
    first = fold.__wrapped__(main)
    rest = {fold.__wrapped__(name) for name in others} - {first, ""}
    if first:
        yield first, MAIN, ""
    for key in rest:
        yield key, ALIAS, ""
    spelled: dict[str, set[str]] = {}
    heard = {fold.__wrapped__(name.translate(HISSING)) for name in (main, *others) if HISSED.search(name)}
    for name in {first, *rest, *heard} - {""}:
        if _SPELLED.match(name):
            for key in skeletons_of(name):
                spelled.setdefault(key, set()).add(name)
    for key, names in spelled.items():
        if len(key) > 1:
            yield key, SPELLING, "|".join(sorted(names))


def _keys(row: Record) -> Iterator[tuple[str, int, str]]:
    yield from keys_of_names(row.name, row.aliases)
    for word in row.demonyms:
        yield plain(word), DEMONYM, ""
    for word in row.abbreviations:
        yield word, ABBREVIATION, ""


def _columns(row: Record) -> tuple[str | float | int, ...]:
    return (
        row.name, row.lat, row.lon, row.feature, row.country, row.admin1, row.population, row.uncertainty_km,
        row.source, row.source_id,
    )  # fmt: skip
