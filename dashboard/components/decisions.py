"""Decisions of an analyst: written to the store, with the result shown at the next run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import streamlit as st

from dashboard.cache import current_store
from dashboard.components.markup import escape_label
from dashboard.labels import DECISIONS
from geo.errors import ConflictError, GeoError
from geo.incidents.record import IncidentRecord
from geo.incidents.review import correct
from geo.store import Store

ANALYST, REASON = "analyst", "review_why"  # keys of the analyst's name and of the reason
_RESULT = "_decision_result"
Result = Literal["done", "conflict", "error"]


def run_decision(act: Callable[[Store, str, str], str]) -> None:
    """Call `act` with the store, the analyst's name and the reason, and keep its message, or why it was refused."""
    who, why = st.session_state.get(ANALYST, ""), st.session_state.get(REASON, "")
    result: tuple[Result, str]
    try:
        result = "done", act(current_store(), who, why)
    except ConflictError as error:
        result = "conflict", str(error)
    except GeoError as error:
        result = "error", str(error)
    st.session_state[_RESULT] = result


def decide(record: IncidentRecord, kind: str, values: Mapping[str, Any]) -> None:
    """Write a correction of an incident."""

    def act(store: Store, who: str, why: str) -> str:
        correct(store, record, kind, values, who=who, why=why)
        return f"Saved: {DECISIONS[kind]}, by {who}. The text of the sources is unchanged."

    run_decision(act)


def show_result() -> bool:
    """Show the result of the last decision, once; whether it was written."""
    result: tuple[Result, str] | None = st.session_state.pop(_RESULT, None)
    if result is None:
        return False
    kind, text = result
    {"done": st.success, "conflict": st.warning, "error": st.error}[kind](escape_label(text))
    return kind == "done"
