"""Saved views."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from geo.store import Store


def test_a_view_is_saved_under_a_name_and_opened_again(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, actor=["Islamic State"], year=["2015"])
    at.text_input(key="view_name").set_value("IS *2015*").run()
    at.button(key="keep_view").click().run()
    assert Store(own_store).views() == {"IS *2015*": {"actor": ["Islamic State"], "year": ["2015"]}}
    at = page(own_store)
    at.button(key="view_0").click().run()
    assert "**1 of 4** incidents shown, **0** without a place" in [m.value for m in at.markdown]
    at.button(key="drop_0").click().run()
    assert Store(own_store).views() == {}
