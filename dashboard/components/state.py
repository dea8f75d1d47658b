"""What is selected: one incident, the same on map, timeline and table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.incidents.aggregation import Summary

_KEY, _TURN = "selected_incident", "_selection_turn"


def selected(shown: Sequence[Summary]) -> str | None:
    """The selected incident; None where it has left the filter."""
    identity: str | None = st.session_state.get(_KEY)
    return identity if identity and any(s.id == identity for s in shown) else None


def select(identity: str | None) -> None:
    """Select an incident, or none."""
    st.session_state[_KEY] = identity
    forget()


def forget() -> None:
    """Begin a new turn: charts forget what was clicked or brushed in them."""
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """How often the selection was changed."""
    return int(st.session_state.get(_TURN, 0))
