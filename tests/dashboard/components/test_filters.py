"""Filters: each of the registry is in the page, and page, map and API select the same incidents by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.snapshot import load_snapshot
from geo.incidents.filters import FILTERS, Selection
from geo.store import Store
from tests.dashboard.pages import deck, fetched, layers_of

# A value of each filter that some incidents of the seeds pass and others do not, or that shows them all.
TEXTS = {
    "since": "2016-01-01",
    "until": "2015-12-31",
    "bbox": "36.5,35.0,37.0,36.0",
    "within_km": "2.0",
    "independent": "2",
    "text": "cemetery",
    "clock": "reported",
}


def text_for(name: str, url: str) -> str:
    """A value of a filter as an address has it."""
    if name in TEXTS:
        return TEXTS[name]
    values = load_snapshot(Store(url)).columns.counts(Selection())[name]
    return str(min(values, key=lambda value: (values[value], str(value))))


@pytest.mark.parametrize("name", [each.name for each in FILTERS])
def test_page_map_and_api_select_the_same(page: Callable[..., AppTest], seeds_url: str, name: str) -> None:
    text = text_for(name, seeds_url)
    at = page(seeds_url, **{name: text})
    assert not at.exception
    expected = Selection.from_query([(name, text)])
    assert at.query_params[name] == text
    answer = fetched(f"/api/incidents.geojson?{urlencode([(name, text)])}").json()
    n_shown = len(answer["features"])
    assert f"**{n_shown} of 4** incidents shown" in at.markdown[0].value
    if n_shown:
        tiles = layers_of(at)["incidents"]["data"]
        assert Selection.from_query(parse_qsl(urlsplit(tiles).query)) == expected
        rows = deck(at)
        drawn = {row["id"] for layer in ("points", "areas") for row in rows[layer]}
        assert drawn == {f["id"] for f in answer["features"]}


def test_every_filter_has_a_widget(page: Callable[..., AppTest], seeds_url: str) -> None:
    # With a value, a filter is shown even where the seeds leave it no choice.
    at = page(seeds_url, **{each.name: text_for(each.name, seeds_url) for each in FILTERS if each.widget == "values"})
    widgets = [*at.multiselect, *at.selectbox, *at.date_input, *at.text_input, *at.get("button_group")]
    shown = {widget.key or widget.id for widget in widgets}
    assert {each.name for each in FILTERS} <= shown, {each.name for each in FILTERS} - shown


def test_a_map_area_that_is_not_valid_is_explained(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, within_km="2")
    at.text_input(key="bbox").set_value("36,35").run()
    assert "is not W,S,E,N in degrees" in at.error[0].value
    at.text_input(key="bbox").set_value("36.5,35,37,36").run()
    assert at.query_params["bbox"] == "36.5,35.0,37.0,36.0"
    assert re.match(r"\*\*1 of 4\*\*", at.markdown[0].value)


def test_a_choice_of_a_link_that_the_page_does_not_offer_is_kept(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, within_km="20")
    assert at.selectbox(key="within_km").value == 20.0
    assert at.query_params["within_km"] == "20.0"
