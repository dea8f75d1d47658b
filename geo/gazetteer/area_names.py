"""The names of one country or division, for finding those that sound like a given one."""

from __future__ import annotations

import re
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from geo.gazetteer.analysis import analyse, likeness
from geo.gazetteer.phonemes import romanized
from geo.gazetteer.schema import SPELLING

Cell = tuple[int, int]  # latitude and longitude, in _CELL_DEGREES

# Letters by what they have in common in all romanisations, to choose the names that are compared in full: one vowel,
# one k, one t, one s, one b. Arabic and Hebrew letters stand for the same.
_CLASSES = {
    "a": "aeiouywاويعאויע", "k": "qkgxقكگغخגכךק", "t": "tdتدطضثذדטת", "s": "szcjjسزصشظجژچסזצץש", "b": "bpvfبپفڤבפף",
    "m": "mمמם", "n": "nنןנ", "l": "lلל", "r": "rرר", "": "hهحהח",
}  # fmt: skip
_ROUGH = str.maketrans({letter: rough for rough, letters in _CLASSES.items() for letter in letters})
_VOWELS = re.compile(r"a+")
# Set by hand on names hidden from dumps of 17 countries.
_COMPARED = 30  # names that are compared in full
_LEAST_ROUGH = 50.0  # rapidfuzz's ratio of the rough letters
_LEAST_WORD_LETTERS = 4  # rough letters of a word that leads to names by itself
_MOST_WITH_WORD = 40  # names that a word leads to; a more frequent word says too little
_OUTSIDE = 0.93  # the likeness of a place just outside the area is multiplied by it


# Places of another division this near to a settlement of the one asked for may be meant: sources draw borders some
# kilometres apart. In degrees of latitude and longitude, the side of a cell; its neighbours count. Set by hand.
_CELL_DEGREES = 0.025
_KEPT_AREAS = 64  # whose names are kept in memory; set by hand: more than a report names


class AreaNames:
    """The names of an area, each with its place's number."""

    def __init__(self, names: Iterable[tuple[str, int]], outside: frozenset[int] = frozenset()) -> None:
        """`names` are the folded names; `outside` the places that lie just outside."""
        pairs = list(names)
        self._names = [name for name, _ in pairs]
        self._places = array("l", (place for _, place in pairs))
        self._outside = outside
        text = _rough("\n".join(self._names)) if pairs else ""
        self._rough = text.split("\n") if pairs else []
        self._text = text
        self._starts = array("l", (m.end() for m in re.finditer("\n", text)))

    def similar(self, folded: Sequence[str], least: float) -> Mapping[int, float]:
        """How alike the best name of each place is to the best of the folded forms, if at least `least`."""
        best: dict[int, float] = {}
        for form in dict.fromkeys(romanized(form) for form in folded if form):
            chosen = sorted(self._chosen(form))
            (wanted,) = analyse((form,))
            for i, other in zip(chosen, analyse([self._names[i] for i in chosen]), strict=True):
                place = self._places[i]
                value = likeness(wanted, other, form, self._names[i])
                value *= _OUTSIDE if place in self._outside else 1.0
                if value >= max(least, best.get(place, 0.0)):
                    best[place] = value
        return best

    def _chosen(self, form: str) -> set[int]:
        """The positions of the names that are compared in full with a form."""
        rough = _rough(form)
        ranked = process.extract(rough, self._rough, scorer=fuzz.ratio, score_cutoff=_LEAST_ROUGH, limit=_COMPARED)
        chosen = {i for _, _, i in ranked}
        for word in rough.split():
            if len(word) >= _LEAST_WORD_LETTERS:
                with_word = self._with_word(word)
                chosen |= with_word if len(with_word) <= _MOST_WITH_WORD else set()
        return chosen

    def _with_word(self, word: str) -> set[int]:
        """The positions of the names in which a rough word stands."""
        ends = re.finditer(rf"{word}(?![^ \n])", self._text)
        return {bisect_right(self._starts, m.start()) for m in ends if self._text[m.start() - 1 : m.start()] in "\n "}


class AreaReader:
    """Reads the names of areas from the gazetteer's file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.read = lru_cache(maxsize=_KEPT_AREAS)(self._read)
        self._cells = lru_cache(maxsize=1)(self._read_cells)

    def _read(self, country: str, admin1: str | None) -> AreaNames:
        """The names in a country (ISO 3166-1), or in a division of it (ISO 3166-2) and just outside."""
        outside = self._just_outside(country, admin1) if admin1 else frozenset[int]()
        where, values = (
            ("country = ?", (country,)) if admin1 is None else ("country = ? AND admin1 = ?", (country, admin1))
        )
        query = f"SELECT n.spelled, n.place FROM place p JOIN name n ON n.place = p.id AND n.kind = {SPELLING} WHERE p."
        rows = self._db.execute(query + where, values).fetchall()
        for place in outside:
            rows += self._db.execute(f"SELECT spelled, place FROM name WHERE place = ? AND kind = {SPELLING}", (place,))
        return AreaNames(((name, place) for spelled, place in rows for name in spelled.split("|")), outside)

    def _just_outside(self, country: str, admin1: str) -> frozenset[int]:
        """The settlements of other divisions that lie in a cell, or beside one, with a settlement of this division."""
        divisions = self._cells(country)
        near = {(y + i, x + j) for y, x in divisions.get(admin1, ()) for i in (-1, 0, 1) for j in (-1, 0, 1)}
        others = (cells for area, cells in divisions.items() if area != admin1)
        return frozenset(place for cells in others for cell in near & cells.keys() for place in cells[cell])

    def _read_cells(self, country: str) -> dict[str, dict[Cell, list[int]]]:
        """The settlements of each division of a country, by the cell they lie in."""
        divisions: dict[str, dict[Cell, list[int]]] = {}
        query = "SELECT id, admin1, lat, lon FROM place WHERE country = ? AND feature LIKE 'P%'"
        for place, area, lat, lon in self._db.execute(query, (country,)):
            cell = int(lat // _CELL_DEGREES), int(lon // _CELL_DEGREES)
            divisions.setdefault(area, {}).setdefault(cell, []).append(place)
        return divisions


def _rough(text: str) -> str:
    return _VOWELS.sub("a", text.translate(_ROUGH))
