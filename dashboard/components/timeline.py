"""The timeline: a click selects an incident, a brush selects a time span; it can be played."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import streamlit as st

from dashboard import labels
from dashboard.charts import timeline_chart
from dashboard.components import filters, selected_incident
from dashboard.components.player import show_player
from dashboard.map.palette import Rgb
from geo.incidents.columns import IncidentColumns, Mask
from geo.incidents.filters import CLOCKS, Selection


def show_timeline(
    columns: IncidentColumns, selection: Selection, colours: Mapping[str, Rgb], selected: str | None
) -> None:
    """When the incidents occurred, were reported or were added; those outside the filters are grey."""
    mask = columns.mask(selection)
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.segmented_control(
        "Date", CLOCKS, key="clock", format_func=lambda c: labels.CLOCKS[c], label_visibility="collapsed", required=True
    )
    with right:
        show_player(columns, selection.clock)
    chart = timeline_chart(columns, mask, colours, selected, selection.clock)
    if chart is None:
        st.caption("None of the incidents has a date of this kind.")
        return
    key = f"timeline{selected_incident.current_turn()}"
    st.vega_lite_chart(chart, key=key, on_select=lambda: _on_select(key), width="stretch")
    _show_hint(columns, mask, selection)


def _show_hint(columns: IncidentColumns, mask: Mask, selection: Selection) -> None:
    undated = int(np.count_nonzero(mask & ~columns.days(selection.clock)[2]))
    left, right = st.columns([5, 1], vertical_alignment="center")
    hint = "Drag over the timeline to select a time span."
    left.caption(f"{undated:,} of the incidents shown lack a date of this kind. {hint}" if undated else hint)
    if selection.since or selection.until:
        right.button("All time", key="all_time", on_click=filters.set_time_span, args=(None, None), width="stretch")


def _on_select(key: str) -> None:
    chosen = st.session_state[key].selection
    rows, span = chosen.get("pick"), _time_span(chosen.get("brush"))
    if span is not None:
        filters.set_time_span(*span)
        selected_incident.start_turn()
    elif rows:
        selected_incident.select(rows[0]["id"])


def _time_span(brush: Any) -> tuple[date, date] | None:
    """First and last day of a brush; the browser gives milliseconds from 1970."""
    ends = next(iter(brush.values()), None) if brush else None
    if not ends or len(ends) < 2:
        return None
    first, last = (datetime.fromtimestamp(float(ms) / 1000, UTC).date() for ms in (min(ends), max(ends)))
    return first, last
