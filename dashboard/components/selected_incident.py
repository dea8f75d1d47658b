"""The selected incident: one, the same on map, timeline and table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.incidents.record import IncidentRecord

_KEY, _TURN = "selected_incident", "_selection_turn"


def selected_id(shown: Sequence[IncidentRecord]) -> str | None:
    """The id of the selected incident; None where none is selected or the filters exclude it."""
    incident_id: str | None = st.session_state.get(_KEY)
    return incident_id if incident_id and any(record.id == incident_id for record in shown) else None


def select(incident_id: str | None) -> None:
    """Select an incident, or none."""
    st.session_state[_KEY] = incident_id
    start_turn()


def start_turn() -> None:
    """Start a new turn, in which the charts no longer have what was clicked or brushed in them."""
    st.session_state[_TURN] = current_turn() + 1


def current_turn() -> int:
    """How often the selection has changed; part of the charts' keys."""
    return int(st.session_state.get(_TURN, 0))
