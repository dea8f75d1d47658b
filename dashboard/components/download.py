"""Files of exactly what is shown."""

from __future__ import annotations

import html

import streamlit as st

from dashboard import live
from geo.exports import FORMS
from geo.selection import Selection


def download(number: int, selection: Selection) -> None:
    """A link for each form; the file is made when it is asked for."""
    links = "".join(
        f'<a class="file" download href="{html.escape(live.address(selection, name))}">{form.label}</a>'
        for name, form in FORMS.items()
    )
    st.html(f'<div class="files"><b>Download {number:,} as</b>{links}</div>')
