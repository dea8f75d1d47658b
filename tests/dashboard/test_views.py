"""Every page under Streamlit's own test runner, with the seeds and with an empty store."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from dashboard import live
from dashboard.queries import load
from geo.imports.checks import event
from geo.model import Extraction
from geo.review import correct
from geo.settings import PROJECT, STORE
from geo.store import Dataset, Store

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](http://evil.example/x.png) :red[r] @@=x"


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    live.forget()
    yield
    live.forget()


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def run(url: str, view: str = "explore", **params: str | list[str]) -> AppTest:
        monkeypatch.setenv(STORE.name, url)
        at = AppTest.from_file(str(PROJECT / "dashboard" / "views" / f"{view}.py"), default_timeout=60)
        for name, value in params.items():
            at.query_params[name] = value
        return at.run()

    return run


def layers_of(at: AppTest) -> list[dict[str, Any]]:
    """The layers of the map, as the browser gets them."""
    layers: list[dict[str, Any]] = json.loads(at.get("deck_gl_json_chart")[0].proto.json)["layers"]
    return layers


def on_map(at: AppTest, layer: str, row: dict[str, Any]) -> AppTest:
    """A click on a mark of a layer."""
    name = next(x["id"] for x in layers_of(at) if x["id"].split("#")[0] == layer)
    picked = {"selection": {"indices": {name: [0]}, "objects": {name: [row]}}}
    return click(at, at.get("deck_gl_json_chart")[0], picked)


def deck(at: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Rows by layer, as the browser gets them."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for layer in layers_of(at):
        data = layer.get("data", [])
        rows[layer["id"].split("#")[0]] = (
            [f["properties"] for f in data["features"]] if isinstance(data, dict) else data
        )
    return rows


def timeline_rows(at: AppTest) -> list[dict[str, Any]]:
    import pyarrow

    proto = at.get("vega_lite_chart")[0].proto
    return pyarrow.ipc.open_stream(proto.data.data).read_all().to_pylist()  # type: ignore[no-any-return]


def click(at: AppTest, element: Any, value: dict[str, Any]) -> AppTest:
    """What the browser sends when a mark or row is clicked."""
    states = at._tree.get_widget_states()
    kept = [w for w in states.widgets if w.id != element.proto.id]
    del states.widgets[:]
    states.widgets.extend([*kept, WidgetState(id=element.proto.id, string_value=json.dumps(value))])
    return at._run(states)


def table_of(at: AppTest) -> Any:
    """The table of incidents; a card has tables of its own."""
    return next(d for d in at.dataframe if "independent" in d.value)


def text_of(at: AppTest) -> str:
    return "\n".join(
        [*(m.value for m in at.markdown), *(h.proto.body for h in at.get("html")), *(s.value for s in at.subheader)]
    )


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
    drawn = {"id", "lat", "lon", "m", "c", "fill", "line"}
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


def test_a_filter_that_hides_all_says_so(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, actor=["Pro-government militia"], year=["2017"])
    assert [i.value for i in at.info] == ["No incident passes these filters. Clear one of them in the sidebar."]


def test_map_timeline_and_table_select_the_same(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url)
    row = next(r for r in deck(at)["points"] if "Khan as Subul" in r["where"])
    at = on_map(at, "points", row)
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
    views = [
        json.loads(page(seeds_url, **p).get("deck_gl_json_chart")[0].proto.json)["initialViewState"]
        for p in ({}, {"actor": ["Islamic State"]}, {"year": ["2020"]})
    ]
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
    store.save([extract("Vandals smashed twelve graves.", published="2019-05-06")])
    store.link()
    at = page(url)
    assert "**1 of 1** incidents shown, **1** without a place" in [m.value for m in at.markdown]
    assert any(b.key.startswith("nowhere_") for b in at.button)


def test_hostile_text_stays_text(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    text = f"Graves were smashed in Homs. {HOSTILE}\n{HOSTILE}"
    store.save([extract(text, publisher=HOSTILE, title=HOSTILE, url="javascript:alert(1)", published="2019-05-06")])
    store.link()
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
    store.save([extract(text, publisher=f"Paper {n}", published="2019-06-01") for n, text in enumerate(texts)])
    store.link()
    chosen = next(s for s in load(store).summaries if s.properties["n_reports"] == 2)
    at = page(url, incident=chosen.id)
    assert not at.exception
    assert "2 sources side by side: they disagree on counted" in [e.label for e in at.expander]
    told = next(d.value for d in at.dataframe if "on the word of" in d.value)
    assert sorted(c.startswith("≠") for c in told["counted"]) == [False, True]
    assert "1 other incident at this place" in [e.label for e in at.expander]
    assert "How the place was chosen" in [e.label for e in at.expander]


@pytest.fixture
def own_store(seeds_url: str, tmp_path: Path) -> str:
    """A copy of the seeds' store that may be written to."""
    path = tmp_path / "own.sqlite"
    source = sqlite3.connect(seeds_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as copy:
        source.backup(copy)
    return f"sqlite:///{path}"


def reviewed(at: AppTest, who: str) -> AppTest:
    at.text_input(key="analyst").set_value(who).run()
    return at


def test_a_review_is_written_and_of_two_the_second_is_told(page: Callable[..., AppTest], own_store: str) -> None:
    chosen = next(s for s in load(Store(own_store)).summaries if s.properties["place_name"] == "Old Homs")
    one, two = (reviewed(page(own_store, incident=chosen.id), who) for who in ("Ana", "Ben"))
    one.button(key="status_confirmed").click().run()
    assert "Written: status, by Ana" in one.success[0].value.replace("\\", "")
    two.button(key="status_rejected").click().run()
    assert "Ana changed it" in two.warning[0].value.replace("\\", "")
    store = Store(own_store)
    assert load(store).by_id(chosen.id).properties["status"] == "confirmed"  # type: ignore[union-attr]
    (decision,) = store.ledger.decisions()
    one.button(key=f"undo_{decision.number}").click().run()
    assert load(store).by_id(chosen.id).properties["status"] == "unreviewed"  # type: ignore[union-attr]


def test_a_decision_without_a_name_is_refused(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, incident=load(Store(own_store)).summaries[0].id)
    at.button(key="status_confirmed").click().run()
    assert "say who decides" in at.error[0].value
    assert Store(own_store).ledger.decisions() == []


@pytest.mark.parametrize("kind", ["place", "actor", "type", "date", "merge", "split"])
def test_every_correction_has_its_form(page: Callable[..., AppTest], own_store: str, kind: str) -> None:
    at = page(own_store, incident=load(Store(own_store)).summaries[0].id)
    at.selectbox(key="review_kind").set_value(kind).run()
    assert not at.exception
    assert any(
        "FormSubmitter" in (b.key or "") or b.label in ("Move", "Correct", "Join them", "Part them") for b in at.button
    )


def test_a_pasted_report_is_seen_before_it_is_saved(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, "add")
    at.text_area[0].set_value(
        "Vandals toppled 30 headstones at a cemetery in Zahle on 3 May 2019, police said. <b>x</b>"
    )
    at.button[0].click().run()
    assert not at.exception
    assert "**1** new reports tell of **1** incidents" in at.markdown[0].value
    html = "\n".join(h.proto.body for h in at.get("html"))
    assert '<mark class="act" title="act: Graves desecrated">toppled</mark>' in html
    assert "<b>x</b>" not in html
    assert len(load(Store(own_store)).summaries) == 4
    next(b for b in at.button if b.label.startswith("Save")).click().run()
    assert "1 reports saved" in at.success[0].value
    assert len(load(Store(own_store)).summaries) == 5


def test_events_of_a_dataset_are_counted_by_spot_and_open(page: Callable[..., AppTest], own_store: str) -> None:
    store = Store(own_store)
    told = [event(incident_id=f"e{n}", actor_name="A", start_date="2016-01-01", end_date="2016-01-01", year=2016,
                  where_prec=1, uncertainty_km=1.0, lat=35.5, lon=37.5, dataset="ged") for n in range(500)]  # fmt: skip
    store.keep_dataset(Dataset("ged", "ucdp", "f", "0" * 64, datetime.now(UTC)), told)
    at = page(own_store)
    assert not at.exception
    assert "**504 of 504** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    (told,) = (layer for layer in layers_of(at) if layer["id"].startswith("counted"))
    assert told["@@type"] == "TileLayer"
    with TestClient(Starlette(routes=live.ROUTES)) as client:
        (spot,) = client.get(told["data"].format(z=3, x=4, y=3)).json()["features"]
    assert spot["properties"]["what"] == "500 incidents"
    at = on_map(at, "counted", spot)
    assert at.session_state["selected_incident"] == "e0"
    assert "layer" in json.loads(at.get("vega_lite_chart")[0].proto.spec)
    at = page(own_store, incident="e0")
    assert "**499 more at this point**" in [m.value for m in at.markdown]


def test_what_changed_since_a_briefing_is_told(page: Callable[..., AppTest], own_store: str) -> None:
    with TestClient(Starlette(routes=live.ROUTES)) as client:
        page(own_store)
        assert client.get("/api/briefing/svg?country=SY").status_code == 200
        assert client.get("/api/briefing/png?country=SY").status_code == 200
    first, second, *_ = load(Store(own_store)).summaries
    correct(Store(own_store), first, "status", {"status": "rejected"}, who="Ana", why="a copy")
    correct(Store(own_store), second, "type", {"incident_type": "vandalism"}, who="Ana", why="reads so")
    at = page(own_store, "reports")
    assert not at.exception
    since = at.selectbox[0]
    assert len(since.options) == 2  # one briefing, though in two forms, and a day
    assert "country SY, 4 incidents" in since.options[0]
    assert "**0** new · **1** changed · **1** gone" in [m.value for m in at.markdown]
    told = next(d.value for d in at.dataframe if "how" in d.value)
    assert told["how"].iloc[1] == "rejected"
    assert "→ vandalism" in told["how"].iloc[0]
    at.selectbox[0].set_value(-1).run()
    assert "**3** changes" in [m.value for m in at.markdown]


def looked_at(at: AppTest) -> dict[str, float]:
    return json.loads(at.get("deck_gl_json_chart")[0].proto.json)["initialViewState"]  # type: ignore[no-any-return]


def test_a_group_opens_and_the_whole_map_comes_back(page: Callable[..., AppTest], own_store: str) -> None:
    store = Store(own_store)
    told = [event(incident_id=f"e{n}", actor_name="A", start_date="2016-01-01", end_date="2016-01-01", year=2016,
                  where_prec=1, uncertainty_km=1.0, lat=35.5, lon=37.5 + n / 10, dataset="ged") for n in range(2)]  # fmt: skip
    store.keep_dataset(Dataset("ged", "ucdp", "f", "0" * 64, datetime.now(UTC)), told)
    at = page(own_store)
    before = looked_at(at)
    group = {"properties": {"n": "2", "box": [37.5, 35.5, 37.6, 35.5]}}
    at = on_map(at, "counted", group)
    near = looked_at(at)
    assert near["zoom"] > before["zoom"]
    assert near["longitude"] == pytest.approx(37.55)
    at.button(key="whole_map").click().run()
    assert looked_at(at)["zoom"] == before["zoom"]
    assert looked_at(at)["latitude"] != before["latitude"]  # or a browser that was moved by hand would stay


def test_a_place_is_moved_by_pointing_at_it(page: Callable[..., AppTest], own_store: str) -> None:
    (one, *_) = load(Store(own_store)).summaries
    at = page(own_store, incident=one.id)
    at.text_input(key="analyst").set_value("Ana")
    at.selectbox(key="review_kind").set_value("place").run()
    assert "grid" not in {x["id"].split("#")[0] for x in layers_of(at)}
    at.button(key="point").click().run()
    assert "Click the map where it was" in at.info[0].value
    at = on_map(at, "grid", {"properties": {"lat": 35.25, "lon": 38.5, "off": 420.0}})
    assert "grid" not in {x["id"].split("#")[0] for x in layers_of(at)}
    assert [n.value for n in at.number_input] == [35.25, 38.5, 0.42]
    next(b for b in at.button if b.label == "Move").click().run()
    moved = load(Store(own_store)).by_id(one.id)
    assert moved is not None
    assert moved.place is not None
    assert (moved.place.lat, moved.place.lon, moved.properties["uncertainty_km"]) == (35.25, 38.5, 0.42)


def test_a_view_is_kept_under_a_name_and_opened_again(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, actor=["Islamic State"], year=["2015"])
    at.text_input(key="view_name").set_value("IS *2015*").run()
    at.button(key="keep_view").click().run()
    assert Store(own_store).views() == {"IS *2015*": {"actor": ["Islamic State"], "year": ["2015"]}}
    at = page(own_store)
    at.button(key="view_0").click().run()
    assert "**1 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    at.button(key="drop_0").click().run()
    assert Store(own_store).views() == {}
