"""The tables of the gazetteer file, and how places are written into them."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from geo.gazetteer.names import MARKED_SIBILANT, SIBILANTS, fold, plain, skeletons_of
from geo.gazetteer.sources import Record

FORMAT = "9"  # raised when the tables or the folding change: an older file is then rebuilt

# What a key is of its place: its main name, another name, another spelling of either, a word for its people, or a
# short form in exact case ("Ky.").
MAIN, ALIAS, SPELLING, DEMONYM, ABBREVIATION = range(5)

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, feature TEXT NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, population INTEGER NOT NULL, uncertainty_km REAL NOT NULL,
    source TEXT NOT NULL, source_id TEXT NOT NULL,
    names INTEGER NOT NULL);
CREATE TABLE name (
    key TEXT NOT NULL, kind INTEGER NOT NULL, place INTEGER NOT NULL, spelled TEXT NOT NULL,
    PRIMARY KEY (key, kind, place)) WITHOUT ROWID;
CREATE INDEX spelling_of ON name (place) WHERE kind = 2;
CREATE INDEX place_in ON place (country, admin1);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# Only for a temporary file that nobody reads yet: after a crash it is thrown away.
UNSAFE_BUT_FAST = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"

Progress = Callable[[Iterable[Record]], Iterable[Record]]
Key = tuple[str, int, int, str]  # the last: the folded names of a SPELLING, separated by |

_SPELLED = re.compile(r"[a-z ء-يٱ-ۓە]+\Z")


def insert_places(db: sqlite3.Connection, rows: Iterable[Record]) -> Counter[str]:
    """How many places each source gave; they are written with all their names."""
    counts: Counter[str] = Counter()
    number = int(db.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0])
    places: list[tuple[str | float | int, ...]] = []
    keys: list[Key] = []
    for row in rows:
        number += 1
        counts[row.dataset] += 1
        places.append((number, *_columns(row)))
        keys.extend((key, kind, number, spelled) for key, kind, spelled in _keys(row))
    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
    add_keys(db, keys)
    return counts


def update_place(db: sqlite3.Connection, number: int, row: Record) -> None:
    """Give a known settlement a new position and division, and its population where the row has one.

    Its name stays, and so does what it is, where the row only says that it is a settlement.
    """
    where = (row.lat, row.lon, row.admin1)
    db.execute("UPDATE place SET lat = ?, lon = ?, admin1 = ? WHERE id = ?", (*where, number))
    if row.population:
        size = (row.population, row.uncertainty_km)
        db.execute("UPDATE place SET population = ?, uncertainty_km = ? WHERE id = ?", (*size, number))
    if not row.feature.startswith("PPL") or row.feature in ("PPLQ", "PPLH", "PPLX"):
        db.execute("UPDATE place SET feature = ? WHERE id = ?", (row.feature, number))


def add_keys(db: sqlite3.Connection, keys: list[Key]) -> None:
    """Write names, sorted so that rows are added at the end of the table."""
    keys.sort()
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", keys)


def keys_of_names(main: str, others: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Keys of a place's names, each with its kind and spellings; `main` is empty where only other names are added."""
    first = fold.__wrapped__(main)
    rest = {fold.__wrapped__(name) for name in others} - {first, ""}
    if first:
        yield first, MAIN, ""
    for key in rest:
        yield key, ALIAS, ""
    spelled: dict[str, set[str]] = {}
    sounded = {fold.__wrapped__(name.translate(SIBILANTS)) for name in (main, *others) if MARKED_SIBILANT.search(name)}
    for name in {first, *rest, *sounded} - {""}:
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
        row.source, row.source_id, row.names or len(row.aliases) + 1,
    )  # fmt: skip
