"""Filters over columns give what a look at each incident would."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FilterError
from geo.imports.checks import event
from geo.incidents.aggregation import Summary
from geo.incidents.columns import FACETS, Frame
from geo.incidents.filters import Selection
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
FILTERS = st.fixed_dictionaries(
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


def summary(number: int, row: dict[str, Any]) -> Summary:
    start = row["start"]
    end = date.fromordinal(min(start.toordinal() + row["long"], date.max.toordinal())) if start else None
    p = event(
        incident_id=str(number), dataset="d", actor_name=row["actor_name"], country=row["country"],
        start_date=start and start.isoformat(), end_date=end and end.isoformat(), n_independent=row["n_independent"],
        where_prec=row["where_prec"] if row["lat"] is not None else None, uncertainty_km=row["uncertainty_km"],
        sources=[{"publisher": x} for x in row["publishers"]],
    )  # fmt: skip
    place = None if row["lat"] is None else Place("x", row["lat"], row["lon"], None, None, None, "d", None, 0.0)
    return Summary(place, p)


def passes(s: Summary, f: dict[str, Any]) -> bool:
    p = s.properties
    first, last = (p[n] and date.fromisoformat(p[n]) for n in ("start_date", "end_date"))
    inside = f["bbox"] is None
    if f["bbox"] and s.place:
        w, south, e, n = f["bbox"]
        lon = s.place.lon
        inside = south <= s.place.lat <= n and (w <= lon <= e if w <= e else lon >= w or lon <= e)
    return bool(
        (not f["actor"] or p["actor_name"] in f["actor"])
        and (not f["country"] or p["country"] in f["country"])
        and (not f["year"] or (first and any(first.year <= y <= last.year for y in f["year"])))
        and (not f["publisher"] or any(x["publisher"] in f["publisher"] for x in p["sources"]))
        and (f["since"] is None or (last and last >= f["since"]))
        and (f["until"] is None or (first and first <= f["until"]))
        and (f["within_km"] is None or (p["where_prec"] in (1, 2) and p["uncertainty_km"] <= f["within_km"]))
        and (f["independent"] is None or p["n_independent"] >= f["independent"])
        and inside
    )


@given(st.lists(ROWS, max_size=12), FILTERS)
def test_a_mask_is_what_a_look_at_each_gives(rows: list[dict[str, Any]], filters: dict[str, Any]) -> None:
    summaries = [summary(n, row) for n, row in enumerate(rows)]
    shown = Frame(summaries).of(Selection(**filters))
    assert [s.id for s in shown] == [s.id for s in summaries if passes(s, filters)]


@given(st.lists(ROWS, max_size=12), FILTERS)
def test_a_value_counts_what_choosing_it_would_show(rows: list[dict[str, Any]], filters: dict[str, Any]) -> None:
    frame = Frame([summary(n, row) for n, row in enumerate(rows)])
    counts = frame.counts(Selection(**filters))
    assert set(counts) == {*FACETS, "year"}
    for name in ("actor", "country", "year", "publisher"):
        for value, number in counts[name].items():
            assert len(frame.of(Selection(**{**filters, name: (value,)}))) == number


def test_words_are_found_in_any_spelling_of_case_and_marks() -> None:
    told = summary(0, {"actor_name": "A", "country": None, "start": None, "long": 0, "lat": 1.0, "lon": 1.0,
                       "where_prec": 1, "uncertainty_km": 1.0, "n_independent": 1, "publishers": []})  # fmt: skip
    frame = Frame([Summary(told.place, {**told.properties, "place_name": "Dar‘ā", "target": "the Omari Mosque"})])
    assert len(frame.of(Selection(text="omari DARA"))) == 1
    assert frame.of(Selection(text="omari hama")) == []


def test_a_value_that_none_can_have_is_refused() -> None:
    with pytest.raises(FilterError, match="--clock"):
        Selection(clock="yesterday")
