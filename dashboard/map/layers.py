"""The layers of the map. The browser fetches their data as tiles, but for the outline of the selected incident."""

from __future__ import annotations

from typing import Any

import pydeck as pdk

from dashboard.map import tiles
from dashboard.map.basemap import AREA_FROM, area_of
from dashboard.map.geojson import feature
from dashboard.map.palette import Theme
from dashboard.urls import TILES_PATH
from geo.incidents.record import IncidentRecord

_FONT = pdk.types.String("Source Sans, sans-serif")


def cluster_layer(url: str, turn: int, theme: Theme) -> pdk.Layer:
    """Incidents counted by cells: one circle with a number for all that lie close together at the current zoom."""
    return _tile_layer(
        url,
        f"clusters#{turn}",
        pickable=True,
        point_type=pdk.types.String("circle+text"),
        get_point_radius="properties.r",
        point_radius_units=pdk.types.String("pixels"),
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        line_width_min_pixels=1.5,
        get_text="properties.n",
        get_text_size=12,
        text_character_set=pdk.types.String("0123456789,"),
        text_font_family=_FONT,
        get_text_color=list(theme.ink),
    )


def incident_layer(url: str, turn: int, from_zoom: int) -> pdk.Layer:
    """Incidents drawn individually, from a tile zoom on; all of them are in one tile."""
    return _tile_layer(
        url,
        f"incidents#{turn}",
        max_zoom=0,
        **({"visible_min_zoom": tiles.visible_from(from_zoom)} if from_zoom else {}),
        pickable=True,
        point_type=pdk.types.String("circle+text"),
        get_point_radius="properties.m",
        point_radius_min_pixels=7,
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        line_width_min_pixels=1.5,
        get_text="properties.t",
        get_text_size="properties.s",
        get_text_color="properties.c",
        get_text_pixel_offset="properties.o",
        text_character_set=pdk.types.String("auto"),
        text_font_family=_FONT,
    )


def label_layer(theme: Theme) -> pdk.Layer:
    """Names of countries and divisions, and scale bars, each correct for its latitude."""
    country, division = (list(rgb) for rgb in theme.names)
    return _tile_layer(
        f"{TILES_PATH}/labels/{{z}}/{{x}}/{{y}}",
        "labels",
        point_type=pdk.types.String("text"),
        get_line_color=[*theme.ink, 150],
        line_width_min_pixels=1.5,
        get_text="properties.t",
        get_text_size="properties.s",
        get_text_pixel_offset="properties.o",
        text_character_set=pdk.types.String(tiles.label_characters()),
        text_font_family=_FONT,
        get_text_color=f"properties.k == 'country' ? {country} : properties.k == 'division' ? {division} : "
        f"{[*theme.ink, 200]}",
    )


def grid_layer(turn: int) -> pdk.Layer:
    """Invisible points, so close together that a click anywhere on the map hits one and so gives a position."""
    return _tile_layer(
        f"{TILES_PATH}/grid/{{z}}/{{x}}/{{y}}",
        f"grid#{turn}",
        pickable=True,
        point_type=pdk.types.String("circle"),
        get_point_radius=tiles.GRID * 0.75,  # more than half the diagonal of a cell, so that the circles leave no gap
        point_radius_units=pdk.types.String("pixels"),
        get_fill_color=[0, 0, 0, 0],
        stroked=False,
    )


def selected_layers(record: IncidentRecord | None, theme: Theme) -> list[pdk.Layer]:
    """An outline around the selected incident: its area, its circle of uncertainty, or a circle around its point."""
    if record is None or record.place is None:
        return []
    outline: dict[str, Any] = {"filled": False, "get_line_color": list(theme.ink), "line_width_min_pixels": 3}
    prec = record.where_prec or 0
    area = area_of(record) if prec >= AREA_FROM else None
    if area is not None:
        data = {"type": "FeatureCollection", "features": [feature(area, {})]}
        return [pdk.Layer("GeoJsonLayer", data, id="selected", **outline)]
    metres = (record.uncertainty_km or 0.0) * 1000 if prec != 1 else 1
    return [
        pdk.Layer(
            "ScatterplotLayer",
            [{"id": record.id, "lat": record.place.lat, "lon": record.place.lon}],
            id="selected",
            stroked=True,
            get_position="[lon, lat]",
            get_radius=metres,
            radius_min_pixels=12,
            **outline,
        )
    ]


def _tile_layer(url: str, layer_id: str, **options: Any) -> pdk.Layer:
    return pdk.Layer("TileLayer", url, id=layer_id, tile_size=tiles.TILE, **{"max_zoom": tiles.MAX_ZOOM} | options)
