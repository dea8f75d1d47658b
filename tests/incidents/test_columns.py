"""Filters over columns give what a look at each incident would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FilterError
from geo.incidents.columns import FACETS, IncidentColumns
from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord, SourceRecord
from geo.model import Place

DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
ROWS = st.fixed_dictionaries(
    {
        "actor_name": st.sampled_from("ABC"),
        "country": st.sampled_from([None, "SY", "IQ"]),
        "start": DAYS,
        "long": st.integers(0, 900),
        "lat": st.one_of(st.none(), st.floats(-90, 90)),
        "lon": st.floats(-180, 180),
        "where_prec": st.sampled_from([1, 2, 3]),
        "uncertainty_km": st.floats(0, 50),
        "n_independent": st.integers(1, 4),
        "publishers": st.lists(st.sampled_from("xyz"), max_size=2),
    }
)
CHOSEN = st.fixed_dictionaries(
    {
        "actor": st.lists(st.sampled_from("ABCD")).map(tuple),
        "country": st.lists(st.sampled_from(["SY", "IQ"])).map(tuple),
        "year": st.lists(st.integers(1899, 2102), max_size=3).map(tuple),
        "publisher": st.lists(st.sampled_from("xyz")).map(tuple),
        "since": DAYS,
        "until": DAYS,
        "within_km": st.one_of(st.none(), st.floats(0, 50)),
        "independent": st.one_of(st.none(), st.integers(1, 4)),
        "bbox": st.one_of(st.none(), st.just((170.0, -40.0, -170.0, 40.0)), st.just((0.0, 0.0, 60.0, 60.0))),
    }
)


def record(number: int, row: dict[str, Any]) -> IncidentRecord:
    start = row["start"]
    end = date.fromordinal(min(start.toordinal() + row["long"], date.max.toordinal())) if start else None
    placed = row["lat"] is not None
    return IncidentRecord(
        incident_id=str(number), dataset="d", actor_name=row["actor_name"], country=row["country"],
        start_date=start, end_date=end, n_independent=row["n_independent"],
        where_prec=row["where_prec"] if placed else None, uncertainty_km=row["uncertainty_km"],
        sources=tuple(SourceRecord(publisher=x) for x in row["publishers"]),
        place=Place("x", row["lat"], row["lon"], None, None, None, "d", None, 0.0) if placed else None,
    )  # fmt: skip


def passes(r: IncidentRecord, f: dict[str, Any]) -> bool:
    first, last = r.start_date, r.end_date
    inside = f["bbox"] is None
    if f["bbox"] and r.place:
        w, south, e, n = f["bbox"]
        lon = r.place.lon
        inside = south <= r.place.lat <= n and (w <= lon <= e if w <= e else lon >= w or lon <= e)
    return bool(
        (not f["actor"] or r.actor_name in f["actor"])
        and (not f["country"] or r.country in f["country"])
        and (not f["year"] or (first and last and any(first.year <= y <= last.year for y in f["year"])))
        and (not f["publisher"] or any(x.publisher in f["publisher"] for x in r.sources))
        and (f["since"] is None or (last and last >= f["since"]))
        and (f["until"] is None or (first and first <= f["until"]))
        and (f["within_km"] is None or (r.where_prec in (1, 2) and (r.uncertainty_km or 0) <= f["within_km"]))
        and (f["independent"] is None or r.n_independent >= f["independent"])
        and inside
    )


@given(st.lists(ROWS, max_size=12), CHOSEN)
def test_a_mask_is_what_a_look_at_each_gives(rows: list[dict[str, Any]], chosen: dict[str, Any]) -> None:
    records = [record(n, row) for n, row in enumerate(rows)]
    selected = IncidentColumns(records).select(Selection(**chosen))
    assert [r.id for r in selected] == [r.id for r in records if passes(r, chosen)]


@given(st.lists(ROWS, max_size=12), CHOSEN)
def test_a_value_counts_what_choosing_it_would_show(rows: list[dict[str, Any]], chosen: dict[str, Any]) -> None:
    columns = IncidentColumns([record(n, row) for n, row in enumerate(rows)])
    counts = columns.counts(Selection(**chosen))
    assert set(counts) == {*FACETS, "year"}
    for name in ("actor", "country", "year", "publisher"):
        for value, number in counts[name].items():
            assert len(columns.select(Selection(**{**chosen, name: (value,)}))) == number


def test_words_match_in_any_spelling_of_case_and_marks() -> None:
    mosque = IncidentRecord(incident_id="0", place_name="Dar‘ā", target="the Omari Mosque")
    columns = IncidentColumns([mosque, replace(mosque, incident_id="1", place_name="Hama", target=None)])
    assert [r.id for r in columns.select(Selection(text="omari DARA"))] == ["0"]
    assert columns.select(Selection(text="omari hama")) == []


def test_a_value_that_none_can_have_is_refused() -> None:
    with pytest.raises(FilterError, match="--clock"):
        Selection(clock="yesterday")
