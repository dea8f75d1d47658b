"""The whole map: which layers it has, and the view that it opens on."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pydeck as pdk

from dashboard.map import layers
from dashboard.map.palette import Theme
from dashboard.map.tiles import visible_from
from geo.incidents.record import IncidentRecord
from geo.model import Place
from geo.settings import BASEMAP

# Each new deck looks for Jupyter's widgets and compiles that package again, which takes 10 ms.
sys.modules.setdefault("pydeck.widget", None)  # type: ignore[arg-type]
Box = tuple[float, float, float, float]  # W, S, E, N in degrees
# Incidents of reports that are drawn individually; more, and imported events, are drawn as clusters. Chosen by eye.
MAX_INDIVIDUAL = 400
# Where the map opens on the whole world, the tile zoom from which they are: Syria is 270 pixels wide there.
_INDIVIDUAL_ZOOM = 5
_KM_PER_DEGREE = 111.2  # of latitude, on a sphere of 6,371 km


@dataclass(frozen=True)
class MapOptions:
    """How the map is drawn: its theme, the addresses of its tiles, which incident is selected.

    Incidents are drawn individually from the tile zoom `individual_from` on. `turn` is part of the layers' ids: with a
    new one the browser forgets what was clicked. `picking_place`: a click gives a position.
    """

    theme: Theme
    clusters_url: str
    incidents_url: str
    individual_from: int = 0
    turn: int = 0
    selected: IncidentRecord | None = None
    picking_place: bool = False


def build_deck(records: Sequence[IncidentRecord], options: MapOptions) -> pdk.Deck:
    """The map of some incidents, without a view."""
    of_reports = sum(r.incident is not None for r in records)
    individual = 0 < of_reports <= MAX_INDIVIDUAL
    clustered = bool(records) and (not individual or of_reports < len(records) or options.individual_from > 0)
    theme, turn = options.theme, options.turn
    return pdk.Deck(
        layers=[
            layers.label_layer(theme),
            *([layers.cluster_layer(options.clusters_url, turn, theme)] if clustered else []),
            *([layers.incident_layer(options.incidents_url, turn, options.individual_from)] if individual else []),
            *layers.selected_layers(options.selected, theme),
            *([layers.grid_layer(turn)] if options.picking_place else []),
        ],
        map_provider=None,
        map_style=BASEMAP.get() or theme.style_url,
        tooltip={"text": "{what}\n{who}\n{where}", "style": {"maxWidth": "300px", "whiteSpace": "pre-wrap"}},
    )


def fit_records(records: Sequence[IncidentRecord]) -> pdk.ViewState:
    """The view on all incidents of reports with their uncertainty, or on imported events where no report is stored.

    The world where no incident has a place.
    """
    of_reports = [r for r in records if r.incident is not None] or records
    boxes = [_box(r.place, r.uncertainty_km or 0.0) for r in of_reports if r.place is not None]
    return fit_boxes(boxes) if boxes else pdk.ViewState(latitude=25.0, longitude=20.0, zoom=1.2)


def zoom_of_individual_incidents(records: Sequence[IncidentRecord]) -> int:
    """The tile zoom from which incidents of reports are drawn individually: 0 where the map opens close enough."""
    return _INDIVIDUAL_ZOOM if float(fit_records(records).zoom) < visible_from(_INDIVIDUAL_ZOOM) else 0


def fit_boxes(boxes: Sequence[Box], max_zoom: float = 9.0) -> pdk.ViewState:
    """The view on some boxes, no closer than a zoom."""
    west, south = min(b[0] for b in boxes), max(-75.0, min(b[1] for b in boxes))
    east, north = max(b[2] for b in boxes), min(80.0, max(b[3] for b in boxes))
    # At zoom z the 360 degrees of the world are 512 * 2^z pixels wide. The map is 430 pixels high and at least 350
    # wide (on a phone); the figures here leave a margin.
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    degrees_per_pixel = max((east - west) / 330, (north - south) * stretch / 380, 0.001)
    zoom = min(max_zoom, math.log2(360 / 512 / degrees_per_pixel))
    return pdk.ViewState(latitude=(south + north) / 2, longitude=(west + east) / 2, zoom=round(zoom, 2))


def _box(place: Place, km: float) -> Box:
    """The box around a place and its uncertainty."""
    height = km / _KM_PER_DEGREE
    width = height / max(0.1, math.cos(math.radians(place.lat)))
    return place.lon - width, place.lat - height, place.lon + width, place.lat + height
