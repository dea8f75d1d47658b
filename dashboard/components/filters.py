"""Filters in the sidebar: a widget for each filter of the registry, by its kind.

Each value of a filter shows how many incidents it would give under the other filters. The state of a widget is kept
under the name of its filter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard import labels
from geo.errors import FilterError
from geo.incidents.columns import IncidentColumns
from geo.incidents.filters import FILTERS, Filter, Selection

_BY_NAME = {each.name: each for each in FILTERS}
# The rows of filters that are always visible. All others are in the section below them, except the clock, which is
# part of the timeline.
_ROWS = (("text",), ("actor",), ("year",), ("since", "until"), ("type",), ("country",))
_MORE = tuple(f for f in FILTERS if f.widget != "clock" and not any(f.name in row for row in _ROWS))
_SPAN = "_span"
_ANY = 0  # the option of a choice that lets every incident pass
_FIRST_DAY, _LAST_DAY = date.min, date.max
_TEXT_EXAMPLE, _AREA_EXAMPLE = "grave, Old Homs, bulldozer …", "35.5,32.3,42.4,37.3"

Counts = Mapping[str, Counter[Any]]


def update_filters(columns: IncidentColumns, query: Mapping[str, list[str]] | None) -> Selection:
    """The selection of the filters, before they are drawn. `query` is that of the address where it changed.

    A value that no incident has any more, in a link or a filter, is dropped: it would hide everything.
    """
    span = st.session_state.pop(_SPAN, None)
    if query is not None and span is None:
        chosen = parse_valid(query)
        states = {each.name: _to_state(each, chosen.value(each)) for each in FILTERS}
    else:
        states = {each.name: st.session_state.get(each.name, _to_state(each, each.default)) for each in FILTERS}
    if span is not None:
        states["since"], states["until"] = span
    every = columns.counts(Selection(clock=states["clock"]))  # which years exist depends on the clock
    for each in FILTERS:
        if each.widget == "values":
            states[each.name] = [value for value in every[each.name] if value in states[each.name]]
        # Streamlit forgets the state of a widget that was not drawn, unless it is set again.
        st.session_state[each.name] = states[each.name]
    return current_selection()


def show_filters(columns: IncidentColumns, selection: Selection) -> None:
    """Draw the filters, each value with how many incidents it would give under the other filters."""
    every, counts = columns.counts(Selection(clock=selection.clock)), columns.counts(selection)
    for names in _ROWS:
        for column, name in zip(st.columns(len(names)), names, strict=True):
            with column:
                _show_filter(_BY_NAME[name], every, counts)
    active = sum(each in _MORE for each, _ in selection.in_force())
    label = f"More filters ({active} active)" if active else "More filters"
    section = st.expander(label, expanded=bool(active), key="more_filters", on_change="rerun")
    if section.open:
        with section:
            for each in _MORE:
                # A filter by values is of use only where it has a choice.
                if each.widget != "values" or len(every[each.name]) > 1 or selection.value(each):
                    _show_filter(each, every, counts)
    can_clear = selection != Selection(clock=selection.clock)
    st.button("Clear filters", key="clear_filters", on_click=clear_filters, disabled=not can_clear, width="stretch")


def current_selection() -> Selection:
    """The selection in the state of the widgets."""
    return Selection(**{each.name: _from_state(each, st.session_state.get(each.name)) for each in FILTERS})


def parse_valid(query: Mapping[str, Sequence[str]]) -> Selection:
    """The selection of a query without the values that are not valid."""
    pairs = ((name, text) for name, texts in query.items() for text in texts)
    return Selection.from_query((name, text) for name, text in pairs if _is_valid(name, text))


def set_time_span(first: date | None, last: date | None) -> None:
    """Set the time span that the next run shows."""
    st.session_state[_SPAN] = first, last


def clear_filters() -> None:
    """Remove all filters; the clock stays."""
    for each in FILTERS:
        if each.widget != "clock":
            st.session_state[each.name] = _to_state(each, each.default)


def _show_filter(each: Filter, every: Counts, counts: Counts) -> None:
    help_text = f"{each.help}: {each.metavar}" if each.widget == "area" else each.help
    match each.widget:
        case "values":  # without help: the values that it offers explain it
            _show_values(each, every[each.name], counts[each.name])
        case "choice":
            options = sorted({_ANY, *each.choices, st.session_state[each.name]})
            st.selectbox(each.label, options, key=each.name, format_func=_choice_label(each), help=help_text)
        case "date":
            bounds: Any = {"min_value": _FIRST_DAY, "max_value": _LAST_DAY}
            st.date_input(each.label, key=each.name, format="YYYY-MM-DD", help=help_text, **bounds)
        case "text":
            st.text_input(each.label, key=each.name, placeholder=_TEXT_EXAMPLE)
        case "area":
            text = st.text_input(each.label, key=each.name, placeholder=_AREA_EXAMPLE, help=help_text)
            _show_error(each, text)


def _show_values(each: Filter, every: Counter[Any], counts: Counter[Any]) -> None:
    by_frequency = sorted(every, key=lambda value: (-every[value], str(value)))
    value_label = labels.FILTER_VALUES.get(each.name, str)
    st.multiselect(
        each.label,
        sorted(every, reverse=True) if each.name == "year" else by_frequency,
        key=each.name,
        format_func=lambda value: f"{value_label(value)} ({counts[value]:,})",
        placeholder="All",
        # By the default mode "2016" also matches "2018 (2,765)", and Enter would take both.
        filter_mode="contains",
        select_all=False,
    )


def _show_error(each: Filter, text: str) -> None:
    if text:
        try:
            each.read(text)
        except FilterError as error:
            st.error(f"{each.label}: {error.reason}")


def _choice_label(each: Filter) -> Callable[[float], str]:
    return lambda value: "any" if value == _ANY else each.describe(value)


def _to_state(each: Filter, value: Any) -> Any:
    """A value of a selection as its widget needs it."""
    match each.widget:
        case "values":
            return list(value)
        case "choice":
            return value or _ANY
        case "area":
            return "".join(each.texts(value))
        case _:
            return value


def _from_state(each: Filter, state: Any) -> Any:
    """The value of a selection in the state of a widget; the default where there is none or it is not valid."""
    if not state:
        return each.default
    match each.widget:
        case "values":
            return tuple(state)
        case "area":
            return each.read(state) if _is_valid(each.name, state) else each.default
        case _:
            return state


def _is_valid(name: str, text: str) -> bool:
    """Whether a filter can be set to a text; other names of a query are not filters and are ignored."""
    if name in _BY_NAME:
        try:
            Selection.from_query([(name, text)])
        except FilterError:
            return False
    return True
