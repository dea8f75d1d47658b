"""Which place contains another by the words around them: "Paris, Texas", "the Manshiyya district of Daraa"."""

from __future__ import annotations

from dataclasses import dataclass

from geo.extraction.languages.interface import PlaceCues
from geo.extraction.toponyms.names import NameOption, NameReader
from geo.geocoding.containment import lies_in
from geo.model import Place

# Feature codes of what contains settlements, from the largest; every other code counts as a settlement or a site.
_LEVELS = {"CONT": 4, "PCLI": 3, "RGN": 2, "ADM1": 2, "ADM2": 1, "ISL": 1, "ISLS": 1}


@dataclass(frozen=True, slots=True)
class Container:
    """The name that contains another: its words, where they begin, and the places that have it.

    It is `binding` in "X, Y" and "the X district of Y", where the other surely lies in it, and not in "X in Y", whose
    two names may belong to different parts of a sentence.
    """

    name: str
    start: int
    places: tuple[Place, ...]
    binding: bool


def container_of(text: str, option: NameOption, names: NameReader, cues: PlaceCues) -> Container | None:
    """The container that the words around a name state; None where they state none, or where the two are a list."""
    stated = cues.container_after(text, option.start, option.end)
    if stated is None:
        return None
    for outer in names.options_at(stated.start):
        places = tuple(m.entry.place for m in outer.matches if _may_contain(m.entry.place, stated.of_part))
        if places:
            if _same_place(option, outer):
                return None  # two names of one place: "Lipljan (Lipjan)"
            if stated.binding and not stated.of_part and _is_list(text, option, outer, places, names, cues):
                return None
            return Container(text[outer.start : outer.end], outer.start, places, stated.binding)
    return None


def _same_place(option: NameOption, outer: NameOption) -> bool:
    numbers = {m.entry.number for m in option.matches}
    return any(m.entry.number in numbers for m in outer.matches)


def _may_contain(place: Place, parts: bool) -> bool:
    feature = place.feature or ""
    return feature in _LEVELS or (parts and feature.startswith("PPL"))


def _is_list(
    text: str, option: NameOption, outer: NameOption, places: tuple[Place, ...], names: NameReader, cues: PlaceCues
) -> bool:
    """Whether "X, Y" lists two countries, or is part of a longer list of divisions: "Oregon, Ohio and Utah"."""
    shared = _levels_of(option) & {_level(p) for p in places}
    if not shared:
        return False
    if _LEVELS["PCLI"] in shared and not _lies_within(option, places):
        return True
    following = cues.next_in_list(text, outer.end)
    listed = any(shared & _levels_of(o) for o in names.options_at(following)) if following is not None else False
    return listed or cues.follows_in_list(text, option.start)


def _lies_within(option: NameOption, countries: tuple[Place, ...]) -> bool:
    """Whether a division or region of one of the countries has the name: "Georgia, USA", "Macedonia, Greece"."""
    wide = (m.entry.place for m in option.matches if m.entry.place.feature in ("ADM1", "RGN"))
    return any(lies_in(place, country) for place in wide for country in countries)


def _levels_of(option: NameOption) -> set[int]:
    return {level for m in option.matches if (level := _level(m.entry.place)) > 1}


def _level(place: Place) -> int:
    return _LEVELS.get(place.feature or "", 0)
