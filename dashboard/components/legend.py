"""What the marks and colours of the map mean."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.labels import BORDERS_NOTE
from dashboard.map.palette import Rgb, to_hex
from geo.incidents.record import IncidentRecord

_MARKS = (
    '<span class="key"><i class="point"></i>known place</span>'
    '<span class="key"><i class="ring"></i>somewhere in the circle</span>'
    '<span class="key"><i class="area"></i>somewhere in the shaded area</span>'
    '<span class="key"><i class="around"></i>several incidents, or only the area is known</span>'
)


def show_legend(shown: Sequence[IncidentRecord], colours: Mapping[str, Rgb], others: Rgb) -> None:
    """The actors shown, those of the colour `others` as one number, then the marks and the note on borders."""
    present = {record.actor_name for record in shown}
    named = [name for name, colour in colours.items() if name in present and colour != others]
    actors = "".join(_key(name, colours[name]) for name in named)
    if len(named) < len(present):
        actors += _key(f"{len(present) - len(named):,} other actors", others)
    st.html(f'<div class="legend">{actors}</div><div class="legend quiet">{_MARKS}<span>{BORDERS_NOTE}</span></div>')


def _key(name: str, colour: Rgb) -> str:
    dot = f'<i class="dot" style="background:{to_hex(colour)}"></i>'
    return f'<span class="key">{dot}<bdi>{html.escape(name)}</bdi></span>'
