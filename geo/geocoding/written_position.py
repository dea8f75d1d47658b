"""The record of a position that a text gives in figures, and the words of a language that such positions contain."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from geo.model import Toponym

SOURCE = "coordinates in the text"  # the `source` of a place whose position the report gives itself

SOURCE_BESIDE = f"{SOURCE}, beside the name"  # the beginning of that of a named place

KM_PER_DEGREE = 111.195  # of a great circle on a sphere of the Earth's mean radius, 6,371.0 km
LEAST_KM = 0.001  # of the uncertainty: a metre, within which the frames of WGS84 themselves differ
_MOST_DECIMALS = 6  # of degrees: a tenth of a metre

Form = Literal["degrees", "decimal degrees", "mgrs", "utm", "plus code"]

# One character for one, so that no offset moves: the typographic forms of the signs of degrees, minutes and seconds, of
# minus and of spaces; digits of other scripts; letters and signs of full width.
_PRIME, _DOUBLE_PRIME, _DEGREE = "'", '"', "°"
_PLAIN = str.maketrans(
    dict.fromkeys("\u00ba\u02da\u00b0\u2218\u1d52", _DEGREE)
    | dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bc\u2032\u00b4\u0060\u02ca\uff07", _PRIME)
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u02ba\u2033\u3003\uff02", _DOUBLE_PRIME)
    | dict.fromkeys("\u2212\uff0d\ufe63\u2011\u2010", "-")
    | dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\ufeff\u200b\u200e\u200f\t", " ")
    | {"\u066b": ".", "\u060c": ",", "\uff0c": ",", "\uff0e": ".", "\u061b": ";", "\uff1b": ";"}
    | {chr(first + i): str(i) for first in (0x0660, 0x06F0, 0xFF10) for i in range(10)}
)


@dataclass(frozen=True, eq=False)
class CoordinateWords:
    """The words of a language in coordinates, in lower case. `hemispheres` gives N, S, E or W for each letter or word.

    `certain_cues` and `likely_cues` stand before two numbers without letters that are a position, `longitude_first`
    before those of which the longitude comes first; `military_grid` before a reference to the military grid.
    """

    hemispheres: Mapping[str, str]
    degrees: tuple[str, ...]
    minutes: tuple[str, ...]
    seconds: tuple[str, ...]
    latitude: tuple[str, ...]
    longitude: tuple[str, ...]
    easting: tuple[str, ...]
    northing: tuple[str, ...]
    between: tuple[str, ...]
    certain_cues: tuple[str, ...]
    likely_cues: tuple[str, ...]
    longitude_first: tuple[str, ...]
    military_grid: tuple[str, ...]
    utm: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenPosition:
    """A position in a text at `start` to `end`, `end` exclusive: WGS84 degrees, `uncertainty_km` from the digits given.

    Where the figures cannot be a position, `reason` says why in words and the numbers are 0. Two numbers in brackets
    without any sign are not `is_certain`: they are a position only where they stand beside the name of a place there.
    """

    start: int
    end: int
    form: Form
    lat: float = 0.0
    lon: float = 0.0
    uncertainty_km: float = 0.0
    reason: str | None = None
    is_certain: bool = True

    @property
    def name(self) -> str:
        """The position in one form for all: "34.55° N, 38.27° E", with as many decimals as the figures allow."""
        step = 2 * self.uncertainty_km / math.sqrt(2) / KM_PER_DEGREE
        decimals = min(_MOST_DECIMALS, max(0, round(-math.log10(step)))) if step else _MOST_DECIMALS
        north, east = "N" if self.lat >= 0 else "S", "E" if self.lon >= 0 else "W"
        return f"{abs(self.lat):.{decimals}f}° {north}, {abs(self.lon):.{decimals}f}° {east}"


def has_coordinates(toponym: Toponym) -> bool:
    """Whether the text gives the position of a toponym in figures, beside a name or without one."""
    return toponym.place is not None and toponym.place.source.startswith(SOURCE)


def normalized(text: str) -> str:
    """The text with one form of each sign, letter for letter, so that offsets stay."""
    return text.translate(_PLAIN)


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def uncertainty_km(half_lat: float, half_lon: float, lat: float) -> float:
    """How far a position may be off, in kilometres, by half a unit of the last digit of each angle, in degrees."""
    east = half_lon * math.cos(math.radians(lat))
    return max(LEAST_KM, round(math.hypot(half_lat, east) * KM_PER_DEGREE, 3))
