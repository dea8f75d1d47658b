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
    '<span class="key"><i class="around"></i>several, or the middle of an area</span>'
)
_MOST = 9  # actors named in the legend
_NOTE = "Borders from Natural Earth; dashed where disputed. They imply no opinion on any territory."


def legend(shown: Sequence[Summary], colours: Mapping[str, Rgb]) -> None:
    """Marks, then the actors shown, then the note on borders."""
    present = {s.properties["actor_name"] for s in shown}
    hidden = len(present) - len([n for n in list(colours)[:_MOST] if n in present])
    actors = "".join(
        f'<span class="key"><i class="dot" style="background:{hexed(colour)}"></i><bdi>{html.escape(name)}</bdi></span>'
        for name, colour in list(colours.items())[:_MOST]
        if name in present
    ) + (f'<span class="key quiet">and {hidden:,} other actors</span>' if hidden else "")
    st.html(f'<div class="legend">{actors}</div><div class="legend quiet">{_MARKS}<span>{_NOTE}</span></div>')
