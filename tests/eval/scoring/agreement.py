"""Whether a claim agrees with an annotated incident: in type, place, actor, date and assertion.

The definitions and thresholds are those of the scorer that is distributed with the shared annotations.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geopy.distance import great_circle

from geo.model import FAMILIES
from tests.eval.scoring.figures import Json

SITE_KM = 25.0  # a site, a settlement or a place near one: within the same town
ADMIN_KM = 100.0  # a division, annotated by its centre
COUNTRY_CODES = (5, 6)  # where_prec of a place known no better than its country
DATE_TOLERANCE_DAYS = 7
SHORT_INTERVAL_DAYS = 31  # annotated intervals up to this length are compared day by day

# Spellings of "nobody is named", folded.
UNNAMED = frozenset(("", "unknown", "unidentified", "unknown vandals", "none", "unattributed"))
# Words that two names of one actor need not share.
GENERIC_WORDS = frozenset(("the", "of", "forces", "group", "militants", "militia", "army", "movement", "and"))


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def overlaps(self, other: Interval) -> bool:
        return self.start <= other.end and other.start <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def years(self) -> int:
        return self.end.year - self.start.year


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees WGS84, either coordinate missing where none is known, its country and its precision."""

    lat: float | None
    lon: float | None
    country: str
    precision: str | int | None

    def is_within(self, other: Position, limit_km: float) -> bool:
        if self.lat is None or self.lon is None or other.lat is None or other.lon is None:
            return False
        return kilometres((self.lat, self.lon), (other.lat, other.lon)) <= limit_km


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotated incident. `actors` are the accepted names; `fields` the row as annotated."""

    incident_type: str
    primary: bool
    actors: tuple[str, ...]
    assertion: str
    position: Position
    interval: Interval | None
    fields: Mapping[str, object]

    @classmethod
    def from_json(cls, row: Json) -> Annotation:
        position = Position(row.get("lat"), row.get("lon"), row.get("country") or "", row.get("place_precision"))
        return cls(
            incident_type=row["type"],
            primary=bool(row.get("primary")),
            actors=tuple((row.get("actor_canonical") or "").split("|")),
            assertion=row.get("asserted") or "stated",
            position=position,
            interval=_interval(row.get("date_start"), row.get("date_end")),
            fields=row,
        )

    @property
    def names_actor(self) -> bool:
        """Whether the annotation accepts named actors only."""
        return UNNAMED.isdisjoint(name.strip().lower() for name in self.actors)


@dataclass(frozen=True, slots=True)
class Prediction:
    """One claim of the program's output. `fields` is the row as written."""

    incident_type: str | None
    actor: str
    assertion: str | None
    position: Position
    interval: Interval | None
    fields: Mapping[str, object]

    @classmethod
    def from_json(cls, row: Json) -> Prediction:
        place = row.get("place") or {}
        position = Position(place.get("lat"), place.get("lon"), place.get("country") or "", row.get("where_prec"))
        return cls(
            incident_type=row.get("incident_type"),
            actor=row.get("actor_name") or "",
            assertion=row.get("assertion"),
            position=position,
            interval=_interval(row.get("start_date"), row.get("end_date")),
            fields=row,
        )

    @property
    def names_actor(self) -> bool:
        return fold(self.actor) not in UNNAMED


def kilometres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Great-circle distance between two points (lat, lon) in degrees."""
    return float(great_circle(first, second).km)


def fold(name: str) -> str:
    """A name in lower-case ASCII, with one space for all that is neither letter nor digit."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", ascii_only).strip()


def same_family(gold: Annotation, claim: Prediction) -> bool:
    """Whether both incident types belong to one family; types outside all families form one themselves."""
    return _family(gold.incident_type) == _family(claim.incident_type)


def same_actor(gold: Annotation, claim: Prediction) -> bool:
    """Whether the claim names one of the accepted actors, or nobody where that is accepted."""
    return any(_is_same_name(fold(name), fold(claim.actor)) for name in gold.actors)


def has_position(gold: Annotation) -> bool:
    """Whether the annotation says where the incident took place."""
    return gold.position.precision == "country" or gold.position.lat is not None


def same_place(gold: Annotation, claim: Prediction) -> bool | None:
    """Whether the claim's place is near enough; None where the annotation has no place."""
    wanted, given = gold.position, claim.position
    if wanted.precision == "country":
        return given.country.upper() == wanted.country.upper() and given.precision in COUNTRY_CODES
    if wanted.lat is None:
        return None
    return wanted.is_within(given, ADMIN_KM if wanted.precision == "admin" else SITE_KM)


def same_year(gold: Interval, claim: Interval | None) -> bool:
    """Whether the years overlap and the claim's interval spans hardly more years than the annotated one."""
    if claim is None:
        return False
    overlap = claim.start.year <= gold.end.year and gold.start.year <= claim.end.year
    return overlap and claim.years <= max(1, gold.years)


def same_days(gold: Interval, claim: Interval | None) -> bool:
    """Whether both ends lie within a week of the annotated ones."""
    if claim is None:
        return False
    shifts = (abs((claim.start - gold.start).days), abs((claim.end - gold.end).days))
    return max(shifts) <= DATE_TOLERANCE_DAYS


def _family(incident_type: str | None) -> str:
    return FAMILIES.get(incident_type or "", "other")


def _is_same_name(gold: str, claim: str) -> bool:
    if gold in UNNAMED or claim in UNNAMED:
        return gold in UNNAMED and claim in UNNAMED
    wanted, given = _distinctive(gold), _distinctive(claim)
    return gold == claim or wanted <= given or given <= wanted


def _distinctive(name: str) -> frozenset[str]:
    words = frozenset(name.split())
    return words - GENERIC_WORDS or words


def _interval(start: str | None, end: str | None) -> Interval | None:
    if not start:
        return None
    return Interval(_first_day(str(start)), _last_day(str(end or start)))


def _first_day(text: str) -> date:
    """The first day of "2014", "2014-05" or "2014-05-03"."""
    year, month, day = (*(int(part) for part in text[:10].split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last_day(text: str) -> date:
    parts = [int(part) for part in text[:10].split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])
