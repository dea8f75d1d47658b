"""The address bar: it contains the filters and the selected incident, so that a link opens the same view.

Streamlit's own binding of widgets writes an option as it is shown, with its count, so that a link breaks when a count
changes; here the values themselves are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

INCIDENT = "incident"  # the parameter of the selected incident
_LAST, _LEFT = "_permalink", "_map_left"


def read_changed() -> dict[str, list[str]] | None:
    """The query of the address where it changed by a link, a reload or the back button; None where it did not.

    After another page was shown it is the query that the map was left with.
    """
    returned = st.session_state.pop(_LEFT, False)
    query = _query() or (st.session_state.get(_LAST, {}) if returned else {})
    if not returned and st.session_state.get(_LAST) == query:
        return None
    st.session_state[_LAST] = query
    return query


def mark_left() -> None:
    """Remember that another page is shown: Streamlit then drops the filters from its state and from the address."""
    st.session_state[_LEFT] = True


def write(pairs: Iterable[tuple[str, str]]) -> None:
    """Put names and texts into the address, in place of those that it has."""
    query: dict[str, list[str]] = {}
    for name, text in pairs:
        query.setdefault(name, []).append(text)
    if query != _query():
        st.query_params.from_dict(query)
    st.session_state[_LAST] = query


def open_query(query: Mapping[str, Sequence[str]]) -> None:
    """Show the view of another query at the next run."""
    st.query_params.from_dict({name: list(texts) for name, texts in query.items()})


def filters_query() -> dict[str, list[str]]:
    """The query of the address without the selected incident."""
    return {name: texts for name, texts in _query().items() if name != INCIDENT}


def _query() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
