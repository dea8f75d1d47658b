"""The card of an incident: sentences, sources side by side, hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.snapshot import load_snapshot
from geo.ingest import keep
from geo.model import Extraction
from geo.store import Store
from tests.dashboard.pages import text_of

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](http://evil.example/x.png) :red[r] @@=x"


def test_the_card_marks_each_sentence_in_its_paragraph(page: Callable[..., AppTest], seeds_url: str) -> None:
    snapshot = load_snapshot(Store(seeds_url))
    for record in snapshot.records:
        at = page(seeds_url, incident=record.id)
        if at.warning:
            at.button(key="show_graphic").click().run()
        html = text_of(at)
        assert html.count("<mark>") == record.n_reports
        assert f"{record.n_independent} independent" in html


def test_hostile_text_stays_text(
    page: Callable[..., AppTest], extract: Callable[..., Extraction], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = Store(url)
    text = f"Graves were smashed in Homs. {HOSTILE}\n{HOSTILE}"
    keep([extract(text, publisher=HOSTILE, title=HOSTILE, url="javascript:alert(1)", published="2019-05-06")], store)
    (record,) = load_snapshot(store).records
    at = page(url, incident=record.id)
    assert not at.exception
    html = "\n".join(h.proto.body for h in at.get("html"))
    assert "<img" not in html
    assert all(h.startswith("/api/") for h in re.findall(r'href="([^"]*)', html))
    assert "&lt;img" in html
    assert not any("evil.example" in m.value for m in at.markdown)


def test_sources_are_compared_and_differences_marked(
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
    chosen = next(r for r in load_snapshot(store).records if r.n_reports == 2)
    at = page(url, incident=chosen.id)
    assert not at.exception
    assert "2 sources side by side: they disagree on counts" in [e.label for e in at.expander]
    sources = next(d.value for d in at.dataframe if "attributed to" in d.value)
    assert sorted(c.startswith("≠") for c in sources["counts"]) == [False, True]
    assert "1 other incident at this place" in [e.label for e in at.expander]
    assert "How the place was chosen" in [e.label for e in at.expander]
