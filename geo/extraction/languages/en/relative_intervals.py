"""Dates that a text gives against the day of publication or another date: "last week", "two years ago", "since May".

Each reader takes the match of a pattern of `time_patterns.py` and the day of reference. It returns None for what cannot
be read, and raises ValueError or OverflowError for a day outside the calendar or outside the years 1 to 9999.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from geo.extraction.languages.en import numbers
from geo.extraction.languages.en.calendar_spans import latest_year, month_span, year_span
from geo.extraction.languages.en.conflicts import beginnings
from geo.extraction.languages.en.time_words import FEASTS, MONTHS, SEASONS, UNIT_DAYS, VAGUE_NUMBERS, WEEKDAYS
from geo.model import DateSpan, date_prec

# Set by hand on the development reports of 2026: days by which "three weeks ago" and "three weeks earlier" may be off.
_WEEKS_AGO_SLACK, _WEEKS_EARLIER_SLACK = 2, 3
# The last day of the early and the middle part of a month, which are a third each.
_EARLY, _MID = 10, 20


def read_month(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "in May", "late August", "in April last year"."""
    month = MONTHS[m["month"].lower()]
    year = int(m["year"]) if m["year"] else latest_year(month, 1, ref)
    if m["ago"] and ref is not None:
        year = ref.year - (m["ago"].lower() == "last year")
    if year is None:
        return None
    basis = "stated" if m["year"] else "relative"
    whole = month_span(year, month, basis)
    part = (m["part"] or "").lower().rstrip("- ")
    if part == "early":
        return DateSpan(whole.start, whole.start.replace(day=_EARLY), 4, basis)
    if part == "late":
        return DateSpan(whole.start.replace(day=_MID + 1), whole.end, 4, basis)
    if part == "mid":
        return DateSpan(whole.start.replace(day=_EARLY + 1), whole.start.replace(day=_MID), 4, basis)
    return whole


def read_season(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "the spring of 1999", "last summer"."""
    first, last = SEASONS[m["season"].lower()]
    which = (m["which"] or "").lower()
    if m["year"]:
        year = int(m["year"])
    elif ref is not None:
        year = ref.year if first <= ref.month else ref.year - 1
        year -= which == "last" and first <= ref.month <= max(first, last)
    else:
        return None
    end_year = year + (last < first)
    return DateSpan(date(year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1]), 5, "stated")


def read_feast(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "Christmas Day 2015"."""
    month, day_of = FEASTS[m["feast"].lower()]
    year = int(m["year"]) if m["year"] else latest_year(month, day_of, ref)
    return DateSpan(date(year, month, day_of), date(year, month, day_of), 1, "stated") if year else None


def read_conflict(m: re.Match[str], ref: date | None) -> DateSpan:
    """From the first day of a conflict up to the day of publication, or to the end of its first year."""
    start = beginnings()[m["conflict"].lower()]
    return DateSpan(start, max(start, ref) if ref else date(start.year, 12, 31), 5, "stated")


def read_since(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """From a month or year up to the day of publication."""
    month = MONTHS[m["month"].lower()] if m["month"] else None
    year = int(m["year"]) if m["year"] else latest_year(month or 1, 1, ref)
    if year is None or ref is None:
        return _year_of(year, month) if year else None
    start = date(year, month or 1, 1)
    return DateSpan(start, ref, 5 if (ref - start).days > 31 else 4, "stated") if start <= ref else None


def _year_of(year: int, month: int | None) -> DateSpan:
    return month_span(year, month, "stated") if month else year_span(year, "stated")


def read_past(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "over the past two weeks", "in the last decade": up to the day of publication."""
    if ref is None:
        return None
    days = _number(m["count"] or "one") * UNIT_DAYS[m["unit"].lower()]
    return DateSpan(ref - timedelta(days=days), ref, max(2, date_prec(days)), "relative")


def read_weekday(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "on Monday": the last one."""
    if ref is None:
        return None
    back = (ref.weekday() - WEEKDAYS[m["weekday"].lower()]) % 7
    day = ref - timedelta(days=back)
    return DateSpan(day, day, 1, "relative")


def read_weekdays(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A span of weekdays: "the night from Friday to Saturday", "between Monday night and Tuesday morning"."""
    if ref is None:
        return None
    end = ref - timedelta(days=(ref.weekday() - WEEKDAYS[m["weekday2"].lower()]) % 7)
    start = end - timedelta(days=(end.weekday() - WEEKDAYS[m["weekday"].lower()]) % 7)
    return DateSpan(start, end, 2, "relative")


def read_named_day(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "yesterday", "overnight"."""
    if ref is None:
        return None
    word = m.group().lower()
    if word == "overnight":
        return DateSpan(ref - timedelta(days=1), ref, 2, "relative")
    day = ref - timedelta(days=word in ("yesterday", "last night"))
    return DateSpan(day, day, 1, "relative")


def read_period(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "last week", "over the weekend", "this year"."""
    if ref is None:
        return None
    last, unit = m["which"].lower() in ("last", "past", "previous"), m["unit"].lower()
    if unit == "week":
        start = ref - timedelta(days=ref.weekday() + (7 if last else 0))
        return DateSpan(start, min(ref, start + timedelta(days=6)), 3, "relative")
    if unit == "weekend":
        saturday = ref - timedelta(days=(ref.weekday() - 5) % 7)
        return DateSpan(saturday, min(max(ref, saturday), saturday + timedelta(days=1)), 2, "relative")
    if unit == "month":
        before = ref.replace(day=1) - timedelta(days=1)
        return (
            month_span(before.year, before.month, "relative")
            if last
            else DateSpan(ref.replace(day=1), ref, 4, "relative")
        )
    year = ref.year - last
    return DateSpan(date(year, 1, 1), min(ref, date(year, 12, 31)), 5, "relative")


def read_ago(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "two years ago", "a few days ago"."""
    if ref is None:
        return None
    unit = m["unit"].lower()
    days = _number(m["count"]) * UNIT_DAYS[unit]
    middle = ref - timedelta(days=days)
    if unit in ("year", "decade"):
        spread = 1 if unit == "decade" else 0  # decades are round numbers of years
        first, last = date(middle.year - spread, 1, 1), date(middle.year + spread, 12, 31)
        return DateSpan(first, min(ref, last), 5, "relative")
    if unit == "month":
        back = ref.year * 12 + ref.month - 1 - round(days / UNIT_DAYS["month"])
        return month_span(back // 12, back % 12 + 1, "relative")
    slack, prec = (timedelta(days=_WEEKS_AGO_SLACK), 2) if unit == "week" else (timedelta(0), 1)
    return DateSpan(middle - slack, min(ref, middle + slack), prec, "relative")


def read_counted_date(m: re.Match[str], before: DateSpan) -> DateSpan | None:
    """A date counted from the one before it; counted in weeks or more, it is as rough as its unit."""
    unit = (m["unit"] or m["unit2"]).lower()
    if m["same"]:
        away = {"same": 0, "next": 1, "following": 1}.get(m["same"].lower(), -1)
    else:
        away = _number(m["count"])
        away = -away if m["way"].lower() in ("earlier", "before", "previously") else away
    return _moved(before, unit, away)


def read_clause_date(m: re.Match[str], main: DateSpan) -> DateSpan | None:
    """The date of a clause: "four years after vandals broke them" is four years before `main`, the main clause's date.

    Days and weeks are counted only from a date of a few days.
    """
    if m["unit"].lower() in ("day", "week") and main.prec > 2:
        return None
    away = _number(m["count"])
    return _moved(main, m["unit"].lower(), -away if m["way"].lower() == "after" else away)


def _moved(origin: DateSpan, unit: str, away: int) -> DateSpan | None:
    """The date `away` units after another, before it where negative."""
    if unit == "decade":
        unit, away = "year", 10 * away
    if unit == "month":
        month = origin.start.year * 12 + origin.start.month - 1 + away
        return month_span(month // 12, month % 12 + 1, "relative") if month > 0 else None
    if unit == "year":
        return year_span(origin.start.year + away, "relative")
    day = origin.start + timedelta(days=away * (7 if unit == "week" else 1))
    slack = timedelta(days=_WEEKS_EARLIER_SLACK if unit == "week" else 0)
    return DateSpan(day - slack, day + slack, 3 if unit == "week" else 1, "relative")


def _number(count: str) -> int:
    """The whole units that a number or a word such as "several" counts; ValueError where it is not a number."""
    number = VAGUE_NUMBERS.get(count.lower()) or numbers.value(count)
    if number is None or number != int(number):
        message = f"{count!r} is not a whole number"
        raise ValueError(message)
    return int(number)
