"""The page "Coverage": reports, unresolved names, changes."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboard.snapshot import load_snapshot
from geo.incidents.review import correct
from geo.store import Store
from tests.dashboard.pages import fetched


def test_the_coverage_page_lists_reports_and_unresolved_names(page: Callable[..., AppTest], seeds_url: str) -> None:
    at = page(seeds_url, "reports")
    assert not at.exception
    read = next(d.value for d in at.dataframe if "copy" in d.value)
    assert len(read) == 5
    assert read["copy"].sum() == 2
    months = at.dataframe[0].value
    assert months["reports"].sum() == 5
    assert set(months["group"]) == {"2015-03", "2015-04", "2017-12", "2020-02", "no date"}


def test_changes_since_a_briefing_are_listed(page: Callable[..., AppTest], own_store: str) -> None:
    before = len(Store(own_store).briefings())
    page(own_store)
    assert fetched("/api/briefing/svg?country=SY").status_code == 200
    assert fetched("/api/briefing/png?country=SY").status_code == 200
    first, second, *_ = load_snapshot(Store(own_store)).records
    correct(Store(own_store), first, "status", {"status": "rejected"}, who="Ana", why="a copy")
    correct(Store(own_store), second, "type", {"incident_type": "vandalism"}, who="Ana", why="reads so")
    at = page(own_store, "reports")
    assert not at.exception
    since = at.selectbox[0]
    assert len(since.options) == before + 2  # one briefing more, though in two forms, and a day
    assert "(country: Syria; 4 incidents)" in since.options[0]
    assert "**0** new · **1** changed · **1** gone" in [m.value for m in at.markdown]
    changes = next(d.value for d in at.dataframe if "change" in d.value)
    assert changes["change"].iloc[1] == "rejected"
    assert "→ Vandalism" in changes["change"].iloc[0]
    at.selectbox[0].set_value(-1).run()
    assert "**3** changes" in [m.value for m in at.markdown]
