"""Addresses of the application, and the filters in their query strings."""

from __future__ import annotations

import hashlib
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from dashboard.map.palette import DARK, LIGHT, Theme
from geo.errors import FilterError
from geo.incidents.filters import Selection

INCIDENTS_PATH = "/api/incidents.geojson"
EXPORT_PATH = "/api/export"
BRIEFING_PATH = "/api/briefing"
TILES_PATH = "/api/tiles"
_VERSION_CHARS = 12  # of a SHA-256: 48 bits, enough to tell the states of one store apart
_DAY_CHARS = len("2015-01-01")  # of a moment such as 2015-01-01T12:00:00Z
_THEMES = {"light": LIGHT, "dark": DARK}


def parse_selection(params: QueryParams) -> Selection:
    """The filters of an address; `datetime` gives the time span too. Raises FilterError."""
    interval = params.get("datetime")
    return Selection.from_query([*params.multi_items(), *(_time_span(interval) if interval else ())])


def parse_theme(params: QueryParams) -> Theme:
    """The theme that a tile is drawn for; light where none is given."""
    return _THEMES.get(params.get("theme", ""), LIGHT)


def page_url(base: str, selection: Selection) -> str:
    """The permalink of the map with a selection."""
    return f"{base}?{_query(selection)}"


def export_url(selection: Selection, export_format: str) -> str:
    """The address of a selection as a file in one of the export formats."""
    return f"{EXPORT_PATH}/{export_format}?{_query(selection)}"


def briefing_url(selection: Selection, file_format: str, size: str) -> str:
    """The address of the briefing sheet of a selection."""
    return f"{BRIEFING_PATH}/{file_format}?{_query(selection, size=size)}"


def tiles_url(kind: str, selection: Selection, theme: Theme, version: str) -> str:
    """The address of the tiles of a selection. It differs for each version of the store, so browsers may cache it."""
    short_version = hashlib.sha256(version.encode()).hexdigest()[:_VERSION_CHARS]
    theme_name = next(name for name, known in _THEMES.items() if known is theme)
    return f"{TILES_PATH}/{kind}/{{z}}/{{x}}/{{y}}?{_query(selection, version=short_version, theme=theme_name)}"


def _query(selection: Selection, **more: str) -> str:
    return urlencode([*selection.to_query(), *more.items()])


def _time_span(interval: str) -> list[tuple[str, str]]:
    """`since` and `until` of an interval as OGC API Features writes it: "2015-01-01/2015-12-31", ".." for an open end.

    An empty text is an open end too, so that the interval replaces filters that are given beside it.
    """
    first, _, last = interval.partition("/")
    days = [_day(text, interval) for text in (first, last if "/" in interval else first)]
    return list(zip(("since", "until"), days, strict=True))


def _day(text: str, interval: str) -> str:
    """The day of a date or a moment, empty for an open end."""
    if text in ("", ".."):
        return ""
    try:
        return date.fromisoformat(text[:_DAY_CHARS]).isoformat()
    except ValueError as error:
        raise FilterError("datetime", interval, "is not an interval of days; write 2015-01-01/2015-12-31") from error
