"""What is selected: one incident, the same on map, timeline, table and in the address bar."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

_KEY, _URL, _SEEN, _TURN = "selected_incident", "incident", "_selected_in_url", "_selection_turn"


def from_url(known: Collection[str]) -> None:
    """Take the selection from the address bar when it changed there: first load, back, forward, a link."""
    told = st.query_params.get(_URL)
    if _SEEN not in st.session_state or told != st.session_state[_SEEN]:
        st.session_state[_KEY] = told if told in known else None


def selected(shown: Collection[str]) -> str | None:
    """The selected incident; None where it has left the filter."""
    identity: str | None = st.session_state.get(_KEY)
    return identity if identity in shown else None


def select(identity: str | None) -> None:
    """Select an incident, or none. A new turn makes charts forget the click that led here."""
    st.session_state[_KEY] = identity
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """How often the selection was changed."""
    return int(st.session_state.get(_TURN, 0))


def to_url(identity: str | None) -> None:
    """Write the selection into the address bar."""
    if identity is None:
        st.query_params.pop(_URL, None)
    elif st.query_params.get(_URL) != identity:
        st.query_params[_URL] = identity
    st.session_state[_SEEN] = st.query_params.get(_URL)
