"""Review and corrections of an incident."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.snapshot import load_snapshot
from geo.store import Store
from tests.dashboard.pages import layers_of, on_map


def with_analyst(at: AppTest, who: str) -> AppTest:
    at.text_input(key="analyst").set_value(who).run()
    return at


def test_of_two_reviews_the_second_is_refused_with_the_reason(page: Callable[..., AppTest], own_store: str) -> None:
    chosen = next(r for r in load_snapshot(Store(own_store)).records if r.place_name == "Old Homs")
    one, two = (with_analyst(page(own_store, incident=chosen.id), who) for who in ("Ana", "Ben"))
    one.button(key="status_confirmed").click().run()
    assert "Saved: review status, by Ana" in one.success[0].value.replace("\\", "")
    two.button(key="status_rejected").click().run()
    assert "Ana changed it" in two.warning[0].value.replace("\\", "")
    store = Store(own_store)
    assert load_snapshot(store).record(chosen.id).status == "confirmed"  # type: ignore[union-attr]
    (decision,) = store.ledger.decisions()
    one.button(key=f"undo_{decision.number}").click().run()
    assert load_snapshot(store).record(chosen.id).status == "unreviewed"  # type: ignore[union-attr]


def test_a_decision_without_a_name_is_refused(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, incident=load_snapshot(Store(own_store)).records[0].id)
    at.button(key="status_confirmed").click().run()
    assert "say who decides" in at.error[0].value
    assert Store(own_store).ledger.decisions() == []


@pytest.mark.parametrize("kind", ["place", "actor", "type", "date", "merge", "split"])
def test_every_correction_has_its_form(page: Callable[..., AppTest], own_store: str, kind: str) -> None:
    at = page(own_store, incident=load_snapshot(Store(own_store)).records[0].id)
    at.selectbox(key="review_kind").set_value(kind).run()
    assert not at.exception
    assert any("FormSubmitter" in (b.key or "") or b.label in ("Save the place", "Merge", "Split") for b in at.button)


def test_a_place_is_corrected_by_a_click_on_the_map(page: Callable[..., AppTest], own_store: str) -> None:
    (one, *_) = load_snapshot(Store(own_store)).records
    at = page(own_store, incident=one.id)
    at.text_input(key="analyst").set_value("Ana")
    at.selectbox(key="review_kind").set_value("place").run()
    assert "grid" not in layers_of(at)
    at.button(key="point").click().run()
    assert "Click the place on the map" in at.info[0].value
    at = on_map(at, "grid", {"properties": {"lat": 35.25, "lon": 38.5, "off": 420.0}})
    assert "grid" not in layers_of(at)
    assert [n.value for n in at.number_input] == [35.25, 38.5, 0.42]
    next(b for b in at.button if b.label == "Save the place").click().run()
    moved = load_snapshot(Store(own_store)).record(one.id)
    assert moved is not None
    assert moved.place is not None
    assert (moved.place.lat, moved.place.lon, moved.uncertainty_km) == (35.25, 38.5, 0.42)
