"""Filters in the sidebar. Each value shows how many incidents it would give under the other filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard import labels
from geo.errors import FilterError
from geo.incidents.columns import Frame
from geo.incidents.filters import CLOCKS, Selection

# Filters that are always visible. The others are drawn when their section is open, and only where they have a choice.
_FIRST = ("actor", "year", "type", "country")
_MORE = ("actor_category", "target_type", "admin1", "assertion", "status", "publisher", "dataset")
_SINGLE: dict[str, Any] = {
    "text": "",
    "since": None,
    "until": None,
    "within_km": 0.0,
    "independent": 0,
    "clock": CLOCKS[0],
}
_SPAN = "_span"
_WITHIN = {0.0: "any", 1.0: "within 1 km", 5.0: "within 5 km", 25.0: "within 25 km"}
_INDEPENDENT = {0: "any", 2: "2 or more", 3: "3 or more"}


def update_filters(columns: Frame, query: Mapping[str, list[str]] | None) -> Selection:
    """The selection of the filters, before they are drawn. `query` is that of the address where it changed."""
    _update_single(query)  # first: which years exist depends on the clock
    _update_many(columns.counts(Selection(clock=st.session_state["clock"])), query)
    return current_selection()


def show_filters(columns: Frame, selection: Selection) -> None:
    """Draw the filters, each value with how many incidents it would give under the other filters."""
    every, counts = columns.counts(Selection(clock=selection.clock)), columns.counts(selection)
    st.text_input("Words in names and evidence", key="text", placeholder="grave, Old Homs, bulldozer …")
    for name in _FIRST:
        _facet(name, every[name], counts[name])
        if name == "year":
            _dates()
    _more(every, counts, selection)
    active = selection != Selection(clock=selection.clock)
    st.button("Clear filters", key="clear_filters", on_click=clear, disabled=not active, width="stretch")


def current_selection() -> Selection:
    """The selection of the widgets' state."""
    many: dict[str, Any] = {name: tuple(st.session_state.get(name, ())) for name in labels.FILTERS}
    single = {name: st.session_state.get(name, default) for name, default in _SINGLE.items()}
    single |= {name: single[name] or None for name in ("within_km", "independent")}
    return Selection(**many, **single)


def set_time_span(first: date | None, last: date | None) -> None:
    """Set the time span that the next run shows."""
    st.session_state[_SPAN] = first, last


def clear() -> None:
    """Remove all filters; the clock stays."""
    for name in labels.FILTERS:
        st.session_state[name] = []
    for name, default in _SINGLE.items():
        if name != "clock":
            st.session_state[name] = default


def _facet(name: str, every: Counter[Any], counts: Counter[Any]) -> None:
    ordered = sorted(every, reverse=True) if name == "year" else sorted(every, key=lambda v: (-every[v], str(v)))
    st.multiselect(
        labels.FILTERS[name],
        ordered,
        key=name,
        format_func=_with_count(name, counts),
        placeholder="All",
        # By the default mode "2016" also matches "2018 (2,765)", and Enter would take both.
        filter_mode="contains",
        select_all=False,
    )


def _dates() -> None:
    left, right = st.columns(2)
    left.date_input("From", key="since", format="YYYY-MM-DD", min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
    right.date_input("To", key="until", format="YYYY-MM-DD", min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


def _more(every: Mapping[str, Counter[Any]], counts: Mapping[str, Counter[Any]], selection: Selection) -> None:
    active = sum(bool(getattr(selection, name)) for name in (*_MORE, "within_km", "independent"))
    label = f"More filters ({active} active)" if active else "More filters"
    section = st.expander(label, expanded=bool(active), key="more_filters", on_change="rerun")
    if not section.open:
        return
    with section:
        for name in _MORE:
            if len(every[name]) > 1 or getattr(selection, name):
                _facet(name, every[name], counts[name])
        st.selectbox("Place known", list(_WITHIN), key="within_km", format_func=lambda km: _WITHIN[km])
        options = list(_INDEPENDENT)
        st.selectbox("Independent sources", options, key="independent", format_func=lambda n: _INDEPENDENT[n])


def _update_many(every: Mapping[str, Counter[Any]], query: Mapping[str, list[str]] | None) -> None:
    """Update the lists. A value that no longer exists, in a link or a filter, is dropped: it would hide everything."""
    for name in labels.FILTERS:
        values = st.session_state.get(name, []) if query is None else query.get(name, [])
        wanted = {str(value) for value in values}
        st.session_state[name] = [v for v in every[name] if str(v) in wanted]


def _update_single(query: Mapping[str, list[str]] | None) -> None:
    """Update the state of the other widgets."""
    span = st.session_state.pop(_SPAN, None)
    if span is not None:
        st.session_state["since"], st.session_state["until"] = span
        query = None
    for name, default in _SINGLE.items():
        if query is not None:
            st.session_state[name] = _parse(name, next(iter(query.get(name, [])), None))
        else:
            st.session_state[name] = st.session_state.get(name, default)


def _parse(name: str, text: str | None) -> Any:
    """A value of the address as the widget needs it; the default where it is not valid."""
    if text is None:
        return _SINGLE[name]
    try:
        if name in ("since", "until"):
            return date.fromisoformat(text)
        if name in ("within_km", "independent"):
            options = _WITHIN if name == "within_km" else _INDEPENDENT
            return next((option for option in options if float(text) == option), _SINGLE[name])
        return Selection(clock=text).clock if name == "clock" else text
    except (ValueError, FilterError):
        return _SINGLE[name]


def _with_count(name: str, counts: Counter[Any]) -> Callable[[Any], str]:
    value_label = labels.FILTER_VALUES.get(name, str)
    return lambda value: f"{value_label(value)} ({counts[value]:,})"
