"""The notice about names that the gazetteer lacks, in a real browser: wide and narrow, and its button pressed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.ingest import ingest
from geo.linking.service import open_store
from geo.reports import read, report
from tests.browser.conftest import serving
from tests.browser.test_page import COUNT, OUTPUT, opened, settle
from tests.cli.test_offer import DUMP, REPORT, VILLAGE, dump_of
from tests.conftest import SEEDS
from tests.dump_server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server.started({"SY.zip": dump_of(DUMP, tmp_path / "SY-dump.zip")})
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def address(gazetteer: Gazetteer, extractor: Extractor, server: Server, tmp_path: Path) -> Iterator[str]:
    """A dashboard whose reports name a village in Syria that its gazetteer lacks."""
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(gazetteer.path, path)
    store = open_store(f"sqlite:///{tmp_path / 's.sqlite'}")
    fields = {"id": "village", "publisher": "The Times", "published": "2019-05-04"}
    ingest([*read([str(SEEDS)]), report(REPORT, "test", fields)], store, lambda: extractor)
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESECRATION_GAZETTEER", str(path))
        patch.setenv("DESECRATION_GEONAMES", server.address)
        yield from serving(tmp_path)


@pytest.mark.parametrize("size", list(SIZES))
def test_the_notice_fits_the_page(page: Page, address: str, size: str) -> None:
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    opened(page, address)
    notice = page.locator(".st-key-missing_SY")
    expect(notice).to_contain_text(VILLAGE)
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"missing_places_{size}.png")
    box = notice.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= SIZES[size]["width"]
    assert box["height"] <= (80 if size == "wide" else 220)
    page.get_by_role("button", name="Not now").click()
    settle(page)
    expect(notice).to_have_count(0)
    page.screenshot(path=OUTPUT / f"missing_places_put_away_{size}.png")


def test_the_button_brings_the_village_onto_the_map(page: Page, address: str, server: Server) -> None:
    go_on = threading.Event()
    server.before_answer = lambda: go_on.wait(60)
    opened(page, address)
    expect(page.locator(COUNT).first).to_contain_text("5 of 5 incidents shown")
    page.get_by_role("button", name="Fetch the places of Syria").click()
    progress = page.locator("[data-testid=stAlert]", has_text="Downloading the places of Syria")
    expect(progress).to_be_visible()
    page.get_by_role("link", name="Add reports").click()  # the page stays usable meanwhile
    expect(page.get_by_label("Paste a report")).to_be_visible()
    page.get_by_role("link", name="Map").click()
    expect(progress).to_be_visible()
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / "missing_places_progress.png")
    go_on.set()
    end = page.locator("[data-testid=stAlert]", has_text="2 places of Syria were added")
    expect(end).to_be_visible(timeout=90_000)
    expect(end).to_contain_text("Names now in the gazetteer: 1 of 1; 1 incident gained a place")
    expect(page.get_by_role("button", name=VILLAGE).or_(page.get_by_text(VILLAGE)).first).to_be_visible()
    page.screenshot(path=OUTPUT / "missing_places_end.png")
    page.get_by_role("button", name="Close").click()
    expect(end).to_have_count(0)


def test_without_the_server_the_page_says_what_to_do(page: Page, address: str, server: Server) -> None:
    server.files.clear()
    opened(page, address)
    page.get_by_role("button", name="Fetch the places of Syria").click()
    failed = page.locator("[data-testid=stAlert]", has_text="nothing was changed")
    expect(failed).to_be_visible(timeout=60_000)
    expect(failed).to_contain_text("404")
    expect(failed).to_contain_text("python -m geo gazetteer import FILE.zip")
    page.screenshot(path=OUTPUT / "missing_places_failed.png")
    expect(page.get_by_role("button", name="Fetch the places of Syria")).to_be_enabled()
