"""What sources say side by side, which places the geocoder weighed, and what else happened at the site."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import words
from dashboard.components import state
from dashboard.components.markup import label
from dashboard.queries import Book, at_site, side_by_side, weighed
from geo.incidents.aggregation import Summary

_LISTED = 8


def sources(summary: Summary, book: Book) -> None:
    """Three parts of a card, each where there is something to say."""
    told = side_by_side(summary, book)
    if len(told) > 1:
        differing = [name for name in told.columns if told[name].str.startswith("≠").any()]
        text = f"they disagree on {', '.join(differing)}" if differing else "they agree"
        with st.expander(f"{len(told)} sources side by side: {text}"):
            st.dataframe(told, hide_index=True, width="stretch")
    places = weighed(summary)
    if places:
        with st.expander("How the place was chosen"):
            st.dataframe(
                pd.DataFrame(places),
                hide_index=True,
                width="stretch",
                column_config={"likelihood": st.column_config.NumberColumn("score", format="%.2f")},
            )
    others = at_site(summary, book)
    if others:
        with st.expander(f"{len(others)} other {'incident' if len(others) == 1 else 'incidents'} at this place"):
            for other in others[:_LISTED]:
                p = other.properties
                text = f"{words.dates(p['start_date'], p['end_date'])}: {words.title(p)}"
                st.button(label(text), key=f"site_{other.id}", on_click=state.select, args=(other.id,), width="stretch")
            if len(others) > _LISTED:
                st.caption(f"and {len(others) - _LISTED} more")
