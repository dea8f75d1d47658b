"""Playback: the time span shown moves by itself."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import numpy as np
import streamlit as st

from dashboard.components import filters
from dashboard.playback import STEPS, Playback
from geo.incidents.columns import IncidentColumns

_PLAYING, _STEPPED_AT = "_playback", "_playback_at"
_SPEEDS = {"slow": 2.0, "normal": 1.0, "fast": 0.5}  # seconds a step
_EARLY = 0.8  # a tick this much of a step after the last one counts as a step: timers are not exact


def show_player(columns: IncidentColumns, clock: str) -> None:
    """A button that starts the playback, with its settings, or one that stops it."""
    playing: Playback | None = st.session_state.get(_PLAYING)
    if playing is not None:
        left, right = st.columns([3, 1], vertical_alignment="center")
        first, last = playing.window
        left.caption(f"Playing: {first} to {last}")
        right.button("Stop", key="stop", on_click=_stop, width="stretch")
        st.fragment(_tick, run_every=_SPEEDS[st.session_state.get("play_speed", "normal")])()
        return
    with st.popover("Play", width="stretch"):
        st.segmented_control("Step", STEPS, key="play_step", default="month", required=True)
        st.segmented_control("Window", ["moving", "growing"], key="play_window", default="moving", required=True)
        st.segmented_control("Speed", list(_SPEEDS), key="play_speed", default="normal", required=True)
        st.button("Start", key="start", on_click=_start, args=(columns, clock), type="primary", width="stretch")


def _start(columns: IncidentColumns, clock: str) -> None:
    first, last, dated = columns.days(clock)
    if not dated.any():
        return
    span = [date(1970, 1, 1) + timedelta(days=int(d)) for d in (np.min(first[dated]), np.max(last[dated]))]
    today = datetime.now(UTC).date()
    step, grows = st.session_state["play_step"], st.session_state["play_window"] == "growing"
    _show_window(Playback.begin(span[0], min(span[1], max(today, span[0])), step, grows))


def _tick() -> None:
    """Move one step on, unless the last step is too recent: Streamlit also calls this when it runs the whole page."""
    playing: Playback | None = st.session_state.get(_PLAYING)
    pace = _SPEEDS[st.session_state.get("play_speed", "normal")]
    if playing is None or time.monotonic() - st.session_state.get(_STEPPED_AT, 0.0) < _EARLY * pace:
        return
    following = playing.following()
    if following is None:
        st.session_state.pop(_PLAYING)
    else:
        _show_window(following)
    st.rerun()


def _show_window(playing: Playback) -> None:
    st.session_state[_PLAYING], st.session_state[_STEPPED_AT] = playing, time.monotonic()
    filters.set_time_span(*playing.window)


def _stop() -> None:
    st.session_state.pop(_PLAYING, None)
    filters.set_time_span(None, None)
