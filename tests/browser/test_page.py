"""The page as an analyst sees it: map drawn, filters, a sentence read, a file taken away."""

from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.exports.test_geojson import check_rfc7946

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OUTPUT = Path(__file__).with_name("output")
MAP = "[data-testid=stDeckGlJsonChart]"
COUNT = "[data-testid=stMarkdown] p"


SHADE = (240, 213, 190)  # an actor's colour, thin, over the land


def opened(page: Page, address: str, query: str = "") -> Page:
    page.goto(f"{address}/{query}")
    page.wait_for_selector(f"{MAP} canvas", timeout=60_000)
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until the script has run and the map has drawn."""
    page.wait_for_timeout(400)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.wait_for_timeout(1000)


def show_graphic(page: Page) -> None:
    """Show the reports that describe the dead."""
    page.get_by_role("button", name="Show the reports").click()
    settle(page)


def colours_of_map(page: Page) -> dict[tuple[int, int, int], int]:
    return colours_of(page, MAP)


def colours_of(page: Page, what: str) -> dict[tuple[int, int, int], int]:
    shot = Image.open(io.BytesIO(page.locator(what).screenshot())).convert("RGB")
    return {colour: number for number, colour in shot.getcolors(maxcolors=1 << 24) or []}  # type: ignore[misc]


def has_near(
    colours: dict[tuple[int, int, int], int], wanted: tuple[int, int, int], least: int, within: float = 40
) -> bool:
    return sum(n for c, n in colours.items() if math.dist(c, wanted) < within) >= least


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_role("combobox", name=re.compile(rf"{label}$")).first.click()
    page.keyboard.type(value)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)


def test_the_map_is_drawn_with_land_points_and_shaded_division(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    expect(page.locator(COUNT).first).to_contain_text("4 of 4 incidents shown, 0 without a place")
    colours = colours_of_map(page)
    assert has_near(colours, (247, 246, 242), 20_000), "no land"
    assert has_near(colours, (0, 114, 178), 60), "no point of the pro-government militia"
    assert has_near(colours, SHADE, 5_000, within=12), "no shaded province"


def test_nothing_is_asked_of_another_host(page: Page, dashboard: str) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened(page, dashboard)
    page.get_by_role("link", name="Coverage").click()
    settle(page)
    hosts = {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}
    assert complaints == []


def test_a_filter_offers_only_values_with_the_typed_text(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    page.get_by_role("combobox", name=re.compile("Year$")).click()
    page.keyboard.type("22")  # both figures are in "2020 (1)" and "2015 (2)", but not side by side
    expect(page.get_by_text("No results")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(page.get_by_text(re.compile("^Select"))).to_have_count(1)  # the card's heading: no "Select all"


def test_a_filter_is_followed_by_count_map_and_timeline(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    choose(page, "Actor", "Syrian government")
    expect(page.locator(COUNT).first).to_contain_text("1 of 4 incidents shown")
    assert "actor=Syrian" in page.url
    colours = colours_of_map(page)
    assert has_near(colours, (0, 158, 115), 60)
    assert not has_near(colours, SHADE, 5_000, within=12), "the province of another actor is still shaded"
    bars = colours_of(page, "[data-testid=stVegaLiteChart]")
    assert has_near(bars, (26, 168, 129), 60), "no bar of the actor"  # its colour at the bars' opacity
    assert has_near(bars, (225, 225, 225), 60), "no ghost of the others"
    assert not has_near(bars, (217, 110, 26), 20), "a bar of another actor"


def test_a_link_opens_the_same_view_and_a_sentence_is_read(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    page.get_by_role("button", name="Graves opened, remains taken").click()
    settle(page)
    expect(page.locator("mark")).to_have_count(0)  # behind a notice
    show_graphic(page)
    mark = page.locator("mark").first
    expect(mark).to_have_text(
        "In January 2015, government forces exhumed graves and stole dozens of corpses in the city of Old Homs, "
        "according to SNHR."
    )
    link = page.url
    assert "incident=" in link
    context = page.context.browser
    assert context is not None
    other = context.new_page()
    opened(other, dashboard, "?" + urlsplit(link).query)
    show_graphic(other)
    expect(other.locator("mark").first).to_contain_text("stole dozens of corpses")
    other.close()


def test_a_click_on_the_map_opens_the_card(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    box = page.locator(MAP).bounding_box()
    assert box is not None
    shot = Image.open(io.BytesIO(page.locator(MAP).screenshot())).convert("RGB")
    spots = [
        (x, y)
        for x in range(0, shot.width, 2)
        for y in range(0, shot.height, 2)
        if math.dist(shot.getpixel((x, y)), (0, 114, 178)) < 25  # type: ignore[arg-type]
    ]
    x, y = spots[len(spots) // 2]
    for _ in range(4):  # on a busy machine the map takes no click for a while after it has drawn
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(800)
        page.mouse.click(box["x"] + x, box["y"] + y)
        settle(page)
        if page.locator("mark").count():
            break
    expect(page.locator("mark").first).to_contain_text("Khan al Sebel village")


def test_the_download_is_what_is_shown(page: Page, dashboard: str, tmp_path: Path) -> None:
    opened(page, dashboard, "?year=2015")
    expect(page.locator(COUNT).first).to_contain_text("2 of 4 incidents shown")
    page.get_by_role("button", name="Briefing and files").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="GeoJSON", exact=True).click()
    file = tmp_path / "d.geojson"
    download.value.save_as(file)
    collection = json.loads(file.read_bytes())
    check_rfc7946(collection)
    assert [f["properties"]["year"] for f in collection["features"]] == [2015, 2015]
    assert collection["filters"] == {"year": [2015]}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_it_fits_the_screen(page: Page, dashboard: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page, dashboard)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(MAP).bounding_box()
    assert box is not None
    assert box["width"] >= min(600, width * 0.85)
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"page-{width}x{height}.png")
