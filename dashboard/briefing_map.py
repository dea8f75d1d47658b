"""The map of a briefing sheet, drawn by matplotlib: land, borders, incidents as exactly as their places are known."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Ellipse, Rectangle

from dashboard import words
from dashboard.singly import AREA_FROM, COUNTRY_FROM, RINGED_KM, STATIC, area
from geo.gazetteer.sources import labels
from geo.incidents.aggregation import Summary

_SEA, _LAND, _BORDER = "#dfe7ee", "#f7f6f2", "#7c868f"
_KM_PER_DEGREE = 111.2  # of latitude
_LEAST_DEGREES = 1.2  # that a map shows at least
_ROUND_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_NAMED = 14  # names of land in a map, the largest first
_MARGIN = 0.06  # of the map's width
_TOGETHER = 0.035  # of the map's width and height: a label is as large
_DIVIDED = 60  # degrees: on a wider map the borders of divisions are a grey mass


@dataclass(frozen=True)
class Look:
    """How an actor's incidents are drawn: colour, and a shape by which grey pictures tell them apart."""

    colour: str
    marker: str


def draw_map(axes: Axes, shown: Sequence[Summary], looks: Mapping[str, Look], numbers: Mapping[str, int]) -> None:
    """Draw incidents on their land; `numbers` are what stands beside each point."""
    ratio = axes.get_position().width * _width(axes) / (axes.get_position().height * _height(axes))
    west, south, east, north = extent(shown, ratio)
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=_SEA)
    axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)), adjustable="box")
    _draw_land(axes, divided=east - west < _DIVIDED)
    _draw_names(axes, (west, south, east, north))
    for summary in shown:
        if summary.place is not None:
            _draw_incident(axes, summary, looks[summary.properties["actor_name"]])
    _draw_numbers(axes, shown, numbers)
    _draw_scale(axes, (west, south, east, north))
    axes.annotate(
        "N", (0.965, 0.95), (0.965, 0.86), xycoords="axes fraction", ha="center", fontsize=9, weight="bold",
        arrowprops={"arrowstyle": "-|>", "color": "black"},
    )  # fmt: skip


def draw_inset(axes: Axes, box: tuple[float, float, float, float]) -> None:
    """The world, and where in it the map is."""
    axes.set(xlim=(-180, 180), ylim=(-60, 80), xticks=[], yticks=[], facecolor=_SEA)
    axes.set_aspect("equal")
    axes.add_collection(PolyCollection(_land(), facecolor="#c9ccc4", edgecolor="none"))
    west, south, east, north = box
    wide, tall = max(east - west, 6), max(north - south, 6)
    middle = (west + east) / 2 - wide / 2, (south + north) / 2 - tall / 2
    axes.add_patch(Rectangle(middle, wide, tall, fill=False, edgecolor="#b00020", linewidth=1.4))


def extent(shown: Sequence[Summary], ratio: float) -> tuple[float, float, float, float]:
    """W, S, E, N around the incidents with their uncertainty, in the shape of the paper (width by height)."""
    boxes = []
    for summary in shown:
        if summary.place is not None:
            tall = (summary.properties["uncertainty_km"] or 0.0) / _KM_PER_DEGREE
            wide = tall / max(0.1, math.cos(math.radians(summary.place.lat)))
            lat, lon = summary.place.lat, summary.place.lon
            boxes.append((lon - wide, lat - tall, lon + wide, lat + tall))
    if not boxes:
        return -180.0, -60.0, 180.0, 80.0
    west, south, east, north = (f(b[i] for b in boxes) for i, f in enumerate((min, min, max, max)))
    middle, stretch = (south + north) / 2, math.cos(math.radians((south + north) / 2))
    tall = max(_LEAST_DEGREES, north - south, (east - west) * stretch / ratio) * 1.3
    wide = tall * ratio / stretch
    centre = (west + east) / 2
    return centre - wide / 2, middle - tall / 2, centre + wide / 2, middle + tall / 2


def _draw_land(axes: Axes, divided: bool) -> None:
    """Land and borders, and those of divisions where it is `divided`."""
    axes.add_collection(PolyCollection(_land(), facecolor=_LAND, edgecolor=_BORDER, linewidth=0.5))
    for source, width, style in (("inner", 0.35, "-"), ("borders", 0.9, "-"), ("disputed", 0.9, (0, (3, 2)))):
        if source == "inner" and not divided:
            continue
        axes.add_collection(LineCollection(_lines(source), colors=_BORDER, linewidths=width, linestyles=[style]))


def _draw_names(axes: Axes, box: tuple[float, float, float, float]) -> None:
    west, south, east, north = box
    margin = (east - west) * _MARGIN  # a name nearer to the edge would be cut
    inside = [x for x in labels() if west + margin < x.lon < east - margin and south < x.lat < north]
    for name in sorted(inside, key=lambda x: (not x.is_country, -x.size_km, x.name))[:_NAMED]:
        size, colour = (9, "#4b545c") if name.is_country else (7, "#7d868d")
        axes.text(name.lon, name.lat, name.name, fontsize=size, color=colour, ha="center", va="center", clip_on=True)


def _draw_incident(axes: Axes, summary: Summary, look: Look) -> None:
    place, p = summary.place, summary.properties
    assert place is not None  # noqa: S101 - asked before
    prec, km = p["where_prec"] or AREA_FROM, p["uncertainty_km"] or 0.0
    shape = area(summary) if prec >= AREA_FROM else None
    if shape is not None:
        rings = [np.array(r) for r in _rings(shape)]
        wide = prec >= COUNTRY_FROM
        fill: dict[str, Any] = {
            "facecolor": look.colour,
            "edgecolor": "none" if wide else look.colour,
            "alpha": 0.1 if wide else 0.22,
        }
        axes.add_collection(PolyCollection(rings, hatch=None if wide else "//", **fill))
        axes.plot(place.lon, place.lat, look.marker, color=look.colour, markersize=5, markerfacecolor="none", zorder=5)
        return
    if prec != 1 or km >= RINGED_KM:
        tall = 2 * km / _KM_PER_DEGREE
        wide = tall / max(0.1, math.cos(math.radians(place.lat)))
        ring = Ellipse((place.lon, place.lat), wide, tall, facecolor=look.colour, edgecolor="none", alpha=0.2, zorder=4)
        axes.add_patch(ring)
        axes.add_patch(Ellipse((place.lon, place.lat), wide, tall, fill=False, edgecolor=look.colour, zorder=4))
    confirmed = p["status"] == "confirmed"
    axes.plot(
        place.lon, place.lat, look.marker, markersize=8, zorder=6, markeredgewidth=1.3,
        color=look.colour, markerfacecolor=look.colour if confirmed else "white",
    )  # fmt: skip


def _draw_numbers(axes: Axes, shown: Sequence[Summary], numbers: Mapping[str, int]) -> None:
    """One label for what lies so close together that labels would hide each other."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    near = (east - west) * _TOGETHER, (north - south) * _TOGETHER
    spots: dict[tuple[float, float], list[int]] = {}
    for summary in shown:
        if summary.place is not None and summary.id in numbers:
            lon, lat = summary.place.lon, summary.place.lat
            close = (s for s in spots if abs(s[0] - lon) < near[0] and abs(s[1] - lat) < near[1])
            spots.setdefault(next(close, (lon, lat)), []).append(numbers[summary.id])
    for spot, held in spots.items():
        axes.annotate(
            words.ranges(held), spot, (5, 5), textcoords="offset points", fontsize=7.5, weight="bold", zorder=8,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
        )  # fmt: skip


def _draw_scale(axes: Axes, box: tuple[float, float, float, float]) -> None:
    west, south, east, north = box
    lat = (south + north) / 2
    degree = _KM_PER_DEGREE * math.cos(math.radians(lat))
    km = max((k for k in _ROUND_KM if k <= (east - west) * degree / 4), default=1)
    left, low = west + (east - west) * 0.03, south + (north - south) * 0.04
    axes.plot([left, left + km / degree], [low, low], color="black", linewidth=3, solid_capstyle="butt", zorder=9)
    hemisphere = "N" if lat >= 0 else "S"
    axes.text(left, low + (north - south) * 0.012, f"{km:,} km at {abs(lat):.1f}°{hemisphere}", fontsize=7.5, zorder=9)


@lru_cache(maxsize=1)
def _style() -> dict[str, Any]:
    sources: dict[str, Any] = json.loads((STATIC / "style.json").read_bytes())["sources"]
    return sources


@lru_cache(maxsize=1)
def _land() -> list[Any]:
    return [np.array(ring) for ring in _rings(_style()["land"]["data"]["geometry"])]


@lru_cache(maxsize=4)
def _lines(source: str) -> list[Any]:
    return [np.array(line) for line in _style()[source]["data"]["geometry"]["coordinates"]]


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    """The outer ring of each polygon."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield polygon[0]


def _width(axes: Axes) -> float:
    return float(axes.get_figure(root=True).get_figwidth())  # type: ignore[union-attr]


def _height(axes: Axes) -> float:
    return float(axes.get_figure(root=True).get_figheight())  # type: ignore[union-attr]
