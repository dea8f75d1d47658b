"""Views that are saved under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.cache import current_store
from dashboard.components import permalink
from dashboard.components.markup import escape_label
from geo.errors import GeoError

_MAX_NAME_CHARS = 60  # what fits on a button of the sidebar, on three lines


def show_saved_views() -> None:
    """A list of the saved views, and a field that saves the current one."""
    views = current_store().views()
    with st.popover("Saved views", width="stretch"):
        for number, (name, query) in enumerate(views.items()):
            left, right = st.columns([4, 1])
            left.button(
                escape_label(name),
                key=f"view_{number}",
                on_click=permalink.open_query,
                args=(query,),
                width="stretch",
            )
            right.button("✕", key=f"drop_{number}", help="Delete this view", on_click=_delete, args=(name,))
        if not views:
            st.caption("None yet. Give a name to save the current filters. A link to this page contains them too.")
        st.text_input("Name of this view", key="view_name", max_chars=_MAX_NAME_CHARS)
        st.button("Save", key="keep_view", on_click=_save, width="stretch")


def _save() -> None:
    name = st.session_state["view_name"].strip()
    if name and _write(name, permalink.filters_query()):
        st.session_state["view_name"] = ""


def _delete(name: str) -> None:
    _write(name, None)


def _write(name: str, query: Mapping[str, Sequence[str]] | None) -> bool:
    """Save a view, or delete it where the query is None; whether the store could be written."""
    try:
        current_store().keep_view(name, query)
    except GeoError as error:
        st.error(escape_label(str(error)))
        return False
    return True
