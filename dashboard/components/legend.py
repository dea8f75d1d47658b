"""What the marks and colours of the map mean."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.palette import Rgb, hexed
from geo.incidents.aggregation import Summary

_MARKS = (
    '<span class="key"><i class="point"></i>place known</span>'
    '<span class="key"><i class="ring"></i>within the ring</span>'
    '<span class="key"><i class="area"></i>somewhere in the shaded area</span>'
    '<span class="key"><i class="around"></i>several, or known by its area only</span>'
)
_NOTE = "Borders from Natural Earth; dashed where disputed. They imply no opinion on any territory."


def legend(shown: Sequence[Summary], colours: Mapping[str, Rgb], others: Rgb) -> None:
    """Marks, then the actors shown, those of the colour `others` counted, then the note on borders."""
    present = {s.properties["actor_name"] for s in shown}
    named = [name for name, colour in colours.items() if name in present and colour != others]
    actors = "".join(_key(name, colours[name]) for name in named)
    if len(named) < len(present):
        actors += _key(f"{len(present) - len(named):,} other actors", others)
    st.html(f'<div class="legend">{actors}</div><div class="legend quiet">{_MARKS}<span>{_NOTE}</span></div>')


def _key(name: str, colour: Rgb) -> str:
    dot = f'<i class="dot" style="background:{hexed(colour)}"></i>'
    return f'<span class="key">{dot}<bdi>{html.escape(name)}</bdi></span>'
