"""Every filter of the registry survives the query and the command line, and filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import orjson
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from geo.cli.export import selection_of
from geo.cli.main import app
from geo.errors import FilterError
from geo.incidents.columns import IncidentColumns
from geo.incidents.filters import CLOCKS, FILTERS, Filter, Selection
from geo.incidents.record import IncidentRecord, SourceRecord
from geo.model import Place

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
BOXES = st.tuples(LON, LON, LAT, LAT).map(lambda b: (b[0], min(b[2:]), b[1], max(b[2:])))
# A value of each filter by its widget; those by values are made below.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "since": st.dates(),
    "until": st.dates(),
    "bbox": BOXES,
    "within_km": st.floats(0, 1e9),
    "independent": st.integers(1, 999_999_999),
    "text": TEXT,
    "clock": st.sampled_from(CLOCKS),
    "year": st.lists(st.integers(1, 9999), min_size=1).map(tuple),
    "country": st.lists(st.sampled_from(["SY", "IQ", "FR"]), min_size=1).map(tuple),
}


def values_of(each: Filter) -> st.SearchStrategy[Any]:
    if each.name in VALUES:
        return VALUES[each.name]
    assert each.many, f"add a strategy for the filter {each.name}"
    return st.lists(st.sampled_from(each.codes) if each.codes else TEXT, min_size=1).map(tuple)


SELECTIONS = st.fixed_dictionaries({}, optional={f.name: values_of(f) for f in FILTERS}).map(lambda v: Selection(**v))


@given(SELECTIONS)
def test_a_selection_survives_a_url(selection: Selection) -> None:
    url = urlencode(selection.to_query())
    assert Selection.from_query(parse_qsl(url, keep_blank_values=True)) == selection


@given(SELECTIONS)
def test_a_selection_survives_json(selection: Selection) -> None:
    assert Selection.from_json(orjson.loads(orjson.dumps(selection.to_json()))) == selection


@given(SELECTIONS)
def test_a_selection_survives_the_command_line(selection: Selection) -> None:
    options = {f.name: f.option for f in FILTERS}
    arguments = [f"{options[name]}={text}" for name, text in selection.to_query()]
    command: Any = typer.main.get_command(app)
    context = command.commands["export"].make_context("export", arguments)
    assert selection_of(context.params) == selection


@given(SELECTIONS)
def test_the_words_for_a_selection_name_each_filter_in_force(selection: Selection) -> None:
    words = selection.describe()
    assert (words == "all incidents") == (selection == Selection())
    for each, value in selection.in_force():
        assert each.describe(value) in words


# What passes a selection with one filter in force, and what does not.
NEAR = Place("Homs", 34.7, 36.7, "SY", "Homs", None, "d", None, 1.0)
PASSING = IncidentRecord(
    incident_id="a", dataset="d", actor_name="A", actor_category="rioters", incident_type="looting",
    target_type="museum", country="SY", admin1="Homs", start_date=date(2015, 1, 1), end_date=date(2015, 1, 31),
    reported=date(2015, 1, 5), added=datetime(2020, 1, 1), assertion="alleged", where_prec=1, uncertainty_km=1.0,  # noqa: DTZ001
    status="confirmed", n_independent=2, sources=(SourceRecord(publisher="P", evidence="They broke in."),), place=NEAR,
)  # fmt: skip
FAILING = IncidentRecord(
    incident_id="b",
    start_date=date(2016, 2, 1),
    end_date=date(2016, 2, 2),
    reported=date(2014, 1, 1),
    assertion="denied",
)
CHOSEN: dict[str, Any] = {
    "actor": ("A", "C"), "actor_category": ("rioters",), "type": ("looting",), "target_type": ("museum",),
    "country": ("SY",), "admin1": ("Homs",), "year": (2015,), "bbox": (36.0, 34.0, 37.0, 35.0),
    "assertion": ("alleged",), "within_km": 2.0, "status": ("confirmed",), "publisher": ("P",), "independent": 2,
    "dataset": ("d",), "text": "broke", "until": date(2015, 6, 1),
}  # fmt: skip
ONE_FILTER: dict[str, Callable[[], Selection]] = {
    **{name: lambda name=name: Selection(**{name: CHOSEN[name]}) for name in CHOSEN},  # type: ignore[misc]
    "since": lambda: Selection(since=date(2015, 1, 1), clock="reported"),
    "clock": lambda: Selection(year=(2020,), clock="added"),
}


@pytest.mark.parametrize("name", [f.name for f in FILTERS])
def test_every_filter_filters(name: str) -> None:
    columns = IncidentColumns([PASSING, FAILING])
    selection = ONE_FILTER[name]()
    assert [r.id for r in columns.select(selection)] == ["a"]
    assert [r.id for r in columns.select(Selection.from_query(selection.to_query()))] == ["a"]


def test_every_filter_has_words() -> None:
    assert [f.name for f in FILTERS if not (f.name and f.label and f.help and f.widget)] == []
    assert len({f.label for f in FILTERS}) == len(FILTERS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("year", "soon"), ("since", "yesterday"), ("until", "2015-13-01"), ("bbox", "1,2,3"),
        ("bbox", "1,2,3,400"), ("bbox", "nan,nan,nan,nan"), ("within_km", "far"), ("within_km", "nan"),
        ("within_km", "-1"), ("independent", "0"), ("independent", "9" * 400), ("type", "murder"), ("clock", "late"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_refused_by_its_option(name: str, text: str) -> None:
    with pytest.raises(FilterError, match=f"--{name.replace('_', '-')}"):
        Selection.from_query([(name, text)])


def test_names_of_no_filter_and_empty_texts_are_ignored() -> None:
    assert Selection.from_query([("size", "a4"), ("since", ""), ("text", "")]) == Selection()
    assert Selection.from_query([("country", "sy"), ("text", "a"), ("text", "b")]) == Selection(
        country=("SY",), text="b"
    )
