"""The map, and how one looks at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import layers
from dashboard.components import state
from dashboard.palette import DARK, LIGHT, Ground, Rgb
from geo.consensus import Summary

_KEY = "map"
_LOOKED = "_looked_at"  # W, S, E, N of what was opened
_TURNED = "_looked_turn"
_POINTING, _POINTED = "_pointing", "_pointed_at"


def ground() -> Ground:
    """What the page is shown on now."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def incident_map(
    every: Sequence[Summary], shown: Sequence[Summary], colours: Mapping[str, Rgb], how: layers.Drawing, height: int
) -> None:
    """The incidents shown, each as exactly as its place is known; a click selects one or opens a group."""
    deck = layers.deck(shown, colours, how)
    deck.initial_view_state = _view(every)
    if how.pointing:
        st.info("Click the map where it was. The closer the map, the more exact the place.")
    alt = f"Map of {len(shown):,} incidents; the table below has them too"
    st.pydeck_chart(deck, height=height, key=_KEY, on_select=_picked, selection_mode="single-object", alt=alt)


def whole() -> None:
    """Look at all incidents again."""
    st.session_state[_LOOKED] = None
    st.session_state[_TURNED] = st.session_state.get(_TURNED, 0) + 1


def point(wanted: bool) -> None:
    """Let the next click on the map tell a place, or no longer."""
    st.session_state[_POINTING] = wanted
    st.session_state.pop(_POINTED, None)


def pointing() -> bool:
    """Whether a click on the map tells a place."""
    return bool(st.session_state.get(_POINTING))


def pointed() -> tuple[float, float, float] | None:
    """Latitude, longitude and how many kilometres off they may be, of what was pointed at."""
    told: tuple[float, float, float] | None = st.session_state.get(_POINTED)
    return told


def _view(every: Sequence[Summary]) -> object:
    box = st.session_state.get(_LOOKED)
    own = [s for s in every if s.incident is not None] or every
    view = layers.view(own) if box is None else layers.around([box], closest=14.0)
    # The browser moves only to another view than the last it was told: a hair's breadth makes it one.
    view.latitude += 1e-7 * (st.session_state.get(_TURNED, 0) % 2)
    return view


def _picked() -> None:
    objects = st.session_state[_KEY].selection.objects
    for layer, picked in objects.items():
        if picked and layer.endswith(f"#{state.turn()}"):  # what an older turn picked is still told
            _took(picked[0])
            return


def _took(feature: Mapping[str, object]) -> None:
    row = feature.get("properties", feature)
    if not isinstance(row, Mapping):
        return
    if "off" in row:
        st.session_state[_POINTED] = row["lat"], row["lon"], max(0.1, float(row["off"]) / 1000)
        st.session_state[_POINTING] = False
        state.forget()
    elif "box" in row:
        st.session_state[_LOOKED] = tuple(row["box"])
        state.forget()
    else:
        state.select(row.get("id"))
