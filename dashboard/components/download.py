"""The GeoJSON of exactly what is shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.consensus import Summary
from geo.exports import geojson
from geo.selection import Selection


def download(shown: Sequence[Summary], selection: Selection, n_reports: int) -> None:
    """A button that hands the file out."""
    st.download_button(
        f"Download GeoJSON ({len(shown)})",
        data=geojson.dumps(shown, selection, n_reports),
        file_name="incidents.geojson",
        mime="application/geo+json",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
