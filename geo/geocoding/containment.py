"""How the places of one report lie to each other: which is rougher, which holds which, which may be one."""

from __future__ import annotations

from geopy.distance import great_circle

from geo.model import Place, Toponym

_SLACK_KM = 15.0
_PRECISION = {
    "PCLI": 3,
    "RGN": 3,
    "SEA": 3,
    "OCN": 3,
    "CONT": 3,
    "ADM1": 2,
    "ADM2": 1,
}  # the rest, a settlement or a site, is 0


def coarseness(toponym: Toponym) -> int:
    """0 for a settlement or site, up to 3 for a country."""
    return _PRECISION.get(toponym.place.feature or "", 0) if toponym.place else 4


def is_wide(toponym: Toponym) -> bool:
    """Whether it is a division or more, which holds many sites."""
    return coarseness(toponym) >= _PRECISION["ADM1"]


def agree(a: Toponym | None, b: Toponym | None) -> bool:
    """Whether two places of one report may be one: one holds the other, or they lie within their uncertainties."""
    if a is None or b is None or a.place is None or b.place is None:
        return True
    if holds(a, b.place) or holds(b, a.place):
        return True
    near = 50.0 if any(t.relation and t.relation.distance_km is None for t in (a, b)) else _SLACK_KM
    km = great_circle((a.place.lat, a.place.lon), (b.place.lat, b.place.lon)).km
    return bool(km <= (a.uncertainty_km or 0) + (b.uncertainty_km or 0) + near)


def could_be_division(toponym: Toponym) -> bool:
    """Whether a city's name could as well mean the division around it."""
    place = toponym.place
    return place is not None and any(
        c.place.feature == "ADM1" and c.place.admin1_code == place.admin1_code for c in toponym.candidates
    )


def holds(outer: Toponym, inner: Place | None) -> bool:
    """Whether a country or division, or the division that a city's name could mean as well, holds a place."""
    place = outer.place
    if place is None or inner is None:
        return False
    if place.feature == "PCLI":
        return place.country == inner.country
    loose = outer.relation is not None and outer.relation.distance_km is None
    return bool(place.admin1_code and place.admin1_code == inner.admin1_code) and (
        place.feature == "ADM1" or loose or could_be_division(outer)
    )
