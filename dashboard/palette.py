"""Colours of actors: safe for colour-blind eyes, told apart in grey by their lightness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geo.consensus import Summary
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
_OTHERS: Rgb = (96, 96, 96)
_NOBODY: Rgb = (20, 20, 20)
OTHER = "Other actors"


def colours(summaries: Sequence[Summary]) -> dict[str, Rgb]:
    """A colour for each actor, those of reports first, the commonest first; no filter changes one."""
    counts = Counter(s.properties["actor_name"] for s in summaries)
    own = Counter(s.properties["actor_name"] for s in summaries if s.incident is not None)
    named = sorted((n for n in counts if n != UNKNOWN_ACTOR), key=lambda n: (-own[n], -counts[n], n))
    given: dict[str, Rgb] = {UNKNOWN_ACTOR: _NOBODY} if UNKNOWN_ACTOR in counts else {}
    given |= dict(zip(named, _COLOURS, strict=False))
    return given | dict.fromkeys(named[len(_COLOURS) :], _OTHERS)


def hexed(colour: Rgb) -> str:
    """As CSS writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
