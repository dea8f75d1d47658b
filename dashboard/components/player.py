"""Play: the span of time shown moves by itself."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import numpy as np
import streamlit as st

from dashboard.components import filters
from dashboard.playback import STEPS, Playback
from geo.incidents.columns import Frame

_PLAYING, _TOLD = "_playback", "_playback_at"
_SPEEDS = {"slow": 2.0, "normal": 1.0, "fast": 0.5}  # seconds a step


def player(frame: Frame, clock: str) -> None:
    """A button that plays and one that stops; how it plays is beside it."""
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
        st.button("Start", key="start", on_click=_start, args=(frame, clock), type="primary", width="stretch")


def _start(frame: Frame, clock: str) -> None:
    first, last, dated = frame.days(clock)
    if not dated.any():
        return
    span = [date(1970, 1, 1) + timedelta(days=int(d)) for d in (np.min(first[dated]), np.max(last[dated]))]
    today = datetime.now(UTC).date()
    step, grows = st.session_state["play_step"], st.session_state["play_window"] == "growing"
    _show(Playback.begin(span[0], min(span[1], max(today, span[0])), step, grows))


def _tick() -> None:
    """One step on, not sooner than a step lasts; a run of the whole page is no step."""
    playing: Playback | None = st.session_state.get(_PLAYING)
    pace = _SPEEDS[st.session_state.get("play_speed", "normal")]
    if playing is None or time.monotonic() - st.session_state.get(_TOLD, 0.0) < 0.8 * pace:
        return
    following = playing.following()
    if following is None:
        st.session_state.pop(_PLAYING)
    else:
        _show(following)
    st.rerun()


def _show(playing: Playback) -> None:
    st.session_state[_PLAYING], st.session_state[_TOLD] = playing, time.monotonic()
    filters.span_next(*playing.window)


def _stop() -> None:
    st.session_state.pop(_PLAYING, None)
    filters.span_next(None, None)
