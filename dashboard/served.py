"""Layers of the map whose data the browser fetches: incidents, names and the scale, a grid to point at."""

from __future__ import annotations

from typing import Any

import pydeck as pdk

from dashboard import tiles
from dashboard.palette import Ground

TILES = "/api/tiles"
FONT = pdk.types.String("Source Sans, sans-serif")


def counted(address: str, turn: int, ground: Ground) -> pdk.Layer:
    """Incidents counted by what lies close together at the zoom looked at."""
    return _tiled(
        address,
        f"counted#{turn}",
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
        text_font_family=FONT,
        get_text_color=list(ground.ink),
    )


def singly(address: str, turn: int, apart: int) -> pdk.Layer:
    """Incidents drawn one by one, from a zoom of tiles on; all of them are one tile."""
    return _tiled(
        address,
        f"singly#{turn}",
        max_zoom=0,
        **({"visible_min_zoom": tiles.seen_from(apart)} if apart else {}),
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
        text_font_family=FONT,
    )


def land(ground: Ground) -> pdk.Layer:
    """Names of countries and divisions, and bars that say how far it is, each right for its latitude."""
    country, division = (list(rgb) for rgb in ground.names)
    return _tiled(
        f"{TILES}/land/{{z}}/{{x}}/{{y}}",
        "land",
        point_type=pdk.types.String("text"),
        get_line_color=[*ground.ink, 150],
        line_width_min_pixels=1.5,
        get_text="properties.t",
        get_text_size="properties.s",
        get_text_pixel_offset="properties.o",
        text_character_set=pdk.types.String(tiles.letters()),
        text_font_family=FONT,
        get_text_color=f"properties.k == 'country' ? {country} : properties.k == 'division' ? {division} : "
        f"{[*ground.ink, 200]}",
    )


def grid(turn: int) -> pdk.Layer:
    """Points that nobody sees, close enough together that a click anywhere tells where it was."""
    return _tiled(
        f"{TILES}/grid/{{z}}/{{x}}/{{y}}",
        f"grid#{turn}",
        pickable=True,
        point_type=pdk.types.String("circle"),
        get_point_radius=tiles.GRID * 0.75,
        point_radius_units=pdk.types.String("pixels"),
        get_fill_color=[0, 0, 0, 0],
        stroked=False,
    )


def _tiled(address: str, name: str, **how: Any) -> pdk.Layer:
    return pdk.Layer("TileLayer", address, id=name, tile_size=tiles.TILE, **{"max_zoom": tiles.DEEPEST} | how)
