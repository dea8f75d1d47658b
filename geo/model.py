"""The records that all modules share: Report, Place, Toponym, Claim, Incident. All are frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

INCIDENT_TYPES = (
    "grave_desecration",
    "exhumation",
    "corpse_mutilation",
    "mass_grave_found",
    "shrine_destruction",
    "heritage_destruction",
    "looting",
    "vandalism",
    "other",
)
FINDING = "mass_grave_found"  # a discovery, whose agent and date are not those of the killing
# Incident types that two reports of one event may give it, grouped.
FAMILIES = {
    "grave_desecration": "grave",
    "exhumation": "grave",
    "corpse_mutilation": "grave",
    "mass_grave_found": "mass_grave",
    "shrine_destruction": "heritage",
    "heritage_destruction": "heritage",
    "looting": "heritage",
    "vandalism": "heritage",
    "other": "other",
}
STATUSES = ("unreviewed", "confirmed", "disputed", "rejected")
TARGET_TYPES = (
    "cemetery", "grave", "mass_grave", "shrine", "mausoleum", "mosque", "church", "synagogue", "temple", "monument",
    "archaeological_site", "museum", "human_remains", "other",
)  # fmt: skip
ACTOR_CATEGORIES = (
    "state_forces", "rebel_group", "political_militia", "identity_militia", "rioters", "protesters", "civilians",
    "external_other", "unknown",
)  # fmt: skip
ASSERTIONS = ("stated", "alleged", "denied")
UNKNOWN_ACTOR = "Unknown"
# What words place something in relative to a name: near it, at its edge, in its countryside, in a part of it, at sea.
SCOPES = ("near", "edge", "countryside", "part", "sea")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a report's text: Unicode code points, `end` exclusive, `text` verbatim."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as it came in. `sha256` is of the text; `raw` the bytes it was read from.

    `source` names the file and the place in it, for error messages; it is neither stored nor compared.
    """

    id: str
    text: str
    sha256: str
    raw: bytes = field(repr=False)
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    source: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A position. Degrees WGS84; `feature` a GeoNames feature code; `source` names where the position comes from."""

    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    feature: str | None
    source: str
    source_id: str | None
    uncertainty_km: float
    admin1_code: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How a place lies to a named one: either number may be missing ("near X", "south of X").

    `spread_km` is how far the stated distance may be off: half of a range, a share of a drive's time. `scope` is what
    the words ask for around the anchor, one of SCOPES. Extraction alone uses it: it is not stored, and two relations
    that differ in it only are equal.
    """

    anchor: str
    distance_km: float | None
    bearing_deg: float | None
    spread_km: float = 0.0
    scope: str = field(default="near", compare=False)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text and where it is, or `reason` why that is not known.

    `where_prec` is UCDP GED's code 1 to 7; `candidates` what else the name could have meant, best first. `country` is
    that of the report (ISO 3166-1), where the gazetteer lacks the name: the place is likely to be there.
    `relation_start` is the offset where the words before the name begin that place something relative to it, None
    without such words. Extraction alone uses it: it is not stored, and two toponyms that differ in it only are equal.
    """

    span: Span
    place: Place | None
    where_prec: int | None = None
    uncertainty_km: float | None = None
    relation: Relation | None = None
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()
    relation_start: int | None = field(default=None, compare=False)
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name could mean, with the resolver's score (higher is likelier, no unit)."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class DateSpan:
    """When something was done: an interval of days and UCDP GED's `date_prec` 1 (day) to 5 (year).

    `basis` says how it is known: `stated` in the text, `relative` to the publication, `published` by default.
    """

    start: date
    end: date
    prec: int
    basis: str
    span: Span | None = None


def date_prec(days: int) -> int:
    """UCDP GED's `date_prec` of an interval of days: 1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 longer."""
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a report with its lower and upper bound; None for a bound that is open ("more than 80")."""

    number: int
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Accusation:
    """Who is said to have done it, and on whose word; `accuser` is None where the text does not say."""

    accuser: str | None
    accused: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One incident as one report describes it. Codes as in FORMATS.md; spans lead back to the text.

    `confidence`, 0 to 1, is how likely it was extracted correctly; `accusations` who accuses whom, where sides differ.
    Of a mass grave `when` is the day it was found, `done` when those in it were killed or buried, where the report says
    so.
    """

    id: str
    report_id: str
    incident_type: str
    primary: bool
    target: str | None
    target_type: str
    actor: str | None
    actor_name: str
    actor_category: str
    assertion: str
    attributed_to: tuple[str, ...]
    when: DateSpan | None
    where: Toponym | None
    counts: Mapping[str, Count]
    evidence: Span
    spans: Mapping[str, Span] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    accusations: tuple[Accusation, ...] = ()
    done: DateSpan | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class ExtractorVersion:
    """Which extractor made a claim: the package's version and a SHA-256 of its vocabulary, model and gazetteer."""

    version: str
    config: str


@dataclass(frozen=True, slots=True)
class DroppedName:
    """A name of the gazetteer that stands in a report and was not taken for a place there, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one report says: every place name in it and every claim; `extractor` says what extracted them.

    `dropped` are the names that look like places and were not taken for any.
    """

    report: Report
    toponyms: tuple[Toponym, ...]
    claims: tuple[Claim, ...]
    extractor: ExtractorVersion | None = None
    dropped: tuple[DroppedName, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why a claim stands in an incident: `score` 0 to 1 and the reason in words."""

    claim_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims that are taken to be about one event. `summary` holds the claim whose details stand for the incident."""

    id: str
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    status: str = "unreviewed"
