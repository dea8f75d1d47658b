"""Files of the incidents shown: briefing sheets and data."""

from __future__ import annotations

import html

import streamlit as st

from dashboard.urls import briefing_url, export_url
from geo.exports import FORMATS
from geo.incidents.filters import Selection

_SHEETS = (
    ("PDF, A4", "pdf", "a4"),
    ("PNG, 16:9", "png", "16:9"),
    ("SVG", "svg", "a4"),
    ("Zip with data", "zip", "a4"),
)


def show_downloads(number: int, selection: Selection) -> None:
    """A link for each format; the file is made when the link is opened."""
    files = "".join(_link(kind.label, export_url(selection, name)) for name, kind in FORMATS.items())
    sheets = "".join(_link(label, briefing_url(selection, name, size)) for label, name, size in _SHEETS)
    with st.popover("Briefing and files"):
        st.html(
            f'<div class="files"><b>Briefing sheet of the incidents shown</b>{sheets}</div>'
            f'<div class="files"><b>Data of {number:,} incidents</b>{files}</div>'
        )


def _link(label: str, url: str) -> str:
    return f'<a class="file" download href="{html.escape(url)}">{html.escape(label)}</a>'
