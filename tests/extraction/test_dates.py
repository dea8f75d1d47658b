"""Expressions of time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.languages.en.time_expressions import dateline, find_dates

REF = date(2020, 2, 12)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "start", "end", "prec"),
    [
        ("on 10 February 2020", "2020-02-10", "2020-02-10", 1),
        ("on February 10, 2020", "2020-02-10", "2020-02-10", 1),
        ("on the 8th of December", "2019-12-08", "2019-12-08", 1),
        ("on Feb. 3", "2020-02-03", "2020-02-03", 1),
        ("2014-08-24", "2014-08-24", "2014-08-24", 1),
        ("in January 2015", "2015-01-01", "2015-01-31", 4),
        ("in August, 2014", "2014-08-01", "2014-08-31", 4),
        ("in March", "2019-03-01", "2019-03-31", 4),
        ("in April last year", "2019-04-01", "2019-04-30", 4),
        ("since 2012", "2012-01-01", "2020-02-12", 5),
        ("in early 2015", "2015-01-01", "2015-04-30", 5),
        ("on Monday", "2020-02-10", "2020-02-10", 1),
        ("yesterday", "2020-02-11", "2020-02-11", 1),
        ("over the weekend", "2020-02-08", "2020-02-09", 2),
        ("last week", "2020-02-03", "2020-02-09", 3),
        ("last month", "2020-01-01", "2020-01-31", 4),
        ("last year", "2019-01-01", "2019-12-31", 5),
        ("three days ago", "2020-02-09", "2020-02-09", 1),
        ("two years ago", "2018-01-01", "2018-12-31", 5),
    ],
)
def test_an_expression_is_an_interval(text: str, start: str, end: str, prec: int) -> None:
    (found,) = find_dates(f"It was smashed {text}.", REF)
    assert (found.start.isoformat(), found.end.isoformat(), found.prec) == (start, end, prec)


@pytest.mark.parametrize("text", ["yesterday", "on Monday", "last month", "in March", "two weeks ago"])
def test_what_is_relative_stays_open_without_a_day_to_read_it_against(text: str) -> None:
    assert find_dates(f"It was smashed {text}.", None) == []


@pytest.mark.parametrize("text", ["it may be broken", "30 February 2020", "99 graves", "the M5 highway", "2020-13-45"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert [d for d in find_dates(text, REF) if d.prec == 1] == []


def test_a_short_line_dates_the_report() -> None:
    assert dateline("Graves attacked\n2 min read\n10 February, 2020\nThe men ...") == date(2020, 2, 10)
    assert dateline("In a long sentence of 3 May 2014 nothing stands alone, so that it dates nothing.\n") is None


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"]))
def test_any_day_is_read_as_written(day: date, form: str) -> None:
    (found,) = find_dates(f"It happened on {day.strftime(form)} at night.", REF)
    assert (found.start, found.end) == (day, day)


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_every_span_is_verbatim(text: str) -> None:
    for found in find_dates(text, REF):
        assert found.span is not None
        assert text[found.span.start : found.span.end] == found.span.text
        assert found.start <= found.end
