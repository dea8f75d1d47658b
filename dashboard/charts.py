"""The timeline: each incident as a bar from the first to the last day it can have happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from dashboard import words
from dashboard.palette import Rgb, hexed
from geo.consensus import Summary

_LANE = 26  # pixels an actor
_LEAST, _MOST = 110, 260
_THIN_DAYS = 12  # a bar shorter than this is lost in years of time: a tick marks it as well


def timeline(
    every: Sequence[Summary], shown: Sequence[Summary], colours: Mapping[str, Rgb], selected: str | None
) -> dict[str, Any]:
    """A Vega-Lite specification: a lane an actor; what the filters hide is a grey ghost of the whole."""
    visible = {s.id for s in shown}
    rows = [_row(s, s.id in visible, s.id == selected) for s in every if s.properties["start_date"]]
    actors = sorted({r["actor"] for r in rows}, key=lambda a: (list(colours).index(a), a))
    encoding = {
        "x": {"field": "start", "type": "temporal", "scale": {"type": "utc", "nice": True}, "title": None},
        "y": {"field": "actor", "type": "nominal", "sort": actors, "title": None, "axis": {"labelLimit": 220}},
        "opacity": {"condition": {"test": "datum.shown", "value": 0.85}, "value": 0.25},
        "color": {
            "condition": {
                "test": "datum.shown",
                "field": "actor",
                "type": "nominal",
                "scale": {"domain": actors, "range": [hexed(colours[a]) for a in actors]},
                "legend": None,
            },
            "value": "#9a9a9a",
        },
        "tooltip": [
            {"field": "what", "title": "What"},
            {"field": "actor", "title": "Actor"},
            {"field": "when", "title": "When"},
            {"field": "where", "title": "Where"},
        ],
    }
    return {
        "height": min(_MOST, max(_LEAST, _LANE * len(actors) + 50)),
        "data": {"values": rows},
        "layer": [_bars(encoding), _ticks(encoding)],
        "config": {"view": {"stroke": None}, "axis": {"labelFontSize": 12, "gridColor": "#e6e6e6"}},
    }


def _bars(encoding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "height": 12, "cursor": "pointer", "cornerRadius": 2},
        "params": [{"name": "pick", "select": {"type": "point", "fields": ["id"]}}],
        "encoding": {
            **encoding,
            "x2": {"field": "end"},
            "stroke": {"condition": {"test": "datum.selected", "value": "#1e1e1e"}, "value": None},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0},
        },
    }


def _ticks(encoding: Mapping[str, Any]) -> dict[str, Any]:
    """A mark of constant size on what is too short to be seen."""
    return {
        "transform": [{"filter": "datum.thin"}],
        "mark": {"type": "point", "filled": True, "size": 110, "shape": "circle"},
        "encoding": {
            **encoding,
            "x": {**encoding["x"], "field": "middle"},
            "stroke": {"condition": {"test": "datum.selected", "value": "#1e1e1e"}, "value": "#ffffff"},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 1},
        },
    }


def _row(summary: Summary, shown: bool, selected: bool) -> dict[str, Any]:
    p = summary.properties
    first, last = _day(p["start_date"]), _day(p["end_date"]) + 86_400_000
    return {
        "id": summary.id,
        "actor": p["actor_name"],
        "what": words.TYPES[p["incident_type"]],
        "where": words.place(p),
        "when": words.dates(p["start_date"], p["end_date"]),
        "start": first,
        "end": last,
        "middle": (first + last) / 2,
        "thin": (last - first) <= _THIN_DAYS * 86_400_000,
        "shown": shown,
        "selected": selected,
    }


def _day(iso: str) -> int:
    """Milliseconds from 1970 to a day's start, UTC."""
    return int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp() * 1000)
