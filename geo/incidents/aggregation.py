"""One record for each incident of reports: each field has the value of the claim that knows it best.

No source is lost: `sources` holds what each report says, so that disagreement shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from geo.incidents.record import IncidentRecord, SourceRecord
from geo.model import ASSERTIONS, UNKNOWN_ACTOR, Claim, DateSpan, Incident, Toponym
from geo.store import Stored

_NO_PRECISION = 9  # coarser than every `where_prec` of UCDP GED, which ends at 7


def aggregate(incident: Incident, reports: Mapping[str, Stored]) -> IncidentRecord:
    """The incident as one record; `reports` holds at least the reports of its claims."""
    claims = sorted(incident.claims, key=lambda c: (not c.primary, _published(reports[c.report_id]), c.id))
    where, when, actor = _most_exact_place(claims), _most_exact_date(claims), _most_named_actor(claims)
    place = where.place if where else None
    published = [day for c in claims if (day := reports[c.report_id].report.published)]
    return IncidentRecord(
        incident_id=incident.id,
        incident_type=_most_common([c.incident_type for c in claims]),
        target=max((c.target or "" for c in claims), key=len) or None,
        target_type=_most_common([c.target_type for c in claims]),
        actor_name=actor.actor_name,
        actor_category=actor.actor_category,
        assertion=min((c.assertion for c in claims), key=ASSERTIONS.index),  # the firmest that any source makes
        start_date=when.start if when else None,
        end_date=when.end if when else None,
        date_prec=when.prec if when else None,
        place_name=place.name if place else None,
        admin1=place.admin1 if place else None,
        country=place.country if place else None,
        where_prec=where.where_prec if where else None,
        uncertainty_km=where.uncertainty_km if where else None,
        n_reports=len({c.report_id for c in claims}),
        n_independent=len({reports[c.report_id].text_group for c in claims}),
        status=incident.status,
        reported=min(published, default=None),
        added=min(reports[c.report_id].added for c in claims).replace(microsecond=0),
        sources=tuple(_source(c, reports[c.report_id]) for c in claims),
        place=place,
        incident=incident,
    )


def _source(claim: Claim, stored: Stored) -> SourceRecord:
    """What one report says."""
    report = stored.report
    place = claim.where.place if claim.where else None
    return SourceRecord(
        report_id=report.id,
        url=report.url,
        publisher=report.publisher,
        published=report.published,
        evidence=claim.evidence.text,
        actor_name=claim.actor_name,
        place_name=place.name if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        assertion=claim.assertion,
        attributed_to=claim.attributed_to,
        text_group=stored.text_group,
    )


def _most_exact_place(claims: Sequence[Claim]) -> Toponym | None:
    """The place of the claim that knows it most exactly."""
    placed = [c.where for c in claims if c.where is not None and c.where.place is not None]
    return min(placed, key=lambda w: (w.where_prec or _NO_PRECISION, w.uncertainty_km or 0.0), default=None)


def _most_exact_date(claims: Sequence[Claim]) -> DateSpan | None:
    """The date of the claim that knows it most exactly; a date in the text precedes one inferred from publication."""
    dated = [c.when for c in claims if c.when is not None]
    return min(dated, key=lambda w: (w.basis == "published", w.prec, w.end - w.start, w.start), default=None)


def _most_named_actor(claims: Sequence[Claim]) -> Claim:
    """The first claim with the actor that most claims name; the first claim where none names one."""
    named = [c for c in claims if c.actor_name != UNKNOWN_ACTOR]
    if not named:
        return claims[0]
    name = _most_common([c.actor_name for c in named])
    return next(c for c in named if c.actor_name == name)


def _most_common(values: Sequence[str]) -> str:
    """The most frequent value; of equally frequent ones the first."""
    return Counter(values).most_common(1)[0][0]


def _published(stored: Stored) -> date:
    return stored.report.published or date.max
