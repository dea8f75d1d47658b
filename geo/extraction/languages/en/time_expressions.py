"""When a deed was done: expressions of time in a text, read against the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from geo.extraction.languages.en import conflicts, numbers
from geo.extraction.languages.en.intervals import (
    DAYS,
    FEASTS,
    MONTHS,
    SEASONS,
    VAGUE,
    read_ago,
    read_conflict,
    read_day,
    read_days,
    read_feast,
    read_from_there,
    read_iso,
    read_month,
    read_month_year,
    read_named_day,
    read_past,
    read_period,
    read_season,
    read_since,
    read_weekday,
    read_weekdays,
    read_year,
    read_years,
)
from geo.model import DateSpan, Span

_RECENT_DAYS = 7  # a report without a date tells of the week before it was published

_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_M = rf"(?P<month>{_MONTH_NAMES})\.?"
_WHOLE_M = r"(?P<month>" + "|".join(name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")) + ")"
_M1 = rf"(?P<month1>{_MONTH_NAMES})\.?"
_Y = r"(?P<year>(?:19|20)\d\d)"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_D2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
_TO = r"(?: ?[-–—/] ?| to | and | or | until | till | through )"
_W = r"(?P<weekday>" + "|".join(DAYS) + r")"
_W2 = r"(?P<weekday2>" + "|".join(DAYS) + r")"
_N = r"(?P<count>\d{1,3}|" + "|".join(VAGUE) + "|" + numbers.pattern() + ")"

_NOT_A_DATE = re.compile(r"\bmay(?! \d| (?:19|20)\d\d)", re.IGNORECASE)

Reader = Callable[[re.Match[str], date | None], DateSpan | None]


_FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), reader)
    for pattern, reader in (
        (r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)", read_iso),
        (rf"(?:between |from )?(?:the )?{_D}(?: {_M1})?{_TO}(?:the )?{_D2}(?: of)? {_M}(?:,? {_Y})?", read_days),
        (rf"{_M} {_D} ?[-–—] ?{_D2}(?:,? {_Y})?", read_days),
        (rf"(?:between |from ){_M1} {_D}(?: and | to ){_M} {_D2}(?:,? {_Y})?", read_days),
        (rf"{_D}(?: of)? {_M}(?:,? {_Y})?", read_day),
        (rf"{_M} {_D}(?:,? {_Y})?", read_day),
        (conflicts.pattern(), read_conflict),
        (rf"(?:ever )?since (?:(?:early|mid|late)[- ])?(?:{_M}(?:,? {_Y})?)", read_since),
        (r"(?:ever )?since (?:(?:early|mid|late)[- ])?(?P<month>(?!))?" + _Y, read_since),
        (
            rf"(?:in |by )?(?:the )?(?P<part>early|mid|late)[- ](?:in )?{_M},? (?:of )?{_Y}?"
            r"(?: ?(?P<ago>last year|this year))?",
            read_month,
        ),
        (rf"(?P<season>{'|'.join(SEASONS)})(?P<which>(?!))?(?: of|,)? {_Y}", read_season),
        (r"(?P<which>last|this|in the) (?P<season>spring|summer|autumn|winter)(?P<year>(?!))?", read_season),
        (rf"(?P<feast>{'|'.join(FEASTS)})(?:,? {_Y})?", read_feast),
        (rf"(?:between |from ){_Y}(?: and | to | until )(?P<year2>(?:19|20)\d\d)", read_years),
        (r"(?P<year>(?:19|20)\d\d) ?[-–] ?(?P<year2>(?:19|20)\d\d)", read_years),
        (rf"{_M},? (?:of )?{_Y}", read_month_year),
        (
            rf"(?:in|last|this|by|during|until|of) (?P<part>(?!))?{_WHOLE_M}(?P<year>(?!))?"
            r"(?:,? (?P<ago>last year|this year))?",
            read_month,
        ),
        (rf"(?P<part>early|mid|late)[- ](?:in )?{_Y}", read_year),
        (rf"the (?P<part>(?!))?{_Y}(?= [a-z])", read_year),
        (
            rf"(?:in|during|by|from|of|until|before|after|around|to) (?:(?P<part>early|mid|late)[- ](?:in )?)?{_Y}",
            read_year,
        ),
        (rf"(?:between |from )?{_W}(?: night| morning| evening)?(?: and | to ){_W2}", read_weekdays),
        (rf"(?:last |this |on |late |early |since )*{_W}", read_weekday),
        (r"today|yesterday|last night|overnight|this morning|tonight", read_named_day),
        (
            r"(?:over |at |earlier |in |during )*(?P<which>the|this|last|past|previous) (?P<unit>weekend)",
            read_period,
        ),
        (
            r"(?:earlier |later |in |during )*(?P<which>this|last|past|previous|earlier in the)"
            r" (?P<unit>week|month|year)",
            read_period,
        ),
        (rf"{_N} (?P<unit>day|week|month|year)s? ago", read_ago),
        (
            rf"(?:over|in|during|for|within|throughout)(?: the)? (?:past|last) {_N} (?P<unit>day|week|month|year)s?",
            read_past,
        ),
    )
)


_BARE_YEARS = frozenset(pattern for pattern, reader in _FORMS if reader is read_year)


def find_dates(text: str, ref: date | None) -> list[DateSpan]:
    """Every expression of time in a text, in order, longest first where they overlap; offsets are the text's.

    `ref` is the day of publication; without one, what is told relative to it is left out.
    """
    found: list[DateSpan] = []
    taken: list[tuple[int, int]] = []
    for pattern, reader in _FORMS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if text.startswith(("'s", "’s"), end) and pattern in _BARE_YEARS:
                continue  # "2007's Splasher"
            if any(a < end and start < b for a, b in taken) or _NOT_A_DATE.match(match.group()):
                continue
            when = _read(reader, match, ref)
            if when is not None:
                taken.append((start, end))
                found.append(DateSpan(when.start, when.end, when.prec, when.basis, Span(match.group(), start, end)))
    return sorted(found, key=lambda d: d.span.start if d.span else 0)


def _read(reader: Reader, match: re.Match[str], ref: date | None) -> DateSpan | None:
    """What a reader makes of a match; None for a day outside the calendar ("30 February", "900 years ago" in 817)."""
    try:
        return reader(match, ref)
    except (ValueError, OverflowError):
        return None


_FROM_THERE = re.compile(
    rf"\b(?:{_N} (?P<unit>day|week|month|year)s? "
    r"(?P<way>earlier|previously|later|afterwards|before(?=[,.;]|$)|after(?=[,.;]|$))"
    r"|the (?P<same>same|next|following|previous|preceding) (?P<unit2>day|night|morning|week|month|year))",
    re.IGNORECASE,
)


def from_there(text: str, told: DateSpan) -> DateSpan | None:
    """A date told by one before it: "a week earlier", "the following day"; offsets are the text's."""
    match = _FROM_THERE.search(text)
    if match is None:
        return None
    moved = _read(lambda m, _: read_from_there(m, told), match, None)
    return moved and DateSpan(moved.start, moved.end, moved.prec, "relative", Span(match.group(), *match.span()))


def dateline(text: str) -> date | None:
    """The day a text gives for itself in a short line among its first ("10 February, 2020")."""
    for line in _short_lines(text[:600]):
        for when in find_dates(line, None):
            if when.prec == 1 and when.span and len(when.span.text) >= len(line) * 0.5:
                return when.start
    return None


def _short_lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if 0 < len(line.strip()) <= 40)


def by_default(published: date | None) -> DateSpan | None:
    """The interval of an event that a report tells without a date: the week before publication."""
    if published is None:
        return None
    week = timedelta(days=min(_RECENT_DAYS, published.toordinal() - 1))  # the first week of year 1 is shorter
    return DateSpan(published - week, published, 3, "published")
