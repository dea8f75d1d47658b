"""What the map draws by tile, made for the zoom asked for: counted incidents, names and a scale, a grid to point at.

Tiles are those of the web: at zoom z the world is 2^z tiles wide, each of TILE pixels, in Web Mercator.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from dashboard.palette import Rgb
from geo.gazetteer.sources import Label, labels
from geo.incidents.columns import Frame, Mask

TILE = 512  # pixels
DEEPEST = 15  # the zoom beyond which no finer tile is made
_CELL = 64  # pixels: what lies in one cell is one mark
GRID = 16  # pixels between the points of the grid
_BARS = ((24, TILE - 40), (TILE // 2 + 24, TILE // 2 - 40))  # where the bars of a tile begin, in its pixels
_LONGEST = 110  # pixels of a bar
_SCALED_FROM = 3  # the zoom at which a tile is 45 degrees wide
_BAR_TEXT = 11  # pixels that the text of a bar is high
_LEAST, _LEGIBLE, _LARGE = 7, 10, 16  # pixels that a name is high: one below the first is left out
_SAME = 3  # decimals of a degree to which two positions are one spot: 110 m
_AROUND = 40_075_017  # metres of the equator in Web Mercator
_EDGE = 85.0511  # degrees of latitude at which Web Mercator ends

Feature = dict[str, Any]
Floats = npt.NDArray[np.float64]


class Clusters:
    """Incidents of a frame, counted by what lies close together at a zoom."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        lat, lon = frame.lat, frame.lon
        self._placed = ~np.isnan(lat)
        self._u = (np.nan_to_num(lon) + 180) / 360 % 1
        self._v = np.clip(_down(np.nan_to_num(lat)), 0, 1 - 1e-12)
        self._exact = np.array([(s.properties["where_prec"] or 9) <= 2 for s in frame.summaries], dtype=bool)

    def tile(self, mask: Mask, colours: Mapping[str, Rgb], z: int, x: int, y: int) -> list[Feature]:
        """A point for each cell with incidents that pass, in the colour of the actor it has most of."""
        cells = TILE // _CELL * 2**z
        column, row = np.floor(self._u * cells).astype(np.int64), np.floor(self._v * cells).astype(np.int64)
        side = TILE // _CELL
        inside = mask & self._placed & (column // side == x) & (row // side == y)
        rows = np.flatnonzero(inside)
        key = (row[rows] % side) * side + column[rows] % side
        order = np.argsort(key, kind="stable")
        _, starts = np.unique(key[order], return_index=True)
        return [self._mark(held, colours) for held in np.split(rows[order], starts[1:]) if len(held)]

    def _mark(self, rows: npt.NDArray[np.int64], colours: Mapping[str, Rgb]) -> Feature:
        lat, lon = self._frame.lat[rows], self._frame.lon[rows]
        held = [self._frame.summaries[i] for i in rows]
        actors = Counter(s.properties["actor_name"] for s in held)
        (first, _), *others = actors.most_common()
        colour, n, exact = list(colours[first]), len(rows), int(np.count_nonzero(self._exact[rows]))
        one_spot = bool(np.ptp(lat.round(_SAME)) == 0 and np.ptp(lon.round(_SAME)) == 0)
        names = dict.fromkeys(s.properties["place_name"] or "place without a name" for s in held)
        p = held[0].properties
        told = {
            "what": f"{n:,} incidents" if n > 1 else str(p["target"] or "")[:90],
            "who": f"{first} and {len(others)} more" if others else first,
            "where": _few(list(names)) + _vague(n, n - exact),
            "n": f"{n:,}" if n > 1 else "",
            "r": round(min(28.0, 4 + 5 * math.log10(n) ** 1.3 + (3 if n > 1 else 0)), 1),
            "fill": [*colour, 100 if exact else 0],
            "line": [*colour, 220],
        }
        if one_spot:
            return point(float(lon[0]), float(lat[0]), {**told, "id": held[0].id})
        box = [float(f) for f in (lon.min(), lat.min(), lon.max(), lat.max())]
        return point(float(lon.mean()), float(lat.mean()), {**told, "box": box})


def land(z: int, x: int, y: int) -> list[Feature]:
    """Names of the land, each as large as the land is, and a scale. `k` says which: country, division or scale."""
    metres = _AROUND / (TILE * 2**z)  # a pixel at the equator
    west, top, wide = x / 2**z * 360 - 180, y / 2**z, 2**-z
    made = []
    for name, down in _names():
        if west <= name.lon < west + wide * 360 and top <= down < top + wide:
            size = name.size_km * 1000 / (metres * math.cos(math.radians(name.lat)))
            if size >= _LEAST:
                high = min(_LARGE, max(_LEGIBLE, round(size, 1)))
                text = _text(name.name, high, "country" if name.is_country else "division")
                made.append(point(name.lon, name.lat, text))
    return made + scale(z, x, y)


@lru_cache(maxsize=1)
def _names() -> list[tuple[Label, float]]:
    """Each name with how far down the world it is."""
    found = labels()
    return list(zip(found, _down(np.array([name.lat for name in found])).tolist(), strict=True))


@lru_cache(maxsize=1)
def letters() -> str:
    """Every character that `land` writes."""
    return "".join(sorted(set("".join(name.name for name, _ in _names())) | set("0123456789,. km")))


def _text(text: str, size: float, kind: str) -> Feature:
    """How a text of the land is written, in pixels; one of the scale stands above its bar."""
    return {"t": text, "s": size, "k": kind, "o": [0, -9 if kind == "scale" else 0]}


def scale(z: int, x: int, y: int) -> list[Feature]:
    """Bars of a round length, each right for its latitude, and what they measure: two, so that a phone shows one.

    None where a tile spans so much that no length is right for it.
    """
    return [] if z < _SCALED_FROM else [f for at in _BARS for f in _bar(z, x * TILE + at[0], y * TILE + at[1])]


def _bar(z: int, across: float, down: float) -> list[Feature]:
    """A bar that begins at a pixel of the world, and its text."""
    world = TILE * 2**z
    lat, lon = _up(down / world), across / world * 360 - 180
    metres = _AROUND * math.cos(math.radians(lat)) / world  # a pixel
    length = _round(_LONGEST * metres)
    east = lon + length / metres / world * 360
    top = _up((down - 5) / world)
    line = [[lon, top], [lon, lat], [east, lat], [east, top]]
    text = f"{length / 1000:,g} km" if length >= 1000 else f"{length:g} m"
    bar = feature({"type": "LineString", "coordinates": line}, {"t": ""})
    return [bar, point((lon + east) / 2, lat, _text(text, _BAR_TEXT, "scale"))]


def grid(z: int, x: int, y: int) -> list[Feature]:
    """Points that a click can be told by, and how far off it may be, in metres; on hovering they say so."""
    n = TILE // GRID
    made = []
    for row in range(n):
        lat = _up((y + (row + 0.5) / n) / 2**z)
        off = GRID * _AROUND * math.cos(math.radians(lat)) / (TILE * 2**z)
        for column in range(n):
            lon = (x + (column + 0.5) / n) / 2**z * 360 - 180
            spot = {"lon": round(lon, 6), "lat": round(lat, 6), "off": round(off, 1)}
            told = {"what": f"{lat:.4f}, {lon:.4f}", "who": f"within {max(off, 100) / 1000:.1f} km", "where": ""}
            made.append(point(spot["lon"], spot["lat"], spot | told))
    return made


def seen_from(z: int) -> float:
    """The zoom of the map from which it shows tiles of zoom z: deck.gl takes those of the nearest whole zoom."""
    return z - 0.5


def written(features: Sequence[Feature]) -> bytes:
    """As GeoJSON."""
    return orjson.dumps({"type": "FeatureCollection", "features": list(features)})


def point(lon: float, lat: float, properties: Mapping[str, Any]) -> Feature:
    """A point as GeoJSON."""
    return feature({"type": "Point", "coordinates": [lon, lat]}, properties)


def feature(geometry: Mapping[str, Any], properties: Mapping[str, Any]) -> Feature:
    """A geometry with what it tells, as GeoJSON."""
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:2]) + (f" and {len(names) - 2:,} more places" if len(names) > 2 else "")


def _vague(n: int, inexact: int) -> str:
    if not inexact:
        return ""
    return " (place not known exactly)" if inexact == n else f" ({inexact:,} of them not known exactly)"


def _round(metres: float) -> float:
    """The largest of 1, 2, 5, 10, … that is no longer."""
    ten = 10.0 ** math.floor(math.log10(metres))
    return next(step * ten for step in (5, 2, 1) if step * ten <= metres)


def _down(lat: Floats) -> Floats:
    """How far down from the top of the world in Web Mercator, 0 to 1."""
    held = np.radians(np.clip(lat, -_EDGE, _EDGE))
    down: Floats = (1 - np.arcsinh(np.tan(held)) / math.pi) / 2
    return down


def _up(down: float) -> float:
    """The latitude that far down."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))
