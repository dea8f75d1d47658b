"""Places told by another: "25km south of the town of Al-Wawi", "near Y", "on the outskirts of Z"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from geo.extraction.languages.en import numbers
from geo.geocoding.resolve import where_prec
from geo.model import Place, Relation, Span, Toponym

BEARINGS = {
    "north": 0.0, "north-north-east": 22.5, "north-east": 45.0, "east-north-east": 67.5, "east": 90.0,
    "east-south-east": 112.5, "south-east": 135.0, "south-south-east": 157.5, "south": 180.0,
    "south-south-west": 202.5, "south-west": 225.0, "west-south-west": 247.5, "west": 270.0,
    "west-north-west": 292.5, "north-west": 315.0, "north-north-west": 337.5,
}  # fmt: skip
_LETTERS = {point: "".join(word[0] for word in point.split("-")).upper() for point in BEARINGS}
_POINT_OF = {letters: point for point, letters in _LETTERS.items()}
_KM = {"k": 1.0, "mi": 1.609344, "m": 0.001, "y": 0.0009144}

# A compass word covers an eighth of the circle: the true bearing lies within 22.5 degrees of it, so that the place
# lies within sin(22.5°) = 0.38 of the distance to either side; a round figure of kilometres within a tenth.
_BEARING_SHARE = 0.38
_DISTANCE_SHARE = 0.1
NEAR_KM = 10.0  # "near X", where no distance is given
EDGE_KM = 4.0  # "on the outskirts of X"
FAR_KM = 25.0  # "south of X", where no distance is given
FARTHEST_KM = 20_004.0  # half a meridian: nothing on Earth lies farther apart
DRIVE_KMH = 50.0  # a drive's speed in a straight line
_DRIVE_SHARE = 0.5  # of a drive's distance that it may be off

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
_OF = r" (?:of|from|outside)(?: the)?" + _KIND_OF
_AREA = r"(?: (?:countryside|outskirts|suburbs?|edge|fringes?|part|rif|reef|approaches|rural areas?))?"
_ASIDE = r"(?: \([^)]{1,20}\))?(?: away)?"  # "eight kilometres (5 miles) north of"
_DISTANCE = re.compile(rf"{_AMOUNT}{_UPTO}[ -]?{_UNIT}\.?{_ASIDE}(?:(?: to the)? {_POINT})?{_OF}", re.IGNORECASE)
_DRIVE = re.compile(
    rf"{_AMOUNT}{_UPTO}[ -](?P<unit>minutes?|hours?)['’]?s?['’]? (?:drive|by car|by road)(?: {_POINT})?{_OF}",
    re.IGNORECASE,
)
_DIRECTION = re.compile(rf"\b{_POINT}{_AREA}{_OF}", re.IGNORECASE)
_EDGE = re.compile(
    r"\b(?:outskirts|outside|edge|fringes?|suburbs?|countryside|environs)(?: of)?(?: the)?" + _KIND_OF, re.IGNORECASE
)
_NEAR = re.compile(
    r"\b(?:near|close to|beside|next to|not far from|in the vicinity of|adjacent to|around)(?: the)?" + _KIND_OF,
    re.IGNORECASE,
)
_HALFWAY = re.compile(r"\b(?:halfway|half-way|midway)(?: on the road)? (?:from|between) (?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|on the road from) (?:the (?:[a-z]+ ){0,2}(?:of )?)?$", re.IGNORECASE)
_BETWEEN_AND = re.compile(r" (?:and|to) (?:the )?")


def relation_before(text: str, start: int, anchor: str) -> tuple[Relation, int] | None:
    """What the words before a name say about lying to it, and where they begin; None when they say nothing."""
    window = max(0, start - 90)
    before = text[window:start]
    for pattern, read in _READERS:
        match = pattern.search(before)
        relation = read(match, anchor) if match else None
        if match and relation:
            return relation, window + match.start()
    return None


def is_measured(text: str, start: int) -> bool:
    """Whether a distance or a direction is told from what begins there: "25 km south of", "a drive from"."""
    before = text[max(0, start - 90) : start]
    return any(pattern.search(before) for pattern in (_DISTANCE, _DRIVE, _DIRECTION))


def _by_distance(match: re.Match[str], anchor: str) -> Relation | None:
    unit = match["unit"].lower()
    per = _KM["mi"] if unit.startswith("mi") else _KM[unit[0]]
    distance = _range(match, per)
    if distance is None:
        return None
    middle, half = distance
    return Relation(anchor, round(middle, 1), _bearing(match), round(half, 1))


def _by_drive(match: re.Match[str], anchor: str) -> Relation | None:
    per = DRIVE_KMH / (60 if match["unit"].lower().startswith("minute") else 1)
    distance = _range(match, per)
    if distance is None:
        return None
    middle, half = distance
    return Relation(anchor, round(middle, 1), _bearing(match), round(half + middle * _DRIVE_SHARE, 1))


def _by_direction(match: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, _bearing(match))


def _at_edge(_: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, None, EDGE_KM)


def _by_nearness(_: re.Match[str], anchor: str) -> Relation:
    return Relation(anchor, None, None, NEAR_KM)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Relation | None]], ...] = (
    (_DISTANCE, _by_distance),
    (_DRIVE, _by_drive),
    (_DIRECTION, _by_direction),
    (_EDGE, _at_edge),
    (_NEAR, _by_nearness),
)


def _range(match: re.Match[str], per: float) -> tuple[float, float] | None:
    """The middle of "20 to 30" and half its width, in kilometres at `per` a unit; None for no distance on Earth."""
    low = numbers.value(match["amount"])
    high = numbers.value(match["upto"]) if match["upto"] else low
    if low is None or high is None or max(low, high) * per > FARTHEST_KM:
        return None
    return (low + high) * per / 2, abs(high - low) * per / 2


def place_between(text: str, first: Toponym, second: Toponym, span: Span) -> Toponym | None:
    """The place that is told to lie between two: their middle, as uncertain as they are apart; None when none is.

    "Halfway" keeps it to a sixth of the way.
    """
    a, b = first.place, second.place
    if a is None or b is None or not _BETWEEN_AND.fullmatch(text[first.span.end : second.span.start]):
        return None
    before = text[max(0, first.span.start - 40) : first.span.start]
    halfway = _HALFWAY.search(before) is not None
    if not halfway and not _BETWEEN.search(before):
        return None
    line = Geodesic.WGS84.InverseLine(a.lat, a.lon, b.lat, b.lon)
    middle, apart = line.Position(line.s13 / 2), line.s13 / 1000
    spread = apart / 6 if halfway else apart / 2
    name = f"halfway from {a.name} to {b.name}" if halfway else f"between {a.name} and {b.name}"
    relation = Relation(f"{a.name} and {b.name}", None, None, round(spread, 1))
    return _placed(first, relation, span, (name, middle["lat2"], middle["lon2"]), spread)


def place_at(toponym: Toponym, relation: Relation, span: Span) -> Toponym:
    """The place that lies so to the toponym's own: position by geodesic, `uncertainty_km` from what is not said."""
    anchor = toponym.place
    if anchor is None or toponym.uncertainty_km is None:
        return replace(toponym, span=span, relation=relation)
    km, bearing = relation.distance_km, relation.bearing_deg
    lat, lon, spread = anchor.lat, anchor.lon, relation.spread_km or NEAR_KM
    if bearing is not None:
        at = geodesic(kilometers=km if km is not None else FAR_KM / 2).destination((lat, lon), bearing)
        lat, lon = at.latitude, at.longitude
        spread = km * (_BEARING_SHARE + _DISTANCE_SHARE) + relation.spread_km if km is not None else FAR_KM / 2
    elif km is not None:
        spread = km * (1 + _DISTANCE_SHARE) + relation.spread_km
    return _placed(toponym, relation, span, (_name(anchor.name, km, bearing), lat, lon), spread)


def _placed(
    toponym: Toponym, relation: Relation, span: Span, at: tuple[str, float, float], spread_km: float
) -> Toponym:
    anchor = toponym.place
    assert anchor is not None  # noqa: S101 - callers have looked
    uncertainty = round(((toponym.uncertainty_km or 0.0) ** 2 + spread_km**2) ** 0.5, 1)
    place = Place(
        name=at[0],
        lat=round(at[1], 4),
        lon=round(at[2], 4),
        country=anchor.country,
        admin1=anchor.admin1,
        feature=None,
        source=f"relative to {relation.anchor} ({anchor.source})",
        source_id=None,
        uncertainty_km=uncertainty,
        admin1_code=anchor.admin1_code,
    )
    return replace(
        toponym,
        span=span,
        place=place,
        where_prec=max(2, where_prec(anchor)),
        uncertainty_km=uncertainty,
        relation=relation,
    )


def _name(anchor: str, km: float | None, bearing: float | None) -> str:
    point = next((_LETTERS[p] for p, degrees in BEARINGS.items() if degrees == bearing), None)
    if point is None:
        return f"near {anchor}" if km is None else f"{km:g} km from {anchor}"
    return f"{point} of {anchor}" if km is None else f"{km:g} km {point} of {anchor}"


def _bearing(match: re.Match[str]) -> float | None:
    """Degrees of the compass point, however it is written: "south-east", "southeastern", "SE"."""
    if match["letters"]:
        return BEARINGS[_POINT_OF[match["letters"]]]
    if match["point"] is None:
        return None
    return BEARINGS["-".join(_COMPASS_WORD.findall(match["point"].lower()))]
