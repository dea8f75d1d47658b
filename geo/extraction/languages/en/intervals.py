"""Expressions of time read as intervals, against the day of publication where they are told relative to it.

Each reader takes the match of a pattern of `time_expressions.py` and the day of reference. It gives None for what
cannot be read, and raises ValueError or OverflowError for a day that no calendar has or that leaves years 1 to 9999.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from geo.extraction.languages.en import numbers
from geo.extraction.languages.en.conflicts import beginnings
from geo.model import DateSpan

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.lower(): n for n, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
VAGUE = {"a few": 3, "several": 4, "a couple of": 2}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "new year's eve": (12, 31), "new year's day": (1, 1)}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}


def _span(start: date, end: date, prec: int, basis: str) -> DateSpan:
    return DateSpan(start, end, prec, basis)


def _month(year: int, month: int, basis: str) -> DateSpan:
    return _span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), 4, basis)


def _precision(days: int) -> int:
    """UCDP GED's `date_prec` of an interval: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 longer."""
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def _interval(start: date, end: date, basis: str) -> DateSpan | None:
    return _span(start, end, _precision((end - start).days + 1), basis) if start <= end else None


def _number(count: str) -> int:
    """The whole units that a number or a word such as "several" counts; ValueError where it is not a number."""
    number = VAGUE.get(count.lower()) or numbers.value(count)
    if number is None:
        message = f"{count!r} is not a number"
        raise ValueError(message)
    return int(number)


def read_day(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "3 May 2014", "May 3": without a year the last such day."""
    month = MONTHS[m["month"].lower()]
    year, basis = (int(m["year"]), "stated") if m["year"] else (latest_year(month, int(m["day"]), ref), "relative")
    if year is None:
        return None
    day = date(year, month, int(m["day"]))
    return _span(day, day, 1, basis)


def read_iso(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "2014-05-03"."""
    day = date(int(m["year"]), int(m["m"]), int(m["day"]))
    return _span(day, day, 1, "stated")


def read_month_year(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "May 2014"."""
    return _month(int(m["year"]), MONTHS[m["month"].lower()], "stated")


def read_month(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "in May", "late August", "in April last year"."""
    month = MONTHS[m["month"].lower()]
    year = int(m["year"]) if m["year"] else latest_year(month, 1, ref)
    if m["ago"] and ref is not None:
        year = ref.year - (m["ago"].lower() == "last year")
    if year is None:
        return None
    basis = "stated" if m["year"] else "relative"
    whole = _month(year, month, basis)
    part = (m["part"] or "").lower().rstrip("- ")
    if part == "early":
        return _span(whole.start, whole.start.replace(day=10), 4, basis)
    if part == "late":
        return _span(whole.start.replace(day=21), whole.end, 4, basis)
    if part == "mid":
        return _span(whole.start.replace(day=11), whole.start.replace(day=20), 4, basis)
    return whole


def read_days(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A range of days in one month or two: "3 to 6 June", "June 3-6, 2014", "between 28 May and 2 June"."""
    groups = m.groupdict()
    last = MONTHS[m["month"].lower()]
    first = MONTHS[groups["month1"].lower()] if groups.get("month1") else last
    year = int(m["year"]) if m["year"] else latest_year(last, int(m["day"]), ref)
    if year is None:
        return None
    start, end = date(year - (first > last), first, int(m["day"])), date(year, last, int(m["day2"]))
    return _interval(start, end, "stated")


def read_days_of_years(m: re.Match[str], _: date | None) -> DateSpan | None:
    """A range of days, each with its year: "from 28 May 2014 to 2 June 2014"."""
    start = date(int(m["year1"]), MONTHS[m["month1"].lower()], int(m["day"]))
    return _interval(start, date(int(m["year"]), MONTHS[m["month"].lower()], int(m["day2"])), "stated")


def read_months(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A range of months: "from May 2014 to June 2015", "between May and July"."""
    first, last = MONTHS[m["month1"].lower()], MONTHS[m["month"].lower()]
    year = int(m["year"]) if m["year"] else latest_year(last, 1, ref)
    if year is None:
        return None
    start = date(int(m["year1"]) if m["year1"] else year - (first > last), first, 1)
    return _interval(start, _month(year, last, "stated").end, "stated" if m["year"] else "relative")


def read_numeric(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "27.01.2017" or "1/27/2017"; None where day and month could be either way round ("4/5/2021")."""
    first, second, year = int(m["day"]), int(m["m"]), int(m["year"])
    if second > 12 and m["sep"] == "/":
        first, second = second, first
    elif m["sep"] == "/" and first <= 12 and first != second:
        return None
    day = date(year, second, first)
    return _span(day, day, 1, "stated")


def read_years(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "between 2014 and 2016"."""
    first, last = int(m["year"]), int(m["year2"])
    return _span(date(first, 1, 1), date(last, 12, 31), 5, "stated") if first <= last else None


def read_past(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "over the past two weeks", "in the last decade": up to the day of publication."""
    if ref is None:
        return None
    days = _number(m["count"] or "one") * _UNIT_DAYS[m["unit"].lower()]
    return _span(ref - timedelta(days=days), ref, max(2, _precision(days)), "relative")


def read_conflict(m: re.Match[str], ref: date | None) -> DateSpan:
    """From the first day of a conflict up to the day of publication, or to the end of its first year."""
    start = beginnings()[m["conflict"].lower()]
    return _span(start, max(start, ref) if ref else date(start.year, 12, 31), 5, "stated")


def read_since(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """From a month or year up to the day of publication."""
    month = MONTHS[m["month"].lower()] if m["month"] else None
    year = int(m["year"]) if m["year"] else latest_year(month or 1, 1, ref)
    if year is None or ref is None:
        return _year_of(year, month) if year else None
    start = date(year, month or 1, 1)
    return _span(start, ref, 5 if (ref - start).days > 31 else 4, "stated") if start <= ref else None


def _year_of(year: int, month: int | None) -> DateSpan:
    return _month(year, month, "stated") if month else _span(date(year, 1, 1), date(year, 12, 31), 5, "stated")


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
    return _span(date(year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1]), 5, "stated")


def read_feast(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "Christmas Day 2015"."""
    month, day_of = FEASTS[m["feast"].lower()]
    year = int(m["year"]) if m["year"] else latest_year(month, day_of, ref)
    return _span(date(year, month, day_of), date(year, month, day_of), 1, "stated") if year else None


def read_weekdays(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A span of weekdays: "the night from Friday to Saturday", "between Monday night and Tuesday morning"."""
    if ref is None:
        return None
    end = ref - timedelta(days=(ref.weekday() - DAYS[m["weekday2"].lower()]) % 7)
    start = end - timedelta(days=(end.weekday() - DAYS[m["weekday"].lower()]) % 7)
    return _span(start, end, 2, "relative")


def read_year(m: re.Match[str], _: date | None) -> DateSpan | None:
    """Such as "in 2014", "early 2015"."""
    year = int(m["year"])
    parts = {"early": (1, 4), "mid": (4, 9), "late": (9, 12)}
    if m["part"]:
        first, last = parts[m["part"].lower().split()[0].rstrip("- ")]
        return _span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), 5, "stated")
    return _span(date(year, 1, 1), date(year, 12, 31), 5, "stated")


def read_weekday(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "on Monday": the last one."""
    if ref is None:
        return None
    back = (ref.weekday() - DAYS[m["weekday"].lower()]) % 7
    day = ref - timedelta(days=back)
    return _span(day, day, 1, "relative")


def read_named_day(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "yesterday", "overnight"."""
    if ref is None:
        return None
    word = m.group().lower()
    if word == "overnight":
        return _span(ref - timedelta(days=1), ref, 2, "relative")
    day = ref - timedelta(days=word in ("yesterday", "last night"))
    return _span(day, day, 1, "relative")


def read_period(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "last week", "over the weekend", "this year"."""
    if ref is None:
        return None
    last, unit = m["which"].lower() in ("last", "past", "previous"), m["unit"].lower()
    if unit == "week":
        start = ref - timedelta(days=ref.weekday() + (7 if last else 0))
        return _span(start, min(ref, start + timedelta(days=6)), 3, "relative")
    if unit == "weekend":
        saturday = ref - timedelta(days=(ref.weekday() - 5) % 7)
        return _span(saturday, min(max(ref, saturday), saturday + timedelta(days=1)), 2, "relative")
    if unit == "month":
        before = ref.replace(day=1) - timedelta(days=1)
        return _month(before.year, before.month, "relative") if last else _span(ref.replace(day=1), ref, 4, "relative")
    year = ref.year - last
    return _span(date(year, 1, 1), min(ref, date(year, 12, 31)), 5, "relative")


def read_ago(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """Such as "two years ago", "a few days ago"."""
    if ref is None:
        return None
    unit = m["unit"].lower()
    days = _number(m["count"]) * _UNIT_DAYS[unit]
    middle = ref - timedelta(days=days)
    if unit in ("year", "decade"):
        spread = 1 if unit == "decade" else 0  # decades are round numbers of years
        first, last = date(middle.year - spread, 1, 1), date(middle.year + spread, 12, 31)
        return _span(first, min(ref, last), 5, "relative")
    if unit == "month":
        back = ref.year * 12 + ref.month - 1 - round(days / 30)
        return _month(back // 12, back % 12 + 1, "relative")
    slack = {"day": 0, "week": 2}[unit]
    prec = {"day": 1, "week": 2}[unit]
    return _span(middle - timedelta(days=slack), min(ref, middle + timedelta(days=slack)), prec, "relative")


def latest_year(month: int, day: int, ref: date | None) -> int | None:
    """The year of the last such day before the reference."""
    if ref is None:
        return None
    return ref.year if (month, day) <= (ref.month, ref.day) else ref.year - 1


def read_counted_date(m: re.Match[str], told: DateSpan) -> DateSpan | None:
    """A day counted from one told before, which a week and more away is as rough as its unit."""
    unit = (m["unit"] or m["unit2"]).lower()
    if m["same"]:
        away = {"same": 0, "next": 1, "following": 1}.get(m["same"].lower(), -1)
    else:
        away = _number(m["count"])
        away = -away if m["way"].lower() in ("earlier", "before", "previously") else away
    return _moved(told, unit, away)


def read_clause_date(m: re.Match[str], told: DateSpan) -> DateSpan | None:
    """When what a clause says was done: "four years after vandals broke them" is four years before `told`.

    Days and weeks are counted only from a date of a few days.
    """
    if m["unit"].lower() in ("day", "week") and told.prec > 2:
        return None
    away = _number(m["count"])
    return _moved(told, m["unit"].lower(), -away if m["way"].lower() == "after" else away)


def _moved(told: DateSpan, unit: str, away: int) -> DateSpan | None:
    if unit == "decade":
        unit, away = "year", 10 * away
    if unit == "month":
        month = told.start.year * 12 + told.start.month - 1 + away
        return _month(month // 12, month % 12 + 1, "relative") if month > 0 else None
    if unit == "year":
        return _span(date(told.start.year + away, 1, 1), date(told.start.year + away, 12, 31), 5, "relative")
    day = told.start + timedelta(days=away * (7 if unit == "week" else 1))
    slack = timedelta(days=3 if unit == "week" else 0)
    return _span(day - slack, day + slack, 3 if unit == "week" else 1, "relative")
