"""Addresses of the application, and the filters in their query strings."""

from __future__ import annotations

import hashlib
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from dashboard.map.palette import DARK, LIGHT, Theme
from geo.errors import FilterError
from geo.incidents.filters import Selection, bbox

INCIDENTS_PATH = "/api/incidents.geojson"
EXPORT_PATH = "/api/export"
BRIEFING_PATH = "/api/briefing"
TILES_PATH = "/api/tiles"
_VERSION_CHARS = 12  # of a SHA-256: 48 bits, enough to tell the states of one store apart
_THEMES = {"light": LIGHT, "dark": DARK}
# Filters with several values, by their names in an address.
_MANY = (
    "actor", "actor_category", "type", "target_type", "country", "admin1", "assertion", "status", "publisher",
    "dataset",
)  # fmt: skip


def parse_selection(params: QueryParams) -> Selection:
    """The filters of an address. Raises FilterError."""
    many = {name: tuple(params.getlist(name)) for name in _MANY}
    since, until = _time_span(params)
    try:
        return Selection(
            **many,
            year=tuple(int(y) for y in params.getlist("year")),
            since=since,
            until=until,
            bbox=bbox(params["bbox"]) if params.get("bbox") else None,
            within_km=float(params["within_km"]) if params.get("within_km") else None,
            independent=int(params["independent"]) if params.get("independent") else None,
            text=params.get("text", ""),
            clock=params.get("clock", "occurred"),
        )
    except ValueError as error:
        raise error if isinstance(error, FilterError) else FilterError("filter", str(params), str(error)) from error


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
    return urlencode({**selection.stated(), **more}, doseq=True)


def _time_span(params: QueryParams) -> tuple[date | None, date | None]:
    """First and last day: from `datetime`, or else from `since` and `until`.

    `datetime` is written as in OGC API Features: "2015-01-01/2015-12-31", ".." for an open end.
    """
    interval = params.get("datetime")
    first, last = (params.get("since"), params.get("until")) if interval is None else (interval.split("/") * 2)[:2]
    try:
        return tuple(None if t in (None, "", "..") else date.fromisoformat(t[:10]) for t in (first, last))  # type: ignore[return-value]
    except ValueError as error:
        reason = "is not an interval of days; write 2015-01-01/2015-12-31"
        raise FilterError("datetime", f"{first}/{last}", reason) from error
