"""Figures on annotated reports: each has a floor, which may be raised and never lowered.

The project's own reports lie beside this file; the other annotations stand beside the project, and where they are
missing the tests say that they were skipped. A floor holds for one state of the annotations, known by their hash.
"""

from __future__ import annotations

import pytest

from tests.eval import corpora
from tests.eval.conftest import require
from tests.eval.floors import read_floors
from tests.eval.measuring import Readings

FLOORS = read_floors()
FIELDS = ("type", "place", "actor", "year", "date_7d", "asserted")


@pytest.mark.xdist_group("claims")
@pytest.mark.parametrize("name", corpora.ALL)
def test_no_figure_falls_below_its_floor(readings: Readings, name: str) -> None:
    require(name)
    assert readings.corpus(name).sha256 == FLOORS[name].sha256, "other annotations: see `python -m tests.eval.gate -h`"
    figures = readings.figures(name)
    fallen = {figure: (figures.get(figure), floor) for figure, floor in FLOORS[name].fallen(figures).items()}
    assert fallen == {}


@pytest.mark.parametrize("name", corpora.OWN_HALVES)
def test_both_halves_have_a_floor_for_every_figure(name: str) -> None:
    averages = {
        f"{group}.{figure}" for group in ("report_relevance", "incidents") for figure in ("precision", "recall", "f1")
    }
    fields = {f"fields_right_of_all_gold.{field}" for field in FIELDS}
    others = {"primary_incident_all_right", "accusations.precision", "accusations.recall", "bcubed.f1"}
    assert averages | fields | others <= set(FLOORS[name].floors)


def test_the_halves_share_no_event_and_neither_is_small() -> None:
    halves = [corpora.load(name) for name in corpora.OWN_HALVES]
    events = [{row.get("same_incident_group") or row["doc"] for row in half.rows} for half in halves]
    assert events[0].isdisjoint(events[1])
    assert sum(len(half.rows) for half in halves) == len(corpora.read_rows(corpora.OWN))
    assert all(len(half.rows) >= 25 and sum(row["relevant"] for row in half.rows) >= 20 for half in halves)
