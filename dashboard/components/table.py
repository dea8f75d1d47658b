"""The table of incidents."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.components import state
from dashboard.queries import table as rows_of
from geo.incidents.aggregation import Summary

_MOST_ROWS = 500
_KEY, _IDS, _ROWS = "table", "_table_ids", "_table_rows"


def table(shown: Sequence[Summary], selected: str | None) -> None:
    """The incidents shown, a row each; its box selects one."""
    if len(shown) > _MOST_ROWS:
        st.caption(
            f"The table holds the first {_MOST_ROWS:,} of {len(shown):,} incidents; the exports hold all of them."
        )
        shown = shown[:_MOST_ROWS]
    ids = [s.id for s in shown]
    rows = [ids.index(selected)] if selected in ids else []
    st.session_state[_IDS], st.session_state[_ROWS] = ids, rows
    # All three keys: with fewer, Streamlit calls back on every run and undoes other selections.
    st.session_state[_KEY] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    data = rows_of(shown)
    data["what"] = data["what"].map(words.TYPES)
    data["country"] = data["country"].map(words.country, na_action="ignore")
    data["precision"] = data["precision"].map(words.PRECISIONS, na_action="ignore")
    day = st.column_config.DateColumn
    st.dataframe(
        data,
        key=_KEY,
        on_select=_picked,
        selection_mode="single-row",
        hide_index=True,
        width="stretch",
        height=min(420, 38 + 35 * max(1, len(shown))),
        column_order=[c for c in data.columns if c != "id"],
        column_config={
            "what": st.column_config.TextColumn("What", width="medium"),
            "target": st.column_config.TextColumn("Target"),
            "actor": st.column_config.TextColumn("Actor"),
            "start": day("From", format="D MMM YYYY"),
            "end": day("To", format="D MMM YYYY"),
            "place": st.column_config.TextColumn("Place"),
            "country": st.column_config.TextColumn("Country"),
            "precision": st.column_config.TextColumn("How exactly"),
            "reports": st.column_config.NumberColumn("Reports"),
            "independent": st.column_config.NumberColumn("Independent"),
        },
    )


def _picked() -> None:
    rows = list(st.session_state[_KEY].selection.rows)
    if rows == st.session_state[_ROWS]:  # called for a selection that was set here, not by a click
        return
    ids = st.session_state[_IDS]
    state.select(ids[rows[0]] if rows and rows[0] < len(ids) else None)
