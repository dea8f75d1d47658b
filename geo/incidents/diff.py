"""What changed in the incidents between an earlier state, as a briefing kept it, and now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geo.incidents.record import IncidentRecord
from geo.incidents.serialization import TRACKED, tracked_json

KINDS = ("new", "changed", "gone")


@dataclass(frozen=True, slots=True)
class Change:
    """One incident that is `new`, `changed` or `gone`; `was` and `now` hold the fields that differ, as JSON.

    A rejected incident is `gone`: it is retracted. `into` is the incident that a merged one is part of now.
    """

    kind: str
    incident_id: str
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    into: str | None = None


def snapshot(records: Iterable[IncidentRecord]) -> dict[str, dict[str, Any]]:
    """The fields whose changes are reported, for each incident of reports by id, as JSON."""
    return {r.id: tracked_json(r) for r in records if r.incident is not None}


def compare(
    before: Mapping[str, Mapping[str, Any]],
    records: Iterable[IncidentRecord],
    successors: Mapping[str, str] | None = None,
) -> list[Change]:
    """What changed since a snapshot, by kind and id. `successors` maps ids that were merged away to those of now."""
    now = snapshot(records)
    changes = [
        Change("new", identity, {}, row)
        for identity, row in now.items()
        if identity not in before and row["status"] != "rejected"
    ]
    for identity, was in before.items():
        change = _change(identity, was, now.get(identity), (successors or {}).get(identity))
        if change is not None:
            changes.append(change)
    return sorted(changes, key=lambda c: (KINDS.index(c.kind), c.incident_id))


def _change(
    identity: str, was: Mapping[str, Any], now: Mapping[str, Any] | None, successor: str | None
) -> Change | None:
    """What changed in an incident of the snapshot; None where nothing did."""
    if now is None:
        return Change("gone", identity, was, {}, successor)
    if now["status"] == "rejected" and was.get("status") != "rejected":
        return Change("gone", identity, was, now, successor)
    differing = [name for name in TRACKED if now[name] != was.get(name)]
    if not differing:
        return None
    return Change(
        "changed", identity, {name: was.get(name) for name in differing}, {name: now[name] for name in differing}
    )
