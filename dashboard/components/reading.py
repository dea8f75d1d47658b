"""The reports that were read, those without an incident among them, and the names without a place."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard.components.markup import link
from dashboard.queries import Book


def reading(book: Book) -> None:
    """Two tables: reports with what they told of, and names that could not be placed."""
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
    st.markdown(f"**{len(book.unresolved)}** place names could not be placed")
    st.dataframe(
        pd.DataFrame(book.unresolved, columns=["name", "reason", "report_id"]),
        hide_index=True,
        width="stretch",
        column_config={"name": "Name", "reason": "Why", "report_id": "Report"},
    )
