"""The address bar: filters and selection stand in it, so that a link opens the same view.

Streamlit's own binding writes an option as it is shown, with its count, so that a link breaks when a count changes;
here the values themselves are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

_SEEN, _LEFT = "_address", "_map_left"


def told() -> dict[str, list[str]] | None:
    """What the address says, where it changed other than by `tell`: first load, back, a link; else None.

    Who comes back from another page finds what was left.
    """
    back = st.session_state.pop(_LEFT, False)
    now = _now() or (st.session_state.get(_SEEN, {}) if back else {})
    if not back and st.session_state.get(_SEEN) == now:
        return None
    st.session_state[_SEEN] = now
    return now


def leave() -> None:
    """Another page is shown: Streamlit forgets the filters, and their values go out of the address."""
    st.session_state[_LEFT] = True


def tell(values: Mapping[str, object]) -> None:
    """Write values into the address; what is empty is left out."""
    wanted = {name: _texts(held) for name, held in values.items() if held}
    if wanted != _now():
        st.query_params.from_dict(wanted)
    st.session_state[_SEEN] = wanted


def go(values: Mapping[str, Sequence[str]]) -> None:
    """Open what another address shows."""
    st.query_params.from_dict({name: list(held) for name, held in values.items()})


def shown() -> dict[str, list[str]]:
    """What the address holds now, without the selected incident."""
    return {name: held for name, held in _now().items() if name != "incident"}


def _texts(held: object) -> list[str]:
    return [str(v) for v in held] if isinstance(held, Sequence) and not isinstance(held, str) else [str(held)]


def _now() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
