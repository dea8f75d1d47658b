"""The page "Map" under Streamlit's own test runner: what is shown, filtered and selected."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.snapshot import load_snapshot
from geo.ingest import keep
from geo.model import Extraction
from geo.store import Store
from tests.dashboard.pages import click, deck, fetched, on_map, table_of, text_of, timeline_rows


def with_analyst(at: AppTest, who: str) -> AppTest:
    at.text_input(key="analyst").set_value(who).run()
    return at


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


def test_filters_follow_the_address_and_count_under_each_other(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, actor=["Islamic State"], year=["2015"])
    assert at.multiselect(key="actor").value == ["Islamic State"]
    assert at.multiselect(key="year").value == [2015]
    assert "**1 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    assert len(deck(at)["points"]) == 0
    assert [r["shown"] for r in timeline_rows(at)].count(True) == 1
    at.button(key="clear_filters").click().run()
    assert "**4 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]


def test_a_link_with_values_that_no_longer_exist_still_opens(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, actor=["Nobody"], year=["abc"], incident="gone")
    assert not at.exception
    assert "**4 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]


def test_a_link_by_another_date_keeps_its_year(page: Callable[..., AppTest], seeds_url: str) -> None:
    added = str(datetime.now(UTC).year)
    at = page(seeds_url, clock="added", year=[added])
    assert at.multiselect(key="year").value == [int(added)]
    assert "**4 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]


def test_filters_that_exclude_everything_are_explained(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, actor=["Pro-government militia"], year=["2017"])
    assert [i.value for i in at.info] == ["No incident matches these filters. Remove one of them in the sidebar."]


def test_map_timeline_and_table_select_the_same(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url)
    row = next(r for r in deck(at)["points"] if "Khan as Subul" in r["where"])
    at = on_map(at, "incidents", {"properties": row})
    assert not at.exception
    assert at.session_state["selected_incident"] == row["id"]
    assert "Khan al Sebel village, located south of war-torn Idlib" in text_of(at)
    assert [r["id"] for r in timeline_rows(at) if r["selected"]] == [row["id"]]
    assert deck(at)["selected"][0]["id"] == row["id"]
    at = click(at, table_of(at), {"selection": {"rows": [0], "columns": [], "cells": []}})
    first = table_of(at).value["id"].iloc[0]
    assert at.session_state["selected_incident"] == first != row["id"]
    at = click(at, at.get("vega_lite_chart")[0], {"selection": {"pick": [{"id": row["id"]}]}})
    assert at.session_state["selected_incident"] == row["id"]


def test_a_selection_that_leaves_the_filter_is_dropped(page: Callable[..., AppTest], seeds_url: str) -> None:
    chosen = next(r for r in load_snapshot(Store(seeds_url)).records if r.place_name == "Old Homs")
    at = page(seeds_url, incident=chosen.id)
    assert "government forces exhumed graves" not in text_of(at)  # what was done to the dead is behind a notice
    assert "what was done to the dead" in at.warning[0].value
    at.button(key="show_graphic").click().run()
    assert "government forces exhumed graves" in text_of(at)
    at.multiselect(key="actor").set_value(["Islamic State"]).run()
    assert "government forces exhumed graves" not in text_of(at)
    assert deck(at)["selected"] == []


@pytest.mark.parametrize("view", ["explore", "reports", "add"])
def test_an_empty_store_is_explained(page: Callable[..., AppTest], tmp_path: Path, view: str) -> None:
    at = page(f"sqlite:///{tmp_path / 'empty.sqlite'}", view)
    assert not at.exception
    texts = [*(i.value for i in at.info), *(m.value for m in at.markdown), *(c.value for c in at.caption)]
    assert any(
        "No incidents are stored yet" in w or "**0** reports read" in w or "Nothing is saved until" in w for w in texts
    )


def test_incidents_without_a_place_are_counted_and_listed(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    keep([extract("Vandals smashed twelve graves.", published="2019-05-06")], store)
    at = page(url)
    assert "**1 of 1** incidents shown, **1** without a place" in [m.value for m in at.markdown]
    assert any(b.key.startswith("nowhere_") for b in at.button)


def test_a_store_that_cannot_be_written_gives_an_error_and_loses_nothing(
    page: Callable[..., AppTest], own_store: str
) -> None:
    chosen = load_snapshot(Store(own_store)).records[0]
    with sqlite3.connect(own_store.removeprefix("sqlite:///")) as db:
        for table in ("briefing", "decision", "view", "report"):
            db.execute(f"CREATE TRIGGER broken_{table} BEFORE INSERT ON {table} BEGIN INSERT INTO lost VALUES (1); END")
    at = with_analyst(page(own_store, incident=chosen.id), "Ana")
    at.button(key="status_confirmed").click().run()
    errors = [e.value for e in at.error]
    at.text_input(key="view_name").set_value("mine").run()
    at.button(key="keep_view").click().run()
    errors += [e.value for e in at.error]
    assert fetched("/api/briefing/svg").status_code == 200
    at = page(own_store, "add")
    at.text_area[0].set_value("Vandals toppled 30 headstones at a cemetery in Zahle on 3 May 2019.")
    at.button[0].click().run()
    next(b for b in at.button if b.label.startswith("Save")).click().run()
    errors += [e.value for e in at.error]
    assert len(errors) == 3
    assert all("cannot be written" in text and "nothing was changed" in text for text in errors)
    assert "**1 report** read" in at.markdown[0].value  # still there, to be saved later
