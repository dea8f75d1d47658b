"""Layers of the map: each incident drawn as exactly as its place is known.

A point for a place that is known, a ring as wide as the uncertainty for one near a known place, the division or
country shaded for one that is known no better. Every value passed here is in the page: only what is drawn is.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydeck as pdk

from dashboard import words
from dashboard.palette import Rgb
from geo.consensus import Summary

STATIC = Path(__file__).with_name("static")
OFFLINE_STYLE = "/app/static/style.json"
_AREA_FROM = 3  # `where_prec` from which a place is an area, not a point
_COUNTRY_FROM = 5  # and from which no division holds it
_RINGED_KM = 3.0  # a point known less exactly than this has its ring drawn too
_DARK: Rgb = (30, 30, 30)


def deck(summaries: Sequence[Summary], colours: Mapping[str, Rgb], selected: str | None, style: str, turn: int) -> pdk.Deck:
    """The map of some incidents. `turn` is part of the layers' ids: a new one drops the browser's own selection."""
    return pdk.Deck(
        layers=[*_layers(summaries, colours, turn), *_marked(summaries, selected)],
        map_provider="carto",
        map_style=style,
        tooltip={"text": "{what}\n{who}\n{where}"},
    )


def view(summaries: Sequence[Summary]) -> pdk.ViewState:
    """The view on all incidents, which no filter changes. A world view where none has a place."""
    placed = [s.place for s in summaries if s.place is not None]
    if not placed:
        return pdk.ViewState(latitude=25.0, longitude=20.0, zoom=1.2)
    south, north = min(p.lat for p in placed), max(p.lat for p in placed)
    west, east = min(p.lon for p in placed), max(p.lon for p in placed)
    # A Mercator tile of 512 pixels is the world's width; leave half as much room again around the incidents.
    span = max(east - west, (north - south) * 1.6, 2.5) * 1.9
    zoom = min(9.0, math.log2(360 / span * 900 / 512))
    return pdk.ViewState(latitude=(south + north) / 2, longitude=(west + east) / 2, zoom=round(zoom, 2))


def _layers(summaries: Sequence[Summary], colours: Mapping[str, Rgb], turn: int) -> list[pdk.Layer]:
    areas, rings, points = [], [], []
    for summary in summaries:
        prec = summary.properties["where_prec"]
        if summary.place is None or prec is None:
            continue
        colour = list(colours[summary.properties["actor_name"]])
        row = _row(summary, colour)
        if prec >= _AREA_FROM:
            shape = _area(summary)
            if shape is not None:
                # A country is drawn by its divisions, whose inner borders would clutter it.
                line = [*colour, 200 if prec < _COUNTRY_FROM else 0]
                areas.append({"type": "Feature", "geometry": shape, "properties": {**row, "line": line}})
                continue
            rings.append(row)
            continue
        if prec == 2 or (summary.properties["uncertainty_km"] or 0) >= _RINGED_KM:
            rings.append(row)
        if prec == 1:
            points.append(row)
    return [
        pdk.Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": areas},
            id=f"areas#{turn}",
            pickable=True,
            get_fill_color="[properties.c[0], properties.c[1], properties.c[2], 55]",
            get_line_color="properties.line",
            line_width_min_pixels=1.5,
        ),
        pdk.Layer(
            "ScatterplotLayer",
            rings,
            id=f"rings#{turn}",
            pickable=True,
            stroked=True,
            get_position="[lon, lat]",
            get_radius="m",
            get_fill_color="[c[0], c[1], c[2], 45]",
            get_line_color="[c[0], c[1], c[2], 230]",
            line_width_min_pixels=1.5,
        ),
        pdk.Layer(
            "ScatterplotLayer",
            points,
            id=f"points#{turn}",
            pickable=True,
            stroked=True,
            get_position="[lon, lat]",
            get_radius=1,
            radius_min_pixels=7,
            radius_max_pixels=7,
            get_fill_color="[c[0], c[1], c[2], 235]",
            get_line_color=[255, 255, 255, 230],
            line_width_min_pixels=1.2,
        ),
        _labels(summaries),
    ]


def _marked(summaries: Sequence[Summary], selected: str | None) -> list[pdk.Layer]:
    """A dark outline around the selected incident, as wide as its uncertainty."""
    summary = next((s for s in summaries if s.id == selected), None)
    if summary is None or summary.place is None:
        return []
    shape = _area(summary) if (summary.properties["where_prec"] or 0) >= _AREA_FROM else None
    if shape is not None:
        feature = {"type": "Feature", "geometry": shape, "properties": {}}
        return [
            pdk.Layer(
                "GeoJsonLayer",
                {"type": "FeatureCollection", "features": [feature]},
                id="marked",
                filled=False,
                get_line_color=list(_DARK),
                line_width_min_pixels=3,
            )
        ]
    near = summary.properties["where_prec"] == 2
    return [
        pdk.Layer(
            "ScatterplotLayer",
            [_row(summary, list(_DARK))],
            id="marked",
            filled=False,
            stroked=True,
            get_position="[lon, lat]",
            get_radius="m" if near else 1,
            radius_min_pixels=12,
            get_line_color=list(_DARK),
            line_width_min_pixels=3,
        )
    ]


def _labels(summaries: Sequence[Summary]) -> pdk.Layer:
    """How many incidents share one spot, where more than one does."""
    spots: dict[tuple[float, float], int] = defaultdict(int)
    for summary in summaries:
        if summary.place is not None:
            spots[round(summary.place.lat, 3), round(summary.place.lon, 3)] += 1
    rows = [{"lat": lat, "lon": lon, "n": str(n)} for (lat, lon), n in spots.items() if n > 1]
    return pdk.Layer(
        "TextLayer",
        rows,
        id="counts",
        get_position="[lon, lat]",
        get_text="n",
        get_size=13,
        get_color=[20, 20, 20],
        get_pixel_offset=[12, -12],
        background=True,
        get_background_color=[255, 255, 255, 220],
        background_padding=[3, 1],
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


def _area(summary: Summary) -> dict[str, Any] | None:
    """The shape of the division or country that an incident is known to lie in."""
    place = summary.place
    if place is None:
        return None
    divisions, countries = _shapes()
    if (summary.properties["where_prec"] or 0) < _COUNTRY_FROM:
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
