"""Reports added in the page."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboard.snapshot import load_snapshot
from geo.store import Store


def test_a_pasted_report_is_shown_before_it_is_saved(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, "add")
    at.text_area[0].set_value(
        "Vandals toppled 30 headstones at a cemetery in Zahle on 3 May 2019, police said. <b>x</b>"
    )
    at.button[0].click().run()
    assert not at.exception
    assert "**1 report** read, with **1 incident**" in at.markdown[0].value
    html = "\n".join(h.proto.body for h in at.get("html"))
    assert '<mark class="act" title="what happened: Graves desecrated">toppled</mark>' in html
    assert "<b>x</b>" not in html
    assert len(load_snapshot(Store(own_store)).records) == 4
    next(b for b in at.button if b.label.startswith("Save")).click().run()
    assert "1 report saved" in at.success[0].value
    assert len(load_snapshot(Store(own_store)).records) == 5


def test_graphic_text_is_folded_until_the_reader_opens_it(page: Callable[..., AppTest], own_store: str) -> None:
    at = page(own_store, "add")
    at.text_area[0].set_value("Soldiers exhumed bodies from a cemetery in Homs on 3 May 2019.")
    at.button[0].click().run()
    (section,) = at.expander
    assert "what was done to the dead" in section.label
    assert not section.proto.expanded
