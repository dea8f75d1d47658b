"""How fast the page follows a filter with 16,570 incidents, compared with a page that gives the whole table to pydeck.

Run: python -m tests.benchmarks.page [UCDP_GED.csv]; without a file as many events are made up.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.imports import read_dataset
from geo.ingest import ingest
from geo.reports import read
from geo.settings import GAZETTEER, PROJECT
from geo.store import Store
from tests.browser.conftest import FLAGS, free_port, wait_for

EVENTS = 16_566
COLD = 5  # cold pages of which the median is given
SIZE: ViewportSize = {"width": 1440, "height": 900}
YEARS = (2016, 2017, 2018, 2019)
NAIVE = """
import pandas as pd, pydeck as pdk, streamlit as st
table = pd.read_csv({path!r})
years = st.multiselect("Year", sorted(table["year"].unique()))
shown = table[table["year"].isin(years)] if years else table
st.markdown(f"{{len(shown)}} shown")
layer = pdk.Layer("ScatterplotLayer", shown, get_position="[longitude, latitude]", get_radius=2000, pickable=True)
st.pydeck_chart(pdk.Deck(layers=[layer], map_style=None, initial_view_state=pdk.ViewState(latitude=35, longitude=38, zoom=6)))
st.dataframe(shown)
"""


def made_up(path: Path) -> Path:
    chance = random.Random(1)  # noqa: S311 - the same events each time
    lines = [
        "id,year,type_of_violence,side_a,side_b,where_prec,adm_1,latitude,longitude,country,date_prec,date_start,date_end,best"
    ]
    for number in range(EVENTS):
        year, place = chance.choice(YEARS), random.Random(number % 2500)  # noqa: S311 - the same
        day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        spot = f"{place.uniform(33, 37):.4f},{place.uniform(36, 42):.4f}"
        lines.append(
            f"{number},{year},1,Side {chance.randint(1, 60)},B,{place.randint(1, 4)},X,{spot},Syria,1,{day},{day},1"
        )
    path.write_text("\n".join(lines))
    return path


@contextmanager
def served(command: list[str], port: int, log: Path) -> Iterator[str]:
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=PROJECT, stdout=file, stderr=subprocess.STDOUT, env=os.environ)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def cold(browser: Browser, address: str) -> float:
    """Seconds until a page that was never open shows its map."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("[data-testid=stDeckGlJsonChart] canvas", timeout=120_000)
    passed = time.perf_counter() - start
    page.wait_for_timeout(2000)
    context.close()
    return passed


def choices(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds at the median from a choice to the new count, and to the script's end."""
    seconds = []
    for years in (YEARS[:2], YEARS[2:]):
        page = browser.new_page(viewport=SIZE)
        page.goto(address)
        page.wait_for_selector("[data-testid=stDeckGlJsonChart] canvas", timeout=120_000)
        page.wait_for_timeout(6000)
        seconds += [choice(page, year) for year in years]
        page.close()
    return median(count for count, _ in seconds), median(end for _, end in seconds)


def choice(page: Page, year: int) -> tuple[float, float]:
    page.get_by_label("Year").first.click()
    page.keyboard.type(str(year))
    page.wait_for_timeout(1000)
    before = page.locator("[data-testid=stMarkdown] p").first.inner_text()
    start = time.perf_counter()
    page.keyboard.press("Enter")
    changed = "(b) => document.querySelector('[data-testid=stMarkdown] p').innerText != b"
    page.wait_for_function(changed, arg=before, timeout=60_000)
    count = time.perf_counter() - start
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
    end = time.perf_counter() - start
    page.keyboard.press("Escape")
    page.wait_for_timeout(2500)
    return count, end


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else made_up(folder / "events.csv")
    url = f"sqlite:///{folder / 's.sqlite'}"
    store = Store(url)
    extractor = Extractor(Gazetteer(ensure(Path(GAZETTEER.get()))))
    ingest(read([str(PROJECT / "seeds")]), store, lambda: extractor)
    done = read_dataset(path, "ged")
    done.save(store)
    naive = folder / "naive.py"
    naive.write_text(NAIVE.format(path=str(path)))
    ours, theirs = free_port(), free_port()
    commands = {
        "this page": ([sys.executable, "-m", "dashboard", "--store", url, "--port", str(ours)], ours),
        "naive page": (
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                str(naive),
                "--server.port",
                str(theirs),
                "--server.headless",
                "true",
            ],
            theirs,
        ),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        results = {}
        for name, (command, port) in commands.items():
            with served(command, port, folder / "log") as address:
                cold(browser, address)  # the server has read its data then; the pages that are measured are cold
                firsts = [cold(browser, address) for _ in range(COLD)]
                results[name] = median(firsts), *choices(browser, address)
        browser.close()
    for i, what in enumerate(("cold page to first map", "choice to new count", "choice to script's end")):
        own, other = results["this page"][i], results["naive page"][i]
        print(f"{what:24} {own:6.2f} s   naive {other:6.2f} s   ratio {own / other:.2f}")


if __name__ == "__main__":
    main()
