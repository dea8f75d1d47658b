"""Looking names up in the gazetteer file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from geo.gazetteer.build import ensure
from geo.gazetteer.names import fold, plain, skeleton
from geo.gazetteer.schema import ABBREVIATION, ALIAS, DEMONYM, MAIN, SPELLING
from geo.model import Place

# The least likeness (rapidfuzz's ratio of folded names, 0 to 100) at which a spelling counts as the same name.
LEAST_LIKENESS = 70.0
# The same for a name in running text that nothing else marks as a place.
LEAST_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as the gazetteer holds it, with what only the resolver needs."""

    number: int
    place: Place
    population: int


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a name leads to: `kind` MAIN, ALIAS or SPELLING; `likeness` 0 to 1, 1 for the first two."""

    entry: Entry
    kind: int
    likeness: float


class Gazetteer:
    """Read-only view of one gazetteer file. Cheap to open; use one per thread."""

    def __init__(self, path: Path) -> None:
        self.path = ensure(path)
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        query = "SELECT admin1, name FROM place WHERE feature = 'ADM1' AND admin1 <> ''"
        self._divisions: dict[str, str] = dict(self._db.execute(query).fetchall())
        self.exact = lru_cache(maxsize=20_000)(self._exact)
        self.demonym = lru_cache(maxsize=5_000)(self._demonym)

    def lookup(self, name: str) -> tuple[Match, ...]:
        """Every place of that name; of a like spelling where none has the name itself. Most people first."""
        return self.exact(name) or self.spelled(name)

    def _exact(self, name: str) -> tuple[Match, ...]:
        best: dict[int, Match] = {}
        for kind, entry in self._rows(fold(name), (MAIN, ALIAS)):
            best.setdefault(entry.number, Match(entry, kind, 1.0))
        return _by_people(best.values())

    def spelled(self, name: str) -> tuple[Match, ...]:
        """Places whose name is spelled otherwise but may be the same, at least LEAST_LIKENESS alike."""
        key, wanted = skeleton(name), fold(name)
        found = []
        for _, entry in self._rows(key, (SPELLING,)) if len(key) > 1 else ():
            likeness = fuzz.ratio(wanted, fold(entry.place.name))
            if likeness >= LEAST_LIKENESS or not wanted.isascii():
                found.append(Match(entry, SPELLING, likeness / 100))
        return _by_people(found)

    def exact_spelling(self, name: str) -> tuple[Match, ...]:
        """`spelled`, but only where every word is there and the letters are all but the same."""
        words = len(fold(name).split())
        return tuple(
            m
            for m in self.spelled(name)
            if m.likeness >= LEAST_ALIKE and len(fold(m.entry.place.name).split()) == words
        )

    def _demonym(self, word: str) -> str | None:
        """The ISO code of the country whose people or things are called that ("Syrian" is SY)."""
        for _, entry in self._rows(plain(word), (DEMONYM,)):
            return entry.place.country
        return None

    def abbreviation(self, text: str) -> tuple[Match, ...]:
        """The divisions that a short form in exact case stands for: "Ky." is Kentucky."""
        return tuple(Match(entry, ALIAS, 1.0) for _, entry in self._rows(text, (ABBREVIATION,)))

    def country_name(self, code: str) -> str | None:
        """The country's short English name."""
        row = self._db.execute(
            "SELECT name FROM place WHERE feature = 'PCLI' AND country = ? LIMIT 1", (code,)
        ).fetchone()
        return str(row[0]) if row else None

    def holdings(self) -> dict[str, int]:
        """How many places each feature code has, most first, and how many names there are in all."""
        features = dict(
            self._db.execute("SELECT feature, count(*) FROM place GROUP BY feature ORDER BY count(*) DESC").fetchall()
        )
        names = self._db.execute("SELECT count(*) FROM name").fetchone()[0]
        return features | {"names": int(names)}

    def _rows(self, key: str, kinds: tuple[int, ...]) -> list[tuple[int, Entry]]:
        rows = self._db.execute(
            "SELECT n.kind, p.* FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND n.kind BETWEEN ? AND ? "
            "ORDER BY n.kind",
            (key, kinds[0], kinds[-1]),
        ).fetchall()
        return [(row[0], self._entry(row[1:])) for row in rows]

    def _entry(self, row: tuple[int, str, float, float, str, str, str, int, float, str, str]) -> Entry:
        number, name, lat, lon, feature, country, admin1, population, uncertainty_km, source, source_id = row
        place = Place(
            name=name,
            lat=lat,
            lon=lon,
            country=country or None,
            admin1=self._divisions.get(admin1),
            feature=feature,
            source=source,
            source_id=source_id,
            uncertainty_km=uncertainty_km,
            admin1_code=admin1 or None,
        )
        return Entry(number, place, population)


def _by_people(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda m: (m.kind, -m.likeness, -m.entry.population, m.entry.number)))
