"""The chart of the timeline: each incident as a bar from its first to its last possible day; many as a histogram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import labels
from dashboard.map.palette import OTHER, Rgb, to_hex
from geo.incidents.columns import IncidentColumns, Mask
from geo.incidents.filters import Selection

_ROW_PIXELS, _AXIS_PIXELS = 26, 50  # height of an actor's row, and of the axis with its margin
_MIN_PIXELS, _MAX_PIXELS = 110, 260  # height of the chart
_MIN_SHARE = 0.012  # of the time shown: a bar is drawn at least that long, or it could not be seen or clicked
_TOOLTIP = {
    "type": labels.FIELDS["incident_type"],
    "actor": labels.FIELDS["actor_name"],
    "date": labels.FIELDS["date"],
    "place": labels.FIELDS["place"],
}
_OUTSIDE = "#9a9a9a"  # incidents outside the filters
_OTHER_COLOUR = "#606060"
_DAY = 86_400_000  # milliseconds
MAX_BARS = 300  # incidents that have a bar each; more are a histogram
_MAX_BINS = 120  # in a histogram: each is then some six pixels wide
# Drawn on a canvas: in an SVG the brush has elements without a name, which a screen reader would read out. The table
# lists what the chart shows.
_CONFIG = {
    "config": {"view": {"stroke": None}, "axis": {"labelFontSize": 12, "gridColor": "#8a8a8a", "gridOpacity": 0.25}},
    "usermeta": {"embedOptions": {"renderer": "canvas"}},
}
_BIN = ["start", "end", "n"]
_MAX_ACTORS = 7  # with a colour of their own in the histogram: the palette has no more


def timeline_chart(
    columns: IncidentColumns, mask: Mask, colours: Mapping[str, Rgb], selected: str | None, clock: str
) -> dict[str, Any] | None:
    """The chart as a Vega-Lite specification, by one of the CLOCKS; None where no incident has such a date.

    Incidents outside the mask are grey. Its parameters: `pick` an incident, `brush` a time span.
    """
    first, last, dated = columns.days(clock)
    if not dated.any():
        return None
    if dated.sum() > MAX_BARS:
        return _histogram(columns, mask, colours, first, dated)
    return _bars(columns, mask, colours, selected, (first, last, dated))


def _bars(
    columns: IncidentColumns, mask: Mask, colours: Mapping[str, Rgb], selected: str | None,
    days: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Mask],
) -> dict[str, Any]:  # fmt: skip
    first, last, dated = days
    rows: list[dict[str, Any]] = []
    for i in np.flatnonzero(dated):
        record = columns.records[i]
        rows.append(
            {
                "id": record.id,
                "actor": record.actor_name,
                "type": labels.TYPES[record.incident_type],
                "place": labels.place(record),
                "date": labels.dates(record.start_date, record.end_date),
                "start": int(first[i]) * _DAY,
                "end": (int(last[i]) + 1) * _DAY,
                "shown": bool(mask[i]),
                "selected": record.id == selected,
            }
        )
    _widen(rows)
    actors = sorted({r["actor"] for r in rows}, key=lambda a: (list(colours).index(a), a))
    return {
        "height": min(_MAX_PIXELS, max(_MIN_PIXELS, _ROW_PIXELS * len(actors) + _AXIS_PIXELS)),
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 13, "cursor": "pointer", "cornerRadius": 3},
        "params": [{"name": "pick", "select": {"type": "point", "fields": ["id"]}}, _brush()],
        "encoding": {
            "x": {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "title": None},
            "x2": {"field": "end"},
            "y": {"field": "actor", "type": "nominal", "sort": actors, "title": None, "axis": {"labelLimit": 220}},
            "opacity": {"condition": {"test": "datum.shown", "value": 0.9}, "value": 0.3},
            "color": _colour("datum.shown", {a: to_hex(colours[a]) for a in actors}),
            "stroke": {"condition": {"test": "datum.selected", "value": "#7a7a7a"}, "value": None},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0},
            "tooltip": [{"field": name, "title": title} for name, title in _TOOLTIP.items()],
        },
        **_CONFIG,
    }


def _histogram(
    columns: IncidentColumns, mask: Mask, colours: Mapping[str, Rgb], first: npt.NDArray[np.int32], dated: Mask
) -> dict[str, Any]:
    """Incidents by bins of time and by actor; all incidents, also those outside the mask, are grey behind them."""
    named = list(colours)[:_MAX_ACTORS]
    hues = {actor: to_hex(colours[actor]) for actor in named} | {OTHER: _OTHER_COLOUR}
    x = {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "title": None}
    y = {"field": "n", "type": "quantitative", "title": None}
    times = [
        {"field": "start", "type": "temporal", "format": "%-d %b %Y", "title": "From"},
        {"field": "n", "title": "Incidents"},
    ]
    bar = {"type": "bar", "orient": "vertical", "binSpacing": 0}
    behind = {"x": x, "x2": {"field": "end"}, "y": y, "tooltip": times}
    in_front = {
        "x": x,
        "x2": {"field": "end"},
        "y": y | {"stack": "zero"},
        "color": _colour("true", hues)["condition"],
        "tooltip": [*times, {"field": "actor", "title": labels.FIELDS["actor_name"]}],
    }
    return {
        "height": 150,
        # Named data: a filter then changes the data only, and the browser keeps the chart.
        "datasets": _bin_counts(columns, mask, named, first, dated),
        "layer": [
            {
                "data": {"name": "whole"},
                "mark": {**bar, "color": _OUTSIDE, "opacity": 0.3},
                "encoding": behind,
                "params": [_brush()],
            },
            {"data": {"name": "shown"}, "mark": bar, "encoding": in_front},
        ],
        **_CONFIG,
    }


def _bin_counts(
    columns: IncidentColumns, mask: Mask, named: Sequence[str], first: npt.NDArray[np.int32], dated: Mask
) -> dict[str, pd.DataFrame]:
    """Number of incidents in each bin: `whole` of all incidents, `shown` of those in the mask by actor."""
    start, width = int(first[dated].min()), _bin_days(first[dated])
    bins = (first - start) // width

    def rows(members: Mask) -> list[dict[str, Any]]:
        return [_bin(start, width, b, int(n)) for b, n in enumerate(np.bincount(bins[members])) if n]

    parts = {actor: mask & dated & columns.mask(Selection(actor=(actor,))) for actor in named}
    parts[OTHER] = mask & dated & ~np.logical_or.reduce(list(parts.values()))
    shown = [row | {"actor": actor} for actor, part in parts.items() for row in rows(part)]
    return {
        "whole": pd.DataFrame(rows(dated), columns=_BIN),
        "shown": pd.DataFrame(shown, columns=[*_BIN, "actor"]),
    }


def _bin_days(days: npt.NDArray[np.int32]) -> int:
    """The width of a bin in days: the smallest of some round numbers that gives at most _MAX_BINS bins."""
    whole = int(days.max() - days.min()) + 1
    return next((unit for unit in (1, 7, 14, 30, 91, 182) if whole / unit <= _MAX_BINS), max(365, whole // _MAX_BINS))


def _bin(start: int, unit: int, number: int, n: int) -> dict[str, Any]:
    at = start + number * unit
    return {"start": at * _DAY, "end": (at + unit) * _DAY, "n": n}


def _brush() -> dict[str, Any]:
    return {"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}


def _colour(test: str, hues: Mapping[str, str]) -> dict[str, Any]:
    """The actor's colour where the test is true, else grey."""
    scale = {"domain": list(hues), "range": list(hues.values())}
    shown = {"test": test, "field": "actor", "type": "nominal", "scale": scale, "legend": None}
    return {"condition": shown, "value": _OUTSIDE}


def _widen(rows: Sequence[dict[str, Any]]) -> None:
    """Lengthen bars that are too short to be seen, around their middle; their tooltips stay correct."""
    span = max((r["end"] for r in rows), default=0) - min((r["start"] for r in rows), default=0)
    for row in rows:
        missing = span * _MIN_SHARE - (row["end"] - row["start"])
        if missing > 0:
            row["start"], row["end"] = row["start"] - missing / 2, row["end"] + missing / 2
