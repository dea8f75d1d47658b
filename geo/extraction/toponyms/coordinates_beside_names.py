"""What coordinates in a report say of the names that they stand beside: "Al-Wawi (35.66 N, 38.41 E)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from geopy.distance import great_circle

from geo.extraction.document import Document
from geo.extraction.toponyms.coordinates import placed_mention
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.lookup import LEAST_ALIKE
from geo.gazetteer.names import fold
from geo.gazetteer.schema import SPELLING
from geo.geocoding.written_position import SOURCE_BESIDE, WrittenPosition
from geo.model import Candidate, Place

# By which the position of a name in the gazetteer may differ from the one in the text beyond the uncertainties of both:
# positions for a village, its district and a site of its name.
_SAME_PLACE_KM = 50.0
# GeoNames feature codes of what is too wide for one position: countries, divisions, regions and seas.
_AREAS = ("PCLI", "ADM1", "ADM2", "ADM3", "RGN", "CONT", "OCN", "SEA", "GULF", "STRT", "BAY")
_MOST_NAME_WORDS, _NAME_CHARS = 4, 60  # of a name right before coordinates in brackets that nothing else recognised
# What stands between a name and its coordinates: "X (", "X village (coordinates: ", "X, ".
_BESIDE = re.compile(r"(?: (?P<kind>[^\W\d_]+))?,? ?[(\[][^()\[\]\d.!?\n]{0,40}|, ?|: ?")
_BRACKET = re.compile(r" ?[(\[][^()\[\]\d.!?\n]{0,40}")
_NAME_GAP = re.compile(r"[ '’-]")
_INSIDE = re.compile(r", (?:[^\W\d_]+ ){0,3}")  # between X and Y in "X, in Y"
_LONGEST_GAP = 64  # characters, of `_BESIDE` with a word for the kind

Position = Place | WrittenPosition


def certain_positions(
    positions: Sequence[WrittenPosition], names: Sequence[ToponymMention], document: Document
) -> list[WrittenPosition]:
    """The positions without those that no place of the name right before them confirms: "the ratio (35.66, 38.41)"."""
    starts = [n.start for n in names]
    return [p for p in positions if p.is_certain or _is_confirmed(p, _two_before(names, starts, p.start), document)]


def _is_confirmed(position: WrittenPosition, before: Sequence[ToponymMention], document: Document) -> bool:
    name = _name_before(before, position, position.start, document)
    return name is not None and any(_is_near(m.entry.place, position) for m in _points(name.matches))


def _two_before(names: Sequence[ToponymMention], starts: Sequence[int], offset: int) -> Sequence[ToponymMention]:
    """The last two names before an offset; `starts` are the offsets of the names."""
    last = bisect_left(starts, offset)
    return names[max(0, last - 2) : last]


@dataclass(frozen=True)
class CheckedNames:
    """What coordinates say of names that they stand beside.

    `beside` is by the offset of such a name, `elsewhere` by its folded form, for the other mentions of it; `describing`
    has the offsets of the coordinates.
    """

    beside: Mapping[int, ToponymMention]
    elsewhere: Mapping[str, ToponymMention]
    describing: Set[int]

    def apply(self, name: ToponymMention) -> ToponymMention:
        """The name, placed where coordinates beside it, or beside another mention of it, place it."""
        checked = self.beside.get(name.start) or self.elsewhere.get(fold(name.name))
        if checked is None or not checked.candidates:
            return name
        return replace(name, matches=checked.matches, candidates=checked.candidates, reason=checked.reason)


def check_names(
    names: Sequence[ToponymMention], coordinates: Sequence[ToponymMention], document: Document, gazetteer: Gazetteer
) -> CheckedNames:
    """What coordinates say of the names right before them; both are in the order of the text.

    A name means the place of the gazetteer that is nearest, where one is near, or else the position in the text; beside
    the coordinates it has their position in any case. The name of a country, a division or a sea means the one in which
    the coordinates lie, which are of a point in it.
    """
    starts = [n.start for n in names]
    beside: dict[int, ToponymMention] = {}
    elsewhere: dict[str, ToponymMention] = {}
    describing: set[int] = set()
    for coordinate in coordinates:
        position = coordinate.candidates[0].place
        name = _name_before(_two_before(names, starts, coordinate.start), position, coordinate.start, document)
        if name is None:
            continue
        if _is_area(name, position):
            checked = beside[name.start] = _around(name, position)
        else:
            checked = _checked(name, position, gazetteer)
            beside[name.start] = _at(checked, position)
            describing.add(coordinate.start)
        elsewhere.setdefault(fold(name.name), checked)
    return CheckedNames(beside, elsewhere, describing)


def _name_before(
    before: Sequence[ToponymMention], position: Position, start: int, document: Document
) -> ToponymMention | None:
    """The name right before coordinates at the offset `start`, or what it contains: X in "X, Y (35.66 N, 38.41 E)".

    None without one. `before` are the last two names before the coordinates.
    """
    text = document.report.text
    if not before or not _is_beside(text[before[-1].end : start][: _LONGEST_GAP + 1], document):
        return None
    last = before[-1]
    if len(before) < 2 or not _is_area(last, position) or _is_area(before[0], position):
        return last
    gap = text[before[0].end : last.start]
    return before[0] if len(gap) <= _LONGEST_GAP and _INSIDE.fullmatch(gap) else last


def _is_beside(gap: str, document: Document) -> bool:
    match = _BESIDE.fullmatch(gap)
    return match is not None and (not match["kind"] or document.language.places.is_kind_word(match["kind"].lower()))


def _is_area(name: ToponymMention, position: Position) -> bool:
    """Whether a name means a country, a division or a sea, beside a position: first of all, or that it lies in one.

    A city with the name of its division is meant where it is near.
    """
    points = _points(name.matches)
    if any(_is_near(m.entry.place, position) for m in points):
        return False
    areas = [m.entry.place for m in name.matches if m not in points]
    first = bool(name.matches) and name.matches[0] not in points
    return first or any(_km(area, position) <= area.uncertainty_km for area in areas)


def _points(matches: Sequence[Match]) -> list[Match]:
    return [m for m in matches if (m.entry.place.feature or "") not in _AREAS]


def unrecognised_names(
    names: Sequence[ToponymMention], coordinates: Sequence[ToponymMention], document: Document
) -> list[ToponymMention]:
    """The names right before coordinates in brackets that are none of `names`: the coordinates show that they are.

    Both are in the order of the text.
    """
    starts = [n.start for n in names]
    mentions = []
    for coordinate in coordinates:
        front = _name_in_front(coordinate, document)
        if front is None:
            continue
        last = bisect_left(starts, front.end) - 1
        if last < 0 or not names[last].overlaps(front):
            mentions.append(front)
    return mentions


def _name_in_front(coordinate: ToponymMention, document: Document) -> ToponymMention | None:
    """Up to four words with a capital right before the bracket that coordinates stand in."""
    text, places = document.text, document.language.places
    least = max(0, coordinate.start - _LONGEST_GAP)
    bracket = max(text.rfind(sign, least, coordinate.start) for sign in "([")
    end = len(text[:bracket].rstrip(" ")) if bracket > 0 else 0
    if not end or not _BRACKET.fullmatch(text[end : coordinate.start]):
        return None
    offset = max(0, end - _NAME_CHARS)
    start, first = end, end
    for word_start, word_end in reversed(list(places.name_words(text[offset:end]))[-_MOST_NAME_WORDS:]):
        word = text[offset + word_start : offset + word_end]
        joined = offset + word_end == end or _NAME_GAP.fullmatch(text[offset + word_end : start])
        if not joined or not (word[0].isupper() or (start < end and places.is_particle(word))):
            break
        start = offset + word_start
        first = start if word[0].isupper() else first
    name = document.report.text[first:end]
    if first == end or places.is_common_word(name.lower()):
        return None
    return ToponymMention(first, end, name)


def _around(name: ToponymMention, position: Place) -> ToponymMention:
    """The name of an area, as the smallest of its areas that the position lies in, where it lies in one."""
    around = [m for m in name.matches if _km(m.entry.place, position) <= m.entry.place.uncertainty_km]
    if not around:
        return name
    smallest = min(around, key=lambda m: m.entry.place.uncertainty_km)
    return replace(name, matches=(smallest,), candidates=(Candidate(smallest.entry.place, 0.0),))


def _checked(name: ToponymMention, position: Place, gazetteer: Gazetteer) -> ToponymMention:
    """A name as the coordinates beside it show it: at the nearest place that has it, or at the position itself."""
    matches = name.matches
    if not matches and position.country:
        matches = tuple(m for m in gazetteer.lookup(name.name, position.country) if m.likeness >= LEAST_ALIKE)
    points = _points(matches)
    nearest = min(points, key=lambda m: _km(m.entry.place, position), default=None)
    if nearest is not None and _is_near(nearest.entry.place, position):
        return replace(name, matches=(nearest,), candidates=(Candidate(nearest.entry.place, 0.0),))
    exact = [m.entry.place for m in points if m.kind != SPELLING]
    placed = placed_mention(name, replace(position, name=name.name, source=SOURCE_BESIDE))
    if not exact:
        return placed
    other = min(exact, key=lambda p: _km(p, position))
    reason = (
        f"placed by the coordinates beside it; the gazetteer has this name elsewhere: {other.name} "
        f"({other.country or other.feature}), {_km(other, position):.0f} km away"
    )
    return replace(placed, reason=reason)


def _at(name: ToponymMention, position: Place) -> ToponymMention:
    """A name at the position beside it, where that is more exact than the gazetteer's or lies outside its extent."""
    place = name.candidates[0].place
    outside = _km(place, position) > place.uncertainty_km + position.uncertainty_km
    if place.source == SOURCE_BESIDE or not (outside or position.uncertainty_km < place.uncertainty_km):
        return name
    moved = replace(
        place,
        lat=position.lat,
        lon=position.lon,
        source=f"{SOURCE_BESIDE} ({place.source})",
        uncertainty_km=position.uncertainty_km,
    )
    return replace(name, candidates=(Candidate(moved, 0.0),))


def _is_near(place: Place, position: Position) -> bool:
    return _km(place, position) <= _SAME_PLACE_KM + place.uncertainty_km + position.uncertainty_km


def _km(a: Position, b: Position) -> float:
    return float(great_circle((a.lat, a.lon), (b.lat, b.lon)).km)
