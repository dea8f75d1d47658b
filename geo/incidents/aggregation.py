"""What stands for an incident as a whole: for each detail the word of the claim that knows it best.

Nothing a source said is lost by it: `sources` holds what each report says, and where they disagree it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.model import ASSERTIONS, UNKNOWN_ACTOR, Claim, DateSpan, Incident, Place, Toponym
from geo.store import Stored

REPORTS = "reports"  # the dataset of what was read from reports
_NOWHERE = 9  # coarser than any `where_prec`


@dataclass(frozen=True, slots=True)
class Summary:
    """An incident as one row: the contract's properties and its place.

    `incident` holds its claims; None for one that was imported with a dataset.
    """

    place: Place | None
    properties: Mapping[str, Any]
    incident: Incident | None = None

    @property
    def id(self) -> str:
        """The incident's id."""
        return str(self.properties["incident_id"])

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What reports say of it."""
        return self.incident.claims if self.incident else ()


def summarise(incident: Incident, reports: Mapping[str, Stored]) -> Summary:
    """The incident as one row; `reports` holds at least those of its claims."""
    claims = sorted(incident.claims, key=lambda c: (not c.primary, _published(reports[c.report_id]), c.id))
    where = _where(claims)
    when = _when(claims)
    place = where.place if where else None
    actor = _actor(claims)
    published = [reports[c.report_id].report.published for c in claims]
    properties = {
        "incident_id": incident.id,
        "incident_type": _commonest([c.incident_type for c in claims]),
        "target": max((c.target or "" for c in claims), key=len) or None,
        "target_type": _commonest([c.target_type for c in claims]),
        "actor_name": actor.actor_name,
        "actor_category": actor.actor_category,
        "assertion": _assertion(claims),
        "start_date": when.start.isoformat() if when else None,
        "end_date": when.end.isoformat() if when else None,
        "year": when.end.year if when else None,
        "date_prec": when.prec if when else None,
        "place_name": place.name if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "where_prec": where.where_prec if where else None,
        "uncertainty_km": where.uncertainty_km if where else None,
        "n_reports": len({c.report_id for c in claims}),
        "n_independent": len({reports[c.report_id].text_group for c in claims}),
        "status": incident.status,
        "dataset": REPORTS,
        "reported": min((s.isoformat() for s in published if s), default=None),
        "added": min(reports[c.report_id].added for c in claims).isoformat(timespec="seconds"),
        "sources": [_source(c, reports[c.report_id]) for c in claims],
    }
    return Summary(place, properties, incident)


def _source(claim: Claim, stored: Stored) -> dict[str, Any]:
    """What one report says."""
    report = stored.report
    place = claim.where.place if claim.where else None
    return {
        "report_id": report.id,
        "url": report.url,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "evidence": claim.evidence.text,
        "actor_name": claim.actor_name,
        "place_name": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "assertion": claim.assertion,
        "attributed_to": list(claim.attributed_to),
        "text_group": stored.text_group,
    }


def _where(claims: Sequence[Claim]) -> Toponym | None:
    """The place of the claim that knows it most exactly."""
    placed = [c.where for c in claims if c.where is not None and c.where.place is not None]
    return min(placed, key=lambda w: (w.where_prec or _NOWHERE, w.uncertainty_km or 0.0), default=None)


def _when(claims: Sequence[Claim]) -> DateSpan | None:
    """The date of the claim that knows it most exactly; one the text states before one of its publication."""
    dated = [c.when for c in claims if c.when is not None]
    return min(dated, key=lambda w: (w.basis == "published", w.prec, w.end - w.start, w.start), default=None)


def _actor(claims: Sequence[Claim]) -> Claim:
    """A claim that names the actor most name; the first where none is named."""
    named = [c for c in claims if c.actor_name != UNKNOWN_ACTOR]
    if not named:
        return claims[0]
    name = _commonest([c.actor_name for c in named])
    return next(c for c in named if c.actor_name == name)


def _assertion(claims: Sequence[Claim]) -> str:
    """The firmest assertion that any source makes."""
    return min((c.assertion for c in claims), key=ASSERTIONS.index)


def _commonest(values: Sequence[str]) -> str:
    counted = Counter(values)
    return max(values, key=lambda v: (counted[v], -values.index(v)))


def _published(stored: Stored) -> date:
    return stored.report.published or date.max
