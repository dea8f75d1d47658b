"""What speaks for and against each place that a name can mean: named features, and a weight for each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from geopy.distance import great_circle

from geo.extraction.toponyms.context import WELL_KNOWN_PEOPLE, ReportContext
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.schema import MAIN, SPELLING
from geo.geocoding.containment import lies_in
from geo.model import Place

# Fitted on annotated news (TR-News, GeoVirus) by `python -m tests.campaigns.toponym_weights`, and rounded: with weights
# fitted on other reports, .75 and .82 of the names of the two come out right. `division_of_city` was then set lower by
# hand, because the annotated positions seldom tell a city from its division.
WEIGHTS = {
    "main_name": 1.7,
    "other_name": -0.1,
    "other_spelling": 0.4,  # times how alike the names sound, 0 to 1
    "population": 0.5,  # times its logarithm: a city of a million has 1.0, a village of 1,000 has 0.5
    "names": 0.65,  # times the logarithm of the number of its names in all languages
    "sites_near": 1.2,  # times the logarithm of 1 and the number of heritage sites of the project's table nearby
    "country_named": 3.5,  # times the country's share of all countries named
    "division_named": 2.8,  # times the division's share of all divisions named
    "division_of_city": -3.5,  # a division with the name of a city in it: "Homs" is the city
    "capital": 0.2,
    "country": 7.2,
    "region": 4.5,
    "site": 3.0,
    "division": 2.2,
    "kind_fits": 1.8,  # the kind that words beside the name ask for
    "kind_differs": -1.3,
    "in_container": 3.0,  # "X, Y": the candidate lies in Y
    "contains_other": 1.3,  # "X, Y": the candidate for Y contains a place of X
    "same_level_listed": 1.6,  # a country among countries, a division among divisions: "Oregon, Ohio and Utah"
    "near_other_places": 2.3,  # falls to half at _HALF_KM from the nearest other place of the report
    "in_country_of_others": 0.3,  # times the share of the other places that lie in its country
}
_HALF_KM = 150.0  # set by hand on the development reports of 2026
_MUNICIPALITY_KM = (
    50.0  # extent up to which a division is a town with its surroundings; set by hand on the same reports
)
# GeoNames feature codes of what reports of this field are about: burial and heritage sites, places of worship, and the
# camps, prisons and bases where graves are dug.
_SITES = (
    "AIRB", "ANS", "BDG", "CAVE", "CH", "CMPRF", "CMTY", "CSTL", "CTRR", "FT", "GRVE", "HSTS", "INSM", "LIBR", "MNMT",
    "MSQE", "MSTY", "MUS", "PAL", "PRN", "RLG", "RLGR", "RUIN", "SHRN", "SYG", "TMB", "TMPL",
)  # fmt: skip
_CACHED_DISTANCES = 20_000  # more than the places of a long report have among them; set by hand
_REGIONS = ("RGN", "CONT", "SEA", "OCN")
_LEVELS = {"PCLI": 3, "ADM1": 2}

Features = dict[str, float]


@dataclass(frozen=True)
class Surroundings:
    """What the report says around a name.

    `others` are the places of its other names, as far as they are clear; `listed_levels` the levels (3 a country, 2 a
    first-order division) of the names listed beside it; `contained` the places that lie in it by "X, Y"; `countries`
    how many of the others lie in each country.
    """

    others: Sequence[Place] = ()
    listed_levels: frozenset[int] = frozenset()
    contained: Sequence[Place] = ()
    countries: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, others: Sequence[Place], listed_levels: Iterable[int], contained: Sequence[Place]) -> Surroundings:
        """The surroundings with the other places counted by country."""
        countries = Counter(p.country for p in others if p.country)
        return cls(others, frozenset(listed_levels), contained, countries)


def features(
    match: Match, mention: ToponymMention, context: ReportContext, around: Surroundings, gazetteer: Gazetteer
) -> Features:
    """What speaks for and against a match, by the names of `WEIGHTS`; a feature that is 0 is left out."""
    place, kind = match.entry.place, mention.kind
    feature = place.feature or ""
    fits = feature == kind or (kind == "PPL" and feature.startswith("PPL")) or (kind == "ADM2" and feature == "ADM1")
    values = {
        "main_name": match.kind == MAIN,
        "other_name": match.kind not in (MAIN, SPELLING),
        "other_spelling": match.likeness * (match.kind == SPELLING),
        "population": math.log10(match.entry.population + 1) if feature != "PCLI" else 0.0,
        "names": math.log10(match.entry.names) if is_settlement(match) else 0.0,
        "sites_near": math.log10(1 + gazetteer.sites_near(place)) if is_settlement(match) else 0.0,
        "country_named": context.share(place.country),
        "division_named": context.division_share(place.admin1_code) if feature != "ADM1" else 0.0,
        "division_of_city": feature.startswith("ADM")
        and kind not in ("ADM1", "ADM2")
        and _has_city_of_its_name(place, mention),
        "capital": feature == "PPLC",
        "country": feature == "PCLI",
        "region": feature in _REGIONS,
        "site": _is_site(place),
        "division": feature == "ADM1",
        "kind_fits": kind is not None and fits,
        "kind_differs": kind is not None and not fits,
        "in_container": mention.container is not None and lies_in_one(place, mention.container.places),
        "contains_other": any(lies_in(inner, place) for inner in around.contained),
        "same_level_listed": _LEVELS.get(feature, 0) in around.listed_levels,
        "near_other_places": _nearness(place, around.others) if feature != "PCLI" else 0.0,
        "in_country_of_others": _share(place.country, around.countries),
    }
    return {name: float(value) for name, value in values.items() if value}


def weighted(values: Features) -> float:
    """The sum of weight times feature."""
    return sum(WEIGHTS[name] * value for name, value in values.items())


def is_settlement(match: Match) -> bool:
    """Whether a match is a settlement or a part of one."""
    return (match.entry.place.feature or "").startswith(("PPL", "STLMT"))


def lies_in_one(place: Place, areas: Iterable[Place]) -> bool:
    """Whether a place lies in one of the areas."""
    return any(lies_in(place, area) for area in areas)


def km_between(a: Place, b: Place) -> float:
    """The distance of two places in kilometres."""
    return _km((a.lat, a.lon), (b.lat, b.lon))


@lru_cache(maxsize=_CACHED_DISTANCES)
def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(great_circle(a, b).km)


def level_of(place: Place) -> int:
    """3 for a country, 2 for a first-order division, 0 for everything else."""
    return _LEVELS.get(place.feature or "", 0)


def _is_site(place: Place) -> bool:
    """Whether a place is a site, or an area of the project's own tables, which list what reports name often."""
    feature = place.feature or ""
    other = not feature.startswith(("PPL", "STLMT", "ADM", "PCL")) and feature not in _REGIONS
    return feature in _SITES or (other and place.source != "GeoNames")


def _share(code: str | None, counts: Counter[str]) -> float:
    return counts[code] / counts.total() if code and counts else 0.0


def _has_city_of_its_name(division: Place, mention: ToponymMention) -> bool:
    """Whether a well-known city in the division has the name too, or any settlement in one that is hardly larger."""
    least = 0 if division.uncertainty_km <= _MUNICIPALITY_KM else WELL_KNOWN_PEOPLE
    return any(
        m.entry.place.admin1_code == division.admin1_code and m.entry.population >= least
        for m in mention.matches
        if is_settlement(m) and not _is_called_city(m, mention)
    )


def _is_called_city(match: Match, mention: ToponymMention) -> bool:
    """Whether a city has a longer name than the division: "New York City", whose division is "New York"."""
    return match.entry.place.name.startswith(f"{mention.name} ")


def _nearness(place: Place, others: Sequence[Place]) -> float:
    """1 at the nearest of the other places, half at _HALF_KM from it; 0 where there are none."""
    apart = [km_between(place, other) for other in others if other.feature != "PCLI"]
    return 1 / (1 + min(apart) / _HALF_KM) if apart else 0.0
