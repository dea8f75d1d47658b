"""The snapshot of the store as the views get it."""

from __future__ import annotations

import streamlit as st

from dashboard.cache import current_snapshot
from dashboard.snapshot import Snapshot


def show_snapshot() -> Snapshot:
    """The content of the store now, with a note on the page while it is read."""
    with st.spinner("Reading the store", show_time=False):
        return current_snapshot()
