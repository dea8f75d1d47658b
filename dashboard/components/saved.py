"""Views kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import live
from dashboard.components import address
from dashboard.components.markup import label
from geo.errors import GeoError
from geo.settings import STORE

_LONGEST = 60


def saved() -> None:
    """A list of the views that were kept, and a field that keeps the one shown."""
    kept = live.store(STORE.get()).views()
    with st.popover("Saved views", width="stretch"):
        for number, name in enumerate(kept):
            left, right = st.columns([4, 1])
            left.button(label(name), key=f"view_{number}", on_click=address.go, args=(kept[name],), width="stretch")
            right.button("✕", key=f"drop_{number}", help="Forget it", on_click=_forget, args=(name,))
        if not kept:
            st.caption("None yet. A name keeps the filters shown now; the address bar holds them too.")
        st.text_input("Keep this view as", key="view_name", max_chars=_LONGEST)
        st.button("Keep", key="keep_view", on_click=_keep, width="stretch")


def _keep() -> None:
    name = st.session_state["view_name"].strip()
    if name and _put(name, address.shown()):
        st.session_state["view_name"] = ""


def _forget(name: str) -> None:
    _put(name, None)


def _put(name: str, query: Mapping[str, Sequence[str]] | None) -> bool:
    """Keep a view, or forget it; whether the store could be written."""
    try:
        live.store(STORE.get()).keep_view(name, query)
    except GeoError as error:
        st.error(label(str(error)))
        return False
    return True
