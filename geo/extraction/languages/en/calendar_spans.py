"""Intervals of whole days, months and years, with UCDP GED's `date_prec`."""

from __future__ import annotations

import calendar
from datetime import date

from geo.model import DateSpan


def month_span(year: int, month: int, basis: str) -> DateSpan:
    """A whole month."""
    return DateSpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), 4, basis)


def year_span(year: int, basis: str) -> DateSpan:
    """A whole year."""
    return DateSpan(date(year, 1, 1), date(year, 12, 31), 5, basis)


def precision_of(days: int) -> int:
    """UCDP GED's `date_prec` of an interval: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 longer."""
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def interval(start: date, end: date, basis: str) -> DateSpan | None:
    """The days from `start` to `end`; None where `end` is before `start`."""
    return DateSpan(start, end, precision_of((end - start).days + 1), basis) if start <= end else None


def latest_year(month: int, day: int, ref: date | None) -> int | None:
    """The year of the last such day before the reference."""
    if ref is None:
        return None
    return ref.year if (month, day) <= (ref.month, ref.day) else ref.year - 1
