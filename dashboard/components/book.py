"""The store's state as the views see it, read again only when it changed."""

from __future__ import annotations

import streamlit as st

from dashboard.queries import Book, load
from geo.settings import STORE
from geo.store import Store


def book() -> Book:
    """What the store of this process holds now."""
    store = _store(STORE.get())
    return _book(STORE.get(), store.fingerprint())


@st.cache_resource(show_spinner=False)
def _store(url: str) -> Store:
    return Store(url)


@st.cache_resource(max_entries=2, show_spinner="Reading the store")
def _book(url: str, fingerprint: str) -> Book:
    return load(_store(url))
