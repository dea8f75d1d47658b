"""What was read: reports beside incidents, reports without any, unresolved place names, and what changed."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard import labels
from dashboard.components.changes import show_changes
from dashboard.components.markup import safe_link
from dashboard.components.missing_places import show_missing_places
from dashboard.snapshot import Snapshot
from dashboard.tables import NO_DATE, NO_INCIDENT, coverage_table

_BY = {"month": "Month", "publisher": "Publisher", "language": "Language", "country": "Country"}
_TITLE_CHARS = 80  # of a report's text, where it lacks a title


def show_reports(snapshot: Snapshot) -> None:
    """Three tabs: how much was read from where, the reports themselves, and what changed."""
    coverage, reports, changes = st.tabs(["Coverage", "Reports", "What changed"])
    with coverage:
        _show_coverage(snapshot)
    with reports:
        _show_report_list(snapshot)
        _show_unresolved(snapshot)
    with changes:
        show_changes(snapshot)


def _show_coverage(snapshot: Snapshot) -> None:
    st.markdown(
        "Few reports does not mean few incidents: only what was reported, and read here, is known. "
        "Reports without an incident were read too."
    )
    by = st.segmented_control(
        "By", list(_BY), default="month", key="coverage_by", format_func=lambda b: _BY[b], required=True
    )
    table = coverage_table(snapshot, by)
    if by == "country":
        table["group"] = table["group"].map(lambda c: c if c == NO_INCIDENT else labels.country(c))
    if by == "month" and len(table):
        months = table[table["group"] != NO_DATE].sort_values("group")
        st.bar_chart(months, x="group", y=["reports", "incidents"], stack=False, height=240, x_label="", y_label="")
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        column_config={
            "group": _BY[by],
            "reports": "Reports",
            "empty": "Reports without an incident",
            "incidents": "Incidents",
        },
    )


def _show_report_list(snapshot: Snapshot) -> None:
    n_incidents = Counter(report for record in snapshot.records for report in {c.report_id for c in record.claims})
    empty = sum(not n_incidents[report_id] for report_id in snapshot.reports)
    st.markdown(f"**{len(snapshot.reports)}** reports read, **{empty}** of them without an incident")
    rows = [
        {
            "publisher": stored.report.publisher,
            "title": stored.report.title or stored.report.text[:_TITLE_CHARS].split("\n")[0],
            "published": pd.Timestamp(stored.report.published) if stored.report.published else None,
            "language": stored.report.language,
            "incidents": n_incidents[report_id],
            "copy": stored.text_group != report_id,
            "link": safe_link(stored.report.url),
            "id": report_id,
        }
        for report_id, stored in snapshot.reports.items()
    ]
    columns = ["publisher", "title", "published", "language", "incidents", "copy", "link", "id"]
    st.dataframe(
        pd.DataFrame(rows, columns=columns),
        hide_index=True,
        width="stretch",
        column_config={
            "publisher": st.column_config.TextColumn(labels.FIELDS["publisher"], width="medium"),
            "title": st.column_config.TextColumn("Title or first words", width="large"),
            "published": st.column_config.DateColumn(labels.FIELDS["published"], format="D MMM YYYY"),
            "language": labels.FIELDS["language"],
            "incidents": "Incidents",
            "copy": "Copy of another report",
            "link": st.column_config.LinkColumn(labels.FIELDS["url"], display_text="open"),
            "id": "Id",
        },
    )


def _show_unresolved(snapshot: Snapshot) -> None:
    st.markdown(f"**{len(snapshot.unresolved)}** place names could not be resolved to a position")
    show_missing_places(snapshot, is_full=True)
    st.dataframe(
        pd.DataFrame(snapshot.unresolved, columns=["name", "reason", "report_id"]),
        hide_index=True,
        width="stretch",
        column_config={"name": "Name", "reason": "Reason", "report_id": "Report"},
    )
