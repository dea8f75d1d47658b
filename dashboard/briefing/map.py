"""The map of a briefing sheet, drawn by matplotlib: land, borders, incidents as exactly as their places are known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Ellipse, Rectangle

from dashboard.labels import number_ranges
from dashboard.map.basemap import AREA_FROM, COUNTRY_FROM, area_of, style_sources
from dashboard.map.features import CIRCLE_FROM_KM
from geo.gazetteer.labels import labels as land_names
from geo.incidents.record import IncidentRecord

Extent = tuple[float, float, float, float]  # W, S, E, N in degrees
_SEA, _LAND, _BORDER = "#dfe7ee", "#f7f6f2", "#7c868f"
_INSET_LAND, _INSET_FRAME = "#c9ccc4", "#b00020"
_WORLD: Extent = (-180.0, -60.0, 180.0, 80.0)  # without Antarctica
_KM_PER_DEGREE = 111.2  # of latitude, on a sphere of 6,371 km
_MIN_DEGREES = 1.2  # the smallest height of a map: a town and what surrounds it
_MIN_INSET_DEGREES = 6  # a smaller frame could not be seen on the world
_MARGIN_FACTOR = 1.3  # the map is that much larger than its incidents
_SCALE_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MAX_NAMES = 14  # names of land on a map, the largest first
_NAME_MARGIN = 0.06  # of the map's width: a name nearer to the edge would be cut off
_LABEL_SIZE = 0.035  # of the map's width and height: labels nearer to each other would overlap
_MAX_DIVIDED = 60  # degrees: on a wider map the borders of divisions are a grey mass


@dataclass(frozen=True)
class ActorStyle:
    """How an actor's incidents are drawn: a colour, and a marker that also differs in grey prints."""

    colour: str
    marker: str


def draw_map(
    axes: Axes, records: Sequence[IncidentRecord], styles: Mapping[str, ActorStyle], numbers: Mapping[str, int]
) -> None:
    """Draw incidents on their land. `numbers` gives, by incident id, the number beside the mark."""
    ratio = axes.get_position().width * _figure_width(axes) / (axes.get_position().height * _figure_height(axes))
    extent = west, south, east, north = fit_extent(records, ratio)
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=_SEA)
    axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)), adjustable="box")
    _draw_land(axes, with_divisions=east - west < _MAX_DIVIDED)
    _draw_names(axes, extent)
    for record in records:
        if record.place is not None:
            _draw_incident(axes, record, styles[record.actor_name])
    _draw_numbers(axes, records, numbers)
    _draw_scale(axes, extent)
    axes.annotate(
        "N", (0.965, 0.95), (0.965, 0.86), xycoords="axes fraction", ha="center", fontsize=9, weight="bold",
        arrowprops={"arrowstyle": "-|>", "color": "black"},
    )  # fmt: skip


def draw_inset(axes: Axes, extent: Extent) -> None:
    """Draw the world with a frame around the extent of the map."""
    axes.set(xlim=(_WORLD[0], _WORLD[2]), ylim=(_WORLD[1], _WORLD[3]), xticks=[], yticks=[], facecolor=_SEA)
    axes.set_aspect("equal")
    axes.add_collection(PolyCollection(_land(), facecolor=_INSET_LAND, edgecolor="none"))
    west, south, east, north = extent
    width, height = max(east - west, _MIN_INSET_DEGREES), max(north - south, _MIN_INSET_DEGREES)
    corner = (west + east) / 2 - width / 2, (south + north) / 2 - height / 2
    axes.add_patch(Rectangle(corner, width, height, fill=False, edgecolor=_INSET_FRAME, linewidth=1.4))


def fit_extent(records: Sequence[IncidentRecord], ratio: float) -> Extent:
    """The extent of incidents with their uncertainty, in a ratio of width to height; the world where there are none."""
    boxes = []
    for record in records:
        if record.place is not None:
            lat, lon = record.place.lat, record.place.lon
            width, height = _degrees(record.uncertainty_km or 0.0, lat)
            boxes.append((lon - width, lat - height, lon + width, lat + height))
    if not boxes:
        return _WORLD
    west, south, east, north = (f(b[i] for b in boxes) for i, f in enumerate((min, min, max, max)))
    middle, stretch = (south + north) / 2, math.cos(math.radians((south + north) / 2))
    height = max(_MIN_DEGREES, north - south, (east - west) * stretch / ratio) * _MARGIN_FACTOR
    width = height * ratio / stretch
    centre = (west + east) / 2
    return centre - width / 2, middle - height / 2, centre + width / 2, middle + height / 2


def _degrees(km: float, lat: float) -> tuple[float, float]:
    """A distance in degrees of longitude and of latitude."""
    height = km / _KM_PER_DEGREE
    return height / max(0.1, math.cos(math.radians(lat))), height


def _draw_land(axes: Axes, with_divisions: bool) -> None:
    axes.add_collection(PolyCollection(_land(), facecolor=_LAND, edgecolor=_BORDER, linewidth=0.5))
    for source, width, style in (("inner", 0.35, "-"), ("borders", 0.9, "-"), ("disputed", 0.9, (0, (3, 2)))):
        if source == "inner" and not with_divisions:
            continue
        axes.add_collection(LineCollection(_lines(source), colors=_BORDER, linewidths=width, linestyles=[style]))


def _draw_names(axes: Axes, extent: Extent) -> None:
    west, south, east, north = extent
    margin = (east - west) * _NAME_MARGIN
    inside = [x for x in land_names() if west + margin < x.lon < east - margin and south < x.lat < north]
    for name in sorted(inside, key=lambda x: (not x.is_country, -x.size_km, x.name))[:_MAX_NAMES]:
        size, colour = (9, "#4b545c") if name.is_country else (7, "#7d868d")
        axes.text(name.lon, name.lat, name.name, fontsize=size, color=colour, ha="center", va="center", clip_on=True)


def _draw_incident(axes: Axes, record: IncidentRecord, style: ActorStyle) -> None:
    """An area, or a point with its circle of uncertainty; a filled marker means confirmed."""
    place = record.place
    assert place is not None  # noqa: S101 - the caller checked it
    prec, km = record.where_prec or AREA_FROM, record.uncertainty_km or 0.0
    shape = area_of(record) if prec >= AREA_FROM else None
    if shape is not None:
        _draw_area(axes, shape, style, is_country=prec >= COUNTRY_FROM)
        look: dict[str, Any] = {"color": style.colour, "markersize": 5, "markerfacecolor": "none", "zorder": 5}
        axes.plot(place.lon, place.lat, style.marker, **look)
        return
    if prec != 1 or km >= CIRCLE_FROM_KM:
        width, height = (2 * side for side in _degrees(km, place.lat))
        centre, colour = (place.lon, place.lat), style.colour
        axes.add_patch(Ellipse(centre, width, height, facecolor=colour, edgecolor="none", alpha=0.2, zorder=4))
        axes.add_patch(Ellipse(centre, width, height, fill=False, edgecolor=colour, zorder=4))
    confirmed = record.status == "confirmed"
    axes.plot(
        place.lon, place.lat, style.marker, markersize=8, zorder=6, markeredgewidth=1.3,
        color=style.colour, markerfacecolor=style.colour if confirmed else "white",
    )  # fmt: skip


def _draw_area(axes: Axes, shape: Mapping[str, Any], style: ActorStyle, is_country: bool) -> None:
    look: dict[str, Any] = {
        "facecolor": style.colour,
        "edgecolor": "none" if is_country else style.colour,
        "alpha": 0.1 if is_country else 0.22,
    }
    rings = [np.array(r) for r in _outer_rings(shape)]
    axes.add_collection(PolyCollection(rings, hatch=None if is_country else "//", **look))


def _draw_numbers(axes: Axes, records: Sequence[IncidentRecord], numbers: Mapping[str, int]) -> None:
    """One label for all marks that are so close together that their labels would overlap."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    near = (east - west) * _LABEL_SIZE, (north - south) * _LABEL_SIZE
    spots: dict[tuple[float, float], list[int]] = {}
    for record in records:
        if record.place is not None and record.id in numbers:
            lon, lat = record.place.lon, record.place.lat
            close = (s for s in spots if abs(s[0] - lon) < near[0] and abs(s[1] - lat) < near[1])
            spots.setdefault(next(close, (lon, lat)), []).append(numbers[record.id])
    for spot, members in spots.items():
        axes.annotate(
            number_ranges(members), spot, (5, 5), textcoords="offset points", fontsize=7.5, weight="bold", zorder=8,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
        )  # fmt: skip


def _draw_scale(axes: Axes, extent: Extent) -> None:
    """A scale bar of a round length, at most a quarter of the map's width."""
    west, south, east, north = extent
    lat = (south + north) / 2
    degree = _KM_PER_DEGREE * math.cos(math.radians(lat))
    km = max((k for k in _SCALE_KM if k <= (east - west) * degree / 4), default=1)
    left, bottom = west + (east - west) * 0.03, south + (north - south) * 0.04
    axes.plot([left, left + km / degree], [bottom, bottom], color="black", linewidth=3, solid_capstyle="butt", zorder=9)
    hemisphere = "N" if lat >= 0 else "S"
    text = f"{km:,} km at {abs(lat):.1f}°{hemisphere}"
    axes.text(left, bottom + (north - south) * 0.012, text, fontsize=7.5, zorder=9)


@lru_cache(maxsize=1)
def _land() -> list[Any]:
    return [np.array(ring) for ring in _outer_rings(style_sources()["land"]["data"]["geometry"])]


@lru_cache(maxsize=4)  # inner, borders, disputed
def _lines(source: str) -> list[Any]:
    return [np.array(line) for line in style_sources()[source]["data"]["geometry"]["coordinates"]]


def _outer_rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    """The outer ring of each polygon."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield polygon[0]


def _figure_width(axes: Axes) -> float:
    return float(axes.get_figure(root=True).get_figwidth())  # type: ignore[union-attr]


def _figure_height(axes: Axes) -> float:
    return float(axes.get_figure(root=True).get_figheight())  # type: ignore[union-attr]
