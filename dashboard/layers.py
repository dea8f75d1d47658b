"""The map: its layers, and what it opens on."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pydeck as pdk

from dashboard import served
from dashboard.palette import Ground
from dashboard.singly import AREA_FROM, area
from dashboard.tiles import feature, seen_from
from geo.incidents.aggregation import Summary
from geo.model import Place
from geo.settings import BASEMAP

# A deck looks for Jupyter when it is made, and compiles that package anew each time: 10 ms.
sys.modules.setdefault("pydeck.widget", None)  # type: ignore[arg-type]
Box = tuple[float, float, float, float]  # W, S, E, N in degrees
MOST_SINGLE = 400  # incidents drawn one by one; more, and imported events, are counted by spot
_APART = 5  # on a map of the world, the zoom of tiles from which they are drawn so: Syria is 270 pixels wide then


@dataclass(frozen=True)
class Drawing:
    """How the map is drawn: on which ground, which incident is marked, whether a click points at a place.

    `turn` is part of the layers' ids: a new one drops the browser's own selection. `singly` is where the incidents are
    that are drawn one by one, at zooms from `apart`, `counted` where the tiles of all others are.
    """

    ground: Ground
    counted: str
    singly: str
    apart: int = 0
    turn: int = 0
    selected: Summary | None = None
    pointing: bool = False


def deck(summaries: Sequence[Summary], how: Drawing) -> pdk.Deck:
    """The map of some incidents."""
    own = sum(s.incident is not None for s in summaries)
    singly = 0 < own <= MOST_SINGLE
    counted = bool(summaries) and (not singly or own < len(summaries) or how.apart > 0)
    return pdk.Deck(
        layers=[
            served.land(how.ground),
            *([served.counted(how.counted, how.turn, how.ground)] if counted else []),
            *([served.singly(how.singly, how.turn, how.apart)] if singly else []),
            *_marked(how.selected, how.ground),
            *([served.grid(how.turn)] if how.pointing else []),
        ],
        map_provider=None,
        map_style=BASEMAP.get() or how.ground.style,
        tooltip={"text": "{what}\n{who}\n{where}", "style": {"maxWidth": "300px", "whiteSpace": "pre-wrap"}},
    )


def view(summaries: Sequence[Summary]) -> pdk.ViewState:
    """The view on all of reports, or else on all, with their uncertainty; the world where none has a place."""
    own = [s for s in summaries if s.incident is not None] or summaries
    boxes = [_box(s.place, s.properties["uncertainty_km"] or 0.0) for s in own if s.place is not None]
    return around(boxes) if boxes else pdk.ViewState(latitude=25.0, longitude=20.0, zoom=1.2)


def apart(summaries: Sequence[Summary]) -> int:
    """The zoom of tiles from which own incidents are drawn one by one: 0 where the map opens near enough anyway."""
    return _APART if float(view(summaries).zoom) < seen_from(_APART) else 0


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


def _marked(summary: Summary | None, ground: Ground) -> list[pdk.Layer]:
    """An outline around the selected incident, as wide as its uncertainty."""
    if summary is None or summary.place is None:
        return []
    shape = area(summary) if (summary.properties["where_prec"] or 0) >= AREA_FROM else None
    if shape is not None:
        return [
            pdk.Layer(
                "GeoJsonLayer",
                {"type": "FeatureCollection", "features": [feature(shape, {})]},
                id="marked",
                filled=False,
                get_line_color=list(ground.ink),
                line_width_min_pixels=3,
            )
        ]
    metres = (summary.properties["uncertainty_km"] or 0.0) * 1000 if summary.properties["where_prec"] == 2 else 1
    return [
        pdk.Layer(
            "ScatterplotLayer",
            [{"id": summary.id, "lat": summary.place.lat, "lon": summary.place.lon}],
            id="marked",
            filled=False,
            stroked=True,
            get_position="[lon, lat]",
            get_radius=metres,
            radius_min_pixels=12,
            get_line_color=list(ground.ink),
            line_width_min_pixels=3,
        )
    ]
