"""What a reader of a briefing is told has changed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from geo.incidents.aggregation import Summary
from geo.incidents.diff import FIELDS, Change, compare, snapshot
from geo.model import Incident

TOLD = st.fixed_dictionaries(
    {"status": st.sampled_from(["unreviewed", "confirmed", "rejected"]), "actor_name": st.sampled_from("AB")}
)
STATES = st.dictionaries(st.sampled_from("abcdef"), TOLD)


def summaries(state: dict[str, dict[str, Any]]) -> list[Summary]:
    rest = dict.fromkeys(FIELDS)
    return [Summary(None, {**rest, **told, "incident_id": i}, Incident(i, (), ())) for i, told in state.items()]


@given(STATES)
def test_nothing_changed_where_nothing_did(state: dict[str, dict[str, Any]]) -> None:
    assert compare(snapshot(summaries(state)), summaries(state)) == []


@given(STATES, STATES)
def test_every_change_is_told_once(before: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> None:
    told = {c.incident_id: c for c in compare(snapshot(summaries(before)), summaries(now))}
    for identity in before.keys() | now.keys():
        was, has = before.get(identity), now.get(identity)
        change = told.get(identity)
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
            assert change.now == {name: has[name] for name in has if has[name] != was[name]}


def test_one_that_was_joined_says_to_which() -> None:
    before = snapshot(summaries({"a": {"status": "unreviewed"}, "b": {"status": "unreviewed"}}))
    (change,) = compare(before, summaries({"a": {"status": "unreviewed"}}), {"b": "a"})
    assert change == Change("gone", "b", before["b"], {}, "a")
