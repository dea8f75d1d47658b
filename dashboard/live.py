"""The store's state, read again only when it changed, and served as files: a live layer, every export, map tiles.

Streamlit's pages and the plain addresses under /api share one copy of it.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import tiles
from dashboard.palette import DARK, LIGHT, NIGHT, Ground
from dashboard.queries import Book, load
from dashboard.served import TILES
from geo.errors import FilterError, GeoError, StoreError
from geo.exports import FORMS, Form, form
from geo.incidents.filters import Selection, bbox
from geo.linking.service import open_store
from geo.settings import STORE
from geo.store import Store

if TYPE_CHECKING:
    from geo.extraction.pipeline import Extractor

_lock = threading.Lock()
_books: dict[str, Book] = {}
# Filters of the contract's command line and of the page, by the kind of their values.
_MANY = (
    "actor", "actor_category", "type", "target_type", "country", "admin1", "assertion", "status", "publisher",
    "dataset",
)  # fmt: skip
_PICTURES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
_LIST = "/api/incidents.geojson"
_DRAWN = {"land": tiles.land, "grid": tiles.grid}
_GROUNDS = {LIGHT: "light", DARK: "dark"}
_STYLE = Path(__file__).with_name("static") / "style.json"
_KEPT = {"cache-control": "private, max-age=86400"}


@lru_cache(maxsize=4)
def store(url: str) -> Store:
    """The store at a URL, opened once."""
    return open_store(url)


def book() -> Book:
    """What the store of this process holds now."""
    url = STORE.get()
    version = store(url).fingerprint()
    with _lock:
        if url not in _books or _books[url].version != version:
            _books.clear()
            _books[url] = load(store(url))
        return _books[url]


def extractor() -> Extractor:
    """What reads reports, loaded when the first one is read."""
    from geo.extraction.loading import load_extractor

    return load_extractor()


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


def tiles_address(kind: str, of: Selection, ground: Ground, version: str) -> str:
    """Where the tiles of the incidents of a selection are, `counted` or `singly`; another for another version."""
    told = {"version": hashlib.sha256(version.encode()).hexdigest()[:12], "ground": _GROUNDS[ground]}
    return f"{TILES}/{kind}/{{z}}/{{x}}/{{y}}?{urlencode({**of.stated(), **told}, doseq=True)}"


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
    except GeoError as error:
        return _refused(error)
    return Response(made, media_type=written.mime)


def _refused(error: GeoError) -> Response:
    """What was wrong: with the address, or with the store."""
    return PlainTextResponse(str(error), status_code=400 if isinstance(error, FilterError) else 503)


def _written(written: Form, chosen: Selection) -> bytes:
    held = book()
    return written.dumps(held.frame.of(chosen), chosen, len(held.reports))


async def _briefing(request: Request) -> Response:
    kind, size = request.path_params["form"], request.query_params.get("size", "a4")
    base = str(request.base_url)
    try:
        made = await run_in_threadpool(_sheet, selection(request.query_params), kind, size, base)
    except GeoError as error:
        return _refused(error)
    name = f'attachment; filename="briefing.{kind}"'
    return Response(made, media_type=_PICTURES.get(kind, "application/zip"), headers={"content-disposition": name})


def _sheet(chosen: Selection, kind: str, size: str, base: str) -> bytes:
    from dashboard.briefing import Sheet, drawn

    held = book()
    link = f"{base}?{urlencode(chosen.stated(), doseq=True)}"
    sheet = Sheet(held.frame.of(chosen), held.summaries, chosen, len(held.reports), link)
    made = drawn(sheet, kind, size)
    try:
        store(STORE.get()).keep_briefing(sheet.noted())
    except StoreError as error:
        logging.getLogger(__name__).warning("a sheet was made and could not be noted: %s", error)
    return made


def _counted(chosen: Selection, ground: Ground, tile: tuple[int, int, int]) -> list[tiles.Feature]:
    return book().counted(chosen, ground, *tile)


def _singly(chosen: Selection, ground: Ground, _: tuple[int, int, int]) -> list[tiles.Feature]:
    return book().singly(chosen, ground)


_OF_STORE = {"counted": _counted, "singly": _singly}


async def _tile(request: Request) -> Response:
    """A tile as GeoJSON; the browser keeps it, as its address changes with what it shows."""
    kind, (z, x, y) = request.path_params["kind"], (int(request.path_params[n]) for n in "zxy")
    if z > tiles.DEEPEST or not (0 <= x < 2**z and 0 <= y < 2**z) or kind not in (*_OF_STORE, *_DRAWN):
        return PlainTextResponse(f"there is no tile {kind} {z}/{x}/{y}", status_code=404)
    try:
        if kind in _OF_STORE:
            ground = DARK if request.query_params.get("ground") == _GROUNDS[DARK] else LIGHT
            chosen = selection(request.query_params)
            made = await run_in_threadpool(_OF_STORE[kind], chosen, ground, (z, x, y))
        else:
            made = _DRAWN[kind](z, x, y)
    except GeoError as error:
        return _refused(error)
    return Response(tiles.written(made), media_type="application/geo+json", headers=_KEPT)


async def _dark(_: Request) -> Response:
    return Response(_night(), media_type="application/json", headers=_KEPT)


@lru_cache(maxsize=1)
def _night() -> bytes:
    """The basemap's style with the paints of a dark ground."""
    text = _STYLE.read_text(encoding="utf-8")
    for day, night in NIGHT.items():
        text = text.replace(f'"{day}"', f'"{night}"')
    return text.encode()


ROUTES = [
    Route(_LIST, _incidents),
    Route("/api/export/{form}", _export),
    Route("/api/briefing/{form}", _briefing),
    Route(DARK.style, _dark),
    Route(TILES + "/{kind}/{z:int}/{x:int}/{y:int}", _tile),
]
