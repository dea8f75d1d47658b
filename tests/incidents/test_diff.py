"""What the reader of an earlier briefing is told has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from geo.incidents.diff import Change, compare, snapshot
from geo.incidents.record import IncidentRecord
from geo.model import Incident

VALUES = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["unreviewed", "confirmed", "rejected"]),
        "actor_name": st.sampled_from("AB"),
        "start_date": st.sampled_from([None, date(2015, 1, 1)]),
    }
)
STATES = st.dictionaries(st.sampled_from("abcdef"), VALUES)


def records(state: dict[str, dict[str, Any]]) -> list[IncidentRecord]:
    return [
        replace(IncidentRecord(incident_id=i, incident=Incident(i, (), ())), **values) for i, values in state.items()
    ]


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@given(STATES)
def test_nothing_changed_where_nothing_did(state: dict[str, dict[str, Any]]) -> None:
    assert compare(snapshot(records(state)), records(state)) == []


@given(STATES, STATES)
def test_every_change_is_reported_once(before: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> None:
    changes = {c.incident_id: c for c in compare(snapshot(records(before)), records(now))}
    for identity in before.keys() | now.keys():
        was, has = before.get(identity), now.get(identity)
        change = changes.get(identity)
        if was == has or (was is None and has is not None and has["status"] == "rejected"):
            assert change is None
        elif was is None:
            assert change is not None
            assert change.kind == "new"
        elif has is None or (has["status"] == "rejected" != was["status"]):
            assert change is not None
            assert change.kind == "gone"
        else:
            assert change is not None
            assert change.now == {name: as_json(has[name]) for name in has if has[name] != was[name]}
            assert change.was == {name: as_json(was[name]) for name in has if has[name] != was[name]}


def test_a_merged_incident_names_the_one_it_is_part_of() -> None:
    before = snapshot(records({"a": {"status": "unreviewed"}, "b": {"status": "unreviewed"}}))
    (change,) = compare(before, records({"a": {"status": "unreviewed"}}), {"b": "a"})
    assert change == Change("gone", "b", before["b"], {}, "a")


def test_an_imported_event_is_not_compared() -> None:
    assert snapshot([IncidentRecord(incident_id="x", dataset="d")]) == {}
