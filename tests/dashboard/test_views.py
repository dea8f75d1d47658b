"""Every page under Streamlit's own test runner, with the seeds and with an empty store: what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.queries import load
from geo.ingest import keep
from geo.model import Extraction
from geo.store import Store
from tests.dashboard.pages import click, deck, looked_at, on_map, table_of, text_of, timeline_rows

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](http://evil.example/x.png) :red[r] @@=x"


def test_the_seeds_are_on_map_timeline_and_table(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url)
    assert not at.exception
    assert "**4 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    rows = deck(at)
    assert sorted(r["m"] > 1 for r in rows["points"]) == [False, False, True]
    assert len(rows["areas"]) == 1
    assert len({r["id"] for layer in ("points", "areas") for r in rows[layer]}) == 4
    assert len(timeline_rows(at)) == 4
    assert len(at.dataframe[0].value) == 4


def test_precision_is_drawn_to_scale(page: Callable[..., AppTest], seeds_url: str) -> None:
    rows = deck(page(seeds_url))
    (ring,) = (r for r in rows["points"] if r["m"] > 1)
    assert "25 km S of Al-Wawi" in ring["where"]
    assert 12_000 < ring["m"] < 20_000
    assert all("Raqqa, Syria" not in r["where"] for r in rows["points"] if r["m"] == 1)  # no sharp dot for it


def test_no_text_of_a_report_is_in_the_map(page: Callable[..., AppTest], seeds_url: str) -> None:
    drawn = {"id", "lat", "lon", "m", "fill", "line", "t"}
    assert set(deck(page(seeds_url))["points"][0]) == drawn | {"what", "who", "where"}


def test_filters_follow_the_address_and_count_under_each_other(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, actor=["Islamic State"], year=["2015"])
    assert at.multiselect(key="actor").value == ["Islamic State"]
    assert at.multiselect(key="year").value == [2015]
    assert "**1 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    assert len(deck(at)["points"]) == 0
    assert [r["shown"] for r in timeline_rows(at)].count(True) == 1
    at.button(key="clear_filters").click().run()
    assert "**4 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]


def test_a_link_to_what_is_gone_still_opens(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, actor=["Nobody"], year=["abc"], incident="gone")
    assert not at.exception
    assert "**4 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]


def test_a_link_by_another_date_keeps_its_year(page: Callable[..., AppTest], seeds_url: str) -> None:
    added = str(datetime.now(UTC).year)
    at = page(seeds_url, clock="added", year=[added])
    assert at.multiselect(key="year").value == [int(added)]
    assert "**4 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]


def test_a_filter_that_hides_all_says_so(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, actor=["Pro-government militia"], year=["2017"])
    assert [i.value for i in at.info] == ["No incident passes these filters. Clear one of them in the sidebar."]


def test_map_timeline_and_table_select_the_same(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url)
    row = next(r for r in deck(at)["points"] if "Khan as Subul" in r["where"])
    at = on_map(at, "singly", {"properties": row})
    assert not at.exception
    assert at.session_state["selected_incident"] == row["id"]
    assert "Khan al Sebel village, located south of war-torn Idlib" in text_of(at)
    assert [r["id"] for r in timeline_rows(at) if r["selected"]] == [row["id"]]
    assert deck(at)["marked"][0]["id"] == row["id"]
    at = click(at, table_of(at), {"selection": {"rows": [0], "columns": [], "cells": []}})
    first = table_of(at).value["id"].iloc[0]
    assert at.session_state["selected_incident"] == first != row["id"]
    at = click(at, at.get("vega_lite_chart")[0], {"selection": {"pick": [{"id": row["id"]}]}})
    assert at.session_state["selected_incident"] == row["id"]


def test_a_selection_that_leaves_the_filter_is_dropped(page: Callable[..., AppTest], seeds_url: str) -> None:
    chosen = next(s for s in load(Store(seeds_url)).summaries if s.properties["place_name"] == "Old Homs")
    at = page(seeds_url, incident=chosen.id)
    assert "government forces exhumed graves" not in text_of(at)  # what was done to the dead is behind a notice
    assert "what was done to the dead" in at.warning[0].value
    at.button(key="show_graphic").click().run()
    assert "government forces exhumed graves" in text_of(at)
    at.multiselect(key="actor").set_value(["Islamic State"]).run()
    assert "government forces exhumed graves" not in text_of(at)
    assert deck(at)["marked"] == []


def test_the_card_marks_each_sentence_in_its_paragraph(page: Callable[..., AppTest], seeds_url: str) -> None:
    book = load(Store(seeds_url))
    for summary in book.summaries:
        at = page(seeds_url, incident=summary.id)
        if at.warning:
            at.button(key="show_graphic").click().run()
        html = text_of(at)
        assert html.count("<mark>") == summary.properties["n_reports"]
        assert f"{summary.properties['n_independent']} independent" in html


def test_the_view_does_not_move_with_the_filters(page: Callable[..., AppTest], seeds_url: str) -> None:
    views = [looked_at(page(seeds_url, **p)) for p in ({}, {"actor": ["Islamic State"]}, {"year": ["2020"]})]
    assert views[0] == views[1] == views[2]


@pytest.mark.parametrize("view", ["explore", "reports", "add"])
def test_an_empty_store_is_explained(page: Callable[..., AppTest], tmp_path: Path, view: str) -> None:
    at = page(f"sqlite:///{tmp_path / 'empty.sqlite'}", view)
    assert not at.exception
    words = [*(i.value for i in at.info), *(m.value for m in at.markdown), *(c.value for c in at.caption)]
    assert any("no incident yet" in w or "**0** reports read" in w or "Nothing is stored before" in w for w in words)


def test_incidents_without_a_place_are_counted_and_listed(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    keep([extract("Vandals smashed twelve graves.", published="2019-05-06")], store)
    at = page(url)
    assert "**1 of 1** incidents shown, **1** without a place" in [m.value for m in at.markdown]
    assert any(b.key.startswith("nowhere_") for b in at.button)


def test_hostile_text_stays_text(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    text = f"Graves were smashed in Homs. {HOSTILE}\n{HOSTILE}"
    keep([extract(text, publisher=HOSTILE, title=HOSTILE, url="javascript:alert(1)", published="2019-05-06")], store)
    (summary,) = load(store).summaries
    at = page(url, incident=summary.id)
    assert not at.exception
    html = "\n".join(h.proto.body for h in at.get("html"))
    assert "<img" not in html
    assert all(h.startswith("/api/") for h in re.findall(r'href="([^"]*)', html))
    assert "&lt;img" in html
    assert not any("evil.example" in m.value for m in at.markdown)


def test_reports_read_lists_reports_and_names_without_a_place(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, "reports")
    assert not at.exception
    read = next(d.value for d in at.dataframe if "copy" in d.value)
    assert len(read) == 5
    assert read["copy"].sum() == 2
    months = at.dataframe[0].value
    assert months["reports"].sum() == 5
    assert set(months["group"]) == {"2015-03", "2015-04", "2017-12", "2020-02", "no date"}


def test_sources_stand_side_by_side_and_what_differs_is_marked(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    texts = (
        "Vandals toppled thirty headstones at a cemetery in Zahle on 3 May 2019, police said.",
        "Police in Zahle said that fifty headstones at a cemetery were toppled on 3 May 2019.",
        "Vandals burned a church in Zahle on 9 June 2011.",
    )
    keep([extract(text, publisher=f"Paper {n}", published="2019-06-01") for n, text in enumerate(texts)], store)
    chosen = next(s for s in load(store).summaries if s.properties["n_reports"] == 2)
    at = page(url, incident=chosen.id)
    assert not at.exception
    assert "2 sources side by side: they disagree on counted" in [e.label for e in at.expander]
    told = next(d.value for d in at.dataframe if "on the word of" in d.value)
    assert sorted(c.startswith("≠") for c in told["counted"]) == [False, True]
    assert "1 other incident at this place" in [e.label for e in at.expander]
    assert "How the place was chosen" in [e.label for e in at.expander]
