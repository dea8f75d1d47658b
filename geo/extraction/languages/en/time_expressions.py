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
    read_clause_date,
    read_conflict,
    read_counted_date,
    read_day,
    read_days,
    read_days_of_years,
    read_feast,
    read_iso,
    read_month,
    read_month_year,
    read_months,
    read_named_day,
    read_numeric,
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
_Y1 = r"(?P<year1>(?:19|20)\d\d)"
_UNTIL = r"(?: ?[-–—] ?|,? (?:up )?(?:to|until|till|through) (?:the )?)"
# A weekday beside a date belongs to the date, which stands where the two contradict each other.
_DAY_NAME = rf"(?:{'|'.join(DAYS)})(?: night| morning| afternoon| evening)?"
_BEFORE = rf"(?:{_DAY_NAME}(?:,? | \()(?:the )?)?"
_BEHIND = rf"(?: \({_DAY_NAME}\)?|,? (?:a )?{_DAY_NAME}(?!['’]s))?"
_W = r"(?P<weekday>" + "|".join(DAYS) + r")"
_W2 = r"(?P<weekday2>" + "|".join(DAYS) + r")"
_N = r"(?P<count>\d{1,3}|" + "|".join(VAGUE) + "|" + numbers.pattern() + ")"


def _range(first: str, last: str) -> str:
    """The pattern of a range: "between A and B", "from A to B", "A - B"."""
    return rf"(?:(?P<between>between )|from )?(?:the )?{first}(?(between) and (?:the )?|{_UNTIL}){last}"


_NOT_A_DATE = re.compile(r"\bmay(?! \d| ?[-–—]| (?:to|until|till|through) )", re.IGNORECASE)

Reader = Callable[[re.Match[str], date | None], DateSpan | None]


_FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), reader)
    for pattern, reader in (
        (r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)", read_iso),
        (rf"(?P<day>\d\d?)(?P<sep>[./])(?P<m>\d\d?)(?P=sep){_Y}", read_numeric),
        (
            _range(rf"{_BEFORE}{_D}(?: of)? {_M1},? {_Y1}", rf"{_BEFORE}{_D2}(?: of)? {_M},? {_Y}{_BEHIND}"),
            read_days_of_years,
        ),
        (_range(rf"{_BEFORE}{_M1} {_D},? {_Y1}", rf"{_BEFORE}{_M} {_D2},? {_Y}{_BEHIND}"), read_days_of_years),
        (
            rf"(?:between |from )?(?:the )?{_BEFORE}{_D}(?: {_M1},?)?{_TO}(?:the )?{_BEFORE}{_D2}(?: of)? {_M}"
            rf"(?:,? {_Y})?{_BEHIND}",
            read_days,
        ),
        (rf"{_M} {_D} ?[-–—] ?{_D2}(?:,? {_Y})?", read_days),
        (_range(rf"{_BEFORE}{_M1} {_D}", rf"{_BEFORE}{_M} {_D2}(?:,? {_Y})?{_BEHIND}"), read_days),
        (rf"{_BEFORE}{_D}(?: of)? {_M}(?:,? {_Y})?{_BEHIND}", read_day),
        (rf"{_BEFORE}{_M} {_D}(?:,? {_Y})?{_BEHIND}", read_day),
        (_range(rf"{_M1}(?:,? {_Y1})?", rf"{_M},? {_Y}"), read_months),
        (rf"between (?P<year1>(?!))?{_M1} and {_M}(?P<year>(?!))?", read_months),
        (rf"from (?P<year1>(?!))?{_M1} (?:to|until|till|through) {_M}(?P<year>(?!))?", read_months),
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
            r"(?:over|in|during|for|within|throughout) (?P<the>the )?(?:past|last)"
            rf"(?: {_N})?(?(the)|(?(count)|(?!))) (?P<unit>day|week|month|year|decade)s?",
            read_past,
        ),
        (
            r"(?:over |at |earlier |in |during )*(?P<which>the|this|last|past|previous) (?P<unit>weekend)",
            read_period,
        ),
        (
            r"(?:earlier |later |in |during )*(?P<which>this|last|past|previous|earlier in the)"
            r" (?P<unit>week|month|year)",
            read_period,
        ),
        (rf"{_N} (?P<unit>day|week|month|year|decade)s? ago", read_ago),
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


_COUNTED = re.compile(
    rf"\b(?:{_N} (?P<unit>day|week|month|year)s? "
    r"(?P<way>earlier|previously|later|afterwards|before(?=[,.;]|$)|after(?=[,.;]|$))"
    r"|the (?P<same>same|next|following|previous|preceding) (?P<unit2>day|night|morning|week|month|year))",
    re.IGNORECASE,
)


def date_counted_from(text: str, told: DateSpan) -> DateSpan | None:
    """A date told by one before it: "a week earlier", "the following day"; offsets are the text's."""
    match = _COUNTED.search(text)
    if match is None:
        return None
    moved = _read(lambda m, _: read_counted_date(m, told), match, None)
    return moved and DateSpan(moved.start, moved.end, moved.prec, "relative", Span(match.group(), *match.span()))


_CLAUSE_AFTER = re.compile(
    rf"\b{_N} (?P<unit>day|week|month|year|decade)s? (?P<way>after|before)\b(?! that| this| then)", re.IGNORECASE
)


def clauses_after(text: str) -> list[re.Match[str]]:
    """Each "four years after" of a text, which dates the clause or the noun behind it."""
    return list(_CLAUSE_AFTER.finditer(text))


def date_of_clause(match: re.Match[str], told: DateSpan) -> DateSpan | None:
    """When what stands behind a match of `clauses_after` was done, counted from the date of the main clause."""
    return _read(lambda m, _: read_clause_date(m, told), match, None)


# Expressions of time that name no days which can be worked out.
_HIJRI = "|".join((
    "muharram", "safar", "rabi['ʿ]? ?(?:al|ath)-?(?: ?(?:awwal|akhir|thani))?", "jumad[ai] ?(?:al|ath)-?(?: ?[a-z]+)?",
    "rajab", "sha['ʿ]?ban", "rama[dz][ah]*n", "shawwal", "(?:dhu|zu)[- ]?(?:a?l)?[- ]?(?:qa['ʿ]?dah?|hijjah?)",
))  # fmt: skip
_SPANS = "weeks|months|years|decades|centuries|generations"
_MANY = "dozens|scores|hundreds|thousands|several|many|numerous|countless|multiple"
_UNRESOLVED = re.compile(
    r"\b(?:"
    rf"\d\d?(?:st|nd|rd|th)?(?: of)? (?:{_HIJRI})|(?:{_HIJRI}),? 1[34]\d\d|1[34]\d\d (?:ah|hijri)"
    rf"|(?:in|during|since|throughout|of) (?:the (?:holy |fasting )?month of )?(?:{_HIJRI})"
    r"|(?:in|during|since|throughout|around|by) (?:the )?(?:(?:early|mid|late|beginning of the|end of the)[- ]?)*"
    r"(?:\d\d?(?:st|nd|rd|th)|[a-z-]*(?:first|second|third|th)|last|previous|past)(?: and [\w-]+)? centur(?:y|ies)"
    r"|(?:in|during|since|throughout|from|by|around) (?:the )?(?:(?:early|mid|late)[- ])?"
    r"(?:(?:1\d|20)\d0s|['’]\d0s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
    r"|(?:in|during|since|around) (?:early |late )?1[0-8]\d\d(?! [a-z]+s\b)"
    r"|\d+ ?(?:bc|bce)"
    rf"|(?:many |several |some |a few )?(?:{_SPANS}) ago|(?:in|over|during) recent (?:{_SPANS})"
    rf"|(?:over|down|through) the (?:{_SPANS})"
    r"|for (?:many |several |some |a few )?(?:years|decades|centuries|generations)"
    rf"|(?:(?:{_MANY})|{numbers.pattern()}|\d+) (?:of )?(?:times|occasions)|repeatedly|time and again"
    r"|anniversary of"
    r"|(?:during|in|under|before|after|since) (?:the )?(?:[\w-]+ )?(?:world war(?: (?:i|ii|one|two))?"
    r"|(?:soviet|ottoman|nazi|colonial|communist|stalinist|[\w-]+ist) (?:era|times|rule|period|occupation|years))"
    r"|\d\d?/\d\d?/(?:19|20)?\d\d"
    r")\b",
    re.IGNORECASE,
)


def unresolved_times(text: str) -> Iterator[Span]:
    """Expressions of time that no days can be given for: a century, a Hijri date, "dozens of times"."""
    for match in _UNRESOLVED.finditer(text):
        yield Span(match.group(), match.start(), match.end())


_CUT_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\. ?$", re.IGNORECASE
)  # where the parser takes the stop of a month for a sentence's end
_CUT_DAY = re.compile(r" ?[0-3]?\d(?:,? (?:19|20)\d\d)?\b")


def with_whole_dates(text: str, start: int, end: int) -> tuple[int, int]:
    """A sentence's offsets, made wider by the rest of a date that its first or last stop cuts ("JAN. 27, 2017")."""
    before = _CUT_MONTH.search(text, max(0, start - 8), start)
    if before and _CUT_DAY.match(text, start):
        start = before.start()
    behind = _CUT_DAY.match(text, end) if _CUT_MONTH.search(text, max(0, end - 8), end) else None
    return start, behind.end() if behind else end


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
