"""Dates and ranges of dates that a text writes out: "3 May 2014", "from May 2014 to June 2015".

Each reader takes the match of a pattern of `time_patterns.py` and the day of reference. It returns None for what cannot
be read, and raises ValueError or OverflowError for a day outside the calendar or outside the years 1 to 9999.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from geo.extraction.languages.en.calendar_spans import interval, latest_year, month_span, year_span
from geo.extraction.languages.en.time_words import MONTHS, PARTS_OF_YEAR
from geo.model import DateSpan


def read_day(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "3 May 2014", "May 3": without a year the last such day."""
    month = MONTHS[m["month"].lower()]
    year, basis = (int(m["year"]), "stated") if m["year"] else (latest_year(month, int(m["day"]), ref), "relative")
    if year is None:
        return None
    day = date(year, month, int(m["day"]))
    return DateSpan(day, day, 1, basis)


def read_iso(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "2014-05-03"."""
    day = date(int(m["year"]), int(m["m"]), int(m["day"]))
    return DateSpan(day, day, 1, "stated")


def read_numeric(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "27.01.2017" or "1/27/2017"; None where day and month could be either way round ("4/5/2021")."""
    first, second, year = int(m["day"]), int(m["m"]), int(m["year"])
    if second > 12 and m["sep"] == "/":
        first, second = second, first
    elif m["sep"] == "/" and first <= 12 and first != second:
        return None
    day = date(year, second, first)
    return DateSpan(day, day, 1, "stated")


def read_days(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A range of days in one month or two: "3 to 6 June", "June 3-6, 2014", "between 28 May and 2 June"."""
    groups = m.groupdict()
    last = MONTHS[m["month"].lower()]
    first = MONTHS[groups["month1"].lower()] if groups.get("month1") else last
    year = int(m["year"]) if m["year"] else latest_year(last, int(m["day"]), ref)
    if year is None:
        return None
    start, end = date(year - (first > last), first, int(m["day"])), date(year, last, int(m["day2"]))
    return interval(start, end, "stated")


def read_days_of_years(m: re.Match[str], _: date | None) -> DateSpan | None:
    """A range of days, each with its year: "from 28 May 2014 to 2 June 2014"."""
    start = date(int(m["year1"]), MONTHS[m["month1"].lower()], int(m["day"]))
    return interval(start, date(int(m["year"]), MONTHS[m["month"].lower()], int(m["day2"])), "stated")


def read_months(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A range of months: "from May 2014 to June 2015", "between May and July"."""
    first, last = MONTHS[m["month1"].lower()], MONTHS[m["month"].lower()]
    year = int(m["year"]) if m["year"] else latest_year(last, 1, ref)
    if year is None:
        return None
    start = date(int(m["year1"]) if m["year1"] else year - (first > last), first, 1)
    return interval(start, month_span(year, last, "stated").end, "stated" if m["year"] else "relative")


def read_years(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "between 2014 and 2016"."""
    first, last = int(m["year"]), int(m["year2"])
    return DateSpan(date(first, 1, 1), date(last, 12, 31), 5, "stated") if first <= last else None


def read_month_year(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "May 2014"."""
    return month_span(int(m["year"]), MONTHS[m["month"].lower()], "stated")


def read_year(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "in 2014", "early 2015"."""
    year = int(m["year"])
    if m["part"]:
        first, last = PARTS_OF_YEAR[m["part"].lower().split()[0].rstrip("- ")]
        return DateSpan(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), 5, "stated")
    return year_span(year, "stated")
