"""What people correct: the fields of an incident by kind of decision, checked before and laid over what was read.

Nothing that a source said or the program read is overwritten: `corrected` names each field that a person set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from geo.errors import DecisionError
from geo.incidents.aggregation import Summary
from geo.model import ACTOR_CATEGORIES, INCIDENT_TYPES, STATUSES, Place
from geo.store import Decision, Store
from geo.store.ledger import in_force

# The properties that each kind of decision sets.
FIELDS = {
    "status": ("status",),
    "type": ("incident_type",),
    "actor": ("actor_name", "actor_category"),
    "date": ("start_date", "end_date", "year", "date_prec"),
    "place": ("place_name", "lat", "lon", "country", "admin1", "where_prec", "uncertainty_km"),
}


def correct(store: Store, summary: Summary, kind: str, now: Mapping[str, Any], *, who: str, why: str = "") -> Decision:
    """Write a correction of an incident as it is shown. Raises DecisionError, or ConflictError where it has changed."""
    if kind not in FIELDS:
        raise DecisionError(kind, f"is none of {', '.join(FIELDS)}")
    if summary.incident is None:
        raise DecisionError(kind, "an event of an imported dataset is not corrected here; import the dataset anew")
    wanted = _CHECKS[kind](now)
    was = {name: _value(summary, name) for name in FIELDS[kind]}
    return store.ledger.decide(summary.id, revision(summary), kind, was, wanted, who=who, why=why)


def revision(summary: Summary) -> int:
    """How many decisions were taken on an incident when it was read."""
    return int(summary.properties.get("revision", 0))


def reviewed(
    summaries: Iterable[Summary], decisions: Iterable[Decision], successors: Mapping[str, str]
) -> list[Summary]:
    """Incidents with what people decided laid over them. `successors` leads from ids that were merged away."""
    every = list(decisions)
    revisions: dict[str, int] = {}
    for decision in every:
        revisions[decision.incident_id] = max(revisions.get(decision.incident_id, 0), decision.revision)
    by_incident: dict[str, list[Decision]] = {}
    for decision in in_force(every):
        now_at = successors.get(decision.incident_id, decision.incident_id)
        by_incident.setdefault(now_at, []).append(decision)
    return [_laid_over(s, by_incident.get(s.id, ()), revisions.get(s.id, 0)) for s in summaries]


def _laid_over(summary: Summary, decisions: Iterable[Decision], number: int) -> Summary:
    properties = {**summary.properties, "revision": number, "corrected": {}}
    place = summary.place
    for decision in decisions:
        if decision.kind not in FIELDS:
            continue
        told = {name: decision.now[name] for name in FIELDS[decision.kind]}
        if decision.kind == "place":
            place = _place(told, decision.who)
            told = {name: value for name, value in told.items() if name not in ("lat", "lon")}
        properties |= told
        properties["corrected"] |= {
            decision.kind: {"who": decision.who, "at": decision.at.isoformat(timespec="seconds"), "why": decision.why}
        }
    return replace(summary, place=place, properties=properties)


def _place(told: Mapping[str, Any], who: str) -> Place:
    return Place(
        name=told["place_name"],
        lat=told["lat"],
        lon=told["lon"],
        country=told["country"],
        admin1=told["admin1"],
        feature=None,
        source=f"placed by {who}",
        source_id=None,
        uncertainty_km=told["uncertainty_km"],
    )


def _value(summary: Summary, name: str) -> Any:
    if name in ("lat", "lon"):
        return getattr(summary.place, name) if summary.place else None
    return summary.properties[name]


def _status(now: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": _one_of("status", now.get("status"), STATUSES)}


def _type(now: Mapping[str, Any]) -> dict[str, Any]:
    return {"incident_type": _one_of("type", now.get("incident_type"), INCIDENT_TYPES)}


def _actor(now: Mapping[str, Any]) -> dict[str, Any]:
    name = str(now.get("actor_name") or "").strip()
    if not name:
        raise DecisionError("actor", "give the actor's name, or Unknown")
    return {"actor_name": name, "actor_category": _one_of("actor", now.get("actor_category"), ACTOR_CATEGORIES)}


def _date(now: Mapping[str, Any]) -> dict[str, Any]:
    try:
        first, last = (date.fromisoformat(str(now[name])) for name in ("start_date", "end_date"))
    except (KeyError, ValueError) as error:
        raise DecisionError("date", "give both days as YYYY-MM-DD") from error
    if first > last:
        raise DecisionError("date", f"{first} is after {last}")
    return {
        "start_date": first.isoformat(),
        "end_date": last.isoformat(),
        "year": last.year,
        "date_prec": date_prec((last - first).days),
    }


def date_prec(days: int) -> int:
    """UCDP GED's `date_prec` of an interval so many days long."""
    return next((code for code, most in ((1, 0), (2, 5), (3, 7), (4, 31)) if days <= most), 5)


def _where(now: Mapping[str, Any]) -> dict[str, Any]:
    try:
        lat, lon, km = (float(now[name]) for name in ("lat", "lon", "uncertainty_km"))
    except (KeyError, TypeError, ValueError) as error:
        raise DecisionError("place", "give latitude, longitude and uncertainty as numbers") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= km <= 1000):
        raise DecisionError("place", f"{lat}, {lon} ±{km} km is nowhere; degrees are -90 to 90 and -180 to 180")
    name = str(now.get("place_name") or "").strip() or f"{lat:.4f}, {lon:.4f}"
    prec = now.get("where_prec", 1)
    if prec not in range(1, 8):
        raise DecisionError("place", f"where_prec {prec} is none of 1 to 7")
    told = {"country": now.get("country"), "admin1": now.get("admin1")}
    return {"place_name": name, "lat": lat, "lon": lon, "where_prec": prec, "uncertainty_km": km, **told}


def _one_of(kind: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise DecisionError(kind, f"{value!r} is none of {', '.join(known)}")
    return str(value)


_CHECKS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "status": _status,
    "type": _type,
    "actor": _actor,
    "date": _date,
    "place": _where,
}
