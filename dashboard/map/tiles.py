"""Tiles of the map, each computed for its zoom: clusters of incidents, names of the land and scale bars, the grid.

Tiles are those of web maps: at zoom z the world is 2^z tiles wide, each of TILE pixels, in Web Mercator. "World
coordinates" here are fractions of the world: u from west to east, v from north to south, each from 0 to 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.map.features import MAX_TARGET_CHARS
from dashboard.map.geojson import Feature, feature, point
from dashboard.map.palette import Rgb
from geo.gazetteer.labels import Label, labels
from geo.incidents.columns import IncidentColumns, Mask

TILE = 512  # pixels
MAX_ZOOM = 15  # the deepest zoom of tiles; the browser enlarges them beyond it
_CELL = 64  # pixels: incidents in one cell are one cluster. A circle is up to 56 wide
GRID = 16  # pixels between the points of the grid
_BARS = ((24, TILE - 40), (TILE // 2 + 24, TILE // 2 - 40))  # where the scale bars of a tile start, in its pixels
_MAX_BAR = 110  # pixels
_BARS_FROM = 3  # the zoom from which one length is right for a whole tile, which is 45 degrees wide there
_BAR_TEXT = 11  # height of the text of a bar in pixels
_MIN_NAME, _LEGIBLE_NAME, _MAX_NAME = 7, 10, 16  # height of a name in pixels: left out below the first
_SPOT_DECIMALS = 3  # of a degree, 110 m: positions equal to that are one spot
_EQUATOR = 40_075_017  # metres, of WGS84
_MAX_LATITUDE = 85.0511  # degrees, where Web Mercator ends
_EXACT_PREC = 2  # `where_prec` up to which a cluster's circle is filled

Floats = npt.NDArray[np.float64]


def exists(z: int, x: int, y: int) -> bool:
    """Whether the world has that tile."""
    return 0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z


def visible_from(z: int) -> float:
    """The zoom of the map from which tiles of zoom z are shown: deck.gl takes those of the nearest whole zoom."""
    return z - 0.5


class Clusters:
    """Incidents counted by cells of the map, for any selection and zoom."""

    def __init__(self, columns: IncidentColumns) -> None:
        self._columns = columns
        lat, lon = columns.lat, columns.lon
        self._placed = ~np.isnan(lat)
        self._u = (np.nan_to_num(lon) + 180) / 360 % 1
        self._v = np.clip(_to_v(np.nan_to_num(lat)), 0, 1 - 1e-12)
        precisions = (r.where_prec for r in columns.records)
        self._exact = np.array([p is not None and p <= _EXACT_PREC for p in precisions], dtype=bool)

    def tile(self, mask: Mask, colours: Mapping[str, Rgb], z: int, x: int, y: int) -> list[Feature]:
        """A point for each cell of the tile with incidents in the mask, in the colour of its most frequent actor."""
        side = TILE // _CELL
        cells = side * 2**z
        column, row = np.floor(self._u * cells).astype(np.int64), np.floor(self._v * cells).astype(np.int64)
        inside = mask & self._placed & (column // side == x) & (row // side == y)
        rows = np.flatnonzero(inside)
        key = (row[rows] % side) * side + column[rows] % side
        order = np.argsort(key, kind="stable")
        _, starts = np.unique(key[order], return_index=True)
        return [self._cluster(members, colours) for members in np.split(rows[order], starts[1:]) if len(members)]

    def _cluster(self, rows: npt.NDArray[np.int64], colours: Mapping[str, Rgb]) -> Feature:
        """One cluster: `r` its radius in pixels, `n` its number; `id` where it is one spot, else `box` to zoom to."""
        lat, lon = self._columns.lat[rows], self._columns.lon[rows]
        records = [self._columns.records[i] for i in rows]
        actors = Counter(r.actor_name for r in records)
        (actor, _), *other_actors = actors.most_common()
        n, exact = len(rows), int(np.count_nonzero(self._exact[rows]))
        names = dict.fromkeys(r.place_name or "place without a name" for r in records)
        properties: dict[str, Any] = {
            "what": f"{n:,} incidents" if n > 1 else str(records[0].target or "")[:MAX_TARGET_CHARS],
            "who": f"{actor} and {len(other_actors)} more" if other_actors else actor,
            "where": _list_names(list(names)) + _describe_inexact(n, n - exact),
            "n": f"{n:,}" if n > 1 else "",
            "r": _radius(n),
            "fill": [*colours[actor], 100 if exact else 0],
            "line": [*colours[actor], 220],
        }
        if np.ptp(lat.round(_SPOT_DECIMALS)) == 0 and np.ptp(lon.round(_SPOT_DECIMALS)) == 0:
            return point(float(lon[0]), float(lat[0]), {**properties, "id": records[0].id})
        box = [float(f) for f in (lon.min(), lat.min(), lon.max(), lat.max())]
        return point(float(lon.mean()), float(lat.mean()), {**properties, "box": box})


def _radius(n: int) -> float:
    """The radius in pixels of a cluster of n incidents: grows with its logarithm, at most 28. Chosen by eye."""
    return round(min(28.0, 4.0 + 5.0 * float(math.log10(n) ** 1.3) + (3.0 if n > 1 else 0.0)), 1)


def label_tile(z: int, x: int, y: int) -> list[Feature]:
    """Names of the land, each sized by how large the land is on the map, and the scale bars.

    Properties: text `t` of `s` pixels at offset `o`, and its kind `k`: country, division or scale.
    """
    metres = _EQUATOR / (TILE * 2**z)  # a pixel at the equator
    west, top, width = x / 2**z * 360 - 180, y / 2**z, 2**-z
    features = []
    for name, v in _names():
        if west <= name.lon < west + width * 360 and top <= v < top + width:
            size = name.size_km * 1000 / (metres * math.cos(math.radians(name.lat)))
            if size >= _MIN_NAME:
                height = min(_MAX_NAME, max(_LEGIBLE_NAME, round(size, 1)))
                text = _text(name.name, height, "country" if name.is_country else "division")
                features.append(point(name.lon, name.lat, text))
    return features + scale_bars(z, x, y)


@lru_cache(maxsize=1)
def _names() -> list[tuple[Label, float]]:
    """Each name of the land with its world coordinate v."""
    names = labels()
    return list(zip(names, _to_v(np.array([name.lat for name in names])).tolist(), strict=True))


@lru_cache(maxsize=1)
def label_characters() -> str:
    """Every character that occurs in `label_tile`, for the font of the map."""
    return "".join(sorted(set("".join(name.name for name, _ in _names())) | set("0123456789,. km")))


def _text(text: str, size: float, kind: str) -> dict[str, Any]:
    return {"t": text, "s": size, "k": kind, "o": [0, -9 if kind == "scale" else 0]}  # a scale's text is above its bar


def scale_bars(z: int, x: int, y: int) -> list[Feature]:
    """Two bars of a round length with their texts, each correct for its latitude. Two, so that a phone shows one.

    None where a tile is so wide that no length is right for all of it.
    """
    return [] if z < _BARS_FROM else [f for bar in _BARS for f in _scale_bar(z, x * TILE + bar[0], y * TILE + bar[1])]


def _scale_bar(z: int, pixel_x: float, pixel_y: float) -> list[Feature]:
    """A bar that starts at a pixel of the world, and its text."""
    world = TILE * 2**z
    lat, lon = _to_latitude(pixel_y / world), pixel_x / world * 360 - 180
    metres = _EQUATOR * math.cos(math.radians(lat)) / world  # a pixel here
    length = _round_down(_MAX_BAR * metres)
    east = lon + length / metres / world * 360
    top = _to_latitude((pixel_y - 5) / world)
    line = [[lon, top], [lon, lat], [east, lat], [east, top]]
    text = f"{length / 1000:,g} km" if length >= 1000 else f"{length:g} m"
    bar = feature({"type": "LineString", "coordinates": line}, {"t": ""})
    return [bar, point((lon + east) / 2, lat, _text(text, _BAR_TEXT, "scale"))]


def grid_tile(z: int, x: int, y: int) -> list[Feature]:
    """Points to click at: `lat`, `lon`, and `off`, the metres by which a click may be off."""
    n = TILE // GRID
    features = []
    for row in range(n):
        lat = _to_latitude((y + (row + 0.5) / n) / 2**z)
        off = GRID * _EQUATOR * math.cos(math.radians(lat)) / (TILE * 2**z)
        for column in range(n):
            lon = (x + (column + 0.5) / n) / 2**z * 360 - 180
            position = {"lon": round(lon, 6), "lat": round(lat, 6), "off": round(off, 1)}
            tooltip = {"what": f"{lat:.4f}, {lon:.4f}", "who": f"within {max(off, 100) / 1000:.1f} km", "where": ""}
            features.append(point(position["lon"], position["lat"], position | tooltip))
    return features


def _list_names(names: Sequence[str]) -> str:
    return ", ".join(names[:2]) + (f" and {len(names) - 2:,} more places" if len(names) > 2 else "")


def _describe_inexact(n: int, inexact: int) -> str:
    if not inexact:
        return ""
    return " (place not known exactly)" if inexact == n else f" ({inexact:,} of them not known exactly)"


def _round_down(metres: float) -> float:
    """The largest of 1, 2, 5, 10, 20, … that is not longer."""
    ten = 10.0 ** math.floor(math.log10(metres))
    return next(step * ten for step in (5, 2, 1) if step * ten <= metres)


def _to_v(lat: Floats) -> Floats:
    """World coordinate v of latitudes in degrees."""
    radians = np.radians(np.clip(lat, -_MAX_LATITUDE, _MAX_LATITUDE))
    v: Floats = (1 - np.arcsinh(np.tan(radians)) / math.pi) / 2
    return v


def _to_latitude(v: float) -> float:
    """The latitude in degrees of a world coordinate v."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * v))))
