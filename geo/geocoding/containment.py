"""How the places of one report relate: which is coarser, which contains another, which two may be the same."""

from __future__ import annotations

from geopy.distance import great_circle

from geo.model import Place, Toponym

# Kilometres by which two places that may be the same can lie apart, beyond their uncertainties; more where one of them
# is described relative to another without a distance ("near X"). Set by hand on the development reports of 2026.
_TOLERANCE_KM, _TOLERANCE_WITHOUT_DISTANCE_KM = 15.0, 50.0
# By GeoNames feature code; every other code is a settlement or a site, which is 0.
_COARSENESS = {"PCLI": 3, "RGN": 3, "SEA": 3, "OCN": 3, "CONT": 3, "ADM1": 2, "ADM2": 1}
_UNKNOWN = 4  # the coarseness of a name without a place


def coarseness(toponym: Toponym) -> int:
    """0 for a settlement or site, 1 and 2 for a division, 3 for a country or more, 4 where the place is unknown."""
    return _COARSENESS.get(toponym.place.feature or "", 0) if toponym.place else _UNKNOWN


def is_wide(toponym: Toponym) -> bool:
    """Whether it is a first-order division or more, which contains many sites."""
    return coarseness(toponym) >= _COARSENESS["ADM1"]


def agree(a: Toponym | None, b: Toponym | None) -> bool:
    """Whether two places of one report may be the same: one contains the other, or they lie within their uncertainties.

    An unknown place may be any.
    """
    if a is None or b is None or a.place is None or b.place is None:
        return True
    if contains(a, b.place) or contains(b, a.place):
        return True
    vague = any(t.relation and t.relation.distance_km is None for t in (a, b))
    tolerance = _TOLERANCE_WITHOUT_DISTANCE_KM if vague else _TOLERANCE_KM
    km = great_circle((a.place.lat, a.place.lon), (b.place.lat, b.place.lon)).km
    return bool(km <= (a.uncertainty_km or 0) + (b.uncertainty_km or 0) + tolerance)


def could_be_division(toponym: Toponym) -> bool:
    """Whether a city's name could also mean the division around it."""
    place = toponym.place
    return place is not None and any(
        c.place.feature == "ADM1" and c.place.admin1_code == place.admin1_code for c in toponym.candidates
    )


def contains(outer: Toponym, inner: Place | None) -> bool:
    """Whether a place lies in a country or division, or in the division that a city's name could also mean."""
    place = outer.place
    if place is None or inner is None:
        return False
    if place.feature == "PCLI":
        return place.country == inner.country
    vague = outer.relation is not None and outer.relation.distance_km is None
    return bool(place.admin1_code and place.admin1_code == inner.admin1_code) and (
        place.feature == "ADM1" or vague or could_be_division(outer)
    )
