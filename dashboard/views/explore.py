"""Map, timeline, table and card of the incidents."""

from __future__ import annotations

import streamlit as st

from dashboard import live
from dashboard.components import address, filters, state
from dashboard.components.book import book
from dashboard.components.card import card
from dashboard.components.counts import counts
from dashboard.components.download import download
from dashboard.components.legend import legend
from dashboard.components.map import ground, incident_map, pointing, whole
from dashboard.components.saved import saved
from dashboard.components.table import table
from dashboard.components.timeline import timeline
from dashboard.layers import Drawing
from dashboard.palette import on

held = book()
every = held.summaries
told = address.told()
if told is not None:
    state.select(next(iter(told.get("incident", [])), None))
selection = filters.chosen(held.frame, told)
shown = held.frame.of(selection)
chosen = state.selected(shown)
picked = held.by_id(chosen)

# What a filter changes is drawn first, the filters' own numbers last.
told_of, tools = st.columns([2, 1], vertical_alignment="center")
with told_of:
    counts(every, shown)
with tools, st.container(horizontal=True, horizontal_alignment="right"):
    st.button("Whole map", key="whole_map", on_click=whole)
    download(len(shown), selection)
left, right = st.columns([8, 5], gap="medium")
with left:
    below = ground()
    palette = on(below, held.colours)
    counted, singly = (live.tiles_address(k, selection, below, held.version) for k in ("counted", "singly"))
    drawing = Drawing(below, counted, singly, held.apart, state.turn(), picked, pointing(chosen))
    incident_map(every, shown, drawing, height=430)
    legend(shown, palette, below.others)
    timeline(held.frame, selection, palette, chosen)
with right, st.container(height=690, border=False):
    card(picked, held, shown)
table(shown, chosen)
with st.sidebar:
    saved()
    filters.filters(held.frame, selection)
address.tell({**selection.stated(), "incident": [chosen] if chosen else []})
