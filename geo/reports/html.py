"""Web pages: the article in a page is one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import trafilatura

from geo.errors import ReportError
from geo.reports.builder import Read, report
from geo.reports.decoding import decode

# Characters. A page whose longest paragraph is shorter has links and menus, but no article: a sentence of news has
# 120 to 200. Set by hand on saved pages of newspapers.
_LEAST_PARAGRAPH = 120


def read(raw: bytes, source: str, fields: Mapping[str, str]) -> Iterator[Read]:
    """The report in a page; `fields` take precedence over what the page says of itself. Raises ReportError."""
    text, of_page = _article(decode(raw, source), source)
    yield report(text, source, of_page | {name: value for name, value in fields.items() if value}, raw)


def _article(page: str, source: str) -> tuple[str, dict[str, str]]:
    """The article in a page, and what the page gives as title, url, publisher and published."""
    extracted: Any = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    text = (extracted.text or "") if extracted is not None else ""
    if max((len(line) for line in text.split("\n")), default=0) < _LEAST_PARAGRAPH:
        raise ReportError(source, "no article in this page, only menus and links; save the article's text as .txt")
    fields = {
        "title": extracted.title,
        "url": extracted.url,
        "publisher": extracted.sitename,
        "published": extracted.date,
    }
    return text, {name: value for name, value in fields.items() if value}
