"""The timeline: a click selects an incident, a brush the span of time shown; it can be played."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import streamlit as st

from dashboard import words
from dashboard.charts import timeline as chart
from dashboard.components import filters, state
from dashboard.components.player import player
from dashboard.palette import Rgb
from geo.incidents.columns import Frame, Mask
from geo.incidents.filters import CLOCKS, Selection


def timeline(frame: Frame, selection: Selection, colours: Mapping[str, Rgb], selected: str | None) -> None:
    """When the incidents happened, were reported or were added; what the span of time hides is its ghost."""
    mask = frame.mask(selection)
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.segmented_control(
        "Date", CLOCKS, key="clock", format_func=lambda c: words.CLOCKS[c], label_visibility="collapsed", required=True
    )
    with right:
        player(frame, selection.clock)
    told = chart(frame, mask, colours, selected, selection.clock)
    if told is None:
        st.caption("No incident has such a date.")
        return
    key = f"timeline{state.turn()}"
    st.vega_lite_chart(told, key=key, on_select=lambda: _picked(key), width="stretch")
    _told_below(frame, mask, selection)


def _told_below(frame: Frame, mask: Mask, selection: Selection) -> None:
    undated = int(np.count_nonzero(mask & ~frame.days(selection.clock)[2]))
    left, right = st.columns([5, 1], vertical_alignment="center")
    hint = "Drag over the timeline to choose a span of time."
    left.caption(f"{undated:,} of the incidents shown have no such date and so no bar. {hint}" if undated else hint)
    spanned = selection.since or selection.until
    if spanned:
        right.button("All time", key="all_time", on_click=filters.span_next, args=(None, None), width="stretch")


def _picked(key: str) -> None:
    chosen = st.session_state[key].selection
    rows, brush = chosen.get("pick"), _interval(chosen.get("brush"))
    if brush is not None:
        filters.span_next(*brush)
        state.forget()
    elif rows:
        state.select(rows[0]["id"])


def _interval(brush: Any) -> tuple[Any, Any] | None:
    """First and last day of a brush; the browser gives milliseconds from 1970."""
    ends = next(iter(brush.values()), None) if brush else None
    if not ends or len(ends) < 2:
        return None
    first, last = (datetime.fromtimestamp(float(ms) / 1000, UTC).date() for ms in (min(ends), max(ends)))
    return first, last
