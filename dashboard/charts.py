"""The timeline: each incident as a bar from the first to the last day it can have happened; many as a histogram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import words
from dashboard.palette import OTHER, Rgb, hexed
from geo.incidents.columns import Frame, Mask
from geo.incidents.filters import Selection

_LANE = 26  # pixels an actor
_LEAST, _MOST = 110, 260
_LEAST_SHARE = 0.012  # of the whole time shown: a bar is drawn at least that long, or it could not be seen
_TOLD = {"what": "What", "actor": "Actor", "when": "When", "where": "Where"}
_GHOST = "#9a9a9a"
_DAY = 86_400_000  # milliseconds
MOST_BARS = 300  # incidents that have a bar each
_BINS = 120  # at most, in a histogram
# On a canvas: as an SVG the brush has parts without a name for a screen reader. The table says what the chart shows.
_HOW = {
    "config": {"view": {"stroke": None}, "axis": {"labelFontSize": 12, "gridColor": "#8a8a8a", "gridOpacity": 0.25}},
    "usermeta": {"embedOptions": {"renderer": "canvas"}},
}
_BIN = ["start", "end", "n"]
_NAMED = 7  # actors told apart in it


def timeline(
    frame: Frame, mask: Mask, colours: Mapping[str, Rgb], selected: str | None, clock: str
) -> dict[str, Any] | None:
    """A Vega-Lite specification by one of the three dates; None where no incident has it.

    What the filters hide is a grey ghost of the whole. Its parameters: `pick` an incident, `brush` a span of time.
    """
    first, last, dated = frame.days(clock)
    if not dated.any():
        return None
    if dated.sum() > MOST_BARS:
        return _histogram(frame, mask, colours, first, dated)
    return _bars(frame, mask, colours, selected, (first, last, dated))


def _bars(
    frame: Frame, mask: Mask, colours: Mapping[str, Rgb], selected: str | None,
    days: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Mask],
) -> dict[str, Any]:  # fmt: skip
    first, last, dated = days
    rows = []
    for i in np.flatnonzero(dated):
        summary = frame.summaries[i]
        p = summary.properties
        rows.append(
            {
                "id": summary.id,
                "actor": p["actor_name"],
                "what": words.TYPES[p["incident_type"]],
                "where": words.place(p),
                "when": words.dates(p["start_date"], p["end_date"]),
                "start": int(first[i]) * _DAY,
                "end": (int(last[i]) + 1) * _DAY,
                "shown": bool(mask[i]),
                "selected": summary.id == selected,
            }
        )
    _widen(rows)
    actors = sorted({r["actor"] for r in rows}, key=lambda a: (list(colours).index(a), a))
    return {
        "height": min(_MOST, max(_LEAST, _LANE * len(actors) + 50)),
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 13, "cursor": "pointer", "cornerRadius": 3},
        "params": [{"name": "pick", "select": {"type": "point", "fields": ["id"]}}, _brush()],
        "encoding": {
            "x": {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "title": None},
            "x2": {"field": "end"},
            "y": {"field": "actor", "type": "nominal", "sort": actors, "title": None, "axis": {"labelLimit": 220}},
            "opacity": {"condition": {"test": "datum.shown", "value": 0.9}, "value": 0.3},
            "color": _colour("datum.shown", {a: hexed(colours[a]) for a in actors}),
            "stroke": {"condition": {"test": "datum.selected", "value": "#7a7a7a"}, "value": None},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0},
            "tooltip": [{"field": name, "title": title} for name, title in _TOLD.items()],
        },
        **_HOW,
    }


def _histogram(
    frame: Frame, mask: Mask, colours: Mapping[str, Rgb], first: npt.NDArray[np.int32], dated: Mask
) -> dict[str, Any]:
    """Incidents by month, or by what else gives no more bins than can be seen; the ghost is behind them."""
    start, unit = int(first[dated].min()), _bin_days(first[dated])
    bins = (first - start) // unit
    named = list(colours)[:_NAMED]
    ghost = np.bincount(bins[dated], minlength=1)
    parts = {actor: mask & dated & frame.mask(Selection(actor=(actor,))) for actor in named}
    parts[OTHER] = mask & dated & ~np.logical_or.reduce(list(parts.values()))
    shown = [
        _bin(start, unit, b, int(n)) | {"actor": actor}
        for actor, part in parts.items()
        for b, n in enumerate(np.bincount(bins[part]))
        if n
    ]
    whole = [_bin(start, unit, b, int(n)) for b, n in enumerate(ghost) if n]
    hues = {a: hexed(colours[a]) for a in named if a in colours} | {OTHER: "#606060"}
    x = {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "title": None}
    y = {"field": "n", "type": "quantitative", "title": None}
    times = [
        {"field": "start", "type": "temporal", "format": "%-d %b %Y", "title": "From"},
        {"field": "n", "title": "Incidents"},
    ]
    return {
        "height": 150,
        # By name: what a filter changes is then data alone, and the chart need not be built anew.
        "datasets": {
            "whole": pd.DataFrame(whole, columns=_BIN),
            "shown": pd.DataFrame(shown, columns=[*_BIN, "actor"]),
        },
        "layer": [
            {
                "data": {"name": "whole"},
                "mark": {"type": "bar", "orient": "vertical", "color": _GHOST, "opacity": 0.3, "binSpacing": 0},
                "encoding": {"x": x, "x2": {"field": "end"}, "y": y, "tooltip": times},
                "params": [_brush()],
            },
            {
                "data": {"name": "shown"},
                "mark": {"type": "bar", "orient": "vertical", "binSpacing": 0},
                "encoding": {
                    "x": x,
                    "x2": {"field": "end"},
                    "y": y | {"stack": "zero"},
                    "color": _colour("true", hues)["condition"],
                    "tooltip": [*times, {"field": "actor", "title": "Actor"}],
                },
            },
        ],
        **_HOW,
    }


def _bin_days(days: npt.NDArray[np.int32]) -> int:
    """How many days a bin is wide: the least round number that gives no more than _BINS of them."""
    whole = int(days.max() - days.min()) + 1
    return next((unit for unit in (1, 7, 14, 30, 91, 182) if whole / unit <= _BINS), max(365, whole // _BINS))


def _bin(start: int, unit: int, number: int, n: int) -> dict[str, Any]:
    at = start + number * unit
    return {"start": at * _DAY, "end": (at + unit) * _DAY, "n": n}


def _brush() -> dict[str, Any]:
    return {"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}


def _colour(test: str, hues: Mapping[str, str]) -> dict[str, Any]:
    """An actor's colour where the incident is shown, grey for the ghost of the others."""
    scale = {"domain": list(hues), "range": list(hues.values())}
    shown = {"test": test, "field": "actor", "type": "nominal", "scale": scale, "legend": None}
    return {"condition": shown, "value": _GHOST}


def _widen(rows: Sequence[dict[str, Any]]) -> None:
    """Lengthen bars that are too short to be seen, about their middle; what they tell of stays as it is."""
    whole = max((r["end"] for r in rows), default=0) - min((r["start"] for r in rows), default=0)
    for row in rows:
        short = whole * _LEAST_SHARE - (row["end"] - row["start"])
        if short > 0:
            row["start"], row["end"] = row["start"] - short / 2, row["end"] + short / 2
