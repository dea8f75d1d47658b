"""Colours of actors: safe for colour-blind eyes, told apart in grey by their lightness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.incidents.aggregation import Summary
from geo.model import UNKNOWN_ACTOR

Rgb = tuple[int, int, int]

# Okabe and Ito (2008), "Color Universal Design", without the yellow, which is lost on a light map.
_COLOURS: tuple[Rgb, ...] = (
    (213, 94, 0),
    (0, 114, 178),
    (0, 158, 115),
    (204, 121, 167),
    (86, 180, 233),
    (230, 159, 0),
)
OTHERS: Rgb = (96, 96, 96)
_NOBODY: Rgb = (20, 20, 20)
OTHER = "Other actors"


@dataclass(frozen=True)
class Ground:
    """What the map is drawn on: ink and paper, actors without a colour of their own, names of countries and of
    divisions, and the style of the basemap.
    """

    ink: Rgb
    paper: Rgb
    others: Rgb
    names: tuple[Rgb, Rgb]
    style: str


LIGHT = Ground((25, 25, 25), (255, 255, 255), OTHERS, ((70, 78, 86), (110, 118, 126)), "/app/static/style.json")
DARK = Ground((240, 240, 240), (24, 28, 33), (150, 150, 150), ((190, 198, 205), (140, 148, 155)), "/api/night.json")
# The paints of the light style, by what they are on a dark ground.
NIGHT = {
    "#dfe7ec": "#14181d",
    "#f7f6f2": "#262c33",
    "#d3d2cb": "#3a424b",
    "#b4c0c8": "#4a545e",
    "#9a9d9f": "#7a858f",
}


def colours(summaries: Sequence[Summary]) -> dict[str, Rgb]:
    """A colour for each actor, those of reports first, the commonest first; no filter changes one."""
    counts = Counter(s.properties["actor_name"] for s in summaries)
    own = Counter(s.properties["actor_name"] for s in summaries if s.incident is not None)
    named = sorted((n for n in counts if n != UNKNOWN_ACTOR), key=lambda n: (-own[n], -counts[n], n))
    given: dict[str, Rgb] = {UNKNOWN_ACTOR: _NOBODY} if UNKNOWN_ACTOR in counts else {}
    given |= dict(zip(named, _COLOURS, strict=False))
    return given | dict.fromkeys(named[len(_COLOURS) :], OTHERS)


def on(ground: Ground, given: Mapping[str, Rgb]) -> dict[str, Rgb]:
    """Colours of actors as they are seen on a ground: dark ones take others on a dark one."""
    if ground is LIGHT:
        return dict(given)
    seen = {_NOBODY: ground.ink, OTHERS: ground.others}
    return {name: seen.get(colour, colour) for name, colour in given.items()}


def hexed(colour: Rgb) -> str:
    """As CSS writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
