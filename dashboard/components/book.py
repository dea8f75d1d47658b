"""The store's state as the views see it."""

from __future__ import annotations

import streamlit as st

from dashboard import live
from dashboard.queries import Book


def book() -> Book:
    """What the store of this process holds now."""
    with st.spinner("Reading the store", show_time=False):
        return live.book()
