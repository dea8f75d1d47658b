"""Dates in English reports: expressions of time in a text, read against the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from geo.extraction.languages.en.relative_intervals import read_clause_date, read_counted_date
from geo.extraction.languages.en.time_patterns import BARE_YEARS, CLAUSE_AFTER, COUNTED, FORMS, Reader
from geo.extraction.languages.en.unresolved_times import unresolved_times
from geo.model import DateSpan, Span

__all__ = [
    "clauses_after",
    "date_counted_from",
    "date_of_clause",
    "dateline",
    "find_dates",
    "unresolved_times",
    "with_whole_dates",
]

_NOT_A_DATE = re.compile(r"\bmay(?! \d| ?[-–—]| (?:to|until|till|through) )", re.IGNORECASE)


def find_dates(text: str, ref: date | None) -> list[DateSpan]:
    """Every expression of time in a text, in order, longest first where they overlap; offsets are the text's.

    `ref` is the day of publication; without one, expressions that are relative to it are left out.
    """
    dates: list[DateSpan] = []
    taken: list[tuple[int, int]] = []
    for pattern, reader in FORMS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if text.startswith(("'s", "’s"), end) and pattern in BARE_YEARS:
                continue  # "2007's Splasher"
            if any(a < end and start < b for a, b in taken) or _NOT_A_DATE.match(match.group()):
                continue
            when = _read(reader, match, ref)
            if when is not None:
                taken.append((start, end))
                dates.append(DateSpan(when.start, when.end, when.prec, when.basis, Span(match.group(), start, end)))
    return sorted(dates, key=lambda d: d.span.start if d.span else 0)


def _read(reader: Reader, match: re.Match[str], ref: date | None) -> DateSpan | None:
    """What a reader makes of a match; None for a day outside the calendar ("30 February", "900 years ago" in 817)."""
    try:
        return reader(match, ref)
    except (ValueError, OverflowError):
        return None


def date_counted_from(text: str, before: DateSpan) -> DateSpan | None:
    """A date counted from the one before it: "a week earlier", "the following day"; offsets are the text's."""
    match = COUNTED.search(text)
    if match is None:
        return None
    moved = _read(lambda m, _: read_counted_date(m, before), match, None)
    return moved and DateSpan(moved.start, moved.end, moved.prec, "relative", Span(match.group(), *match.span()))


def clauses_after(text: str) -> list[re.Match[str]]:
    """Each "four years after" of a text, which dates the clause or the noun behind it."""
    return list(CLAUSE_AFTER.finditer(text))


def date_of_clause(match: re.Match[str], main: DateSpan) -> DateSpan | None:
    """The date of the clause behind a match of `clauses_after`, counted from `main`, the main clause's date."""
    return _read(lambda m, _: read_clause_date(m, main), match, None)


# Where the parser takes the full stop of a month for a sentence's end.
_CUT_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\. ?$", re.IGNORECASE)
_CUT_MONTH_CHARS = 8  # more than the longest match, "sept. ", and the character before it
_CUT_DAY = re.compile(r" ?[0-3]?\d(?:,? (?:19|20)\d\d)?\b")


def with_whole_dates(text: str, start: int, end: int) -> tuple[int, int]:
    """A sentence's offsets, made wider by the rest of a date that its first or last stop cuts ("JAN. 27, 2017")."""
    before = _CUT_MONTH.search(text, max(0, start - _CUT_MONTH_CHARS), start)
    if before and _CUT_DAY.match(text, start):
        start = before.start()
    behind = _CUT_DAY.match(text, end) if _CUT_MONTH.search(text, max(0, end - _CUT_MONTH_CHARS), end) else None
    return start, behind.end() if behind else end


# Set by hand on the development reports of 2026: where a text's dateline stands, how long its line is, and how much of
# the line the date must fill.
_FIRST_CHARS, _DATELINE_CHARS, _DATE_SHARE = 600, 40, 0.5


def dateline(text: str) -> date | None:
    """The day a text gives for itself in a short line among its first ("10 February, 2020")."""
    for line in _short_lines(text[:_FIRST_CHARS]):
        for when in find_dates(line, None):
            if when.prec == 1 and when.span and len(when.span.text) >= len(line) * _DATE_SHARE:
                return when.start
    return None


def _short_lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if 0 < len(line.strip()) <= _DATELINE_CHARS)
