"""A server on this machine that hands out country dumps, and can be told to misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    """Hands out files at GeoNames' paths; `script` holds what goes wrong first.

    `before_answer` is called before each answer.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.script, self.ranges = files, list[str](), list[str | None]()
        self.before_answer: Callable[[], object] = lambda: None

    @classmethod
    def started(cls, files: dict[str, bytes]) -> Server:
        """A server that runs in a thread of this process until `shutdown`."""
        server = cls(files)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    @property
    def address(self) -> str:
        """What the setting of GeoNames' address is set to."""
        return f"http://127.0.0.1:{self.server_port}/export/dump"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.before_answer()
        content = self.server.files.get(self.path.rsplit("/", 1)[1])
        wrong = self.server.script.pop(0) if self.server.script else ""
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        if content is None or wrong == "503":
            self.send_response(404 if content is None else 503)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        body = content[start:]
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(body) + (7 if wrong == "length" else 0)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if wrong == "cut" else b"x" * len(body) if wrong == "garbage" else body)

    def log_message(self, *_: object) -> None:
        pass
