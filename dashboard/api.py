"""Routes beside Streamlit's pages: incidents as GeoJSON, every export, briefing sheets, map tiles, the dark basemap."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import urls
from dashboard.cache import current_snapshot, current_store
from dashboard.map import tiles
from dashboard.map.basemap import dark_style
from dashboard.map.geojson import Feature, collection_bytes
from dashboard.map.palette import DARK, Theme
from geo.errors import FilterError, GeoError, StoreError
from geo.exports import FORMATS, ExportFormat
from geo.incidents.filters import Selection

_MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf", "zip": "application/zip"}
# A day: the address of a tile changes with what it shows, so a cached one is never out of date.
_CACHED = {"cache-control": "private, max-age=86400"}
_GEOJSON = "application/geo+json"


async def _incidents(request: Request) -> Response:
    return await _export_response(request, FORMATS["geojson"])


async def _export(request: Request) -> Response:
    name = request.path_params["form"]
    export_format = FORMATS.get(name)
    if export_format is None:
        return PlainTextResponse(f"{name} is not a format; give one of {', '.join(FORMATS)}", status_code=404)
    response = await _export_response(request, export_format)
    if response.status_code == 200:
        response.headers["content-disposition"] = f'attachment; filename="incidents.{export_format.extension}"'
    return response


async def _export_response(request: Request, export_format: ExportFormat) -> Response:
    try:
        selection = urls.parse_selection(request.query_params)
        content = await run_in_threadpool(_export_bytes, export_format, selection)
    except GeoError as error:
        return _error_response(error)
    return Response(content, media_type=export_format.mime)


def _export_bytes(export_format: ExportFormat, selection: Selection) -> bytes:
    snapshot = current_snapshot()
    return export_format.dumps(snapshot.columns.select(selection), selection, len(snapshot.reports))


async def _briefing(request: Request) -> Response:
    file_format, size = request.path_params["form"], request.query_params.get("size", "a4")
    try:
        selection = urls.parse_selection(request.query_params)
        content = await run_in_threadpool(_briefing_bytes, selection, file_format, size, str(request.base_url))
    except GeoError as error:
        return _error_response(error)
    headers = {"content-disposition": f'attachment; filename="briefing.{file_format}"'}
    return Response(content, media_type=_MEDIA_TYPES[file_format], headers=headers)


def _briefing_bytes(selection: Selection, file_format: str, size: str, base: str) -> bytes:
    """The sheet. The store also records what it showed, for the list of changes since."""
    from dashboard.briefing.sheet import Sheet, draw_sheet

    snapshot = current_snapshot()
    link = urls.page_url(base, selection)
    sheet = Sheet(snapshot.columns.select(selection), snapshot.records, selection, len(snapshot.reports), link)
    content = draw_sheet(sheet, file_format, size)
    try:
        current_store().keep_briefing(sheet.to_briefing())
    except StoreError as error:
        logging.getLogger(__name__).warning("the briefing sheet was made, but not recorded in the store: %s", error)
    return content


def _error_response(error: GeoError) -> Response:
    """Status 400 where the address is wrong, 503 where the store cannot be read."""
    return PlainTextResponse(str(error), status_code=400 if isinstance(error, FilterError) else 503)


def _cluster_tile(selection: Selection, theme: Theme, z: int, x: int, y: int) -> list[Feature]:
    return current_snapshot().cluster_tile(selection, theme, z, x, y)


def _incident_tile(selection: Selection, theme: Theme, *_: int) -> list[Feature]:
    return current_snapshot().individual_features(selection, theme)


# Kinds of tiles: of the incidents of a selection, and those that are the same for every selection.
_INCIDENT_TILES: dict[str, Callable[[Selection, Theme, int, int, int], list[Feature]]] = {
    "clusters": _cluster_tile,
    "incidents": _incident_tile,
}
_STATIC_TILES = {"labels": tiles.label_tile, "grid": tiles.grid_tile}


async def _tile(request: Request) -> Response:
    """A tile as GeoJSON."""
    kind, (z, x, y) = request.path_params["kind"], (int(request.path_params[n]) for n in "zxy")
    if not tiles.exists(z, x, y) or kind not in (*_INCIDENT_TILES, *_STATIC_TILES):
        return PlainTextResponse(f"not a tile: {kind} {z}/{x}/{y}", status_code=404)
    try:
        if kind in _INCIDENT_TILES:
            selection, theme = urls.parse_selection(request.query_params), urls.parse_theme(request.query_params)
            features = await run_in_threadpool(_INCIDENT_TILES[kind], selection, theme, z, x, y)
        else:
            features = _STATIC_TILES[kind](z, x, y)
    except GeoError as error:
        return _error_response(error)
    return Response(collection_bytes(features), media_type=_GEOJSON, headers=_CACHED)


async def _dark_style(_: Request) -> Response:
    return Response(dark_style(), media_type="application/json", headers=_CACHED)


ROUTES = [
    Route(urls.INCIDENTS_PATH, _incidents),
    Route(urls.EXPORT_PATH + "/{form}", _export),
    Route(urls.BRIEFING_PATH + "/{form}", _briefing),
    Route(DARK.style_url, _dark_style),
    Route(urls.TILES_PATH + "/{kind}/{z:int}/{x:int}/{y:int}", _tile),
]
