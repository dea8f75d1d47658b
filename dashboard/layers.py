"""Layers of the map: each incident drawn as exactly as its place is known.

A point for a place that is known, a ring as wide as the uncertainty for one near a known place, the division or
country shaded for one that is known no better. Every value passed here is in the page: only what is drawn is.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydeck as pdk

from dashboard import served, words
from dashboard.palette import Ground, Rgb
from geo.consensus import Summary
from geo.model import Place
from geo.settings import BASEMAP

# A deck looks for Jupyter when it is made, and compiles that package anew each time: 10 ms.
sys.modules.setdefault("pydeck.widget", None)  # type: ignore[arg-type]
STATIC = Path(__file__).with_name("static")
AREA_FROM = 3  # `where_prec` from which a place is an area, not a point
COUNTRY_FROM = 5  # and from which no division holds it
RINGED_KM = 3.0  # a point known less exactly than this has its ring drawn too
_NAMED_SPOTS = 12  # with more spots than that their names would cover the map
# A name is drawn around itself first, in the colour of the ground: a background would be one shader more to wait for.
_HALO = [(x, y) for x in (-1.5, 0, 1.5) for y in (-1.5, 0, 1.5) if x or y]
Box = tuple[float, float, float, float]  # W, S, E, N in degrees
MOST_SINGLE = 400  # incidents drawn one by one; more, and imported events, are counted by spot


@dataclass(frozen=True)
class Drawing:
    """How the map is drawn: on which ground, which incident is marked, whether a click points at a place.

    `turn` is part of the layers' ids: a new one drops the browser's own selection. `counted` is where the tiles of
    the incidents are that are not drawn one by one.
    """

    ground: Ground
    counted: str
    turn: int = 0
    selected: str | None = None
    pointing: bool = False


def deck(summaries: Sequence[Summary], colours: Mapping[str, Rgb], how: Drawing) -> pdk.Deck:
    """The map of some incidents."""
    own = [s for s in summaries if s.incident is not None]
    singly = own if len(own) <= MOST_SINGLE else []
    return pdk.Deck(
        layers=[
            served.land(how.ground),
            *([served.counted(how.counted, how.turn, how.ground)] if len(singly) < len(summaries) else []),
            *_layers(singly, colours, how),
            *_marked(summaries, how),
            *([served.grid(how.turn)] if how.pointing else []),
        ],
        map_provider=None,
        map_style=BASEMAP.get() or how.ground.style,
        tooltip={"text": "{what}\n{who}\n{where}", "style": {"maxWidth": "300px", "whiteSpace": "pre-wrap"}},
    )


def view(summaries: Sequence[Summary]) -> pdk.ViewState:
    """The view on all incidents with their uncertainty, which no filter changes; the world where none has a place."""
    boxes = [_box(s.place, s.properties["uncertainty_km"] or 0.0) for s in summaries if s.place is not None]
    return around(boxes) if boxes else pdk.ViewState(latitude=25.0, longitude=20.0, zoom=1.2)


def around(boxes: Sequence[Box], closest: float = 9.0) -> pdk.ViewState:
    """The view on some boxes, no closer than a zoom."""
    west, south = min(b[0] for b in boxes), max(-75.0, min(b[1] for b in boxes))
    east, north = max(b[2] for b in boxes), min(80.0, max(b[3] for b in boxes))
    # At zoom z the world's 360 degrees are 512 * 2^z pixels wide; the map has 350 (a phone) and more by 430 of them.
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    degrees_per_pixel = max((east - west) / 330, (north - south) * stretch / 380, 0.001)
    zoom = min(closest, math.log2(360 / 512 / degrees_per_pixel))
    return pdk.ViewState(latitude=(south + north) / 2, longitude=(west + east) / 2, zoom=round(zoom, 2))


def _box(place: Place, km: float) -> Box:
    """W, S, E, N around a place and its uncertainty; a degree of latitude is 111 km."""
    tall = km / 111.2
    wide = tall / max(0.1, math.cos(math.radians(place.lat)))
    return place.lon - wide, place.lat - tall, place.lon + wide, place.lat + tall


def _layers(summaries: Sequence[Summary], colours: Mapping[str, Rgb], how: Drawing) -> list[pdk.Layer]:
    areas, rings, points = [], [], []
    for summary in summaries:
        prec = summary.properties["where_prec"]
        if summary.place is None or prec is None:
            continue
        colour = list(colours[summary.properties["actor_name"]])
        row = _row(summary, colour)
        shape = area(summary) if prec >= AREA_FROM else None
        if shape is not None:
            # A country is drawn by its divisions, whose inner borders would clutter it.
            line = [*colour, 200 if prec < COUNTRY_FROM else 0]
            areas.append({"type": "Feature", "geometry": shape, "properties": {**row, "line": line}})
            continue
        if prec != 1 or (summary.properties["uncertainty_km"] or 0) >= RINGED_KM:
            rings.append({**row, "fill": [*colour, 45], "line": [*colour, 230]})
        if prec == 1:
            points.append({**row, "m": 1, "fill": [*colour, 235], "line": [*how.ground.paper, 230]})
    alone, fanned = _fanned(points)
    made = [_shaded(areas, how.turn), _dotted([*rings, *alone], how.turn), _fan(fanned, how.turn)]
    return [layer for layer in (*made, _labels(summaries, how.ground)) if _filled(layer)]


def _filled(layer: pdk.Layer) -> bool:
    """Whether there is anything to draw: a layer costs a cold page a shader even where it is empty."""
    return bool(layer.data["features"] if isinstance(layer.data, dict) else layer.data)


def _shaded(areas: Sequence[dict[str, Any]], turn: int) -> pdk.Layer:
    """Divisions and countries."""
    return pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": list(areas)},
        id=f"areas#{turn}",
        pickable=True,
        get_fill_color="[properties.c[0], properties.c[1], properties.c[2], 55]",
        get_line_color="properties.line",
        line_width_min_pixels=1.5,
    )


def _dotted(rows: Sequence[dict[str, Any]], turn: int) -> pdk.Layer:
    """Rings as wide as the uncertainty, and points; from afar a ring is as small as a point, and never lost."""
    return pdk.Layer(
        "ScatterplotLayer",
        rows,
        id=f"points#{turn}",
        pickable=True,
        stroked=True,
        get_position="[lon, lat]",
        get_radius="m",
        radius_min_pixels=7,
        get_fill_color="fill",
        get_line_color="line",
        line_width_min_pixels=1.4,
    )


def _fan(rows: Sequence[dict[str, Any]], turn: int) -> pdk.Layer:
    """Points that share a place, set around it."""
    return pdk.Layer(
        "TextLayer",
        rows,
        id=f"fan#{turn}",
        pickable=True,
        character_set=pdk.types.String("●"),
        get_position="[lon, lat]",
        get_text="mark",
        get_size=24,
        get_pixel_offset="offset",
        get_color="fill",
    )


def _fanned(points: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Points that stand alone, and those that share one, set around it."""
    held: dict[tuple[float, float], list[dict[str, Any]]] = defaultdict(list)
    for row in points:
        held[round(row["lat"], 4), round(row["lon"], 4)].append(row)
    alone = [rows[0] for rows in held.values() if len(rows) == 1]
    fanned = []
    for rows in held.values():
        radius = 9 + 1.5 * len(rows)
        for i, row in enumerate(rows if len(rows) > 1 else ()):
            turn = 2 * math.pi * i / len(rows) - math.pi / 2
            offset = [round(radius * math.cos(turn), 1), round(radius * math.sin(turn), 1)]
            fanned.append({**row, "mark": "●", "offset": offset})
    return alone, fanned


def _marked(summaries: Sequence[Summary], how: Drawing) -> list[pdk.Layer]:
    """An outline around the selected incident, as wide as its uncertainty."""
    summary = next((s for s in summaries if s.id == how.selected), None)
    if summary is None or summary.place is None:
        return []
    shape = area(summary) if (summary.properties["where_prec"] or 0) >= AREA_FROM else None
    if shape is not None:
        feature = {"type": "Feature", "geometry": shape, "properties": {}}
        return [
            pdk.Layer(
                "GeoJsonLayer",
                {"type": "FeatureCollection", "features": [feature]},
                id="marked",
                filled=False,
                get_line_color=list(how.ground.ink),
                line_width_min_pixels=3,
            )
        ]
    near = summary.properties["where_prec"] == 2
    return [
        pdk.Layer(
            "ScatterplotLayer",
            [_row(summary, list(how.ground.ink))],
            id="marked",
            filled=False,
            stroked=True,
            get_position="[lon, lat]",
            get_radius="m" if near else 1,
            radius_min_pixels=12,
            get_line_color=list(how.ground.ink),
            line_width_min_pixels=3,
        )
    ]


def _labels(summaries: Sequence[Summary], ground: Ground) -> pdk.Layer:
    """The name of each spot, where there are few; how many incidents share it, where more than one does."""
    spots: dict[tuple[float, float], list[Summary]] = defaultdict(list)
    for summary in summaries:
        if summary.place is not None and (summary.properties["where_prec"] or AREA_FROM) < AREA_FROM:
            spots[round(summary.place.lat, 3), round(summary.place.lon, 3)].append(summary)
    rows = []
    for (lat, lon), held in spots.items():
        name = held[0].properties["place_name"] if len(spots) <= _NAMED_SPOTS else ""
        number = f"{len(held)}" if len(held) > 1 else ""
        text = _inert(f"{name} {number}".strip())
        row = {"p": [lon, lat], "t": text}
        rows += [{**row, "o": [x, y - 16], "c": [*ground.paper, 200]} for x, y in _HALO if text]
        rows += [{**row, "o": [0, -16], "c": list(ground.ink)}] if text else []
    return pdk.Layer(
        "TextLayer",
        rows,
        id="spots",
        character_set=pdk.types.String("auto"),
        font_family=served.FONT,
        get_position="p",
        get_text="t",
        get_size=13,
        get_color="c",
        get_pixel_offset="o",
    )


def _row(summary: Summary, colour: list[int]) -> dict[str, Any]:
    p, place = summary.properties, summary.place
    assert place is not None  # noqa: S101 - only placed incidents are drawn
    return {
        "id": summary.id,
        "lat": place.lat,
        "lon": place.lon,
        "m": (p["uncertainty_km"] or 0.0) * 1000,
        "c": colour,
        "what": _inert(f"{words.TYPES[p['incident_type']]}: {p['target'] or ''}"[:90]),
        "who": _inert(f"{p['actor_name']}, {words.dates(p['start_date'], p['end_date'])}"),
        "where": _inert(f"{words.place(p)} ({words.precision(p)})"),
    }


def _inert(text: str) -> str:
    """Text that deck.gl's JSON reader takes for text: a leading "@@" names a function to it."""
    return "\u200b" + text if text.startswith("@@") else text


def area(summary: Summary) -> dict[str, Any] | None:
    """The shape of the division or country that an incident is known to lie in."""
    place = summary.place
    if place is None:
        return None
    divisions, countries = _shapes()
    if (summary.properties["where_prec"] or 0) < COUNTRY_FROM:
        return divisions.get(place.admin1_code or "")
    parts = countries.get(place.country or "")
    return {"type": "MultiPolygon", "coordinates": parts} if parts else None


@lru_cache(maxsize=1)
def _shapes() -> tuple[dict[str, dict[str, Any]], dict[str, list[Any]]]:
    """Divisions by ISO 3166-2 code, and each country as its divisions' polygons."""
    divisions: dict[str, dict[str, Any]] = {}
    countries: dict[str, list[Any]] = defaultdict(list)
    for feature in json.loads((STATIC / "divisions.geojson").read_bytes())["features"]:
        shape, properties = feature["geometry"], feature["properties"]
        divisions[properties["code"]] = shape
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        countries[properties["country"]].extend(polygons)
    return divisions, dict(countries)
