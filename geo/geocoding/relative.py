"""Places told by another: "25km south of the town of Al-Wawi", "near Y", "on the outskirts of Z"."""

from __future__ import annotations

import re
from dataclasses import replace

from geopy.distance import geodesic

from geo import numbers
from geo.geocoding.resolve import where_prec
from geo.model import Place, Relation, Span, Toponym

BEARINGS = {
    "north": 0.0, "north-east": 45.0, "east": 90.0, "south-east": 135.0, "south": 180.0, "south-west": 225.0,
    "west": 270.0, "north-west": 315.0,
}  # fmt: skip
_LETTERS = dict(zip(BEARINGS, ("N", "NE", "E", "SE", "S", "SW", "W", "NW"), strict=True))
_KM = {"k": 1.0, "m": 1.609344}

# A compass word covers an eighth of the circle: the true bearing lies within 22.5 degrees of it, so that the place
# lies within sin(22.5°) = 0.38 of the distance to either side; a round figure of kilometres within a tenth.
_BEARING_SHARE = 0.38
_DISTANCE_SHARE = 0.1
NEAR_KM = 10.0  # "near X", where no distance is given
FAR_KM = 25.0  # "south of X", where no distance is given

_AMOUNT = r"(?P<amount>\d+(?:[.,]\d+)?|" + numbers.pattern() + ")"
_UNIT = r"(?P<unit>k(?:m|ms|ilomet(?:er|re)s?)|m(?:i|iles?))"
_POINT = r"(?P<point>(?:north|south)[- ]?(?:east|west)|north|south|east|west)(?:ern)?"
_KIND_OF = r"(?: (?:[\w-]+ ){0,3}?(?:city|town|village|province|camp|base|stronghold) of)?(?: the)?(?: [a-z-]+)? ?$"
_OF = r" (?:of|from)(?: the)?" + _KIND_OF
_DISTANCE = re.compile(rf"{_AMOUNT}[ -]?{_UNIT}\.?(?: away)?(?: to the)?(?: {_POINT})?{_OF}", re.IGNORECASE)
_DIRECTION = re.compile(rf"\b{_POINT}{_OF}", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:near|close to|outside|beside|next to|not far from|on the (?:outskirts|edge) of|in the vicinity of)"
    r"(?: the)?" + _KIND_OF,
    re.IGNORECASE,
)


def relation_before(text: str, start: int, anchor: str) -> tuple[Relation, int] | None:
    """What the words before a name say about lying to it, and where they begin; None when they say nothing."""
    window = max(0, start - 90)
    before = text[window:start]
    if match := _DISTANCE.search(before):
        point = match["point"]
        km = numbers.value(match["amount"]) * _KM[match["unit"][0].lower()]
        return Relation(anchor, round(km, 1), _bearing(point)), window + match.start()
    if match := _DIRECTION.search(before):
        return Relation(anchor, None, _bearing(match["point"])), window + match.start()
    if match := _NEAR.search(before):
        return Relation(anchor, None, None), window + match.start()
    return None


def place_at(toponym: Toponym, relation: Relation, span: Span) -> Toponym:
    """The place that lies so to the toponym's own: position by geodesic, `uncertainty_km` from what is not said."""
    anchor = toponym.place
    if anchor is None or toponym.uncertainty_km is None:
        return replace(toponym, span=span, relation=relation)
    km, bearing = relation.distance_km, relation.bearing_deg
    lat, lon, spread = anchor.lat, anchor.lon, NEAR_KM
    if bearing is not None:
        at = geodesic(kilometers=km if km is not None else FAR_KM / 2).destination((lat, lon), bearing)
        lat, lon = round(at.latitude, 4), round(at.longitude, 4)
        spread = km * (_BEARING_SHARE + _DISTANCE_SHARE) if km is not None else FAR_KM / 2
    elif km is not None:
        spread = km * (1 + _DISTANCE_SHARE)
    uncertainty = round((toponym.uncertainty_km**2 + spread**2) ** 0.5, 1)
    place = Place(
        name=_name(anchor.name, km, bearing),
        lat=lat,
        lon=lon,
        country=anchor.country,
        admin1=anchor.admin1,
        feature=None,
        source=f"relative to {anchor.name} ({anchor.source})",
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


def _bearing(point: str | None) -> float | None:
    if point is None:
        return None
    word = point.lower().replace(" ", "-")
    return BEARINGS[word if word in BEARINGS else f"{word[:5]}-{word[5:]}"]
