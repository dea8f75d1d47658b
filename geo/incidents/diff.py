"""What changed between two states of the incidents: those of a briefing that was made, and those of now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geo.incidents.aggregation import Summary

# What a reader of a briefing would want to be told of.
FIELDS = (
    "incident_type", "target", "actor_name", "start_date", "end_date", "place_name", "country", "assertion", "status",
    "n_reports",
)  # fmt: skip
KINDS = ("new", "changed", "gone")


@dataclass(frozen=True, slots=True)
class Change:
    """One incident that is `new`, `changed` or `gone`; `was` and `now` hold the fields that differ.

    `into` is the incident that one gone was joined to. One that was rejected is gone: it is retracted.
    """

    kind: str
    incident_id: str
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    into: str | None = None


def snapshot(summaries: Iterable[Summary]) -> dict[str, dict[str, Any]]:
    """What is told of each incident of reports, by id, fit for JSON."""
    return {s.id: {name: s.properties[name] for name in FIELDS} for s in summaries if s.incident is not None}


def compare(
    before: Mapping[str, Mapping[str, Any]], summaries: Iterable[Summary], successors: Mapping[str, str] | None = None
) -> list[Change]:
    """What changed since a snapshot, by kind and id. `successors` leads from ids that were joined to others."""
    now = snapshot(summaries)
    made = [Change("new", i, {}, now[i]) for i in now.keys() - before.keys() if now[i]["status"] != "rejected"]
    for identity, was in before.items():
        told = now.get(identity)
        retracted = told is not None and told["status"] == "rejected" != was.get("status")
        if told is None or retracted:
            made.append(Change("gone", identity, was, told or {}, (successors or {}).get(identity)))
            continue
        differing = [name for name in FIELDS if told[name] != was.get(name)]
        if differing:
            told_was, told_now = ({name: held.get(name) for name in differing} for held in (was, told))
            made.append(Change("changed", identity, told_was, told_now))
    return sorted(made, key=lambda c: (KINDS.index(c.kind), c.incident_id))
