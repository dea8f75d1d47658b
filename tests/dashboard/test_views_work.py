"""What an analyst does in the pages, under Streamlit's own test runner: review, add, brief, look around."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.queries import load
from geo.imports.checks import event
from geo.incidents.review import correct
from geo.ingest import keep
from geo.model import Extraction
from geo.store import Dataset, Store
from tests.dashboard.pages import deck, fetched, layers_of, looked_at, on_map


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
    assert "New: **1 report**, telling of **1 incident**" in at.markdown[0].value
    html = "\n".join(h.proto.body for h in at.get("html"))
    assert '<mark class="act" title="act: Graves desecrated">toppled</mark>' in html
    assert "<b>x</b>" not in html
    assert len(load(Store(own_store)).summaries) == 4
    next(b for b in at.button if b.label.startswith("Save")).click().run()
    assert "1 report saved" in at.success[0].value
    assert len(load(Store(own_store)).summaries) == 5


def test_events_of_a_dataset_are_counted_by_spot_and_open(page: Callable[..., AppTest], own_store: str) -> None:
    store = Store(own_store)
    told = [event(incident_id=f"e{n}", actor_name="A", start_date="2016-01-01", end_date="2016-01-01", year=2016,
                  where_prec=1, uncertainty_km=1.0, lat=35.5, lon=37.5, dataset="ged") for n in range(500)]  # fmt: skip
    store.keep_dataset(Dataset("ged", "ucdp", "f", "0" * 64, datetime.now(UTC)), told)
    at = page(own_store)
    assert not at.exception
    assert "**504 of 504** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    counted = layers_of(at)["counted"]
    assert counted["@@type"] == "TileLayer"
    (spot,) = fetched(counted["data"].format(z=3, x=4, y=3)).json()["features"]
    assert spot["properties"]["what"] == "500 incidents"
    at = on_map(at, "counted", spot)
    assert at.session_state["selected_incident"] == "e0"
    assert "layer" in json.loads(at.get("vega_lite_chart")[0].proto.spec)
    at = page(own_store, incident="e0")
    assert "**499 more at this point**" in [m.value for m in at.markdown]


def test_on_a_map_of_the_world_incidents_are_counted_until_one_comes_near(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    places = ("Homs", "Hama", "Los Angeles")
    keep(
        [extract(f"Vandals smashed graves in {name}.", published=f"2019-05-0{n}") for n, name in enumerate(places, 1)],
        store,
    )
    at = page(url)
    layers = layers_of(at)
    assert layers["singly"]["visibleMinZoom"] == 4.5
    assert len({row["id"] for row in deck(at)["points"]}) == 3
    counted = layers["counted"]["data"]
    far, near = (fetched(counted.format(z=z, x=x, y=y)).json()["features"] for z, x, y in ((1, 1, 0), (5, 19, 12)))
    assert [f["properties"]["n"] for f in far] == ["2"]
    assert near == []


def test_a_map_of_one_land_draws_incidents_one_by_one(page: Callable[..., AppTest], own_store: str) -> None:
    layers = layers_of(page(own_store))
    assert "counted" not in layers
    assert "visibleMinZoom" not in layers["singly"]


def test_what_changed_since_a_briefing_is_told(page: Callable[..., AppTest], own_store: str) -> None:
    before = len(Store(own_store).briefings())
    page(own_store)
    assert fetched("/api/briefing/svg?country=SY").status_code == 200
    assert fetched("/api/briefing/png?country=SY").status_code == 200
    first, second, *_ = load(Store(own_store)).summaries
    correct(Store(own_store), first, "status", {"status": "rejected"}, who="Ana", why="a copy")
    correct(Store(own_store), second, "type", {"incident_type": "vandalism"}, who="Ana", why="reads so")
    at = page(own_store, "reports")
    assert not at.exception
    since = at.selectbox[0]
    assert len(since.options) == before + 2  # one briefing more, though in two forms, and a day
    assert "(country: Syria; 4 shown)" in since.options[0]
    assert "**0** new · **1** changed · **1** gone" in [m.value for m in at.markdown]
    told = next(d.value for d in at.dataframe if "how" in d.value)
    assert told["how"].iloc[1] == "rejected"
    assert "→ vandalism" in told["how"].iloc[0]
    at.selectbox[0].set_value(-1).run()
    assert "**3** changes" in [m.value for m in at.markdown]


def test_a_store_that_cannot_be_written_says_so_and_loses_nothing(page: Callable[..., AppTest], own_store: str) -> None:
    chosen = load(Store(own_store)).summaries[0]
    with sqlite3.connect(own_store.removeprefix("sqlite:///")) as db:
        for table in ("briefing", "decision", "view", "report"):
            db.execute(f"CREATE TRIGGER broken_{table} BEFORE INSERT ON {table} BEGIN INSERT INTO lost VALUES (1); END")
    at = reviewed(page(own_store, incident=chosen.id), "Ana")
    at.button(key="status_confirmed").click().run()
    told = [e.value for e in at.error]
    at.text_input(key="view_name").set_value("mine").run()
    at.button(key="keep_view").click().run()
    told += [e.value for e in at.error]
    assert fetched("/api/briefing/svg").status_code == 200
    at = page(own_store, "add")
    at.text_area[0].set_value("Vandals toppled 30 headstones at a cemetery in Zahle on 3 May 2019.")
    at.button[0].click().run()
    next(b for b in at.button if b.label.startswith("Save")).click().run()
    told += [e.value for e in at.error]
    assert len(told) == 3
    assert all("cannot be written" in text and "nothing was changed" in text for text in told)
    assert "New: **1 report**" in at.markdown[0].value  # still there, to be saved later


def test_graphic_text_is_folded_until_it_is_asked_for(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, "add")
    at.text_area[0].set_value("Soldiers exhumed bodies from a cemetery in Homs on 3 May 2019.")
    at.button[0].click().run()
    (fold,) = at.expander
    assert "what was done to the dead" in fold.label
    assert not fold.proto.expanded


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
    assert "grid" not in layers_of(at)
    at.button(key="point").click().run()
    assert "Click the map where it was" in at.info[0].value
    at = on_map(at, "grid", {"properties": {"lat": 35.25, "lon": 38.5, "off": 420.0}})
    assert "grid" not in layers_of(at)
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
