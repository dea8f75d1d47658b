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
_LEAST_SHARE = 0.012  # of the whole time shown: a bar is drawn at least that long, or it could not be seen
_TOLD = {"what": "What", "actor": "Actor", "when": "When", "where": "Where"}


def timeline(
    every: Sequence[Summary], shown: Sequence[Summary], colours: Mapping[str, Rgb], selected: str | None
) -> dict[str, Any]:
    """A Vega-Lite specification: a lane an actor; what the filters hide is a grey ghost of the whole."""
    visible = {s.id for s in shown}
    dated = [s for s in every if s.properties["start_date"]]
    rows = [_row(s, s.id in visible, s.id == selected) for s in dated]
    _widen(rows)
    actors = sorted({r["actor"] for r in rows}, key=lambda a: (list(colours).index(a), a))
    return {
        "height": min(_MOST, max(_LEAST, _LANE * len(actors) + 50)),
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 13, "cursor": "pointer", "cornerRadius": 3},
        "params": [{"name": "pick", "select": {"type": "point", "fields": ["id"]}}],
        "encoding": {
            "x": {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "title": None},
            "x2": {"field": "end"},
            "y": {"field": "actor", "type": "nominal", "sort": actors, "title": None, "axis": {"labelLimit": 220}},
            "opacity": {"condition": {"test": "datum.shown", "value": 0.9}, "value": 0.3},
            "color": _colour(actors, colours),
            "stroke": {"condition": {"test": "datum.selected", "value": "#1e1e1e"}, "value": None},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0},
            "tooltip": [{"field": name, "title": title} for name, title in _TOLD.items()],
        },
        "config": {"view": {"stroke": None}, "axis": {"labelFontSize": 12, "gridColor": "#e6e6e6"}},
    }


def _colour(actors: Sequence[str], colours: Mapping[str, Rgb]) -> dict[str, Any]:
    """An actor's colour where the incident is shown, grey for the ghost of the others."""
    scale = {"domain": list(actors), "range": [hexed(colours[a]) for a in actors]}
    shown = {"test": "datum.shown", "field": "actor", "type": "nominal", "scale": scale, "legend": None}
    return {"condition": shown, "value": "#9a9a9a"}


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
        "shown": shown,
        "selected": selected,
    }


def _widen(rows: Sequence[dict[str, Any]]) -> None:
    """Lengthen bars that are too short to be seen, about their middle; what they tell of stays as it is."""
    whole = max((r["end"] for r in rows), default=0) - min((r["start"] for r in rows), default=0)
    for row in rows:
        short = whole * _LEAST_SHARE - (row["end"] - row["start"])
        if short > 0:
            row["start"], row["end"] = row["start"] - short / 2, row["end"] + short / 2


def _day(iso: str) -> int:
    """Milliseconds from 1970 to a day's start, UTC."""
    return int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp() * 1000)
