"""Incidents drawn one by one, each as exactly as its place is known.

A point for a place that is known, a ring as wide as the uncertainty for one near a known place, the division or
country shaded for one that is known no better. Every value given here is in the page: only what is drawn is.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard import words
from dashboard.palette import Ground, Rgb
from dashboard.tiles import Feature, feature, point
from geo.incidents.aggregation import Summary

STATIC = Path(__file__).with_name("static")
AREA_FROM = 3  # `where_prec` from which a place is an area, not a point
COUNTRY_FROM = 5  # and from which no division holds it
RINGED_KM = 3.0  # a point known less exactly than this has its ring drawn too
_NAMED_SPOTS = 12  # with more spots than that their names would cover the map
# A name is drawn around itself first, in the colour of the ground: a background would be one shader more to wait for.
_HALO = [(x, y) for x in (-1.5, 0, 1.5) for y in (-1.5, 0, 1.5) if x or y]
_UNSEEN = [0, 0, 0, 0]


def drawn(summaries: Sequence[Summary], colours: Mapping[str, Rgb], ground: Ground) -> list[Feature]:
    """Areas, rings, points and names as GeoJSON: `m` metres wide, `fill` and `line`, a text `t` of `s` pixels."""
    areas, rings, points = [], [], []
    for summary in summaries:
        prec = summary.properties["where_prec"]
        if summary.place is None or prec is None:
            continue
        colour = list(colours[summary.properties["actor_name"]])
        row = _told(summary)
        shape = area(summary) if prec >= AREA_FROM else None
        if shape is not None:
            # A country is drawn by its divisions, whose inner borders would clutter it.
            line = [*colour, 200 if prec < COUNTRY_FROM else 0]
            areas.append(feature(shape, {**row, "fill": [*colour, 55], "line": line}))
            continue
        if prec != 1 or (summary.properties["uncertainty_km"] or 0) >= RINGED_KM:
            rings.append({**row, "fill": [*colour, 45], "line": [*colour, 230]})
        if prec == 1:
            points.append({**row, "m": 1, "fill": [*colour, 235], "line": [*ground.paper, 230]})
    alone, fanned = _fanned(points)
    rows = *rings, *alone, *fanned, *_names(summaries, ground)
    return [*areas, *(point(row["lon"], row["lat"], {"t": "", **row}) for row in rows)]


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
            fanned.append(_text(row, "●", 24, row["fill"], offset))
    return alone, fanned


def _names(summaries: Sequence[Summary], ground: Ground) -> list[dict[str, Any]]:
    """The name of each spot, where there are few; how many incidents share it, where more than one does."""
    spots: dict[tuple[float, float], list[Summary]] = defaultdict(list)
    for summary in summaries:
        if summary.place is not None and (summary.properties["where_prec"] or AREA_FROM) < AREA_FROM:
            spots[round(summary.place.lat, 3), round(summary.place.lon, 3)].append(summary)
    rows = []
    for held in spots.values():
        name = held[0].properties["place_name"] if len(spots) <= _NAMED_SPOTS else ""
        number = f"{len(held)}" if len(held) > 1 else ""
        text, row = f"{name} {number}".strip(), _told(held[0])
        rows += [_text(row, text, 13, [*ground.paper, 200], [x, y - 16]) for x, y in _HALO if text]
        rows += [_text(row, text, 13, list(ground.ink), [0, -16])] if text else []
    return rows


def _text(row: Mapping[str, Any], text: str, size: int, colour: list[int], offset: list[float]) -> dict[str, Any]:
    """A text at a point, which is not drawn itself."""
    return {**row, "m": 1, "fill": _UNSEEN, "line": _UNSEEN, "t": text, "s": size, "c": colour, "o": offset}


def _told(summary: Summary) -> dict[str, Any]:
    """What the map tells of a placed incident when it is pointed at."""
    p, place = summary.properties, summary.place
    assert place is not None  # noqa: S101 - only placed incidents are drawn
    return {
        "id": summary.id,
        "lat": place.lat,
        "lon": place.lon,
        "m": (p["uncertainty_km"] or 0.0) * 1000,
        "what": f"{words.TYPES[p['incident_type']]}: {p['target'] or ''}"[:90],
        "who": f"{p['actor_name']}, {words.dates(p['start_date'], p['end_date'])}",
        "where": f"{words.place(p)} ({words.precision(p)})",
    }


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
    for division in json.loads((STATIC / "divisions.geojson").read_bytes())["features"]:
        shape, properties = division["geometry"], division["properties"]
        divisions[properties["code"]] = shape
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        countries[properties["country"]].extend(polygons)
    return divisions, dict(countries)
