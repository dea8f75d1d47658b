"""The online fallback through geopy itself, against a stub server on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.errors import OnlineError
from geo.geocoding.online import Limiter, OnlineGeocoder
from geo.settings import PROJECT
from geo.store import Store
from tests.conftest import Run

FOUND = [
    {
        "lat": "36.1",
        "lon": "37.2",
        "name": "Qaxxutlan",
        "display_name": "Qaxxutlan, Syria",
        "osm_type": "node",
        "osm_id": 17,
        "boundingbox": ["36.09", "36.11", "37.19", "37.21"],
        "address": {"state": "Aleppo", "ISO3166-2-lvl4": "SY-HL", "country_code": "sy"},
    }
]


class Stub(ThreadingHTTPServer):
    """A Nominatim server that answers from a script and records when it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[float, str, str]] = []
        self.script: list[tuple[int, dict[str, str], str]] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_GET(self) -> None:
        with self.server.lock:
            query = parse_qs(urlsplit(self.path).query)["q"][0]
            self.server.asked.append((time.time(), query, self.headers["User-Agent"]))
            default = (200, {}, json.dumps(FOUND if query.startswith("Qaxx") else []))
            status, headers, body = self.server.script.pop(0) if self.server.script else default
        if status == 0:
            time.sleep(1.5)  # longer than the client waits
        self.send_response(status or 200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 's.sqlite'}")


@pytest.fixture
def geocode(stub: Stub, store: Store, tmp_path: Path) -> OnlineGeocoder:
    limiter = Limiter(tmp_path / "limiter", sleep=lambda _: None)  # these tests are of answers, not of waiting
    return OnlineGeocoder(stub.url, "analyst@example.org", store, limiter, timeout=1)


def test_a_place_is_looked_up_once_and_stored(geocode: OnlineGeocoder, stub: Stub) -> None:
    first = geocode("Qaxxutlan", "SY")
    assert first is not None
    assert (first.lat, first.lon, first.country, first.admin1_code) == (36.1, 37.2, "SY", "SY-HL")
    assert first.source == "OpenStreetMap"
    assert 1 < first.uncertainty_km < 2
    assert geocode("Qaxxutlan", "SY") == first
    assert len(stub.asked) == 1
    assert "desecration-map" in stub.asked[0][2]
    assert "analyst@example.org" in stub.asked[0][2]


def test_an_unknown_name_is_stored_too(geocode: OnlineGeocoder, stub: Stub) -> None:
    assert geocode("Nowhere at all", None) is None
    assert geocode("Nowhere at all", None) is None
    assert len(stub.asked) == 1


@pytest.mark.parametrize(
    "script",
    [
        [(429, {"Retry-After": "1"}, "slow down")],
        [(503, {}, "busy")],
        [(0, {}, "[]")],
        [(500, {}, "oops"), (502, {}, "oops")],
    ],
    ids=["429", "503", "timeout", "500 twice"],
)
def test_a_busy_server_is_asked_again(
    geocode: OnlineGeocoder, stub: Stub, script: list[tuple[int, dict[str, str], str]]
) -> None:
    stub.script = list(script)
    assert geocode("Qaxxutlan", "SY") is not None
    assert len(stub.asked) == len(script) + 1


@pytest.mark.parametrize(
    "body", ["<html>not JSON", '{"a": 1}', "[17]", '[{"lat": "x", "lon": "1"}]', '[{"lat": "95", "lon": "1"}]']
)
def test_a_malformed_answer_is_not_a_place_and_not_stored(geocode: OnlineGeocoder, stub: Stub, body: str) -> None:
    stub.script = [(200, {}, body)] * 3
    assert geocode("Qaxxutlan", "SY") is None
    stub.script = []
    assert geocode("Qaxxutlan", "SY") is not None


def test_a_server_that_asks_to_wait_an_hour_is_not_asked_again(geocode: OnlineGeocoder, stub: Stub) -> None:
    stub.script = [(429, {"Retry-After": "3600"}, "")] * 3
    assert geocode("Qaxxutlan", "SY") is None
    assert len(stub.asked) == 1


def test_an_unreachable_server_is_not_an_error(store: Store, tmp_path: Path) -> None:
    limiter = Limiter(tmp_path / "limiter", sleep=lambda _: None)
    assert OnlineGeocoder("http://127.0.0.1:1", "me", store, limiter, timeout=1)("Homs", None) is None


def test_a_contact_is_required(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OnlineError, match="DESECRATION_CONTACT"):
        OnlineGeocoder("http://127.0.0.1:1", " ", store, Limiter(tmp_path / "limiter"))


ASKER = """
import sys, threading
from pathlib import Path
from geo.geocoding.online import Limiter, OnlineGeocoder
from geo.store import Store
url, folder, name = sys.argv[1:]
store, limiter = Store(f"sqlite:///{folder}/s.sqlite"), Limiter(Path(folder) / "limiter")
def ask(i): OnlineGeocoder(url, "me", store, limiter)(f"Qaxx {name} {i}", None)
threads = [threading.Thread(target=ask, args=(i,)) for i in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
"""


def test_eight_threads_in_two_processes_keep_to_one_request_a_second(stub: Stub, store: Store, tmp_path: Path) -> None:
    run = [sys.executable, "-c", ASKER, stub.url, str(tmp_path)]
    askers = [subprocess.Popen([*run, name], cwd=PROJECT) for name in "ab"]
    assert [a.wait(timeout=90) for a in askers] == [0, 0]
    times = sorted(at for at, _, _ in stub.asked)
    assert len(times) == 8
    # Requests leave a second apart; on the way to the server each may be delayed by a few hundredths.
    assert min(b - a for a, b in pairwise(times)) > 0.8
    assert times[-1] - times[0] > 6.8


def test_the_command_line_asks_only_with_the_option_and_only_once(geo: Run, stub: Stub, tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text("In Syria, vandals smashed graves in the village of Qaxxutlan on Monday.")
    env = {
        "DESECRATION_ONLINE": stub.url,
        "DESECRATION_CONTACT": "me@example.org",
        "DESECRATION_LIMITER": str(tmp_path / "limiter"),
        "DESECRATION_STORE": f"sqlite:///{tmp_path / 's.sqlite'}",
    }
    unasked = json.loads(geo("extract", report, **env).stdout)
    (toponym,) = [t for t in unasked["toponyms"] if t["text"] == "Qaxxutlan"]
    assert (toponym["place"], bool(toponym["reason"]), stub.asked) == (None, True, [])
    for _ in range(2):
        done = geo("extract", report, "--online", **env)
        assert done.returncode == 0, done.stderr
        (place,) = [t["place"] for t in json.loads(done.stdout)["toponyms"] if t["text"] == "Qaxxutlan"]
        assert place["source"] == "OpenStreetMap"
    assert len(stub.asked) == 1
    assert geo("ingest", report, "--online", **env).returncode == 0
    exported = json.loads(geo("export", **env).stdout)
    assert exported["features"][0]["geometry"]["coordinates"] == [37.2, 36.1]
    assert any("OpenStreetMap" in credit["credit"] for credit in exported["licence"])


def test_without_a_contact_the_error_names_the_setting(geo: Run, stub: Stub) -> None:
    done = geo("extract", "seeds", "--online", DESECRATION_ONLINE=stub.url)
    assert done.returncode == 1
    assert "DESECRATION_CONTACT" in done.stderr
