"""How exactly a place is known: UCDP GED's `where_prec` from the kind of a place and how far its extent reaches."""

from __future__ import annotations

from geo.model import Place

# UCDP GED's codes (Högbladh 2023, codebook, `where_prec`) of the kinds that have one whatever their extent, by GeoNames
# feature code: 3 a second-order division, 4 a first-order division, 5 a region without borders, 6 a country, 7 a sea.
_BY_FEATURE = {
    "ADM1": 4, "ADM2": 3, "ADM3": 3,
    "RGN": 5, "CONT": 5,
    "SEA": 7, "OCN": 7, "GULF": 7, "STRT": 7, "BAY": 7,
}  # fmt: skip
_COUNTRIES = "PCL"  # the first letters of GeoNames' codes of countries and dependencies
_SETTLEMENTS = "PPL"  # the first letters of those of settlements
_COUNTRY = 6
AT_SEA = 7

# The farthest that anything of each code lies from the point, in kilometres. 25 km around a known place is the
# codebook's own limit of code 2. 5 km is the extent of a town, up to which a point stands for the whole of it; 50 km is
# that of a large second-order division. What reaches farther has no point at all and is a region.
_EXTENT_KM = {1: 5.0, 2: 25.0, 3: 50.0}
_REGION = 5


def where_prec(place: Place) -> int:
    """UCDP GED's code 1 to 7 for how exactly a place is known.

    Countries, divisions, regions and seas have the code of their kind. A settlement has 1, or 2 where it reaches more
    than 5 km from its point: a site in a large city is only near the city's point. Sites, islands, rivers and
    mountains have the code of their extent (`prec_of_extent`).
    """
    feature = place.feature or ""
    if feature.startswith(_COUNTRIES):
        return _COUNTRY
    if feature in _BY_FEATURE:
        return _BY_FEATURE[feature]
    prec = prec_of_extent(place.uncertainty_km)
    return min(prec, 2) if feature.startswith(_SETTLEMENTS) else prec


def prec_of_extent(km: float) -> int:
    """The code 1, 2, 3 or 5 of a point that may be off by so many kilometres."""
    return next((prec for prec, extent in _EXTENT_KM.items() if km <= extent), _REGION)
