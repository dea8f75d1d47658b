"""When a deed was done: expressions of time in a text, read against the day of publication."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from geo import numbers
from geo.model import DateSpan, Span

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.lower(): n for n, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_VAGUE = {"a few": 3, "several": 4, "a couple of": 2}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "new year's eve": (12, 31), "new year's day": (1, 1)}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_RECENT_DAYS = 7  # a report without a date tells of the week before it was published

_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_M = rf"(?P<month>{_MONTH_NAMES})\.?"
_M1 = rf"(?P<month1>{_MONTH_NAMES})\.?"
_Y = r"(?P<year>(?:19|20)\d\d)"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_D2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
_TO = r"(?: ?[-–—/] ?| to | and | until | till | through )"
_W = r"(?P<weekday>" + "|".join(_DAYS) + r")"
_W2 = r"(?P<weekday2>" + "|".join(_DAYS) + r")"
_N = r"(?P<count>\d{1,3}|" + "|".join(_VAGUE) + "|" + numbers.pattern() + ")"

_NOT_A_DATE = re.compile(r"\bmay(?! \d| (?:19|20)\d\d)", re.IGNORECASE)

Reader = Callable[[re.Match[str], date | None], DateSpan | None]


def _span(start: date, end: date, prec: int, basis: str) -> DateSpan:
    return DateSpan(start, end, prec, basis)


def _month(year: int, month: int, basis: str) -> DateSpan:
    return _span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), 4, basis)


def _full(m: re.Match[str], ref: date | None) -> DateSpan | None:
    month = _MONTHS[m["month"].lower()]
    year, basis = (int(m["year"]), "stated") if m["year"] else (_latest_year(month, int(m["day"]), ref), "relative")
    if year is None:
        return None
    try:
        day = date(year, month, int(m["day"]))
    except ValueError:
        return None
    return _span(day, day, 1, basis)


def _iso(m: re.Match[str], _: date | None) -> DateSpan | None:
    try:
        day = date(int(m["year"]), int(m["m"]), int(m["day"]))
    except ValueError:
        return None
    return _span(day, day, 1, "stated")


def _month_year(m: re.Match[str], _: date | None) -> DateSpan | None:
    return _month(int(m["year"]), _MONTHS[m["month"].lower()], "stated")


def _month_alone(m: re.Match[str], ref: date | None) -> DateSpan | None:
    month = _MONTHS[m["month"].lower()]
    year = int(m["year"]) if m["year"] else _latest_year(month, 1, ref)
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


def _days(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A range of days in one month or two: "3 to 6 June", "June 3-6, 2014", "between 28 May and 2 June"."""
    groups = m.groupdict()
    last = _MONTHS[m["month"].lower()]
    first = _MONTHS[groups["month1"].lower()] if groups.get("month1") else last
    year = int(m["year"]) if m["year"] else _latest_year(last, int(m["day"]), ref)
    if year is None:
        return None
    try:
        start, end = date(year - (first > last), first, int(m["day"])), date(year, last, int(m["day2"]))
    except ValueError:
        return None
    if end < start:
        return None
    length = (end - start).days + 1
    return _span(start, end, 1 if length == 1 else 2 if length < 7 else 3 if length == 7 else 4, "stated")


def _years(m: re.Match[str], _: date | None) -> DateSpan | None:
    first, last = int(m["year"]), int(m["year2"])
    return _span(date(first, 1, 1), date(last, 12, 31), 5, "stated") if first <= last else None


def _since(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """From a month or year up to the day of publication."""
    month = _MONTHS[m["month"].lower()] if m["month"] else None
    year = int(m["year"]) if m["year"] else _latest_year(month or 1, 1, ref)
    if year is None or ref is None:
        return _year_of(year, month) if year else None
    start = date(year, month or 1, 1)
    return _span(start, ref, 5 if (ref - start).days > 31 else 4, "stated") if start <= ref else None


def _year_of(year: int, month: int | None) -> DateSpan:
    return _month(year, month, "stated") if month else _span(date(year, 1, 1), date(year, 12, 31), 5, "stated")


def _season(m: re.Match[str], ref: date | None) -> DateSpan | None:
    first, last = _SEASONS[m["season"].lower()]
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


def _feast(m: re.Match[str], ref: date | None) -> DateSpan | None:
    month, day_of = _FEASTS[m["feast"].lower()]
    year = int(m["year"]) if m["year"] else _latest_year(month, day_of, ref)
    return _span(date(year, month, day_of), date(year, month, day_of), 1, "stated") if year else None


def _weekdays(m: re.Match[str], ref: date | None) -> DateSpan | None:
    """A span of weekdays: "the night from Friday to Saturday", "between Monday night and Tuesday morning"."""
    if ref is None:
        return None
    end = ref - timedelta(days=(ref.weekday() - _DAYS[m["weekday2"].lower()]) % 7)
    start = end - timedelta(days=(end.weekday() - _DAYS[m["weekday"].lower()]) % 7)
    return _span(start, end, 2, "relative")


def _year(m: re.Match[str], _: date | None) -> DateSpan | None:
    year = int(m["year"])
    parts = {"early": (1, 4), "mid": (4, 9), "late": (9, 12)}
    if m["part"]:
        first, last = parts[m["part"].lower().split()[0].rstrip("- ")]
        return _span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), 5, "stated")
    return _span(date(year, 1, 1), date(year, 12, 31), 5, "stated")


def _weekday(m: re.Match[str], ref: date | None) -> DateSpan | None:
    if ref is None:
        return None
    back = (ref.weekday() - _DAYS[m["weekday"].lower()]) % 7
    day = ref - timedelta(days=back)
    return _span(day, day, 1, "relative")


def _named_day(m: re.Match[str], ref: date | None) -> DateSpan | None:
    if ref is None:
        return None
    word = m.group().lower()
    if word == "overnight":
        return _span(ref - timedelta(days=1), ref, 2, "relative")
    day = ref - timedelta(days=word in ("yesterday", "last night"))
    return _span(day, day, 1, "relative")


def _period(m: re.Match[str], ref: date | None) -> DateSpan | None:
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


def _ago(m: re.Match[str], ref: date | None) -> DateSpan | None:
    if ref is None:
        return None
    count, unit = m["count"].lower(), m["unit"].lower()
    days = int(_VAGUE.get(count) or numbers.value(count)) * _UNIT_DAYS[unit]
    try:
        middle = ref - timedelta(days=days)
    except OverflowError:
        return None
    if unit == "year":
        return _span(date(middle.year, 1, 1), min(ref, date(middle.year, 12, 31)), 5, "relative")
    if unit == "month":
        back = ref.year * 12 + ref.month - 1 - round(days / 30)
        return _month(back // 12, back % 12 + 1, "relative")
    slack = {"day": 0, "week": 2}[unit]
    prec = {"day": 1, "week": 2}[unit]
    return _span(middle - timedelta(days=slack), min(ref, middle + timedelta(days=slack)), prec, "relative")


_FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), reader)
    for pattern, reader in (
        (r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)", _iso),
        (rf"(?:between |from )?(?:the )?{_D}(?: {_M1})?{_TO}(?:the )?{_D2}(?: of)? {_M}(?:,? {_Y})?", _days),
        (rf"{_M} {_D} ?[-–—] ?{_D2}(?:,? {_Y})?", _days),
        (rf"(?:between |from ){_M1} {_D}(?: and | to ){_M} {_D2}(?:,? {_Y})?", _days),
        (rf"{_D}(?: of)? {_M}(?:,? {_Y})?", _full),
        (rf"{_M} {_D}(?:,? {_Y})?", _full),
        (rf"(?:ever )?since (?:(?:early|mid|late)[- ])?(?:{_M}(?:,? {_Y})?)", _since),
        (r"(?:ever )?since (?:(?:early|mid|late)[- ])?(?P<month>(?!))?" + _Y, _since),
        (
            rf"(?:in |by )?(?:the )?(?P<part>early|mid|late)[- ](?:in )?{_M},? (?:of )?{_Y}?(?: ?(?P<ago>last year|this year))?",
            _month_alone,
        ),
        (rf"(?P<season>{'|'.join(_SEASONS)})(?P<which>(?!))?(?: of|,)? {_Y}", _season),
        (r"(?P<which>last|this|in the) (?P<season>spring|summer|autumn|winter)(?P<year>(?!))?", _season),
        (rf"(?P<feast>{'|'.join(_FEASTS)})(?:,? {_Y})?", _feast),
        (rf"(?:between |from ){_Y}(?: and | to | until )(?P<year2>(?:19|20)\d\d)", _years),
        (r"(?P<year>(?:19|20)\d\d) ?[-–] ?(?P<year2>(?:19|20)\d\d)", _years),
        (rf"{_M},? (?:of )?{_Y}", _month_year),
        (
            rf"(?:in|last|this|by|during|until|of) (?P<part>(?!))?{_M}(?P<year>(?!))?(?:,? (?P<ago>last year|this year))?",
            _month_alone,
        ),
        (rf"(?P<part>early|mid|late)[- ](?:in )?{_Y}", _year),
        (
            rf"(?:in|during|by|from|of|until|before|after|around|to) (?:(?P<part>early|mid|late)[- ](?:in )?)?{_Y}",
            _year,
        ),
        (rf"(?:between |from )?{_W}(?: night| morning| evening)?(?: and | to ){_W2}", _weekdays),
        (rf"(?:last |this |on |late |early |since )*{_W}", _weekday),
        (r"today|yesterday|last night|overnight|this morning|tonight", _named_day),
        (
            r"(?:over |at |earlier |in |during )*(?P<which>the|this|last|past|previous) (?P<unit>weekend)",
            _period,
        ),
        (
            r"(?:earlier |later |in |during )*(?P<which>this|last|past|previous) (?P<unit>week|month|year)",
            _period,
        ),
        (rf"{_N} (?P<unit>day|week|month|year)s? ago", _ago),
    )
)


_BARE_YEARS = frozenset(pattern for pattern, reader in _FORMS if reader is _year)


def _latest_year(month: int, day: int, ref: date | None) -> int | None:
    """The year of the last such day before the reference."""
    if ref is None:
        return None
    return ref.year if (month, day) <= (ref.month, ref.day) else ref.year - 1


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
            when = reader(match, ref)
            if when is not None:
                taken.append((start, end))
                found.append(DateSpan(when.start, when.end, when.prec, when.basis, Span(match.group(), start, end)))
    return sorted(found, key=lambda d: d.span.start if d.span else 0)


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
    return DateSpan(published - timedelta(days=_RECENT_DAYS), published, 3, "published")
