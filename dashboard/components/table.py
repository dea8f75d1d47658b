"""The table of incidents."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import labels
from dashboard.components import selected_incident
from dashboard.tables import incident_table
from geo.incidents.record import IncidentRecord

_MAX_ROWS = 500  # more would make each change of a filter slow in the browser
_HEADER_PIXELS, _ROW_PIXELS, _MAX_PIXELS = 38, 35, 420  # as Streamlit draws a table
_KEY, _IDS, _ROWS = "table", "_table_ids", "_table_rows"


def show_table(shown: Sequence[IncidentRecord], selected: str | None) -> None:
    """The incidents shown, a row each; the box of a row selects its incident."""
    if len(shown) > _MAX_ROWS:
        st.caption(f"The table shows the first {_MAX_ROWS:,} of {len(shown):,} incidents; the exports contain all.")
        shown = shown[:_MAX_ROWS]
    ids = [record.id for record in shown]
    rows = [ids.index(selected)] if selected in ids else []
    st.session_state[_IDS], st.session_state[_ROWS] = ids, rows
    # All three keys: with fewer, Streamlit calls back on every run and undoes other selections.
    st.session_state[_KEY] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    table = incident_table(shown)
    day, text, number = st.column_config.DateColumn, st.column_config.TextColumn, st.column_config.NumberColumn
    st.dataframe(
        table,
        key=_KEY,
        on_select=_on_select,
        selection_mode="single-row",
        hide_index=True,
        width="stretch",
        height=min(_MAX_PIXELS, _HEADER_PIXELS + _ROW_PIXELS * max(1, len(shown))),
        column_order=[c for c in table.columns if c != "id"],
        column_config={
            "type": text(labels.FIELDS["incident_type"], width="medium"),
            "target": text(labels.FIELDS["target"]),
            "actor": text(labels.FIELDS["actor_name"]),
            "start": day(labels.FIELDS["start_date"], format="D MMM YYYY"),
            "end": day(labels.FIELDS["end_date"], format="D MMM YYYY"),
            "place": text(labels.FIELDS["place_name"]),
            "country": text(labels.FIELDS["country"]),
            "precision": text(labels.FIELDS["where_prec"]),
            "reports": number(labels.FIELDS["n_reports"]),
            "independent": number(labels.FIELDS["n_independent"]),
        },
    )


def _on_select() -> None:
    rows = list(st.session_state[_KEY].selection.rows)
    if rows == st.session_state[_ROWS]:  # the selection was set by `show_table`, not by a click
        return
    ids = st.session_state[_IDS]
    selected_incident.select(ids[rows[0]] if rows and rows[0] < len(ids) else None)
