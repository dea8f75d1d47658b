"""Filters in the sidebar. Each value shows how many incidents it would give under the other filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard import words
from geo.errors import FilterError
from geo.incidents.columns import Frame
from geo.incidents.filters import CLOCKS, Selection

# Those always in sight; the others are drawn once their fold is opened, and only where there is something to choose.
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


def chosen(frame: Frame, told: Mapping[str, list[str]] | None) -> Selection:
    """What the filters select, before they are drawn. `told` are values from the address, where it changed."""
    _take_single(told)  # first: which years there are hangs on the clock
    _take_many(frame.counts(Selection(clock=st.session_state["clock"])), told)
    return selection()


def filters(frame: Frame, now: Selection) -> None:
    """Draw the filters, each value with how many incidents it would give under the other filters."""
    every, counts = frame.counts(Selection(clock=now.clock)), frame.counts(now)
    st.text_input("Words in names and evidence", key="text", placeholder="grave, Old Homs, bulldozer …")
    for name in _FIRST:
        _facet(name, every[name], counts[name])
        if name == "year":
            _dates()
    _more(every, counts, now)
    active = now != Selection(clock=now.clock)
    st.button("Clear filters", key="clear_filters", on_click=clear, disabled=not active, width="stretch")


def selection() -> Selection:
    """What the filters now select."""
    held: dict[str, Any] = {name: tuple(st.session_state.get(name, ())) for name in words.FILTERS}
    single = {name: st.session_state.get(name, default) for name, default in _SINGLE.items()}
    single |= {name: single[name] or None for name in ("within_km", "independent")}
    return Selection(**held, **single)


def span_next(first: date | None, last: date | None) -> None:
    """Set the span of dates that the next run shows."""
    st.session_state[_SPAN] = first, last


def clear() -> None:
    """Let everything pass."""
    for name in words.FILTERS:
        st.session_state[name] = []
    for name, default in _SINGLE.items():
        if name != "clock":
            st.session_state[name] = default


def _facet(name: str, every: Counter[Any], counts: Counter[Any]) -> None:
    ordered = sorted(every, reverse=True) if name == "year" else sorted(every, key=lambda v: (-every[v], str(v)))
    st.multiselect(
        words.FILTERS[name],
        ordered,
        key=name,
        format_func=_counted(name, counts),
        placeholder="All",
        # Else "2016" finds "2018 (2,765)" too, and Enter takes both.
        filter_mode="contains",
        select_all=False,
    )


def _dates() -> None:
    left, right = st.columns(2)
    left.date_input("From", key="since", format="YYYY-MM-DD", min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
    right.date_input("To", key="until", format="YYYY-MM-DD", min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


def _more(every: Mapping[str, Counter[Any]], counts: Mapping[str, Counter[Any]], now: Selection) -> None:
    used = sum(bool(getattr(now, name)) for name in (*_MORE, "within_km", "independent"))
    label = f"More filters ({used} in force)" if used else "More filters"
    fold = st.expander(label, expanded=bool(used), key="more_filters", on_change="rerun")
    if not fold.open:
        return
    with fold:
        for name in _MORE:
            if len(every[name]) > 1 or getattr(now, name):
                _facet(name, every[name], counts[name])
        st.selectbox("Place known", list(_WITHIN), key="within_km", format_func=lambda km: _WITHIN[km])
        texts = _INDEPENDENT
        st.selectbox("Independent sources", list(texts), key="independent", format_func=lambda n: texts[n])


def _take_many(everything: Mapping[str, Counter[Any]], told: Mapping[str, list[str]] | None) -> None:
    """Bring the lists up to date; a value that is gone, in a link or a filter, must not empty the page."""
    for name in words.FILTERS:
        held = st.session_state.get(name, []) if told is None else told.get(name, [])
        wanted = {str(h) for h in held}
        st.session_state[name] = [v for v in everything[name] if str(v) in wanted]


def _take_single(told: Mapping[str, list[str]] | None) -> None:
    """Bring the other widgets' state up to date."""
    span = st.session_state.pop(_SPAN, None)
    if span is not None:
        st.session_state["since"], st.session_state["until"] = span
        told = None
    for name, default in _SINGLE.items():
        if told is not None:
            st.session_state[name] = _read(name, next(iter(told.get(name, [])), None))
        else:
            st.session_state[name] = st.session_state.get(name, default)


def _read(name: str, value: str | None) -> Any:
    """A value of the address as the widget holds it; the default where it cannot be read."""
    if value is None:
        return _SINGLE[name]
    try:
        if name in ("since", "until"):
            return date.fromisoformat(value)
        if name in ("within_km", "independent"):
            known = _WITHIN if name == "within_km" else _INDEPENDENT
            return next((k for k in known if float(value) == k), _SINGLE[name])
        return Selection(clock=value).clock if name == "clock" else value
    except (ValueError, FilterError):
        return _SINGLE[name]


def _counted(name: str, counts: Counter[Any]) -> Callable[[Any], str]:
    shown = words.SHOWN.get(name, str)
    return lambda value: f"{shown(value)} ({counts[value]:,})"
