"""Incidents drawn individually, each as exactly as its place is known.

A point for a known place, a circle as wide as the uncertainty for a place near a known one, a shaded division or
country where no more is known. Everything in these features reaches the browser: put in only what is drawn.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import labels
from dashboard.map.basemap import AREA_FROM, COUNTRY_FROM, area_of
from dashboard.map.geojson import Feature, feature, point
from dashboard.map.palette import Rgb, Theme
from geo.incidents.record import IncidentRecord

# Kilometres of uncertainty from which a point has its circle too; below, the two would be one mark. Chosen by eye.
CIRCLE_FROM_KM = 3.0
MAX_NAMED_SPOTS = 12  # with more places than that their names would cover the map
MAX_TARGET_CHARS = 90  # of a tooltip, which is 300 pixels wide
# A name is drawn eight times around itself in the background's colour: a halo for the price of no other shader.
_HALO = [(x, y) for x in (-1.5, 0, 1.5) for y in (-1.5, 0, 1.5) if x or y]
_NAME_PIXELS = 13
_INVISIBLE = [0, 0, 0, 0]


def incident_features(records: Sequence[IncidentRecord], colours: Mapping[str, Rgb], theme: Theme) -> list[Feature]:
    """Areas, circles, points and names, in the order in which they are drawn.

    Properties: `m` radius in metres, `fill` and `line` colours, `t` a text of `s` pixels in colour `c` at offset `o`;
    `id`, and `what`, `who` and `where` for the tooltip.
    """
    areas, circles, points = [], [], []
    for record in records:
        prec = record.where_prec
        if record.place is None or prec is None:
            continue
        colour = list(colours[record.actor_name])
        row = _tooltip(record)
        shape = area_of(record) if prec >= AREA_FROM else None
        if shape is not None:
            # The shape of a country is made of its divisions: with a line their borders would be drawn.
            line = [*colour, 200 if prec < COUNTRY_FROM else 0]
            areas.append(feature(shape, {**row, "fill": [*colour, 55], "line": line}))
            continue
        if prec != 1 or (record.uncertainty_km or 0) >= CIRCLE_FROM_KM:
            circles.append({**row, "fill": [*colour, 45], "line": [*colour, 230]})
        if prec == 1:
            points.append({**row, "m": 1, "fill": [*colour, 235], "line": [*theme.paper, 230]})
    single, fanned = _fan_out(points)
    rows = *circles, *single, *fanned, *_names(records, theme)
    return [*areas, *(point(row["lon"], row["lat"], {"t": "", **row}) for row in rows)]


def _fan_out(points: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Points with a position of their own, and those that share one, placed in a ring around it."""
    by_position: dict[tuple[float, float], list[dict[str, Any]]] = defaultdict(list)
    for row in points:
        by_position[round(row["lat"], 4), round(row["lon"], 4)].append(row)
    single = [rows[0] for rows in by_position.values() if len(rows) == 1]
    fanned = []
    for rows in by_position.values():
        radius = 9 + 1.5 * len(rows)  # pixels: the dots of the ring touch, and no more
        for i, row in enumerate(rows if len(rows) > 1 else ()):
            angle = 2 * math.pi * i / len(rows) - math.pi / 2
            offset = [round(radius * math.cos(angle), 1), round(radius * math.sin(angle), 1)]
            fanned.append(_text(row, "●", 24, row["fill"], offset))
    return single, fanned


def _names(records: Sequence[IncidentRecord], theme: Theme) -> list[dict[str, Any]]:
    """Texts above positions: the place's name where there are few places, and how many incidents share the place."""
    by_position: dict[tuple[float, float], list[IncidentRecord]] = defaultdict(list)
    for record in records:
        if record.place is not None and (record.where_prec or AREA_FROM) < AREA_FROM:
            by_position[round(record.place.lat, 3), round(record.place.lon, 3)].append(record)
    rows = []
    for members in by_position.values():
        name = members[0].place_name if len(by_position) <= MAX_NAMED_SPOTS else ""
        number = f"{len(members)}" if len(members) > 1 else ""
        text, row = f"{name} {number}".strip(), _tooltip(members[0])
        rows += [_text(row, text, _NAME_PIXELS, [*theme.paper, 200], [x, y - 16]) for x, y in _HALO if text]
        rows += [_text(row, text, _NAME_PIXELS, list(theme.ink), [0, -16])] if text else []
    return rows


def _text(row: Mapping[str, Any], text: str, size: int, colour: list[int], offset: list[float]) -> dict[str, Any]:
    """A text at a point that is not drawn itself."""
    return {**row, "m": 1, "fill": _INVISIBLE, "line": _INVISIBLE, "t": text, "s": size, "c": colour, "o": offset}


def _tooltip(record: IncidentRecord) -> dict[str, Any]:
    """The position of an incident with a place, and the three lines shown when the mouse is over it."""
    place = record.place
    assert place is not None  # noqa: S101 - only incidents with a place are drawn
    return {
        "id": record.id,
        "lat": place.lat,
        "lon": place.lon,
        "m": (record.uncertainty_km or 0.0) * 1000,
        "what": f"{labels.TYPES[record.incident_type]}: {record.target or ''}"[:MAX_TARGET_CHARS],
        "who": f"{record.actor_name}, {labels.dates(record.start_date, record.end_date)}",
        "where": f"{labels.place(record)} ({labels.precision(record)})",
    }
