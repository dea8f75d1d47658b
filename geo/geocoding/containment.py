"""How the places of one report relate: which is coarser, which contains another, which two may be the same."""

from __future__ import annotations

from geopy.distance import great_circle

from geo.gazetteer.regions import members_of
from geo.model import Place, Toponym

# Kilometres by which two places that may be the same can lie apart, beyond their uncertainties; more where one of them
# is described relative to another without a distance ("near X"). Set by hand on the development reports of 2026.
_TOLERANCE_KM, _TOLERANCE_WITHOUT_DISTANCE_KM = 15.0, 50.0
# By GeoNames feature code; every other code is a settlement or a site, which is 0.
_COARSENESS = {"PCLI": 3, "RGN": 3, "SEA": 3, "OCN": 3, "CONT": 3, "ADM1": 2, "ADM2": 1}
_UNKNOWN = 4  # the coarseness of a name without a place


def lies_in(inner: Place, outer: Place) -> bool:
    """Whether a place lies inside another one, which must be larger: no place lies in itself or in its namesake.

    Decided by ISO codes where the outer place is a country, a first-order division, or a region that consists of
    these ("Perth, Scotland"). Other areas (a county, an island, a city, a region without borders) contain what is
    smaller and lies within `uncertainty_km` of their point, unless the two have different countries or divisions. So
    does a division or region where the division of the inner place is not known.
    """
    if outer.feature == "PCLI":
        return inner.feature != "PCLI" and _countries_of(inner) == {outer.country}
    own_code = frozenset({outer.admin1_code or ""})
    members = own_code if outer.feature == "ADM1" else members_of(outer.source_id)
    codes = _codes_of(inner)
    if members and (inner.country in members or any("-" in code for code in codes) or inner.feature == "PCLI"):
        all_there = bool(codes) and all(code in members or _country(code) in members for code in codes)
        return all_there and not (codes >= members and _is_made_of_codes(inner))
    return _lies_within_reach(inner, outer, {_country(code) for code in members})


def _country(code: str) -> str:
    return code.partition("-")[0]


def _countries_of(place: Place) -> set[str]:
    """The ISO 3166-1 codes of the countries in which a place lies; empty where its table does not say."""
    return {place.country} if place.country else {_country(code) for code in members_of(place.source_id)}


def _codes_of(place: Place) -> set[str]:
    """The codes of the divisions in which a place lies, or of its country where no division is known."""
    code = place.admin1_code or place.country
    return set(members_of(place.source_id)) or ({code} if code else set())


def _is_made_of_codes(place: Place) -> bool:
    """Whether a place is all of its codes, and does not just lie in one."""
    return place.feature in ("PCLI", "ADM1") or bool(members_of(place.source_id))


def _lies_within_reach(inner: Place, outer: Place, countries_of_outer: set[str]) -> bool:
    countries, allowed = _countries_of(inner), countries_of_outer or _countries_of(outer)
    if inner.uncertainty_km >= outer.uncertainty_km or (countries and allowed and not countries <= allowed):
        return False
    if outer.admin1_code and inner.admin1_code not in (None, outer.admin1_code):
        return False
    return float(great_circle((inner.lat, inner.lon), (outer.lat, outer.lon)).km) <= outer.uncertainty_km


def coarseness(toponym: Toponym) -> int:
    """0 for a settlement or site, 1 and 2 for a division, 3 for a country or more, 4 where the place is unknown."""
    return _COARSENESS.get(toponym.place.feature or "", 0) if toponym.place else _UNKNOWN


def is_wide(toponym: Toponym) -> bool:
    """Whether it is a first-order division or more, which contains many sites."""
    return coarseness(toponym) >= _COARSENESS["ADM1"]


def agree(a: Toponym | None, b: Toponym | None) -> bool:
    """Whether two places of one report may be the same: one contains the other, or they lie within their uncertainties.

    An unknown place may be any; a name without a place may be any division or country, but no other settlement.
    """
    if a is None or b is None:
        return True
    if a.place is None or b.place is None:
        return a.span.text == b.span.text or any(t.place is not None and is_wide(t) for t in (a, b))
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
    """Whether a place lies in a country, region or division, or in the division that a city's name could also mean.

    Each of these contains itself as well.
    """
    place = outer.place
    if place is None or inner is None:
        return False
    if place.feature in ("PCLI", "ADM1", "RGN", "CONT"):
        return _is_same_area(place, inner) or lies_in(inner, place)
    vague = outer.relation is not None and outer.relation.distance_km is None
    same_division = bool(place.admin1_code) and place.admin1_code == inner.admin1_code
    return same_division and (vague or could_be_division(outer))


def _is_same_area(a: Place, b: Place) -> bool:
    return (a.feature, a.source, a.source_id) == (b.feature, b.source, b.source_id)
