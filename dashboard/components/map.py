"""The map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import layers
from dashboard.components import state
from dashboard.palette import Rgb
from geo.consensus import Summary
from geo.settings import BASEMAP

_KEY = "map"


def incident_map(
    every: Sequence[Summary],
    shown: Sequence[Summary],
    colours: Mapping[str, Rgb],
    selected: str | None,
    height: int,
) -> None:
    """The incidents shown, each as exactly as its place is known; a click selects one."""
    style = BASEMAP.get() or layers.OFFLINE_STYLE
    deck = layers.deck(shown, colours, selected, style, state.turn())
    deck.initial_view_state = layers.view([s for s in every if s.incident is not None] or every)
    st.pydeck_chart(deck, height=height, key=_KEY, on_select=_picked, selection_mode="single-object")


def _picked() -> None:
    objects = st.session_state[_KEY].selection.objects
    for layer, picked in objects.items():
        if picked and layer.endswith(f"#{state.turn()}"):  # what an older turn picked is still told
            row = picked[0].get("properties", picked[0])
            state.select(row.get("id"))
            return
