"""Filters in the sidebar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.queries import options
from geo.consensus import Summary
from geo.selection import Selection

_LABELS = {"actor": "Actor", "year": "Year", "type": "What happened", "country": "Country"}
_SHOWN: dict[str, Callable[[Any], str]] = {
    "type": lambda value: words.TYPES[value],
    "country": words.country,
}


def filters(summaries: Sequence[Summary], told: Mapping[str, list[str]] | None) -> Selection:
    """Draw the filters; return what they select. `told` are values from the address, where it changed."""
    everything = options(summaries, Selection())
    for key, values in everything.items():  # a value that is gone, in a link or a filter, must not empty the page
        held = st.session_state.get(key, []) if told is None else told.get(key, [])
        st.session_state[key] = [v for v in values if str(v) in {str(h) for h in held}]
    counts = options(summaries, _selection())
    for key, every in everything.items():
        st.multiselect(
            _LABELS[key],
            sorted(every, reverse=True) if key == "year" else sorted(every, key=lambda v: (-every[v], str(v))),
            key=key,
            format_func=_counted(key, counts[key]),
            placeholder="All",
        )
    active = any(st.session_state[key] for key in _LABELS)
    st.button("Clear filters", key="clear_filters", on_click=_clear, disabled=not active, width="stretch")
    return _selection()


def _selection() -> Selection:
    held = {key: tuple(st.session_state[key]) for key in _LABELS}
    return Selection(actor=held["actor"], year=held["year"], type=held["type"], country=held["country"])


def _clear() -> None:
    for key in _LABELS:
        st.session_state[key] = []


def _counted(key: str, counts: Counter[Any]) -> Callable[[Any], str]:
    shown = _SHOWN.get(key, str)
    return lambda value: f"{shown(value)} ({counts[value]})"
