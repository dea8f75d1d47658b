"""What the marks and colours of the map mean."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.palette import Rgb, hexed
from geo.consensus import Summary

_MARKS = (
    '<span class="key"><i class="point"></i>place known</span>'
    '<span class="key"><i class="ring"></i>within the ring</span>'
    '<span class="key"><i class="area"></i>somewhere in the shaded area</span>'
)
_NOTE = "Borders from Natural Earth; dashed where disputed. They imply no opinion on any territory."


def legend(shown: Sequence[Summary], colours: Mapping[str, Rgb]) -> None:
    """Marks, then the actors shown, then the note on borders."""
    present = {s.properties["actor_name"] for s in shown}
    actors = "".join(
        f'<span class="key"><i class="dot" style="background:{hexed(colour)}"></i><bdi>{html.escape(name)}</bdi></span>'
        for name, colour in colours.items()
        if name in present
    )
    st.html(f'<div class="legend">{actors}</div><div class="legend quiet">{_MARKS}<span>{_NOTE}</span></div>')
