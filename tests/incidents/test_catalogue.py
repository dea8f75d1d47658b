"""The catalogue of a real store."""

from __future__ import annotations

from geo.incidents.catalogue import catalogue
from geo.store import Store


def test_reports_that_came_in_after_the_others_were_read_are_read_too(seeds_url: str) -> None:
    store = Store(seeds_url)
    reports = store.reports()
    earlier = dict(list(reports.items())[:1])
    assert len(earlier) < len(reports)
    assert catalogue(store, earlier) == catalogue(store, reports) == catalogue(store)
