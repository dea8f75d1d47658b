"""Extractions as JSON, and claims and toponyms back without loss. The store keeps them in the same form."""

from __future__ import annotations

from datetime import date
from typing import Any

from geo.model import Accusation, Candidate, Claim, Count, DateSpan, Extraction, Place, Relation, Report, Span, Toponym

Json = dict[str, Any]

_PLACE = ("name", "lat", "lon", "country", "admin1", "feature", "source", "source_id")


def extraction_json(extraction: Extraction) -> Json:
    """One line of `extract`."""
    return {
        "report": report_json(extraction.report),
        "toponyms": [toponym_json(t) for t in extraction.toponyms],
        "claims": [claim_json(c) for c in extraction.claims],
        "dropped_names": [{**span_json(d.span), "reason": d.reason} for d in extraction.dropped],
    }


def report_json(report: Report) -> Json:
    """A report without its text."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "url": report.url,
        "publisher": report.publisher,
        "published": _iso(report.published),
        "language": report.language,
        "title": report.title,
    }


def toponym_json(toponym: Toponym) -> Json:
    """A place name with its place, or the reason why it has none; `candidates` and `country` are not required."""
    return {
        **span_json(toponym.span),
        "place": place_json(toponym.place),
        "where_prec": toponym.where_prec,
        "uncertainty_km": toponym.uncertainty_km,
        "relation": relation_json(toponym.relation),
        "reason": toponym.reason,
        "candidates": _candidates_json(toponym),
        "country": toponym.country,
    }


def toponym_from(row: Json) -> Toponym:
    """The toponym that `toponym_json` wrote."""
    return _toponym(row, Span(row["text"], row["start"], row["end"]), row["reason"], row.get("country"))


def claim_json(claim: Claim) -> Json:
    """A claim in the form of FORMATS.md, with additional fields that `claim_from` needs to restore it."""
    where = claim.where
    return {
        "id": claim.id,
        "incident_type": claim.incident_type,
        "primary": claim.primary,
        "target": claim.target,
        "target_type": claim.target_type,
        "actor": claim.actor,
        "actor_name": claim.actor_name,
        "actor_category": claim.actor_category,
        "assertion": claim.assertion,
        "attributed_to": list(claim.attributed_to),
        "start_date": _iso(claim.when.start) if claim.when else None,
        "end_date": _iso(claim.when.end) if claim.when else None,
        "date_prec": claim.when.prec if claim.when else None,
        "date_basis": claim.when.basis if claim.when else None,
        "date_span": span_json(claim.when.span) if claim.when and claim.when.span else None,
        "place": place_json(where.place) if where else None,
        "where_prec": where.where_prec if where else None,
        "uncertainty_km": where.uncertainty_km if where else None,
        "relation": relation_json(where.relation) if where else None,
        "place_span": span_json(where.span) if where else None,
        "place_reason": where.reason if where else None,
        "place_country": where.country if where else None,
        "candidates": _candidates_json(where) if where else [],
        "counts": {name: count.number for name, count in claim.counts.items()},
        "count_bounds": {name: [count.least, count.most] for name, count in claim.counts.items()},
        "done": _date_json(claim.done),
        "evidence": span_json(claim.evidence),
        "spans": {name: span_json(span) for name, span in claim.spans.items()},
        "doubts": list(claim.doubts),
        "accusations": [{"accuser": a.accuser, "accused": a.accused} for a in claim.accusations],
        "confidence": claim.confidence,
    }


def span_json(span: Span) -> Json:
    """Words of the text with their offsets."""
    return {"text": span.text, "start": span.start, "end": span.end}


def place_json(place: Place | None) -> Json | None:
    """A place; `admin1_code` and `uncertainty_km` are not required fields."""
    if place is None:
        return None
    return {name: getattr(place, name) for name in (*_PLACE, "admin1_code", "uncertainty_km")}


def relation_json(relation: Relation | None) -> Json | None:
    """Where a place lies relative to its anchor; `spread_km` is not a required field."""
    if relation is None:
        return None
    return {name: getattr(relation, name) for name in ("distance_km", "bearing_deg", "anchor", "spread_km")}


def claim_from(row: Json, report_id: str) -> Claim:
    """The claim that `claim_json` wrote. Rows of older versions lack some fields; `spans` has them."""
    spans = {name: Span(**span) for name, span in row["spans"].items()}
    date_span = _span_from(row["date_span"]) if "date_span" in row else spans.get("date")
    place_span = _span_from(row["place_span"]) if "place_span" in row else spans.get("place")
    return Claim(
        id=row["id"],
        report_id=report_id,
        when=_date_from(row, date_span),
        where=_toponym(row, place_span, row.get("place_reason"), row.get("place_country")) if place_span else None,
        evidence=Span(**row["evidence"]),
        spans=spans,
        attributed_to=tuple(row["attributed_to"]),
        doubts=tuple(row["doubts"]),
        accusations=tuple(Accusation(**a) for a in row.get("accusations", ())),
        confidence=row.get("confidence", 0.5),
        counts={name: _count_from(row, name) for name in row["counts"]},
        done=_date_from(row["done"], _span_from(row["done"]["span"])) if row.get("done") else None,
        **{name: row[name] for name in _UNCHANGED},
    )


# Fields that are the same in the JSON as in the claim.
_UNCHANGED = (
    "incident_type", "primary", "target", "target_type", "actor", "actor_name", "actor_category", "assertion",
)  # fmt: skip


def _count_from(row: Json, name: str) -> Count:
    number = row["counts"][name]
    least, most = row.get("count_bounds", {}).get(name, (number, number))
    return Count(number, least, most)


def _date_json(when: DateSpan | None) -> Json | None:
    if when is None:
        return None
    return {
        "start_date": _iso(when.start),
        "end_date": _iso(when.end),
        "date_prec": when.prec,
        "date_basis": when.basis,
        "span": span_json(when.span) if when.span else None,
    }


def _date_from(row: Json, span: Span | None) -> DateSpan | None:
    if row["start_date"] is None:
        return None
    start, end = date.fromisoformat(row["start_date"]), date.fromisoformat(row["end_date"])
    return DateSpan(start, end, row["date_prec"], row["date_basis"], span)


def _span_from(row: Json | None) -> Span | None:
    return Span(**row) if row else None


def _candidates_json(toponym: Toponym) -> list[Json]:
    return [{"place": place_json(c.place), "score": c.score} for c in toponym.candidates]


def _toponym(row: Json, span: Span, reason: str | None, country: str | None) -> Toponym:
    return Toponym(
        span=span,
        place=Place(**row["place"]) if row["place"] else None,
        where_prec=row["where_prec"],
        uncertainty_km=row["uncertainty_km"],
        relation=Relation(**row["relation"]) if row["relation"] else None,
        reason=reason,
        candidates=tuple(Candidate(Place(**c["place"]), c["score"]) for c in row["candidates"]),
        country=country,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
