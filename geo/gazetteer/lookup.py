"""Looking up names in the gazetteer file."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from geo.gazetteer.analysis import analyse, likeness
from geo.gazetteer.area_names import AreaReader
from geo.gazetteer.build import ensure
from geo.gazetteer.names import SIBILANTS, fold, plain, skeleton, skeleton_of
from geo.gazetteer.nearest import NearestSettlement
from geo.gazetteer.schema import ABBREVIATION, ALIAS, DEMONYM, FORMAT, MAIN, SPELLING
from geo.gazetteer.variants import alternatives, variants
from geo.model import Place

# How alike two names must sound, 0 to 1 (`analysis.likeness`); set by hand on lists of villages.
LEAST_LIKENESS = 0.7  # with the same consonants
LEAST_LIKENESS_BY_CONSONANTS = 0.8  # with similar consonants
LEAST_LIKENESS_IN_AREA = 0.6  # in the country or division that is given
LEAST_LIKENESS_BESIDE_EXACT = 0.9  # there, where another place has the very name
# For a name in running text that nothing else marks as a place: as many capitalized words of the own reports pass it
# as passed 0.85 of rapidfuzz's ratio.
LEAST_ALIKE = 0.9
# The order of matches by likeness and by the decimal logarithm of the population, set by hand: what one unit of the
# logarithm adds to the likeness, and how many units less an alias, or a division, counts.
_LIKENESS_PER_DECADE, _DECADES_LESS = 0.01, 1.5
# Set by hand on the same lists.
_MOST_LETTERS = 100  # of a name that is compared with others; the longest name of a village has some 60
_LEAST_CONSONANTS = 3  # of a key that is compared with similar ones
_MOST_MISSING = 1  # consonants that a similar key may have more or less
_MOST_SIMILAR_KEYS = 24  # whose places are looked up
_LEAST_KEY_RATIO = 80.0  # rapidfuzz's ratio of similar keys, 0 to 100
_MOST_SAME_CONSONANTS = 100  # places with the same or similar consonants that are returned
_MOST_SIMILAR_PLACES = 8  # of similar name in an area
_MOST_LESS_ALIKE = 0.12  # than the first of them
_BY_KEY = (
    "SELECT n.kind, p.* FROM name n JOIN place p ON p.id = n.place "
    "WHERE n.key = ? AND n.kind BETWEEN ? AND ? ORDER BY n.kind"
)
_SPELLED_BY_KEY = "SELECT n.spelled, p.* FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND n.kind = ?"
# Bytes of the file that are memory-mapped, set by hand: pages that were read count as memory in use.
_MAPPED = 128 * 1024 * 1024
# Names and words for people whose look-ups are kept in memory; set by hand: more than a long report has.
_CACHED_NAMES, _CACHED_SIMILAR, _CACHED_DEMONYMS = 20_000, 1_000, 5_000


_CELL_DEGREES = 0.08  # some 9 km from south to north: a place and its neighbours are nine cells


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer, with its row number, its population and the number of its names in all languages."""

    number: int
    place: Place
    population: int
    names: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """A place that has a name: `kind` is MAIN, ALIAS or SPELLING; `likeness` 0 to 1, 1 for the first two."""

    entry: Entry
    kind: int
    likeness: float


class Gazetteer:
    """A gazetteer file, open for reading. It is quick to open; use one per thread."""

    def __init__(self, path: Path) -> None:
        self.path = ensure(path)
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._db.execute(f"PRAGMA mmap_size = {_MAPPED}")
        query = "SELECT admin1, name FROM place WHERE feature = 'ADM1' AND admin1 <> ''"
        self._divisions: dict[str, str] = dict(self._db.execute(query).fetchall())
        self.exact = lru_cache(maxsize=_CACHED_NAMES)(self._exact)
        self._areas = AreaReader(self._db)
        self._of_sound = lru_cache(maxsize=_CACHED_SIMILAR)(self._same_consonants)
        self.demonym = lru_cache(maxsize=_CACHED_DEMONYMS)(self._demonym)

    @cached_property
    def stamp(self) -> str:
        """Which gazetteer this is: its format, number of places and size; each build or import changes it."""
        places = self._db.execute("SELECT max(id) FROM place").fetchone()[0]
        return f"format {FORMAT}, {places} places, {self.path.stat().st_size} bytes"

    def lookup(self, name: str, country: str | None = None, admin1: str | None = None) -> tuple[Match, ...]:
        """Every place of that name; where none has it, of names with the same consonants; then with similar ones.

        With `country` (ISO 3166-1) only places there. With `admin1` (ISO 3166-2) too, places of that name in the
        division, then those there and up to some 5 km outside whose name sounds alike, most alike first: homonyms have
        the same likeness and stand in the order of their population. Where none does, places of the country.
        """
        if country is None:
            forms = variants(name)
            tiers = (self.exact, self.same_consonants, self.similar_consonants)
            return next((m for tier in tiers for variant in forms if (m := tier(variant))), ())
        if admin1 is None:
            return self._lookup_in_country(name, country)
        exact = tuple(m for m in self.exact(name) if _lies_in(m, country, admin1))
        similar = self.similar_in(name, country, admin1)
        if exact:
            known = {m.entry.number for m in exact}
            return exact + tuple(
                m for m in similar if m.likeness >= LEAST_LIKENESS_BESIDE_EXACT and m.entry.number not in known
            )
        return similar or self._lookup_in_country(name, country)

    def _lookup_in_country(self, name: str, country: str) -> tuple[Match, ...]:
        for tier, least in ((self.exact, 1.0), (self.same_consonants, LEAST_ALIKE)):
            for variant in variants(name):
                there = tuple(m for m in tier(variant) if m.entry.place.country == country)
                if there and there[0].likeness >= least:
                    return there
        return self.similar_in(name, country, None)

    def similar_in(self, name: str, country: str, admin1: str | None) -> tuple[Match, ...]:
        """Places of a country or division whose name sounds similar, at least LEAST_LIKENESS_IN_AREA."""
        if len(name) > _MOST_LETTERS:
            return ()
        forms = [fold(form) for form in (name, name.translate(SIBILANTS), *variants(name)[1:2], *alternatives(name))]
        best = self._areas.read(country, admin1).similar(forms, LEAST_LIKENESS_IN_AREA)
        least = max(best.values(), default=0.0) - _MOST_LESS_ALIKE
        numbers = sorted((n for n, value in best.items() if value >= least), key=lambda n: (-best[n], n))
        if len(numbers) > _MOST_SIMILAR_PLACES:  # all of those that are as alike as the last one
            last = best[numbers[_MOST_SIMILAR_PLACES - 1]]
            numbers = [n for n in numbers if best[n] >= last]
        return _ranked(Match(self._numbered(n), SPELLING, round(best[n], 3)) for n in numbers)

    def _exact(self, name: str) -> tuple[Match, ...]:
        rows = self._rows(fold(name), MAIN, ALIAS)
        if len(rows) == 1:
            return (Match(rows[0][1], rows[0][0], 1.0),)
        best: dict[int, Match] = {}
        for kind, entry in rows:
            best.setdefault(entry.number, Match(entry, kind, 1.0))
        return _ranked(best.values())

    def same_consonants(self, name: str) -> tuple[Match, ...]:
        """Places whose name has the same consonants and sounds alike, at least LEAST_LIKENESS, best first."""
        return self._of_sound(fold(name.translate(SIBILANTS)))

    def _same_consonants(self, folded: str) -> tuple[Match, ...]:
        key = skeleton_of(folded)
        return self._alike(folded, (key,), LEAST_LIKENESS) if 1 < len(key) <= _MOST_LETTERS else ()

    def similar_consonants(self, name: str) -> tuple[Match, ...]:
        """Places whose name differs by about one consonant and sounds alike, at least LEAST_LIKENESS_BY_CONSONANTS.

        The first two consonants must be the same.
        """
        key = skeleton(name)
        if len(key) < _LEAST_CONSONANTS or len(name) > _MOST_LETTERS:
            return ()
        rows = self._db.execute(
            "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? AND kind = ? AND length(key) BETWEEN ? AND ?",
            (key[:2], key[:2] + "\uffff", SPELLING, len(key) - _MOST_MISSING, len(key) + _MOST_MISSING),
        )
        keys = [k for (k,) in rows]
        similar = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_LEAST_KEY_RATIO, limit=_MOST_SIMILAR_KEYS)
        return self._alike(
            fold(name.translate(SIBILANTS)), tuple(k for k, _, _ in similar), LEAST_LIKENESS_BY_CONSONANTS
        )

    def _alike(self, folded: str, keys: tuple[str, ...], least: float) -> tuple[Match, ...]:
        """Places that have one of these skeletons and a name that sounds at least so alike."""
        (wanted,) = analyse((folded,))
        rows = [row for key in keys for row in self._db.execute(_SPELLED_BY_KEY, (key, SPELLING))]
        spelled = list(dict.fromkeys(name for names, *_ in rows for name in names.split("|")))
        alike = {
            name: likeness(wanted, other, folded, name) for name, other in zip(spelled, analyse(spelled), strict=True)
        }
        best: dict[int, tuple[float, Sequence[Any]]] = {}
        for names, *row in rows:
            value = max(alike[other] for other in names.split("|"))
            if value >= least and (row[0] not in best or best[row[0]][0] < value):
                best[row[0]] = value, row
        matches = (Match(self._entry(row), SPELLING, round(value, 3)) for value, row in best.values())
        return _ranked(matches)[:_MOST_SAME_CONSONANTS]

    def same_sound(self, name: str) -> tuple[Match, ...]:
        """Places whose name is spelled differently but sounds almost the same, for a name in running text."""
        return tuple(m for m in self.same_consonants(name) if m.likeness >= LEAST_ALIKE)

    def _demonym(self, word: str) -> str | None:
        """The ISO code of the country of an adjective or a word for its people ("Syrian" is SY); None for others."""
        for _, entry in self._rows(plain(word), DEMONYM, DEMONYM):
            return entry.place.country
        return None

    def capital(self, country: str) -> tuple[Match, ...]:
        """The capital of a country (ISO 3166-1)."""
        rows = self._db.execute(
            "SELECT * FROM place WHERE country = ? AND feature = 'PPLC' ORDER BY population DESC LIMIT 1", (country,)
        )
        return tuple(Match(self._entry(row), MAIN, 1.0) for row in rows)

    def nearest_settlement(self, lat: float, lon: float, km: float) -> Place | None:
        """The settlement nearest to a position, no farther than `km`; None where there is none."""
        number = self._nearest.within(lat, lon, km)
        return self._numbered(number).place if number is not None else None

    @cached_property
    def _nearest(self) -> NearestSettlement:
        return NearestSettlement(self._db)

    def abbreviation(self, text: str) -> tuple[Match, ...]:
        """The divisions with this short form, in exact case: "Ky." is Kentucky."""
        return tuple(Match(entry, ALIAS, 1.0) for _, entry in self._rows(text, ABBREVIATION, ABBREVIATION))

    def sites_near(self, place: Place) -> int:
        """How many sites of the project's own table lie within some 10 km of a place."""
        y, x = _cell(place.lat, place.lon)
        return sum(self._sites.get((y + i, x + j), 0) for i in (-1, 0, 1) for j in (-1, 0, 1))

    @cached_property
    def _sites(self) -> Counter[tuple[int, int]]:
        """The number of the project's own sites by cell."""
        rows = self._db.execute("SELECT lat, lon FROM place WHERE source_id LIKE 'site:%'")
        return Counter(_cell(lat, lon) for lat, lon in rows)

    def counts(self) -> dict[str, int]:
        """The number of places by feature code, largest first, and of all names under "names"."""
        features = dict(
            self._db.execute("SELECT feature, count(*) FROM place GROUP BY feature ORDER BY count(*) DESC").fetchall()
        )
        names = self._db.execute("SELECT count(*) FROM name").fetchone()[0]
        return features | {"names": int(names)}

    def _rows(self, key: str, first: int, last: int) -> list[tuple[int, Entry]]:
        """The places that have a key of the kinds from `first` to `last`, in the order of the kinds."""
        return [(kind, self._entry(row)) for kind, *row in self._db.execute(_BY_KEY, (key, first, last))]

    def _numbered(self, number: int) -> Entry:
        return self._entry(self._db.execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone())

    def _entry(self, row: Sequence[Any]) -> Entry:
        number, name, lat, lon, feature, country, admin1, population, uncertainty_km, source, source_id, names = row
        division = self._divisions.get(admin1)
        place = Place(
            name, lat, lon, country or None, division, feature, source, source_id, uncertainty_km, admin1 or None
        )
        return Entry(number, place, population, names)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL_DEGREES), math.floor(lon / _CELL_DEGREES)


def _lies_in(match: Match, country: str, admin1: str | None) -> bool:
    place = match.entry.place
    return place.country == country and (admin1 is None or place.admin1_code == admin1)


def _ranked(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches in order: names before other spellings, abandoned places last; then by likeness and population.

    Population counts less for an alias, for a division and for a region.
    """

    def rank(match: Match) -> tuple[object, ...]:
        feature = match.entry.place.feature or ""
        decades = math.log10(match.entry.population + 1) - _DECADES_LESS * (
            (match.kind == ALIAS) + feature.startswith(("ADM", "RGN"))
        )
        value = match.likeness + _LIKENESS_PER_DECADE * decades
        return match.kind == SPELLING, feature in ("PPLQ", "PPLH"), -value, match.entry.number

    return tuple(sorted(matches, key=rank))
