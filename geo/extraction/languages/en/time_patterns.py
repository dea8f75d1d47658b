"""The patterns of English expressions of time, each with the function that reads its matches."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from geo.extraction.languages.en import conflicts, intervals, numbers
from geo.extraction.languages.en import relative_intervals as relative
from geo.extraction.languages.en.time_words import FEASTS, MONTHS, SEASONS, VAGUE_NUMBERS, WEEKDAYS
from geo.model import DateSpan

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
# A weekday beside a date belongs to the date; where the two contradict each other, the date counts.
_DAY_NAME = rf"(?:{'|'.join(WEEKDAYS)})(?: night| morning| afternoon| evening)?"
_BEFORE = rf"(?:{_DAY_NAME}(?:,? | \()(?:the )?)?"
_BEHIND = rf"(?: \({_DAY_NAME}\)?|,? (?:a )?{_DAY_NAME}(?!['’]s))?"
_W = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
_W2 = r"(?P<weekday2>" + "|".join(WEEKDAYS) + r")"
_N = r"(?P<count>\d{1,3}|" + "|".join(VAGUE_NUMBERS) + "|" + numbers.pattern() + ")"


def _range(first: str, last: str) -> str:
    """The pattern of a range: "between A and B", "from A to B", "A - B"."""
    return rf"(?:(?P<between>between )|from )?(?:the )?{first}(?(between) and (?:the )?|{_UNTIL}){last}"


Reader = Callable[[re.Match[str], date | None], DateSpan | None]


FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), reader)
    for pattern, reader in (
        (r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)", intervals.read_iso),
        (rf"(?P<day>\d\d?)(?P<sep>[./])(?P<m>\d\d?)(?P=sep){_Y}", intervals.read_numeric),
        (
            _range(rf"{_BEFORE}{_D}(?: of)? {_M1},? {_Y1}", rf"{_BEFORE}{_D2}(?: of)? {_M},? {_Y}{_BEHIND}"),
            intervals.read_days_of_years,
        ),
        (
            _range(rf"{_BEFORE}{_M1} {_D},? {_Y1}", rf"{_BEFORE}{_M} {_D2},? {_Y}{_BEHIND}"),
            intervals.read_days_of_years,
        ),
        (
            rf"(?:between |from )?(?:the )?{_BEFORE}{_D}(?: {_M1},?)?{_TO}(?:the )?{_BEFORE}{_D2}(?: of)? {_M}"
            rf"(?:,? {_Y})?{_BEHIND}",
            intervals.read_days,
        ),
        (rf"{_M} {_D} ?[-–—] ?{_D2}(?:,? {_Y})?", intervals.read_days),
        (_range(rf"{_BEFORE}{_M1} {_D}", rf"{_BEFORE}{_M} {_D2}(?:,? {_Y})?{_BEHIND}"), intervals.read_days),
        (rf"{_BEFORE}{_D}(?: of)? {_M}(?:,? {_Y})?{_BEHIND}", intervals.read_day),
        (rf"{_BEFORE}{_M} {_D}(?:,? {_Y})?{_BEHIND}", intervals.read_day),
        (_range(rf"{_M1}(?:,? {_Y1})?", rf"{_M},? {_Y}"), intervals.read_months),
        (rf"between (?P<year1>(?!))?{_M1} and {_M}(?P<year>(?!))?", intervals.read_months),
        (rf"from (?P<year1>(?!))?{_M1} (?:to|until|till|through) {_M}(?P<year>(?!))?", intervals.read_months),
        (conflicts.pattern(), relative.read_conflict),
        (rf"(?:ever )?since (?:(?:early|mid|late)[- ])?(?:{_M}(?:,? {_Y})?)", relative.read_since),
        (r"(?:ever )?since (?:(?:early|mid|late)[- ])?(?P<month>(?!))?" + _Y, relative.read_since),
        (
            rf"(?:in |by )?(?:the )?(?P<part>early|mid|late)[- ](?:in )?{_M},? (?:of )?{_Y}?"
            r"(?: ?(?P<ago>last year|this year))?",
            relative.read_month,
        ),
        (rf"(?P<season>{'|'.join(SEASONS)})(?P<which>(?!))?(?: of|,)? {_Y}", relative.read_season),
        (r"(?P<which>last|this|in the) (?P<season>spring|summer|autumn|winter)(?P<year>(?!))?", relative.read_season),
        (rf"(?P<feast>{'|'.join(FEASTS)})(?:,? {_Y})?", relative.read_feast),
        (rf"(?:between |from ){_Y}(?: and | to | until )(?P<year2>(?:19|20)\d\d)", intervals.read_years),
        (r"(?P<year>(?:19|20)\d\d) ?[-–] ?(?P<year2>(?:19|20)\d\d)", intervals.read_years),
        (rf"{_M},? (?:of )?{_Y}", intervals.read_month_year),
        (
            rf"(?:in|last|this|by|during|until|of) (?P<part>(?!))?{_WHOLE_M}(?P<year>(?!))?"
            r"(?:,? (?P<ago>last year|this year))?",
            relative.read_month,
        ),
        (rf"(?P<part>early|mid|late)[- ](?:in )?{_Y}", intervals.read_year),
        (rf"the (?P<part>(?!))?{_Y}(?= [a-z])", intervals.read_year),
        (
            rf"(?:in|during|by|from|of|until|before|after|around|to) (?:(?P<part>early|mid|late)[- ](?:in )?)?{_Y}",
            intervals.read_year,
        ),
        (rf"(?:between |from )?{_W}(?: night| morning| evening)?(?: and | to ){_W2}", relative.read_weekdays),
        (rf"(?:last |this |on |late |early |since )*{_W}", relative.read_weekday),
        (r"today|yesterday|last night|overnight|this morning|tonight", relative.read_named_day),
        (
            r"(?:over|in|during|for|within|throughout) (?P<the>the )?(?:past|last)"
            rf"(?: {_N})?(?(the)|(?(count)|(?!))) (?P<unit>day|week|month|year|decade)s?",
            relative.read_past,
        ),
        (
            r"(?:over |at |earlier |in |during )*(?P<which>the|this|last|past|previous) (?P<unit>weekend)",
            relative.read_period,
        ),
        (
            r"(?:earlier |later |in |during )*(?P<which>this|last|past|previous|earlier in the)"
            r" (?P<unit>week|month|year)",
            relative.read_period,
        ),
        (rf"{_N} (?P<unit>day|week|month|year|decade)s? ago", relative.read_ago),
    )
)


# "in 2014": before a possessive ending it is not a date ("2007's Splasher").
BARE_YEARS = frozenset(pattern for pattern, reader in FORMS if reader is intervals.read_year)

COUNTED = re.compile(
    rf"\b(?:{_N} (?P<unit>day|week|month|year)s? "
    r"(?P<way>earlier|previously|later|afterwards|before(?=[,.;]|$)|after(?=[,.;]|$))"
    r"|the (?P<same>same|next|following|previous|preceding) (?P<unit2>day|night|morning|week|month|year))",
    re.IGNORECASE,
)
CLAUSE_AFTER = re.compile(
    rf"\b{_N} (?P<unit>day|week|month|year|decade)s? (?P<way>after|before)\b(?! that| this| then)", re.IGNORECASE
)
