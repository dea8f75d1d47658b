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


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_go_on(
    page: Callable[..., AppTest], own_store: str
) -> None:
    at = page(own_store, "add")
    files = {
        "good.txt": b"Vandals toppled 30 headstones at a cemetery in Zahle on 3 May 2019, police said.",
        "bad.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01",
        "table.csv": b"id,text\nr1,Militants destroyed a shrine in Mosul on 5 June 2014.\nr2,\n",
    }
    at.file_uploader[0].set_value([(name, content, "text/plain") for name, content in files.items()])
    at.button[0].click().run()
    assert not at.exception
    assert "**2 reports** read" in at.markdown[0].value
    errors = [error.value.replace("\\", "") for error in at.error]
    assert len(errors) == 2
    assert errors[0].startswith("Not read: bad.txt")
    assert "table.csv" in errors[1]
    next(b for b in at.button if b.label == "Save 2 reports").click().run()
    assert "2 reports saved; 2 could not be read" in at.success[0].value
