"""The map, which part of it is shown, and positions that are picked on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pydeck as pdk
import streamlit as st

from dashboard.components import selected_incident
from dashboard.map.deck import MapOptions, build_deck, fit_boxes, fit_records
from dashboard.map.palette import DARK, LIGHT, Theme
from geo.incidents.record import IncidentRecord

_KEY = "map"
_BOX, _RESETS = "_map_box", "_map_resets"  # W, S, E, N of the cluster that was opened; how often the view was reset
_PICKING, _PICKED = "_picking_place", "_picked_place"
_CLUSTER_ZOOM = 14.0  # the closest zoom at which a cluster opens: a few streets
_MIN_PICKED_KM = 0.1  # a click is not more exact, however close the map


def page_theme() -> Theme:
    """The theme of the page now."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_map(
    records: Sequence[IncidentRecord], shown: Sequence[IncidentRecord], options: MapOptions, height: int
) -> None:
    """The incidents shown, each as exactly as its place is known. A click selects an incident or opens a cluster."""
    deck = build_deck(shown, options)
    deck.initial_view_state = _view(records)
    if options.picking_place:
        st.info("Click the place on the map. The closer you zoom in, the more exact the position.")
    alt = f"Map of {len(shown):,} incidents; the table below lists them"
    st.pydeck_chart(deck, height=height, key=_KEY, on_select=_on_click, selection_mode="single-object", alt=alt)


def show_whole_map() -> None:
    """Show all incidents again at the next run."""
    st.session_state[_BOX] = None
    st.session_state[_RESETS] = st.session_state.get(_RESETS, 0) + 1


def start_picking(incident_id: str | None) -> None:
    """Take the next click on the map as the position of an incident; None ends this."""
    st.session_state[_PICKING] = incident_id
    st.session_state.pop(_PICKED, None)


def is_picking(incident_id: str | None) -> bool:
    """Whether the next click on the map is the position of that incident."""
    return incident_id is not None and st.session_state.get(_PICKING) == incident_id


def picked_place(incident_id: str) -> tuple[float, float, float] | None:
    """Latitude, longitude and uncertainty in kilometres of the position that was clicked for that incident."""
    picked: tuple[str, tuple[float, float, float]] | None = st.session_state.get(_PICKED)
    return picked[1] if picked is not None and picked[0] == incident_id else None


def _view(records: Sequence[IncidentRecord]) -> pdk.ViewState:
    box = st.session_state.get(_BOX)
    view = fit_records(records) if box is None else fit_boxes([box], max_zoom=_CLUSTER_ZOOM)
    # The browser moves the map only when it gets a view other than the last one: a centimetre makes it another.
    view.latitude += 1e-7 * (st.session_state.get(_RESETS, 0) % 2)
    return view


def _on_click() -> None:
    objects = st.session_state[_KEY].selection.objects
    for layer_id, picked in objects.items():
        if picked and layer_id.endswith(f"#{selected_incident.current_turn()}"):  # earlier turns' clicks are sent again
            _take_click(picked[0])
            return


def _take_click(feature: Mapping[str, object]) -> None:
    row = feature.get("properties", feature)
    if not isinstance(row, Mapping):
        return
    if "off" in row:
        position = row["lat"], row["lon"], max(_MIN_PICKED_KM, float(row["off"]) / 1000)
        st.session_state[_PICKED] = st.session_state[_PICKING], position
        st.session_state[_PICKING] = None
        selected_incident.start_turn()
    elif "box" in row:
        st.session_state[_BOX] = tuple(row["box"])
        selected_incident.start_turn()
    else:
        selected_incident.select(row.get("id"))
