"""What the sources say side by side, how the place was chosen, and other incidents at the same place."""

from __future__ import annotations

import streamlit as st

from dashboard import labels
from dashboard.components import selected_incident
from dashboard.components.markup import escape_label
from dashboard.places import incidents_at_place
from dashboard.snapshot import Snapshot
from dashboard.tables import DIFFERENT, geocoding_table, source_table
from geo.incidents.record import IncidentRecord

_MAX_LISTED = 8  # other incidents with a button


def show_sources(record: IncidentRecord, snapshot: Snapshot) -> None:
    """Three sections of the card, each where it has content."""
    sources = source_table(record, snapshot)
    if len(sources) > 1:
        differing = [name for name in sources.columns if sources[name].str.startswith(DIFFERENT).any()]
        result = f"they disagree on {', '.join(differing)}" if differing else "they agree"
        with st.expander(f"{len(sources)} sources side by side: {result}"):
            st.dataframe(sources, hide_index=True, width="stretch")
    places = geocoding_table(record)
    if len(places):
        with st.expander("How the place was chosen"):
            score = st.column_config.NumberColumn("score", format="%.2f", help="How well the place fits the text")
            st.dataframe(places, hide_index=True, width="stretch", column_config={"score": score})
    others = incidents_at_place(record, snapshot)
    if others:
        with st.expander(f"{len(others)} other {'incident' if len(others) == 1 else 'incidents'} at this place"):
            for other in others[:_MAX_LISTED]:
                text = f"{labels.dates(other.start_date, other.end_date)}: {labels.title(other)}"
                st.button(
                    escape_label(text),
                    key=f"site_{other.id}",
                    on_click=selected_incident.select,
                    args=(other.id,),
                    width="stretch",
                )
            if len(others) > _MAX_LISTED:
                st.caption(f"and {len(others) - _MAX_LISTED} more")
