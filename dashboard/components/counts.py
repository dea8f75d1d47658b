"""How many incidents are shown, and those that cannot be on the map."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import labels
from dashboard.components import selected_incident
from dashboard.components.markup import escape_label
from geo.incidents.record import IncidentRecord

_MAX_LISTED = 50  # incidents without a place that have a button


def show_counts(records: Sequence[IncidentRecord], shown: Sequence[IncidentRecord]) -> None:
    """How many of all incidents are shown, how many of them lack a place, and a button for each of these."""
    unplaced = [record for record in shown if record.place is None]
    st.markdown(f"**{len(shown):,} of {len(records):,}** incidents shown, **{len(unplaced):,}** without a place")
    if not records:
        st.info("No incidents are stored yet. Add reports with `python -m geo ingest PATH...`")
    elif not shown:
        st.info("No incident matches these filters. Remove one of them in the sidebar.")
    if unplaced:
        with st.expander(f"{len(unplaced)} without a place: not on the map"):
            for record in unplaced[:_MAX_LISTED]:
                text = f"{labels.TYPES[record.incident_type]}: {record.target or ''} · {record.actor_name}"
                st.button(
                    escape_label(text),
                    key=f"nowhere_{record.id}",
                    on_click=selected_incident.select,
                    args=(record.id,),
                )
