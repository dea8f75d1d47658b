"""The store's state, read again only when it changed, and served as files: a live layer, every export, map names.

Streamlit's pages and the plain addresses under /api share one copy of it.
"""

from __future__ import annotations

import threading
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.layers import NAMES
from dashboard.queries import Book, load
from geo.errors import FilterError, GeoError
from geo.exports import FORMS, Form, form
from geo.gazetteer.sources import labels
from geo.selection import Selection, bbox
from geo.settings import GAZETTEER, STORE
from geo.store import Store

if TYPE_CHECKING:
    from geo.extraction.pipeline import Extractor

_lock = threading.Lock()
_books: dict[tuple[str, str], Book] = {}
# Filters of the contract's command line and of the page, by the kind of their values.
_MANY = (
    "actor", "actor_category", "type", "target_type", "country", "admin1", "assertion", "status", "publisher",
    "dataset",
)  # fmt: skip
_PICTURES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
_LIST = "/api/incidents.geojson"


@lru_cache(maxsize=4)
def store(url: str) -> Store:
    """The store at a URL, opened once."""
    return Store(url)


def book() -> Book:
    """What the store of this process holds now."""
    url = STORE.get()
    key = url, store(url).fingerprint()
    with _lock:
        if key not in _books:
            _books.clear()
            _books[key] = load(store(url))
        return _books[key]


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """What reads reports, loaded when the first one is read."""
    from geo.extraction.pipeline import Extractor
    from geo.gazetteer import Gazetteer
    from geo.gazetteer.build import ensure

    return Extractor(Gazetteer(ensure(Path(GAZETTEER.get()))))


def forget() -> None:
    """Read and open everything anew."""
    store.cache_clear()
    _books.clear()


def selection(params: QueryParams) -> Selection:
    """The filters that an address names. Raises FilterError."""
    many = {name: tuple(params.getlist(name)) for name in _MANY}
    since, until = _span(params)
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


def address(of: Selection, name: str) -> str:
    """Where the export of a form and a selection is."""
    return f"/api/export/{name}?{urlencode(of.stated(), doseq=True)}"


def sheet_address(of: Selection, kind: str, size: str) -> str:
    """Where the briefing sheet of a selection is."""
    return f"/api/briefing/{kind}?{urlencode({**of.stated(), 'size': size}, doseq=True)}"


def _span(params: QueryParams) -> tuple[date | None, date | None]:
    """From `datetime`, as OGC API Features has it ("2015-01-01/2015-12-31", ".." for open), or `since` and `until`."""
    told = params.get("datetime")
    first, last = (params.get("since"), params.get("until")) if told is None else (told.split("/") * 2)[:2]
    try:
        return tuple(None if t in (None, "", "..") else date.fromisoformat(t[:10]) for t in (first, last))  # type: ignore[return-value]
    except ValueError as error:
        raise FilterError("datetime", f"{first}/{last}", "is no span of days; write 2015-01-01/2015-12-31") from error


async def _incidents(request: Request) -> Response:
    return await _answer(request, FORMS["geojson"])


async def _export(request: Request) -> Response:
    try:
        written = form(request.path_params["form"])
    except FilterError as error:
        return PlainTextResponse(str(error), status_code=404)
    made = await _answer(request, written)
    if made.status_code == 200:
        made.headers["content-disposition"] = f'attachment; filename="incidents.{written.ending}"'
    return made


async def _answer(request: Request, written: Form) -> Response:
    try:
        chosen = selection(request.query_params)
        made = await run_in_threadpool(_written, written, chosen)
    except FilterError as error:
        return PlainTextResponse(str(error), status_code=400)
    except GeoError as error:
        return PlainTextResponse(str(error), status_code=503)
    return Response(made, media_type=written.mime)


def _written(written: Form, chosen: Selection) -> bytes:
    held = book()
    return written.dumps(held.frame.of(chosen), chosen, len(held.reports))


async def _briefing(request: Request) -> Response:
    kind, size = request.path_params["form"], request.query_params.get("size", "a4")
    base = str(request.base_url)
    try:
        made = await run_in_threadpool(_sheet, selection(request.query_params), kind, size, base)
    except FilterError as error:
        return PlainTextResponse(str(error), status_code=400)
    name = f'attachment; filename="briefing.{kind}"'
    return Response(made, media_type=_PICTURES.get(kind, "application/zip"), headers={"content-disposition": name})


def _sheet(chosen: Selection, kind: str, size: str, base: str) -> bytes:
    from dashboard.briefing import Sheet, bundle, picture

    held = book()
    link = f"{base}?{urlencode(chosen.stated(), doseq=True)}"
    sheet = Sheet(held.frame.of(chosen), held.summaries, chosen, len(held.reports), link)
    return bundle(sheet, size) if kind == "zip" else picture(sheet, kind, size)


async def _names(_: Request) -> Response:
    return Response(_labels(), media_type="application/json", headers={"cache-control": "max-age=86400"})


@lru_cache(maxsize=1)
def _labels() -> bytes:
    """Names of countries and divisions, each as large as its land, for the map."""
    return orjson.dumps(
        [{"p": [x.lon, x.lat], "t": x.name, "s": x.size_km * 1000, "c": x.is_country} for x in labels()]
    )


ROUTES = [
    Route(_LIST, _incidents),
    Route("/api/export/{form}", _export),
    Route("/api/briefing/{form}", _briefing),
    Route(NAMES, _names),
]
