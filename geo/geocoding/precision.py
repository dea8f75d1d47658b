"""How exactly a place is known."""

from __future__ import annotations

from geo.model import Place

# UCDP GED's code by GeoNames feature code (Högbladh 2023, codebook, `where_prec`): 1 an exact place or a settlement,
# 3 a second-order division, 4 a first-order division, 5 a region without borders, 6 a country, 7 a sea.
_WHERE_PREC = {"ADM2": 3, "ADM1": 4, "RGN": 5, "PCLI": 6, "SEA": 7}


def where_prec(place: Place) -> int:
    """UCDP GED's code 1 to 7 for how exactly a place is known, by its kind; 1 for every kind that is not a division."""
    return _WHERE_PREC.get(place.feature or "", 1)
