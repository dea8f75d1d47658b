"""One incident as everything shows and exports it. The fields of an incident are listed here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from geo.model import UNKNOWN_ACTOR, Claim, Incident, Place

REPORTS = "reports"  # the dataset of the incidents that were read from reports

# Marks the fields whose changes are reported to the reader of an earlier briefing.
_TRACKED = {"tracked": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """What one source says of an incident. Degrees WGS84; sources with one `text_group` are copies of one text."""

    report_id: str = ""
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    evidence: str = ""
    actor_name: str | None = None
    place_name: str | None = None
    lat: float | None = None
    lon: float | None = None
    assertion: str | None = None
    attributed_to: tuple[str, ...] = ()
    text_group: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Who corrected part of an incident, when and why."""

    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecord:
    """An incident with one value for each field; codes and units as in FORMATS.md.

    `reported` is the day of the first report, `added` when the first report was stored (UTC). `incident` holds the
    claims; it is None for an event imported with a dataset. `revision` counts the decisions people took on it;
    `corrections` says who corrected what, by kind of decision.
    """

    incident_id: str
    incident_type: str = field(default="other", metadata=_TRACKED)
    target: str | None = field(default=None, metadata=_TRACKED)
    target_type: str = "other"
    actor_name: str = field(default=UNKNOWN_ACTOR, metadata=_TRACKED)
    actor_category: str = "unknown"
    assertion: str = field(default="stated", metadata=_TRACKED)
    start_date: date | None = field(default=None, metadata=_TRACKED)
    end_date: date | None = field(default=None, metadata=_TRACKED)
    date_prec: int | None = None
    place_name: str | None = field(default=None, metadata=_TRACKED)
    admin1: str | None = None
    country: str | None = field(default=None, metadata=_TRACKED)
    where_prec: int | None = None
    uncertainty_km: float | None = None
    n_reports: int = field(default=1, metadata=_TRACKED)
    n_independent: int = 1
    status: str = field(default="unreviewed", metadata=_TRACKED)
    dataset: str = REPORTS
    reported: date | None = None
    added: datetime | None = None
    sources: tuple[SourceRecord, ...] = ()
    place: Place | None = None
    incident: Incident | None = None
    revision: int = 0
    corrections: Mapping[str, Correction] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.incident_id

    @property
    def year(self) -> int | None:
        """The year of the last day on which it can have happened."""
        return self.end_date.year if self.end_date else None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What reports say of it; empty for an imported event."""
        return self.incident.claims if self.incident else ()
