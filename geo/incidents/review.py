"""Corrections by people: checked before they are written, and applied to the records that were aggregated.

Nothing that a source said or the program read is overwritten; `IncidentRecord.corrections` names what was corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from geo.errors import DecisionError
from geo.incidents.record import Correction, IncidentRecord
from geo.incidents.serialization import Json, position
from geo.model import ACTOR_CATEGORIES, INCIDENT_TYPES, STATUSES, Place, date_prec
from geo.store import Decision, Store
from geo.store.ledger import in_force

_MOST_KM = 1000  # the largest uncertainty accepted, set by hand: more than the extent of most countries


@dataclass(frozen=True, slots=True)
class CorrectionKind:
    """One kind of correction. The values it sets are kept in the ledger as JSON.

    `read` gives them as the record has them now; `check` gives them as a person entered them, or raises
    DecisionError; `apply` sets them in a record, where the last argument is who decided.
    """

    read: Callable[[IncidentRecord], Json]
    check: Callable[[Mapping[str, Any]], Json]
    apply: Callable[[IncidentRecord, Mapping[str, Any], str], IncidentRecord]


def correct(
    store: Store, record: IncidentRecord, kind: str, now: Mapping[str, Any], *, who: str, why: str = ""
) -> Decision:
    """Write a correction of an incident as it is shown. Raises DecisionError, or ConflictError where it has changed."""
    if kind not in CORRECTION_KINDS:
        raise DecisionError(kind, f"is not one of {', '.join(CORRECTION_KINDS)}")
    if record.incident is None:
        raise DecisionError(kind, "an event of an imported dataset is not corrected here; import the dataset again")
    values = CORRECTION_KINDS[kind].check(now)
    was = CORRECTION_KINDS[kind].read(record)
    return store.ledger.decide(record.id, record.revision, kind, was, values, who=who, why=why)


def apply_decisions(
    records: Iterable[IncidentRecord], decisions: Iterable[Decision], successors: Mapping[str, str]
) -> list[IncidentRecord]:
    """Records with the corrections of people. `successors` maps ids that were merged away to those of now."""
    every = list(decisions)
    revisions: dict[str, int] = {}
    for decision in every:
        revisions[decision.incident_id] = max(revisions.get(decision.incident_id, 0), decision.revision)
    by_incident: dict[str, list[Decision]] = {}
    for decision in in_force(every):
        current = successors.get(decision.incident_id, decision.incident_id)
        by_incident.setdefault(current, []).append(decision)
    return [
        _corrected(replace(record, revision=revisions.get(record.id, 0)), by_incident.get(record.id, ()))
        for record in records
    ]


def _corrected(record: IncidentRecord, decisions: Iterable[Decision]) -> IncidentRecord:
    for decision in decisions:
        if decision.kind in CORRECTION_KINDS:
            correction = Correction(decision.who, decision.at, decision.why)
            record = CORRECTION_KINDS[decision.kind].apply(record, decision.now, decision.who)
            record = replace(record, corrections={**record.corrections, decision.kind: correction})
    return record


def _read_status(record: IncidentRecord) -> Json:
    return {"status": record.status}


def _check_status(now: Mapping[str, Any]) -> Json:
    return {"status": _one_of("status", now.get("status"), STATUSES)}


def _apply_status(record: IncidentRecord, now: Mapping[str, Any], _: str) -> IncidentRecord:
    return replace(record, status=now["status"])


def _read_type(record: IncidentRecord) -> Json:
    return {"incident_type": record.incident_type}


def _check_type(now: Mapping[str, Any]) -> Json:
    return {"incident_type": _one_of("type", now.get("incident_type"), INCIDENT_TYPES)}


def _apply_type(record: IncidentRecord, now: Mapping[str, Any], _: str) -> IncidentRecord:
    return replace(record, incident_type=now["incident_type"])


def _read_actor(record: IncidentRecord) -> Json:
    return {"actor_name": record.actor_name, "actor_category": record.actor_category}


def _check_actor(now: Mapping[str, Any]) -> Json:
    name = str(now.get("actor_name") or "").strip()
    if not name:
        raise DecisionError("actor", "give the actor's name, or Unknown")
    return {"actor_name": name, "actor_category": _one_of("actor", now.get("actor_category"), ACTOR_CATEGORIES)}


def _apply_actor(record: IncidentRecord, now: Mapping[str, Any], _: str) -> IncidentRecord:
    return replace(record, actor_name=now["actor_name"], actor_category=now["actor_category"])


def _read_date(record: IncidentRecord) -> Json:
    first, last = record.start_date, record.end_date
    return _date_json(first, last, record.date_prec)


def _check_date(now: Mapping[str, Any]) -> Json:
    try:
        first, last = (date.fromisoformat(str(now[name])) for name in ("start_date", "end_date"))
    except (KeyError, ValueError) as error:
        raise DecisionError("date", "give both days as YYYY-MM-DD") from error
    if first > last:
        raise DecisionError("date", f"{first} is after {last}")
    return _date_json(first, last, date_prec((last - first).days + 1))


def _apply_date(record: IncidentRecord, now: Mapping[str, Any], _: str) -> IncidentRecord:
    first, last = date.fromisoformat(now["start_date"]), date.fromisoformat(now["end_date"])
    return replace(record, start_date=first, end_date=last, date_prec=now["date_prec"])


def _date_json(first: date | None, last: date | None, prec: int | None) -> Json:
    return {
        "start_date": first.isoformat() if first else None,
        "end_date": last.isoformat() if last else None,
        "year": last.year if last else None,
        "date_prec": prec,
    }


def _read_place(record: IncidentRecord) -> Json:
    return {
        "place_name": record.place_name,
        **position(record),
        "country": record.country,
        "admin1": record.admin1,
        "where_prec": record.where_prec,
        "uncertainty_km": record.uncertainty_km,
    }


def _check_place(now: Mapping[str, Any]) -> Json:
    try:
        lat, lon, km = (float(now[name]) for name in ("lat", "lon", "uncertainty_km"))
    except (KeyError, TypeError, ValueError) as error:
        raise DecisionError("place", "give latitude, longitude and uncertainty as numbers") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= km <= _MOST_KM):
        limits = f"latitude is -90 to 90, longitude -180 to 180, uncertainty 0 to {_MOST_KM} km"
        raise DecisionError("place", f"{lat}, {lon} ±{km} km is not a position; {limits}")
    prec = now.get("where_prec", 1)
    if prec not in range(1, 8):
        raise DecisionError("place", f"where_prec {prec} is not a number from 1 to 7")
    return {
        "place_name": str(now.get("place_name") or "").strip() or f"{lat:.4f}, {lon:.4f}",
        "lat": lat,
        "lon": lon,
        "country": now.get("country"),
        "admin1": now.get("admin1"),
        "where_prec": prec,
        "uncertainty_km": km,
    }


def _apply_place(record: IncidentRecord, now: Mapping[str, Any], who: str) -> IncidentRecord:
    place = Place(
        name=now["place_name"],
        lat=now["lat"],
        lon=now["lon"],
        country=now["country"],
        admin1=now["admin1"],
        feature=None,
        source=f"placed by {who}",
        source_id=None,
        uncertainty_km=now["uncertainty_km"],
    )
    return replace(
        record,
        place=place,
        place_name=place.name,
        country=place.country,
        admin1=place.admin1,
        where_prec=now["where_prec"],
        uncertainty_km=place.uncertainty_km,
    )


def _one_of(kind: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise DecisionError(kind, f"{value!r} is not one of {', '.join(known)}")
    return str(value)


CORRECTION_KINDS = {
    "status": CorrectionKind(_read_status, _check_status, _apply_status),
    "type": CorrectionKind(_read_type, _check_type, _apply_type),
    "actor": CorrectionKind(_read_actor, _check_actor, _apply_actor),
    "date": CorrectionKind(_read_date, _check_date, _apply_date),
    "place": CorrectionKind(_read_place, _check_place, _apply_place),
}
