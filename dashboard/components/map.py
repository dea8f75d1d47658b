"""The map, and how one looks at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import layers
from dashboard.components import state
from dashboard.palette import DARK, LIGHT, Ground
from geo.incidents.aggregation import Summary

_KEY = "map"
_LOOKED = "_looked_at"  # W, S, E, N of what was opened
_TURNED = "_looked_turn"
_POINTING, _POINTED = "_pointing", "_pointed_at"


def ground() -> Ground:
    """What the page is shown on now."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def incident_map(every: Sequence[Summary], shown: Sequence[Summary], how: layers.Drawing, height: int) -> None:
    """The incidents shown, each as exactly as its place is known; a click selects one or opens a group."""
    deck = layers.deck(shown, how)
    deck.initial_view_state = _view(every)
    if how.pointing:
        st.info("Click the map where it was. The closer the map, the more exact the place.")
    alt = f"Map of {len(shown):,} incidents; the table below has them too"
    st.pydeck_chart(deck, height=height, key=_KEY, on_select=_picked, selection_mode="single-object", alt=alt)


def whole() -> None:
    """Look at all incidents again."""
    st.session_state[_LOOKED] = None
    st.session_state[_TURNED] = st.session_state.get(_TURNED, 0) + 1


def point(incident_id: str | None) -> None:
    """Let the next click on the map tell where an incident was; None: no longer."""
    st.session_state[_POINTING] = incident_id
    st.session_state.pop(_POINTED, None)


def pointing(incident_id: str | None) -> bool:
    """Whether a click on the map tells where that incident was."""
    return incident_id is not None and st.session_state.get(_POINTING) == incident_id


def pointed(incident_id: str) -> tuple[float, float, float] | None:
    """Latitude, longitude and how many kilometres off they may be, of what was pointed at for that incident."""
    told: tuple[str, tuple[float, float, float]] | None = st.session_state.get(_POINTED)
    return told[1] if told is not None and told[0] == incident_id else None


def _view(every: Sequence[Summary]) -> object:
    box = st.session_state.get(_LOOKED)
    view = layers.view(every) if box is None else layers.around([box], closest=14.0)
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
        spot = row["lat"], row["lon"], max(0.1, float(row["off"]) / 1000)
        st.session_state[_POINTED] = st.session_state[_POINTING], spot
        st.session_state[_POINTING] = None
        state.forget()
    elif "box" in row:
        st.session_state[_LOOKED] = tuple(row["box"])
        state.forget()
    else:
        state.select(row.get("id"))
