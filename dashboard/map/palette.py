"""Colours: one for each actor, safe for colour-blind readers and of different lightness, and the two themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.incidents.record import IncidentRecord
from geo.model import UNKNOWN_ACTOR

Rgb = tuple[int, int, int]

# Okabe and Ito (2008), "Color Universal Design", without the yellow, which is hard to see on a light map.
_COLOURS: tuple[Rgb, ...] = (
    (213, 94, 0),
    (0, 114, 178),
    (0, 158, 115),
    (204, 121, 167),
    (86, 180, 233),
    (230, 159, 0),
)
OTHERS: Rgb = (96, 96, 96)
_UNKNOWN: Rgb = (20, 20, 20)
OTHER = "Other actors"


@dataclass(frozen=True)
class Theme:
    """Colours of the page's background: `ink` for text and outlines, `paper` for the background itself, `others` for
    actors without a colour of their own, `names` of countries and of divisions; `style_url` is the basemap's style.
    """

    ink: Rgb
    paper: Rgb
    others: Rgb
    names: tuple[Rgb, Rgb]
    style_url: str


LIGHT = Theme((25, 25, 25), (255, 255, 255), OTHERS, ((70, 78, 86), (110, 118, 126)), "/app/static/style.json")
DARK = Theme((240, 240, 240), (24, 28, 33), (150, 150, 150), ((190, 198, 205), (140, 148, 155)), "/api/dark-style.json")
# For each colour in the light basemap the one that takes its place in the dark basemap.
DARK_PAINTS = {
    "#dfe7ec": "#14181d",
    "#f7f6f2": "#262c33",
    "#d3d2cb": "#3a424b",
    "#b4c0c8": "#4a545e",
    "#9a9d9f": "#7a858f",
}


def assign_colours(records: Sequence[IncidentRecord]) -> dict[str, Rgb]:
    """A colour for each actor of the store, actors in reports before those in imported datasets, frequent ones first.

    It is computed from all incidents, so that no filter changes a colour.
    """
    counts = Counter(r.actor_name for r in records)
    in_reports = Counter(r.actor_name for r in records if r.incident is not None)
    named = sorted((n for n in counts if n != UNKNOWN_ACTOR), key=lambda n: (-in_reports[n], -counts[n], n))
    colours: dict[str, Rgb] = {UNKNOWN_ACTOR: _UNKNOWN} if UNKNOWN_ACTOR in counts else {}
    colours |= dict(zip(named, _COLOURS, strict=False))
    return colours | dict.fromkeys(named[len(_COLOURS) :], OTHERS)


def colours_on(theme: Theme, colours: Mapping[str, Rgb]) -> dict[str, Rgb]:
    """The actors' colours on a theme: the two dark greys become light ones on a dark background."""
    if theme is LIGHT:
        return dict(colours)
    replaced = {_UNKNOWN: theme.ink, OTHERS: theme.others}
    return {name: replaced.get(colour, colour) for name, colour in colours.items()}


def to_hex(colour: Rgb) -> str:
    """The colour in CSS notation: "#d55e00"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
