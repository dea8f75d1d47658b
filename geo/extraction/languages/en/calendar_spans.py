"""Intervals of whole days, months and years, with UCDP GED's `date_prec`."""

from __future__ import annotations

import calendar
from datetime import date

from geo.model import DateSpan, date_prec


def month_span(year: int, month: int, basis: str) -> DateSpan:
    """A whole month."""
    return DateSpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), 4, basis)


def year_span(year: int, basis: str) -> DateSpan:
    """A whole year."""
    return DateSpan(date(year, 1, 1), date(year, 12, 31), 5, basis)


def interval(start: date, end: date, basis: str) -> DateSpan | None:
    """The days from `start` to `end`; None where `end` is before `start`."""
    return DateSpan(start, end, date_prec((end - start).days + 1), basis) if start <= end else None


def latest_year(month: int, day: int, ref: date | None) -> int | None:
    """The year of the last such day before the reference."""
    if ref is None:
        return None
    return ref.year if (month, day) <= (ref.month, ref.day) else ref.year - 1
