"""Expressions of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.languages.en.time_expressions import dateline, find_dates, unresolved_times
from geo.model import Extraction

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
        ("a decade ago", "2009-01-01", "2011-12-31", 5),
        ("on Sunday, 9 February 2020", "2020-02-09", "2020-02-09", 1),
        ("on Thursday, 3 May 2014", "2014-05-03", "2014-05-03", 1),  # it was a Saturday: the date stands
        ("on Sunday 9 February", "2020-02-09", "2020-02-09", 1),
        ("on Sunday night, 9 February", "2020-02-09", "2020-02-09", 1),
        ("on Sunday, February 9", "2020-02-09", "2020-02-09", 1),
        ("on Sunday (9 February)", "2020-02-09", "2020-02-09", 1),
        ("on 9 February (Sunday)", "2020-02-09", "2020-02-09", 1),
        ("on February 9, a Sunday,", "2020-02-09", "2020-02-09", 1),
        ("on JAN. 27, 2017", "2017-01-27", "2017-01-27", 1),
        ("on 27.01.2017", "2017-01-27", "2017-01-27", 1),
        ("on 1/27/2017", "2017-01-27", "2017-01-27", 1),
        ("from 28 May 2014 to 2 June 2014", "2014-05-28", "2014-06-02", 2),
        ("between 28 May 2014 and 2 June 2014", "2014-05-28", "2014-06-02", 2),
        ("28 May 2014 - 2 June 2014", "2014-05-28", "2014-06-02", 2),
        ("May 28, 2014 to June 2, 2014", "2014-05-28", "2014-06-02", 2),
        ("from Wednesday, 28 May, to Monday, 2 June 2014", "2014-05-28", "2014-06-02", 2),
        ("from May 28 until June 2, 2014", "2014-05-28", "2014-06-02", 2),
        ("between 30 December 2018 and 5 January 2019", "2018-12-30", "2019-01-05", 3),
        ("from 3 to 29 March 2015", "2015-03-03", "2015-03-29", 4),
        ("from 3 March 2015 to 9 May 2015", "2015-03-03", "2015-05-09", 5),
        ("from May 2014 to June 2015", "2014-05-01", "2015-06-30", 5),
        ("in May-June 2015", "2015-05-01", "2015-06-30", 5),
        ("from November 2014 to January 2015", "2014-11-01", "2015-01-31", 5),
        ("between May and July", "2019-05-01", "2019-07-31", 5),
        ("over the past decade", "2010-02-12", "2020-02-12", 5),
        ("in the last week", "2020-02-05", "2020-02-12", 3),
        ("over the past three days", "2020-02-09", "2020-02-12", 2),
    ],
)
def test_an_expression_is_an_interval(text: str, start: str, end: str, prec: int) -> None:
    (found,) = find_dates(f"It was smashed {text}.", REF)
    assert (found.start.isoformat(), found.end.isoformat(), found.prec) == (start, end, prec)


@pytest.mark.parametrize("text", ["yesterday", "on Monday", "last month", "in March", "two weeks ago"])
def test_what_is_relative_stays_open_without_a_day_to_read_it_against(text: str) -> None:
    assert find_dates(f"It was smashed {text}.", None) == []


@pytest.mark.parametrize(
    "text", ["it may be broken", "30 February 2020", "99 graves", "the M5 highway", "2020-13-45", "4/5/2015"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert [d for d in find_dates(text, REF) if d.prec == 1] == []


def test_dates_joined_by_and_are_two() -> None:
    found = find_dates("It was smashed on 3 May 2014 and 2 June 2014.", REF)
    assert [d.start.isoformat() for d in found] == ["2014-05-03", "2014-06-02"]


@pytest.mark.parametrize(
    "text",
    ["in the late 15th century", "in the nineteenth century", "on 5 Shawwal 1434", "during Ramadan", "in the 1980s",
     "several times", "repeatedly", "in recent months", "for decades", "during World War II", "on 04/05/2015"],
)  # fmt: skip
def test_a_time_without_days_is_noticed(text: str) -> None:
    sentence = f"It was smashed {text}."
    (span,) = unresolved_times(sentence)
    assert sentence[span.start : span.end] == span.text
    assert find_dates(sentence, REF) == []


@pytest.mark.parametrize("text", ["The 15th-century mosque fell.", "a tomb from the 15th century", "It may fall."])
def test_a_thing_s_age_is_not_a_time(text: str) -> None:
    assert list(unresolved_times(text)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In the 16th century Portuguese soldiers destroyed the temples of Goa.",
        "On 5 Shawwal 1434 gunmen torched a church in Minya.",
        "During Ramadan, gunmen torched a church in Minya.",
        "Looters have plundered the ruins of Apamea for decades.",
        "Looters have ransacked the museum in Bangui several times.",
        "Thieves robbed the church in Narva on 04/03/2019.",
        "The statue in Hull was smashed during World War II.",
        "Residents of Mosul marked on Sunday the anniversary of the destruction of the Nuri mosque.",
        "In 2018 a court in Hull convicted a man of smashing graves.",
        "Vandals smashed 20 graves in Hull, the mayor recalled on 3 March 2019.",
    ],
)
def test_the_week_before_publication_never_replaces_a_time_in_the_sentence(
    extract: Callable[..., Extraction], sentence: str
) -> None:
    (claim,) = extract(sentence, published="2021-06-15").claims
    assert claim.when is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The 13th-century mosque in Aleppo was shelled.",
        "Militants destroyed a tomb from the 13th century in Mosul.",
        "The mosque in Aleppo, built in the 1980s, was shelled.",
        "Vandals smashed 20 graves in Hull, police said.",
        "The mayor condemned on Monday the burning of a mosque in Malmö.",
    ],
)
def test_news_without_a_date_is_of_the_week_before_publication(
    extract: Callable[..., Extraction], sentence: str
) -> None:
    (claim,) = extract(sentence, published="2021-06-15").claims
    assert claim.when is not None
    assert (claim.when.basis, claim.when.end) == ("published", date(2021, 6, 15))


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


@pytest.mark.parametrize("words", ["half a year ago", "half a decade ago", "over the past half a year"])
def test_half_a_unit_is_not_read_as_zero(words: str) -> None:
    assert find_dates(f"Vandals smashed graves {words}.", date(2015, 2, 1)) == []
