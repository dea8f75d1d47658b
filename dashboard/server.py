"""The dashboard as one web application: Streamlit's pages behind headers that keep the browser at home."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.live import ROUTES
from geo.settings import BASEMAP

# The map works in blob workers; nothing may come from or go to another host.
_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; worker-src blob: 'self'; "
    "child-src blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{other}; font-src 'self' data:; "
    "connect-src 'self' ws: blob: data:{other}; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
)


class Headers:
    """Adds the headers of safety to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        policy = _POLICY.format(scripts=_page_scripts(), other=" https:" if BASEMAP.get() else "")
        self._added = [
            (b"content-security-policy", policy.encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._added]
            await send(message)

        await self._app(scope, receive, with_headers)


def _page_scripts() -> str:
    """Hashes of the scripts in Streamlit's own page, by which the policy knows them."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return "".join(f" 'sha256-{value}'" for value in hashes)


def application() -> Any:
    """The application to run."""
    return st.App(str(Path(__file__).with_name("app.py")), routes=ROUTES, middleware=[Middleware(Headers)])
