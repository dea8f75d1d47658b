"""What was read: reports beside incidents, those without any, names without a place, and what people changed."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard import words
from dashboard.components.changed import changed
from dashboard.components.markup import link
from dashboard.queries import Book, coverage

_BY = {"month": "Month", "publisher": "Publisher", "language": "Language", "country": "Country"}


def reading(book: Book) -> None:
    """Three tabs: how much was read of what, the reports themselves, and what changed."""
    covered, reports, since = st.tabs(["Coverage", "Reports", "What changed"])
    with covered:
        _coverage(book)
    with reports:
        _reports(book)
        _unresolved(book)
    with since:
        changed(book)


def _coverage(book: Book) -> None:
    st.markdown(
        "Where few reports were read, few incidents are known: silence here is no sign of peace. "
        "Reports that tell of no incident were read all the same."
    )
    by = st.segmented_control(
        "By", list(_BY), default="month", key="coverage_by", format_func=lambda b: _BY[b], required=True
    )
    told = coverage(book, by)
    if by == "country":
        told["group"] = told["group"].map(lambda c: words.country(c) if c not in ("", "none") else "no place")
    if by == "month" and len(told):
        shown = told[told["group"] != "no date"].sort_values("group")
        st.bar_chart(shown, x="group", y=["reports", "incidents"], stack=False, height=240, x_label="", y_label="")
    st.dataframe(
        told,
        hide_index=True,
        width="stretch",
        column_config={
            "group": _BY[by],
            "reports": "Reports",
            "silent": "of them without an incident",
            "incidents": "Incidents",
        },
    )


def _reports(book: Book) -> None:
    told = Counter(report for s in book.summaries for report in {c.report_id for c in s.claims})
    silent = [r for r in book.reports if not told[r]]
    st.markdown(f"**{len(book.reports)}** reports read, **{len(silent)}** of them tell of no incident")
    rows = [
        {
            "publisher": stored.report.publisher,
            "title": stored.report.title or stored.report.text[:80].split("\n")[0],
            "published": pd.Timestamp(stored.report.published) if stored.report.published else None,
            "language": stored.report.language,
            "incidents": told[identity],
            "copy": stored.text_group != identity,
            "link": link(stored.report.url),
            "id": identity,
        }
        for identity, stored in book.reports.items()
    ]
    columns = ["publisher", "title", "published", "language", "incidents", "copy", "link", "id"]
    st.dataframe(
        pd.DataFrame(rows, columns=columns),
        hide_index=True,
        width="stretch",
        column_config={
            "publisher": "Publisher",
            "title": st.column_config.TextColumn("Title or first words", width="large"),
            "published": st.column_config.DateColumn("Published", format="D MMM YYYY"),
            "language": "Language",
            "incidents": "Incidents",
            "copy": "Copy of another",
            "link": st.column_config.LinkColumn("Link", display_text="open"),
            "id": "Report",
        },
    )


def _unresolved(book: Book) -> None:
    st.markdown(f"**{len(book.unresolved)}** place names could not be placed")
    st.dataframe(
        pd.DataFrame(book.unresolved, columns=["name", "reason", "report_id"]),
        hide_index=True,
        width="stretch",
        column_config={"name": "Name", "reason": "Why", "report_id": "Report"},
    )
