"""English words that place something relative to a name: "25km south of the town of X", "near X", "outskirts of X"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from geo.extraction.languages.en import numbers
from geo.geocoding.relative import (
    COAST_KM,
    COUNTRYSIDE_KM,
    DRIVE_KMH,
    DRIVE_SHARE,
    EDGE_KM,
    FARTHEST_KM,
    NEAR_KM,
)
from geo.model import Relation, Span

# Degrees clockwise from north: the sixteen points of the compass.
BEARINGS = {
    "north": 0.0, "north-north-east": 22.5, "north-east": 45.0, "east-north-east": 67.5, "east": 90.0,
    "east-south-east": 112.5, "south-east": 135.0, "south-south-east": 157.5, "south": 180.0,
    "south-south-west": 202.5, "south-west": 225.0, "west-south-west": 247.5, "west": 270.0,
    "west-north-west": 292.5, "north-west": 315.0, "north-north-west": 337.5,
}  # fmt: skip
_POINT_OF = {"".join(word[0] for word in point.split("-")).upper(): point for point in BEARINGS}  # "NNE"
_KM = {
    "k": 1.0,
    "mi": 1.609344,
    "m": 0.001,
    "y": 0.0009144,
}  # by the first letters of the unit; exact by definition of the mile and the yard

# Set by hand on the development reports of 2026.
_BEFORE_CHARS = 90  # before a name, within which words may place something relative to it
_BETWEEN_CHARS = 40  # before the first of two names, the same for "halfway on the road from"

_AMOUNT = r"(?P<amount>\d+(?:[.,]\d+)?|" + numbers.pattern() + ")"
_UPTO = r"(?:(?: to | or | and |[-–—])(?P<upto>\d+(?:\.\d+)?|" + numbers.pattern() + "))?"
_UNIT = r"(?P<unit>k(?:m|ms|ilomet(?:er|re)s?)|mi(?:les?)?|m(?:et(?:er|re)s?)?|yards?)"
_POINT = (
    r"(?:(?P<point>(?:(?:north|south|east|west)[- ]?)?(?:north|south)[- ]?(?:east|west)|north|south|east|west)"
    rf"(?:ern|wards?)?|(?P<letters>(?-i:{'|'.join(sorted(_POINT_OF, key=len, reverse=True))})))"
)
_KIND_OF = (
    r"(?: (?:[\w-]+ ){0,3}?(?:city|town|village|province|camp|base|stronghold|district) of)?(?: the)?(?: [a-z-]+)? ?$"
)
_COMPASS_WORD = re.compile("north|south|east|west")
_OFF = r"off(?:shore)?(?: the| its)?(?: [a-z-]+)? (?:coasts?|shores?|waters)"
_OF = rf" (?:of|from|outside|{_OFF}(?: of)?|off)(?: the)?" + _KIND_OF
_COUNTRYSIDE = r"countryside|hinterland|rural areas?|rif|farmland|environs"
_SUBURBS = r"outskirts|suburbs?|edge|fringes?|approaches|periphery"
_PART = (
    r"(?:(?:sub-?)?district|quarter|neighbou?rhood|borough|ward"
    r"|old (?:city|town|quarter)|historic (?:city|cent(?:er|re)))"
)
_AREA = rf"(?: (?P<area>{_COUNTRYSIDE}|{_SUBURBS}|reef))?"
_ASIDE = r"(?: \([^)]{1,20}\))?(?: away)?"  # "eight kilometres (5 miles) north of"
_DISTANCE = re.compile(rf"{_AMOUNT}{_UPTO}[ -]?{_UNIT}\.?{_ASIDE}(?:(?: to the)? {_POINT})?{_OF}", re.IGNORECASE)
_DRIVE = re.compile(
    rf"{_AMOUNT}{_UPTO}[ -](?P<unit>minutes?|hours?)['’]?s?['’]? (?:drive|by car|by road)(?: {_POINT})?{_OF}",
    re.IGNORECASE,
)
_DIRECTION = re.compile(rf"\b{_POINT}{_AREA}{_OF}", re.IGNORECASE)
_EDGE = re.compile(rf"\b(?:{_SUBURBS}|outside)(?: of)?(?: the)?" + _KIND_OF, re.IGNORECASE)
_RURAL = re.compile(
    rf"\b(?:(?:{_COUNTRYSIDE})(?: of| around| outside)?(?: the)?{_KIND_OF}|(?:{_POINT} )?(?:rural|rif) $)",
    re.IGNORECASE,
)
_PART_OF = re.compile(rf"\b{_PART} (?:of|in)(?: the)?{_KIND_OF}", re.IGNORECASE)
# "off" alone puts only what floats, sinks or is an island at sea: "a wreck off Zuwara".
_AFLOAT = r"(?:sank|sunk|sunken|wrecks?|shipwrecks?|wreckage|islands?|islets?|seabed|waters|just)"
_AT_SEA = re.compile(rf"\b(?:{_OFF}(?: of| from| near)?|offshore from|{_AFLOAT} off)(?: the)?{_KIND_OF}", re.IGNORECASE)
_POINT_BEFORE = re.compile(rf"\b{_POINT} $", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:'s)?(?: {_POINT})? "
    rf"(?:(?P<rural>{_COUNTRYSIDE})|(?P<edge>outskirts|suburbs|periphery)|(?P<coast>coast|shores?))\b",
    re.IGNORECASE,
)
_DIVISION_BEHIND = re.compile(r" (?:province|governorate|state|region|oblast|county|prefecture)\b")
_OFF_THE = re.compile(r"\boff (?:the )?$", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:near|close to|beside|next to|not far from|in the vicinity of|adjacent to|around)(?: the)?" + _KIND_OF,
    re.IGNORECASE,
)
_HALFWAY = re.compile(r"\b(?:halfway|half-way|midway)(?: on the road)? (?:from|between) (?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|on the road from) (?:the (?:[a-z]+ ){0,2}(?:of )?)?$", re.IGNORECASE)
_BETWEEN_AND = re.compile(r" (?:and|to) (?:the )?")


def relation_beside(text: str, start: int, anchor: str) -> tuple[Relation, int] | None:
    """The relation to the name at `start` that the words beside it state, and the offset where they begin.

    None where they state none. `anchor` is the name as the report writes it. What stands before the name counts first:
    "the countryside of X", then what stands behind it: "X countryside".
    """
    window = max(0, start - _BEFORE_CHARS)
    before = text[window:start]
    for pattern, read in _READERS:
        match = pattern.search(before)
        relation = read(match, anchor) if match else None
        if relation is not None and relation.scope == "part" and _DIVISION_BEHIND.match(text, start + len(anchor)):
            return None  # "a district of Idlib province"
        if match and relation:
            return relation, window + match.start()
    behind = _BEHIND.match(text, start + len(anchor))
    return _by_words_behind(behind, before, anchor, window) if behind else None


def is_measured(text: str, start: int) -> bool:
    """Whether a distance, drive or direction is measured from the name at `start`: "25 km south of", "a drive from"."""
    before = text[max(0, start - _BEFORE_CHARS) : start]
    return any(pattern.search(before) for pattern in (_DISTANCE, _DRIVE, _DIRECTION))


def lies_between(text: str, first: Span, second: Span) -> Literal["between", "halfway"] | None:
    """Whether the text places something between two names that follow each other, or halfway; None if not."""
    if not _BETWEEN_AND.fullmatch(text[first.end : second.start]):
        return None
    before = text[max(0, first.start - _BETWEEN_CHARS) : first.start]
    if _HALFWAY.search(before):
        return "halfway"
    return "between" if _BETWEEN.search(before) else None


def _by_distance(match: re.Match[str], anchor: str) -> Relation | None:
    unit = match["unit"].lower()
    distance = _range(match, _KM["mi"] if unit.startswith("mi") else _KM[unit[0]])
    if distance is None:
        return None
    middle, half = distance
    scope = "sea" if re.search(r"\boff", match.group(), re.IGNORECASE) else "near"
    return Relation(anchor, round(middle, 1), _bearing(match), round(half, 1), scope)


def _by_drive(match: re.Match[str], anchor: str) -> Relation | None:
    distance = _range(match, DRIVE_KMH / (60 if match["unit"].lower().startswith("minute") else 1))
    if distance is None:
        return None
    middle, half = distance
    return Relation(anchor, round(middle, 1), _bearing(match), round(half + middle * DRIVE_SHARE, 1))


def _by_words_behind(match: re.Match[str], before: str, anchor: str, window: int) -> tuple[Relation, int] | None:
    """The relation in "X countryside", "the northern X countryside", "X's outskirts", "off the X coast"."""
    start = window + len(before)
    if match["coast"]:
        off = _OFF_THE.search(before)
        return (Relation(anchor, None, None, COAST_KM, "sea"), window + off.start()) if off else None
    point = _POINT_BEFORE.search(before)
    bearing = _bearing(match)
    if bearing is None and point is not None:
        bearing, start = _bearing(point), window + point.start()
    scope, km = ("countryside", COUNTRYSIDE_KM) if match["rural"] else ("edge", EDGE_KM)
    return Relation(anchor, None, bearing, km, scope), start


def _by_direction(match: re.Match[str], anchor: str) -> Relation:
    area = (match["area"] or "").lower()
    if area in _COUNTRYSIDE.split("|") or area.startswith("rural"):
        return Relation(anchor, None, _bearing(match), COUNTRYSIDE_KM, "countryside")
    scope, km = ("edge", EDGE_KM) if area else ("near", 0.0)
    return Relation(anchor, None, _bearing(match), km, scope)


def _at_edge(_: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, None, EDGE_KM, "edge")


def _in_countryside(match: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, _bearing(match), COUNTRYSIDE_KM, "countryside")


def _in_part(_: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, None, NEAR_KM, "part")


def _off_coast(_: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, None, COAST_KM, "sea")


def _by_nearness(_: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, None, NEAR_KM)


# In the order in which they are tried: what says more comes first.
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Relation | None]], ...] = (
    (_DISTANCE, _by_distance),
    (_DRIVE, _by_drive),
    (_DIRECTION, _by_direction),
    (_AT_SEA, _off_coast),
    (_PART_OF, _in_part),
    (_RURAL, _in_countryside),
    (_EDGE, _at_edge),
    (_NEAR, _by_nearness),
)


def _range(match: re.Match[str], per: float) -> tuple[float, float] | None:
    """The middle of "20 to 30" and half its width, in kilometres at `per` a unit; None if longer than any on Earth."""
    low = numbers.value(match["amount"])
    high = numbers.value(match["upto"]) if match["upto"] else low
    if low is None or high is None or max(low, high) * per > FARTHEST_KM:
        return None
    return (low + high) * per / 2, abs(high - low) * per / 2


def _bearing(match: re.Match[str]) -> float | None:
    """Degrees of the compass point, however it is written: "south-east", "southeastern", "SE"."""
    if match["letters"]:
        return BEARINGS[_POINT_OF[match["letters"]]]
    if match["point"] is None:
        return None
    return BEARINGS["-".join(_COMPASS_WORD.findall(match["point"].lower()))]
