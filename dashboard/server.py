"""The dashboard as one web application: Streamlit's pages and the API, with security headers on every response."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api import ROUTES
from geo.settings import BASEMAP

# The map runs in workers that are started from blobs. Nothing may be loaded from or sent to another host, except
# the basemap where the settings name an online one.
_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; worker-src blob: 'self'; "
    "child-src blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{other}; font-src 'self' data:; "
    "connect-src 'self' ws: blob: data:{other}; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
)


class Headers:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        policy = _POLICY.format(scripts=_page_scripts(), other=" https:" if BASEMAP.get() else "")
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await self._app(scope, receive, with_headers)


def _page_scripts() -> str:
    """Hashes of the inline scripts in Streamlit's own page, as the policy lists them."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return "".join(f" 'sha256-{value}'" for value in hashes)


def application() -> Any:
    """The application; its `run` starts the server."""
    return st.App(str(Path(__file__).with_name("app.py")), routes=ROUTES, middleware=[Middleware(Headers)])
