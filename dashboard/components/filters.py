"""Filters in the sidebar. Their values live in the address bar, so that a link opens the same view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.components.markup import plain
from dashboard.queries import options
from geo.consensus import Summary
from geo.selection import Selection

_KEYS = ("actor", "year", "type", "country")
_LABELS = {"actor": "Actor", "year": "Year", "type": "What happened", "country": "Country"}
_SHOWN: dict[str, Callable[[Any], str]] = {
    "type": lambda value: words.TYPES[value],
    "country": words.country,
}


def filters(summaries: Sequence[Summary]) -> Selection:
    """Draw the filters; return what they select."""
    everything = options(summaries, Selection())
    for key in _KEYS:  # a link to a value that is gone must not empty the page
        held = [v for v in st.session_state.get(key, []) if v in everything[key]]
        if key in st.session_state and held != st.session_state[key]:
            st.session_state[key] = held
    counts = options(summaries, _selection())
    for key in _KEYS:
        values = sorted(everything[key], key=lambda v: (str(v),), reverse=key == "year")
        if key == "actor":
            values.sort(key=lambda v: (-everything["actor"][v], v))
        st.multiselect(
            _LABELS[key],
            values,
            key=key,
            format_func=_counted(key, counts[key]),
            placeholder="All",
            bind="query-params",
        )
    active = any(st.session_state.get(key) for key in _KEYS)
    st.button("Clear filters", on_click=_clear, disabled=not active, width="stretch")
    return _selection()


def _selection() -> Selection:
    return Selection(**{key: tuple(st.session_state.get(key) or ()) for key in _KEYS})


def _clear() -> None:
    for key in _KEYS:
        st.session_state[key] = []


def _counted(key: str, counts: Counter[Any]) -> Callable[[Any], str]:
    shown = _SHOWN.get(key, str)
    return lambda value: f"{plain(shown(value))} ({counts[value]})"
