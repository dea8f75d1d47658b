"""Files of exactly what is shown: briefing sheets and data."""

from __future__ import annotations

import html

import streamlit as st

from dashboard import live
from geo.exports import FORMS
from geo.selection import Selection

_SHEETS = (
    ("PDF, A4", "pdf", "a4"),
    ("PNG, 16:9", "png", "16:9"),
    ("SVG", "svg", "a4"),
    ("Zip with data", "zip", "a4"),
)


def download(number: int, selection: Selection) -> None:
    """A link for each form; the file is made when it is asked for."""
    links = "".join(
        f'<a class="file" download href="{html.escape(live.address(selection, name))}">{form.label}</a>'
        for name, form in FORMS.items()
    )
    sheets = "".join(
        f'<a class="file" download href="{html.escape(live.sheet_address(selection, kind, size))}">{label}</a>'
        for label, kind, size in _SHEETS
    )
    st.html(
        f'<div class="files"><b>Briefing sheet</b>{sheets}</div>'
        f'<div class="files"><b>Download {number:,} as</b>{links}</div>'
    )
