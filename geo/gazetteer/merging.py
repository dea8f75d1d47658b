"""Adding the places of an imported dump to those that the gazetteer has: what is known gains names, and stays."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import Counter, defaultdict
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
    known: dict[str, dict[str, dict[str, int]]] = {}
    for record in records:
        if record.feature != "ADM1":
            yield record
            continue
        names = known.setdefault(record.country, _division_names(db, record.country))
        place = _same_division(record, names)
        if place is None:
            yield replace(record, feature="ADM2")
            continue
        free = [n for n in (record.name, *record.aliases) if not _is_bare(n)]
        free = [n for n in free if set(names.get(fold(n), {}).values()) <= {place}]
        add_keys(db, [(key, kind, place, spelled) for key, kind, spelled in keys_of_names("", free)])


def _division_names(db: sqlite3.Connection, country: str) -> dict[str, dict[str, int]]:
    """For each name of a country's first-order divisions the code and the place's number of those that have it."""
    rows = db.execute(
        "SELECT n.key, p.admin1, p.id FROM place p JOIN name n ON n.place = p.id AND n.kind BETWEEN ? AND ? "
        "WHERE p.country = ? AND p.feature = 'ADM1'",
        (MAIN, ALIAS, country),
    )
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for key, code, number in rows:
        names[key][code] = number
    return names


def _same_division(record: Record, names: dict[str, dict[str, int]]) -> int | None:
    """The number of the division that shares most names with the record, the one at its position before others."""
    shared = Counter(
        (code, number)
        for key in {fold(n) for n in (record.name, *record.aliases) if not _is_bare(n)}
        for code, number in names.get(key, {}).items()
    )
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
