"""Positions of places that are described relative to another: 25 km south of it, near it, between it and a third.

Each language recognises the words that describe it (`RelationPatterns`); this module computes the position and its
uncertainty.
"""

from __future__ import annotations

from dataclasses import replace

from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from geo.geocoding.precision import AT_SEA, prec_of_extent, where_prec
from geo.model import Place, Relation, Span, Toponym

# The sixteen points of the compass, clockwise from north, for the names of places: "25 km S of Raqqa".
_POINTS = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip
_POINT_OF = {i * 360 / len(_POINTS): point for i, point in enumerate(_POINTS)}

# A compass word covers an eighth of the circle: the true bearing lies within 22.5 degrees of it, so that the place
# lies within sin(22.5°) = 0.38 of the distance to either side; a round figure of kilometres within a tenth.
_BEARING_SHARE = 0.38
_DISTANCE_SHARE = 0.1
# Set by hand on the development reports of 2026: how far away a place is for which a report gives no distance, and how
# fast a drive is.
NEAR_KM = 10.0  # "near X"
EDGE_KM = 4.0  # "on the outskirts of X"
COUNTRYSIDE_KM = 20.0  # "the countryside of X": the villages around a town, the size of a district
COAST_KM = 30.0  # "off the coast of X": territorial waters reach 22 km (UN Convention on the Law of the Sea, art. 3)
FAR_KM = 25.0  # "south of X"
FARTHEST_KM = 20_004.0  # half a meridian: no two places on Earth lie farther apart
DRIVE_KMH = 50.0  # a drive's speed in a straight line
_LAST_POINT_PREC = 2  # of UCDP GED's codes: from 3 on a place is an area
_REGION_PREC = 5  # UCDP GED's code of the shore of a sea, a region without borders
DRIVE_SHARE = 0.5  # the share of a drive's distance by which it may be wrong


def place_between(first: Toponym, second: Toponym, span: Span, halfway: bool) -> Toponym | None:
    """The place between two: their middle, uncertain by half their distance; None where a position is unknown.

    `halfway` keeps it within a sixth of the way; `span` holds the words that say so.
    """
    a, b = first.place, second.place
    if a is None or b is None:
        return None
    line = Geodesic.WGS84.InverseLine(a.lat, a.lon, b.lat, b.lon)
    middle, apart = line.Position(line.s13 / 2), line.s13 / 1000
    spread = apart / 6 if halfway else apart / 2
    name = f"halfway from {a.name} to {b.name}" if halfway else f"between {a.name} and {b.name}"
    relation = Relation(f"{a.name} and {b.name}", None, None, round(spread, 1))
    return _moved(first, a, relation, span, (name, middle["lat2"], middle["lon2"]), spread)


def place_at(toponym: Toponym, relation: Relation, span: Span) -> Toponym:
    """The place that has this relation to the toponym's own: position by geodesic, `uncertainty_km` from what is open.

    A toponym without a position keeps none. A country or division has neither an edge nor a countryside of its own: it
    stays what it is. `span` holds the words of the relation and the name.
    """
    anchor = toponym.place
    if anchor is None or toponym.uncertainty_km is None:
        return replace(toponym, span=span, relation=relation)
    if relation.scope in ("edge", "countryside", "part") and relation.distance_km is None:
        area = _area_around(toponym, relation)
        if area is not None:
            return replace(area, span=span)
    km, bearing = relation.distance_km, relation.bearing_deg
    lat, lon, spread = anchor.lat, anchor.lon, relation.spread_km or NEAR_KM
    if bearing is not None:
        away = km if km is not None else relation.spread_km or FAR_KM / 2
        at = geodesic(kilometers=away).destination((lat, lon), bearing)
        lat, lon = at.latitude, at.longitude
        spread = km * (_BEARING_SHARE + _DISTANCE_SHARE) + relation.spread_km if km is not None else away
    elif km is not None:
        spread = km * (1 + _DISTANCE_SHARE) + relation.spread_km
    return _moved(toponym, anchor, relation, span, (_name(anchor.name, relation), lat, lon), spread)


def _area_around(toponym: Toponym, relation: Relation) -> Toponym | None:
    """The toponym itself where the words mean a part of it or of the division around it; None where they do not.

    The countryside of a city that has a division of its own name ("the Aleppo countryside") is that division's.
    """
    place = toponym.place
    assert place is not None  # noqa: S101 - the caller checked it
    prec = where_prec(place)
    if relation.scope == "part":
        return _part_of(toponym)
    if prec > _LAST_POINT_PREC:
        return replace(toponym, relation=None, where_prec=prec)
    if relation.scope != "countryside" or relation.bearing_deg is not None:
        return None
    division = next((c.place for c in toponym.candidates if _is_division_of(c.place, place)), None)
    if division is None:
        return None
    km = division.uncertainty_km
    return replace(toponym, place=division, relation=relation, where_prec=where_prec(division), uncertainty_km=km)


def _part_of(toponym: Toponym) -> Toponym:
    """A place in a part of a city that is not known by itself: the city, also where its name is its division's too."""
    place = toponym.place
    assert place is not None  # noqa: S101 - the caller checked it
    cities = (c.place for c in toponym.candidates if (c.place.feature or "").startswith("PPL"))
    city = next((c for c in cities if _is_division_of(place, c)), place)
    return replace(
        toponym,
        place=city,
        relation=None,
        where_prec=max(2, where_prec(city)),
        uncertainty_km=city.uncertainty_km,
    )


def _is_division_of(division: Place, city: Place) -> bool:
    same = division.admin1_code == city.admin1_code and division.country == city.country
    return division.feature == "ADM1" and bool(division.admin1_code) and same


def _moved(
    toponym: Toponym, anchor: Place, relation: Relation, span: Span, at: tuple[str, float, float], spread_km: float
) -> Toponym:
    """The toponym with a place of the name and position `at`, in the country and division of its anchor."""
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
        where_prec=_prec_near(anchor, relation, uncertainty),
        uncertainty_km=uncertainty,
        relation=relation,
    )


def _prec_near(anchor: Place, relation: Relation, uncertainty_km: float) -> int:
    """UCDP GED's code of a place near another: 2 within 25 km of where it is put, and never finer than its anchor's."""
    if relation.scope == "sea":
        return AT_SEA
    of_anchor = where_prec(anchor)
    return max(2, prec_of_extent(uncertainty_km), of_anchor if of_anchor != AT_SEA else _REGION_PREC)


def _name(anchor: str, relation: Relation) -> str:
    """The name shown for the place, in English as the rest of the program's output."""
    km, bearing = relation.distance_km, relation.bearing_deg
    if relation.scope == "sea":
        return f"off {anchor}" if km is None else f"{km:g} km off {anchor}"
    point = _POINT_OF.get(bearing) if bearing is not None else None
    if relation.scope == "countryside" and km is None:
        return f"countryside of {anchor}" if point is None else f"countryside {point} of {anchor}"
    if point is None:
        return f"near {anchor}" if km is None else f"{km:g} km from {anchor}"
    return f"{point} of {anchor}" if km is None else f"{km:g} km {point} of {anchor}"
