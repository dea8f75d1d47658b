"""Coordinates in a report as toponyms of their own, and what they say of the names that they stand beside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from geopy.distance import great_circle

from geo.extraction.document import Document
from geo.extraction.toponyms.context import ReportContext
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.lookup import LEAST_ALIKE, Entry
from geo.gazetteer.names import fold
from geo.gazetteer.schema import MAIN, SPELLING
from geo.geocoding.coordinates import find_positions
from geo.geocoding.written_position import SOURCE, SOURCE_BESIDE, WrittenPosition
from geo.model import Candidate, Place

# Set by hand. A settlement farther from a position may lie in another country or division.
_SETTLEMENT_KM = 30.0
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


def positions_in(document: Document) -> list[WrittenPosition]:
    """The coordinates in the parts of a document that are read, in order."""
    positions = find_positions(document.report.text, document.language.coordinates)
    return [p for p in positions if document.paragraph_of(p.start) is not None]


def certain_positions(
    positions: Sequence[WrittenPosition], names: Sequence[ToponymMention], document: Document
) -> list[WrittenPosition]:
    """The positions without those that no place of the name right before them confirms: "the ratio (35.66, 38.41)"."""
    starts = [n.start for n in names]
    return [p for p in positions if p.is_certain or _is_confirmed(p, _two_before(names, starts, p.start), document)]


def _is_confirmed(position: WrittenPosition, before: Sequence[ToponymMention], document: Document) -> bool:
    name = _name_before(before, position.start, document)
    return name is not None and any(
        (m.entry.place.feature or "") not in _AREAS
        and float(great_circle((m.entry.place.lat, m.entry.place.lon), (position.lat, position.lon)).km)
        <= _SAME_PLACE_KM
        for m in name.matches
    )


def _two_before(names: Sequence[ToponymMention], starts: Sequence[int], offset: int) -> Sequence[ToponymMention]:
    """The last two names before an offset; `starts` are the offsets of the names."""
    last = bisect_left(starts, offset)
    return names[max(0, last - 2) : last]


def coordinate_mention(
    position: WrittenPosition, document: Document, context: ReportContext, gazetteer: Gazetteer
) -> ToponymMention:
    """The mention of coordinates: placed where they are, or with the reason why they are impossible."""
    name = document.report.text[position.start : position.end]
    mention = ToponymMention(position.start, position.end, name, reason=position.reason)
    if position.reason:
        return mention
    stated = document.language.relations.relation_before(document.text, position.start, position.name)
    relation, relation_start = stated or (None, None)
    placed = _placed(mention, _place(position, context, gazetteer))
    return replace(placed, relation=relation, relation_start=relation_start)


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
        if checked is None:
            return name
        return replace(name, matches=checked.matches, candidates=checked.candidates, reason=checked.reason)


def check_names(
    names: Sequence[ToponymMention], coordinates: Sequence[ToponymMention], document: Document, gazetteer: Gazetteer
) -> CheckedNames:
    """What coordinates say of the names right before them; both are in the order of the text.

    A name means the place of the gazetteer that is nearest, where one is near, or else the position in the text; beside
    the coordinates it has their position in any case. The name of a country, a division or a sea is left as it is:
    coordinates beside it are of a point in it.
    """
    starts = [n.start for n in names]
    beside: dict[int, ToponymMention] = {}
    elsewhere: dict[str, ToponymMention] = {}
    describing: set[int] = set()
    for coordinate in coordinates:
        name = _name_before(_two_before(names, starts, coordinate.start), coordinate.start, document)
        checked = _checked(name, coordinate, gazetteer) if name is not None else None
        if name is not None and checked is not None:
            beside[name.start] = _at(checked, coordinate.candidates[0].place)
            elsewhere.setdefault(fold(name.name), checked)
            describing.add(coordinate.start)
    return CheckedNames(beside, elsewhere, describing)


def _name_before(before: Sequence[ToponymMention], start: int, document: Document) -> ToponymMention | None:
    """The name right before coordinates at an offset, or what it contains: X in "X, Y (35.66 N, 38.41 E)".

    None without one. `before` are the last two names before the coordinates.
    """
    text = document.report.text
    if not before or not _is_beside(text[before[-1].end : start][: _LONGEST_GAP + 1], document):
        return None
    last = before[-1]
    if len(before) < 2 or not _may_be_area(last) or _may_be_area(before[0]):
        return last
    gap = text[before[0].end : last.start]
    return before[0] if len(gap) <= _LONGEST_GAP and _INSIDE.fullmatch(gap) else last


def _is_beside(gap: str, document: Document) -> bool:
    match = _BESIDE.fullmatch(gap)
    return match is not None and (not match["kind"] or document.language.places.is_kind_word(match["kind"].lower()))


def _may_be_area(name: ToponymMention) -> bool:
    """Whether a name is first of all that of a country, a division or a sea."""
    return bool(name.matches) and (name.matches[0].entry.place.feature or "") in _AREAS


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


def _checked(name: ToponymMention, coordinate: ToponymMention, gazetteer: Gazetteer) -> ToponymMention | None:
    """A name as the coordinates beside it show it; None for that of an area."""
    position = coordinate.candidates[0].place
    matches = name.matches
    if not matches and position.country:
        matches = tuple(m for m in gazetteer.lookup(name.name, position.country) if m.likeness >= LEAST_ALIKE)
    points = [m for m in matches if (m.entry.place.feature or "") not in _AREAS]
    nearest = min(points, key=lambda m: _km(m.entry.place, position), default=None)
    if nearest is not None and _is_near(nearest.entry.place, position):
        return replace(name, matches=(nearest,), candidates=(Candidate(nearest.entry.place, 0.0),))
    if _may_be_area(name):
        return None
    exact = [m.entry.place for m in points if m.kind != SPELLING]
    placed = _placed(name, replace(position, name=name.name, source=SOURCE_BESIDE))
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


def _is_near(place: Place, position: Place) -> bool:
    return _km(place, position) <= _SAME_PLACE_KM + place.uncertainty_km + position.uncertainty_km


def _km(a: Place, b: Place) -> float:
    return float(great_circle((a.lat, a.lon), (b.lat, b.lon)).km)


def _place(position: WrittenPosition, context: ReportContext, gazetteer: Gazetteer) -> Place:
    """The place of a position, in the country and division of the nearest settlement.

    Far from any it is in the country that the report names, where that is one.
    """
    settlement = gazetteer.nearest_settlement(position.lat, position.lon, _SETTLEMENT_KM)
    country = context.country if len(context.countries) == 1 else None
    return Place(
        name=position.name,
        lat=position.lat,
        lon=position.lon,
        country=settlement.country if settlement else country,
        admin1=settlement.admin1 if settlement else None,
        feature=None,
        source=SOURCE,
        source_id=None,
        uncertainty_km=position.uncertainty_km,
        admin1_code=settlement.admin1_code if settlement else None,
    )


def _placed(mention: ToponymMention, place: Place) -> ToponymMention:
    """The mention at one place, which is also its only match, so that it counts as context for the other names."""
    match = Match(Entry(0, place, 0), MAIN, 1.0)
    return replace(mention, matches=(match,), candidates=(Candidate(place, 0.0),))
