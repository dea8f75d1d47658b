"""How much is shown, and what cannot be on the map."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.components import state
from dashboard.components.markup import label
from geo.incidents.aggregation import Summary

_LISTED = 50  # of those without a place offered for a click


def counts(every: Sequence[Summary], shown: Sequence[Summary]) -> None:
    """How many of how many are shown, and how many have no place, with those to open."""
    nowhere = [s for s in shown if s.place is None]
    st.markdown(f"**{len(shown):,} of {len(every):,}** incidents shown, **{len(nowhere):,}** without a place")
    if not every:
        st.info("The store holds no incident yet. Read reports into it: `python -m geo ingest PATH...`")
    elif not shown:
        st.info("No incident passes these filters. Clear one of them in the sidebar.")
    if nowhere:
        with st.expander(f"{len(nowhere)} without a place: not on the map"):
            for summary in nowhere[:_LISTED]:
                p = summary.properties
                text = f"{words.TYPES[p['incident_type']]}: {p['target'] or ''} · {p['actor_name']}"
                st.button(label(text), key=f"nowhere_{summary.id}", on_click=state.select, args=(summary.id,))
