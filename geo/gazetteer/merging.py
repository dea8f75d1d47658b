"""Adding the places of an imported dump to those that the gazetteer has: what is known gains names, and stays."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from geo.gazetteer.names import fold, plain
from geo.gazetteer.schema import ALIAS, MAIN, Key, add_keys, insert_places, keys_of_names, update_place
from geo.gazetteer.sources import Record
from geo.gazetteer.tables import DATA


def merge_divisions(db: sqlite3.Connection, records: Iterable[Record]) -> Iterator[Record]:
    """The records without the first-order divisions that the gazetteer has; these gain the records' names.

    One that it lacks becomes an ADM2 within the division of its position. A name that another division of the country
    has is not added, nor a mere "Northern".
    """
    for record in records:
        if record.feature != "ADM1":
            yield record
            continue
        having = {n: _divisions_named(db, n, record.country) for n in (record.name, *record.aliases) if not _is_bare(n)}
        place = _same_division(record, having)
        if place is None:
            yield replace(record, feature="ADM2")
            continue
        free = [name for name, divisions in having.items() if set(divisions.values()) <= {place}]
        add_keys(db, [(key, kind, place, spelled) for key, kind, spelled in keys_of_names("", free)])


def _divisions_named(db: sqlite3.Connection, name: str, country: str) -> dict[str, int]:
    """The code and the place's number of each first-order division of a country that has the name."""
    rows = db.execute(
        "SELECT p.admin1, p.id FROM name n JOIN place p ON p.id = n.place "
        "WHERE n.key = ? AND n.kind BETWEEN ? AND ? AND p.country = ? AND p.feature = 'ADM1'",
        (fold(name), MAIN, ALIAS, country),
    )
    return dict(rows.fetchall())


def _same_division(record: Record, having: dict[str, dict[str, int]]) -> int | None:
    """The number of the division that shares most names with the record, the one at its position before others."""
    by_key = {fold(name): divisions for name, divisions in having.items()}
    shared = Counter(division for divisions in by_key.values() for division in divisions.items())
    best = max(shared, key=lambda found: (shared[found], found[0] == record.admin1), default=None)
    return best[1] if best else None


def _is_bare(name: str) -> bool:
    return plain(name) in _bare_words()


@cache
def _bare_words() -> frozenset[str]:
    """Words for a part of a country, folded as by `plain`, which name no division by themselves."""
    words = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
    return frozenset(words["bare"]) | frozenset(words["parts"])


def merge_places(db: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Add places; those with a GeoNames id of the gazetteer are updated and gain names."""
    db.execute("CREATE INDEX IF NOT EXISTS place_source ON place (source_id)")
    rows = db.execute("SELECT source_id, id, name FROM place WHERE source = 'GeoNames'")
    known: dict[str, tuple[int, str]] = {source_id: (number, name) for source_id, number, name in rows}
    new: list[Record] = []
    keys: list[Key] = []
    for record in records:
        if record.source_id not in known:
            new.append(record)
            continue
        number, name = known[record.source_id]
        update_place(db, number, record)
        others = [n for n in (record.name, *record.aliases) if fold(n) != fold(name)]
        keys.extend((key, kind, number, spelled) for key, kind, spelled in keys_of_names("", others))
    add_keys(db, keys)
    insert_places(db, new)
