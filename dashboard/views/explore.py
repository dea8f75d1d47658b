"""Map, timeline, table and card of the incidents."""

from __future__ import annotations

import streamlit as st

from dashboard.components import address, state
from dashboard.components.book import book
from dashboard.components.card import card
from dashboard.components.counts import counts
from dashboard.components.download import download
from dashboard.components.filters import filters
from dashboard.components.legend import legend
from dashboard.components.map import incident_map
from dashboard.components.saved import saved
from dashboard.components.table import table
from dashboard.components.timeline import timeline
from dashboard.palette import colours

held = book()
every = held.summaries
told = address.told()
if told is not None:
    state.select(next(iter(told.get("incident", [])), None))
with st.sidebar:
    saved()
    selection = filters(held.frame, told)
    shown = held.frame.of(selection)
    download(len(shown), selection)
chosen = state.selected({s.id for s in shown})
palette = colours(every)

counts(every, shown)
left, right = st.columns([8, 5], gap="medium")
with left:
    incident_map(every, shown, palette, chosen, height=430)
    legend(shown, palette)
    timeline(held.frame, selection, palette, chosen)
with right, st.container(height=690, border=False):
    card(held.by_id(chosen), held, shown)
table(shown, chosen)
address.tell({**selection.stated(), "incident": [chosen] if chosen else []})
