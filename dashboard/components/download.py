"""Files of exactly what is shown: briefing sheets and data."""

from __future__ import annotations

import html

import streamlit as st

from dashboard import live
from geo.exports import FORMS
from geo.incidents.filters import Selection

_SHEETS = (
    ("PDF, A4", "pdf", "a4"),
    ("PNG, 16:9", "png", "16:9"),
    ("SVG", "svg", "a4"),
    ("Zip with data", "zip", "a4"),
)


def download(number: int, selection: Selection) -> None:
    """A link for each form; the file is made when it is asked for."""
    links = "".join(_link(form.label, live.address(selection, name)) for name, form in FORMS.items())
    sheets = "".join(_link(label, live.sheet_address(selection, kind, size)) for label, kind, size in _SHEETS)
    with st.popover("Briefing and files"):
        st.html(
            f'<div class="files"><b>Briefing sheet of what is shown</b>{sheets}</div>'
            f'<div class="files"><b>Data: {number:,} incidents as</b>{links}</div>'
        )


def _link(label: str, address: str) -> str:
    return f'<a class="file" download href="{html.escape(address)}">{label}</a>'
