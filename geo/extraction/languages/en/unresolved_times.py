"""English expressions of time without exact days: a century, a Hijri date, "dozens of times"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.extraction.languages.en import numbers
from geo.extraction.languages.en.tables import load
from geo.model import Span

_WORDS = load("time")["unresolved"]
_HIJRI, _SPANS, _MANY = ("|".join(_WORDS[name]) for name in ("hijri_months", "long_units", "many"))
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
