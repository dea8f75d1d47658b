"""The timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.charts import timeline as chart
from dashboard.components import state
from dashboard.palette import Rgb
from geo.consensus import Summary


def timeline(
    every: Sequence[Summary], shown: Sequence[Summary], colours: Mapping[str, Rgb], selected: str | None
) -> None:
    """When the incidents happened, a lane an actor; a click selects one."""
    undated = sum(s.properties["start_date"] is None for s in shown)
    key = f"timeline{state.turn()}"

    def picked() -> None:
        rows = st.session_state[key].selection.get("pick")
        if rows:
            state.select(rows[0]["id"])

    st.vega_lite_chart(chart(every, shown, colours, selected), key=key, on_select=picked, width="stretch")
    if undated:
        st.caption(f"{undated} of the incidents shown have no date and so no bar.")
