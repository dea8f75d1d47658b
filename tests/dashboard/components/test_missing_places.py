"""The notice about names that the gazetteer lacks, and the button that fetches their country's places."""

from __future__ import annotations

import html
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import place_fetching
from dashboard.cache import current_store
from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.ingest import ingest
from geo.reports import report
from geo.store import Store
from tests.cli.test_offer import DUMP, REPORT, VILLAGE, dump_of
from tests.dump_server import Server

SECONDS = 60  # that a fetching may take on a busy machine
HOSTILE = "Grzqwabat ![x](http://evil.example/p.png) <b>Gharbiyah</b>"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gazetteer: Gazetteer) -> Iterator[Server]:
    """A server with a dump of Syria, beside a gazetteer and a fetcher of the test's own."""
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(gazetteer.path, path)
    running = Server.started({"SY.zip": dump_of(DUMP, tmp_path / "SY-dump.zip")})
    monkeypatch.setenv("DESECRATION_GAZETTEER", str(path))
    monkeypatch.setenv("DESECRATION_GEONAMES", running.address)
    place_fetching.FETCHER.current = None
    yield running
    place_fetching.FETCHER.current = None
    running.shutdown()
    running.server_close()


@pytest.fixture
def store_with_village(own_store: str, extractor: Extractor) -> str:
    store = Store(own_store)
    fields = {"id": "village", "publisher": "The Times", "published": "2019-05-04"}
    ingest([report(REPORT, "test", fields)], store, lambda: extractor)
    store.close()
    return own_store


def press(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def wait_for_end() -> place_fetching.Fetching:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        current = place_fetching.FETCHER.current
        if current is not None and not current.is_running:
            return current
        time.sleep(0.1)
    raise AssertionError(f"still {place_fetching.FETCHER.current}")


def notices(at: AppTest) -> str:
    boxes = [e.value.replace("\\", "") for e in (*at.info, *at.success, *at.error)]
    return "\n".join([*boxes, *(h.proto.body for h in at.get("html"))])


@pytest.mark.parametrize("view", ["explore", "reports"])
def test_without_missing_names_there_is_no_notice(
    page: Callable[..., AppTest], seeds_url: str, server: Server, view: str
) -> None:
    at = page(seeds_url, view)
    assert not at.exception
    assert not [b for b in at.button if b.key and b.key.startswith("fetch_")]


def test_the_button_fetches_and_the_page_says_what_it_brought(
    page: Callable[..., AppTest], store_with_village: str, server: Server
) -> None:
    at = page(store_with_village)
    assert f"1 name in Syria is not in the gazetteer ({VILLAGE})" in notices(at)
    assert server.ranges == []
    press(at, "fetch_SY")
    assert wait_for_end().error == ""
    at.run()
    assert not at.exception
    assert "2 places of Syria were added. Names now in the gazetteer: 1 of 1; 1 incident gained a place" in notices(at)
    assert not [b for b in at.button if b.key == "fetch_SY"]
    press(at, "close_fetching")
    assert "were added" not in notices(at)
    places = {c.where.place.name for i in current_store().incidents() for c in i.claims if c.where and c.where.place}
    assert VILLAGE in places


def test_while_it_runs_the_page_shows_how_far_it_is_and_stays_usable(
    page: Callable[..., AppTest], store_with_village: str, server: Server
) -> None:
    go_on = threading.Event()
    server.before_answer = go_on.wait
    at = page(store_with_village)
    try:
        press(at, "fetch_SY")
        assert "Downloading the places of Syria: 0 kB" in notices(at)
        at.multiselect(key="year").set_value([2019]).run()
        assert not at.exception
        assert "**1 of 5** incidents shown" in "\n".join(m.value for m in at.markdown)
        assert "Downloading the places of Syria" in notices(at)
    finally:
        go_on.set()
    assert wait_for_end().step == place_fetching.DONE
    assert server.ranges == [None]


@pytest.mark.parametrize("wrong", ["404", "garbage"])
def test_what_fails_is_said_and_can_be_tried_again(
    page: Callable[..., AppTest], store_with_village: str, server: Server, wrong: str
) -> None:
    whole = server.files.pop("SY.zip")
    if wrong == "garbage":
        server.files["SY.zip"] = b"PK\x03\x04 not a zip archive"
    at = page(store_with_village)
    press(at, "fetch_SY")
    assert wait_for_end().step == place_fetching.FAILED
    at.run()
    assert "The places of Syria could not be fetched, and nothing was changed." in notices(at)
    assert "gazetteer import" in notices(at)
    server.files["SY.zip"] = whole
    press(at, "fetch_SY")
    assert wait_for_end().step == place_fetching.DONE


def test_it_can_be_put_away_and_stays_on_the_coverage_page(
    page: Callable[..., AppTest], store_with_village: str, server: Server
) -> None:
    at = page(store_with_village)
    press(at, "decline_SY")
    assert VILLAGE not in notices(at)
    coverage = page(store_with_village, "reports")
    assert VILLAGE in notices(coverage)
    assert coverage.button(key="fetch_SY").label == "Fetch the places of Syria"


def test_a_hostile_name_is_shown_as_text(page: Callable[..., AppTest], store_with_village: str, server: Server) -> None:
    with sqlite3.connect(store_with_village.removeprefix("sqlite:///")) as db:
        db.execute("UPDATE toponym SET name = ? WHERE name = ?", (HOSTILE, VILLAGE))
    (notice,) = [n for n in notices(page(store_with_village)).split("\n") if "evil" in n]
    assert "<b>" not in notice
    assert html.escape(HOSTILE) in notice  # not read as Markdown either, which would fetch the picture
