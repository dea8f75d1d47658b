"""The page "Map": map, timeline, table and card of the incidents."""

from __future__ import annotations

import streamlit as st

from dashboard.components import filters, permalink, selected_incident
from dashboard.components.counts import show_counts
from dashboard.components.downloads import show_downloads
from dashboard.components.incident_card import show_card
from dashboard.components.incident_map import is_picking, page_theme, show_map, show_whole_map
from dashboard.components.legend import show_legend
from dashboard.components.missing_places import show_missing_places
from dashboard.components.saved_views import show_saved_views
from dashboard.components.store_snapshot import show_snapshot
from dashboard.components.table import show_table
from dashboard.components.timeline import show_timeline
from dashboard.map.deck import MapOptions
from dashboard.map.palette import colours_on
from dashboard.urls import tiles_url

snapshot = show_snapshot()
query = permalink.read_changed()
if query is not None:
    selected_incident.select(next(iter(query.get(permalink.INCIDENT, [])), None))
selection = filters.update_filters(snapshot.columns, query)
shown = snapshot.columns.select(selection)
selected = selected_incident.selected_id(shown)
record = snapshot.record(selected)

# What a filter changes is drawn first; the filters with their counts come last.
heading, tools = st.columns([2, 1], vertical_alignment="center")
with heading:
    show_counts(snapshot.records, shown)
with tools, st.container(horizontal=True, horizontal_alignment="right"):
    st.button("Whole map", key="whole_map", on_click=show_whole_map)
    show_downloads(len(shown), selection)
show_missing_places(snapshot)
left, right = st.columns([8, 5], gap="medium")
with left:
    theme = page_theme()
    colours = colours_on(theme, snapshot.colours)
    options = MapOptions(
        theme,
        tiles_url("clusters", selection, theme, snapshot.version),
        tiles_url("incidents", selection, theme, snapshot.version),
        snapshot.individual_from,
        selected_incident.current_turn(),
        record,
        is_picking(selected),
    )
    show_map(snapshot.records, shown, options, height=430)
    show_legend(shown, colours, theme.others)
    show_timeline(snapshot.columns, selection, colours, selected)
with right, st.container(height=690, border=False):
    show_card(record, snapshot, shown)
show_table(shown, selected)
with st.sidebar:
    show_saved_views()
    filters.show_filters(snapshot.columns, selection)
permalink.write([*selection.to_query(), *([(permalink.INCIDENT, selected)] if selected else [])])
