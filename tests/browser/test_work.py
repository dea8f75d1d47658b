"""An analyst's work in the page: brush, play, review against a colleague, merge and undo, add reports, download a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.browser.test_page import COUNT, MAP, opened, settle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def workplace(gazetteer: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard whose store is written to, apart from the one that other tests count in."""
    yield from serving(tmp_path_factory.mktemp("workplace"))


def correcting(page: Page, address: str, incident: str, kind: str) -> None:
    """Open an incident's card as Ana, and the form for a kind of correction."""
    opened(page, address)
    page.get_by_role("button", name=incident).click()
    settle(page)
    as_analyst(page, "Ana")
    pick(page, "Correct", kind)


def count_of(page: Page) -> str:
    return page.locator(COUNT).first.inner_text()


def as_analyst(page: Page, name: str) -> None:
    reviewing(page)
    page.get_by_label("Your name").fill(name)
    page.keyboard.press("Tab")
    settle(page)


def reviewing(page: Page) -> None:
    """Open the review of the card, where it is not open."""
    fold = page.locator("details", has_text="Review and correct")
    expect(fold).to_be_visible()
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
        settle(page)


def pick(page: Page, label: str, text: str) -> None:
    """Choose from a list by the words of an option."""
    option = page.get_by_role("option").filter(has_text=text).first
    for _ in range(5):  # a run of the script that ends meanwhile closes the list
        page.get_by_role("combobox", name=re.compile(rf"{label}$")).click()
        page.wait_for_timeout(800)
        if option.is_visible():
            break
    option.click()
    settle(page)


def test_a_brush_over_the_timeline_filters_map_and_address(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    box = page.locator("[data-testid=stVegaLiteChart] canvas").first.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] * 0.3
    page.mouse.move(box["x"] + box["width"] * 0.25, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=8)
    page.mouse.up()
    settle(page)
    expect(page.locator(COUNT).first).to_contain_text(re.compile("[12] of 4 incidents shown"))
    assert re.search(r"since=2015-\d\d-\d\d&until=201[56]", page.url), page.url
    page.get_by_role("button", name="All time").click()
    settle(page)
    expect(page.locator(COUNT).first).to_contain_text("4 of 4 incidents shown")


def test_the_timeline_plays_and_stops(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    page.get_by_role("button", name="Play").click()
    page.get_by_text("year", exact=True).click()
    page.get_by_text("fast", exact=True).click()
    page.get_by_role("button", name="Start").click()
    seen = set()
    for _ in range(80):
        page.wait_for_timeout(300)
        seen.add(count_of(page))
        if len(seen) >= 3:
            break
    assert len(seen) >= 3, seen
    expect(page.locator(COUNT).first).to_be_visible()


def test_of_two_analysts_the_second_is_refused_with_the_reason(browser: Browser, workplace: str) -> None:
    one, two = (browser.new_page(viewport={"width": 1440, "height": 1000}) for _ in range(2))
    for page, name in ((one, "Ana"), (two, "Ben")):
        opened(page, workplace)
        page.get_by_role("button", name="Graves opened, remains taken").click()
        settle(page)
        as_analyst(page, name)
    one.get_by_role("button", name="Confirm").click()
    settle(one)
    expect(one.locator("[data-testid=stAlert]", has_text="by Ana")).to_be_visible()
    two.get_by_role("button", name="Reject").click()
    settle(two)
    expect(two.locator("[data-testid=stAlert]", has_text="Ana changed it")).to_be_visible()
    expect(two.locator(".facts")).to_contain_text("confirmed")
    one.close()
    two.close()


def test_a_place_is_moved_by_a_click_on_the_map(page: Page, workplace: str) -> None:
    correcting(page, workplace, "Khan as Subul", "The place")
    page.get_by_role("button", name="Pick it on the map").click()
    settle(page)
    box = page.locator(MAP).bounding_box()
    assert box is not None
    for _ in range(4):  # a busy machine may not take a click at once
        page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.7 * box["height"])
        settle(page)
        if page.get_by_text("Picked:").count():
            break
    expect(page.get_by_text("Picked:")).to_be_visible()
    page.get_by_role("button", name="Save the place").click()
    settle(page)
    expect(page.locator(".facts")).to_contain_text("place by Ana")


def test_incidents_are_merged_and_the_merge_is_undone(page: Page, workplace: str) -> None:
    correcting(page, workplace, "Mass grave found", "merge")
    pick(page, "Merge with", "Raqqa")
    page.get_by_role("button", name="Merge", exact=True).click()
    settle(page)
    expect(page.locator(COUNT).first).to_contain_text("3 of 3 incidents shown")
    reviewing(page)
    page.get_by_role("button", name="Undo").first.click()
    settle(page)
    expect(page.locator(COUNT).first).to_contain_text("4 of 4 incidents shown")


def test_reports_are_added_and_a_bad_file_is_named(page: Page, workplace: str) -> None:
    page.goto(f"{workplace}/add")
    good = {"name": "good.txt", "mimeType": "text/plain", "buffer": b"Vandals burned a church in Kirkuk on 5 May 2019."}
    page.locator("input[type=file]").set_input_files(
        [
            good,
            {"name": "bad.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01"},
        ]
    )
    for name in ("good.txt", "bad.txt"):
        expect(page.get_by_text(name)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=30_000)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Read").click()
    expect(page.locator(".paragraph mark.act").first).to_have_text("burned", timeout=60_000)
    expect(page.locator("[data-testid=stAlert]").first).to_contain_text("bad.txt", timeout=30_000)
    page.get_by_role("button", name="Save 1 report").click()
    expect(page.get_by_text("1 report saved")).to_be_visible(timeout=30_000)
    opened(page, workplace)
    expect(page.locator(COUNT).first).to_contain_text("of 5 incidents shown")


def test_filters_and_card_are_as_before_after_another_page(page: Page, dashboard: str) -> None:
    opened(page, dashboard, "?year=2015")
    page.get_by_role("button", name="Graves opened, remains taken").click()
    settle(page)
    as_analyst(page, "Ana")
    left = page.url
    page.get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("radio", name="Language")).to_be_attached()
    page.get_by_role("link", name="Map").click()
    expect(page.locator(COUNT).first).to_contain_text("2 of 4 incidents shown")
    expect(page).to_have_url(left)
    expect(page.get_by_label("Your name")).to_have_value("Ana")


def test_a_sheet_and_a_file_are_downloaded(page: Page, dashboard: str, tmp_path: Path) -> None:
    opened(page, dashboard, "?year=2015")
    page.get_by_role("button", name="Briefing and files").click()
    for name, start in (
        ("PDF, A4", b"%PDF"),
        ("PNG, 16:9", b"\x89PNG"),
        ("Zip with data", b"PK"),
        ("GeoPackage", b"SQLite"),
    ):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        file = tmp_path / "download"
        download.value.save_as(file)
        assert file.read_bytes().startswith(start), name


def test_a_link_with_every_filter_opens_the_same_in_another_browser(
    browser: Browser, page: Page, dashboard: str
) -> None:
    opened(page, dashboard, "?actor=Islamic+State&since=2015-01-01&until=2016-01-01&text=cemetery&clock=occurred")
    count = count_of(page)
    assert "1 of 4" in count
    context = browser.new_context()
    other = context.new_page()
    opened(other, dashboard, "?" + urlsplit(page.url).query)
    assert count_of(other) == count
    context.close()


@pytest.mark.parametrize(("view", "scheme"), [("", "light"), ("", "dark"), ("reports", "light"), ("add", "dark")])
def test_no_serious_violation_of_accessibility(
    page: Page, dashboard: str, view: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{dashboard}/{view}")
    page.wait_for_timeout(5000)
    violations = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["target"] for n in v["nodes"]][:4]) for v in violations if v["impact"] in ("serious", "critical")
    ]
    assert serious == [], serious
