"""Text from reports made safe to show: it is always text, never markup.

Streamlit reads labels and `st.markdown` as Markdown, and the browser fetches a picture in them from any address. So
text from reports goes into HTML that is escaped here, into tables, or, where only a label is possible, through
`escape_label`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def escape_label(text: str) -> str:
    """Markdown that shows a text literally, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def escape_html(text: str) -> str:
    """HTML of a text, isolated so that its writing direction does not affect what is around it."""
    return f"<bdi>{html.escape(text)}</bdi>"


def safe_link(url: str | None) -> str | None:
    """The address if it may be a link, http or https with a host; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"]", url) else None


def anchor(url: str, text: str) -> str:
    """HTML of a link that opens in a new tab; the other site does not learn where the reader came from."""
    return f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">{html.escape(text)}</a>'


def mark_spans(text: str, spans: Iterable[tuple[int, int, str, str]]) -> str:
    """HTML of a text with spans marked: start, end, a CSS class and a tooltip.

    Of overlapping spans only the first is marked, and of those with one start the longest.
    """
    parts, position = [], 0
    for start, end, kind, title in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start < position:
            continue
        parts.append(html.escape(text[position:start]))
        inside = html.escape(text[start:end])
        parts.append(f'<mark class="{kind}" title="{html.escape(title)}">{inside}</mark>')
        position = end
    return f'<div class="paragraph" dir="auto">{"".join(parts)}{html.escape(text[position:])}</div>'


def mark_span(text: str, start: int, end: int) -> str:
    """HTML of a paragraph with one span marked."""
    before, inside, after = (html.escape(part) for part in (text[:start], text[start:end], text[end:]))
    return f'<p class="paragraph" dir="auto">{before}<mark>{inside}</mark>{after}</p>'


def paragraph_around(text: str, start: int, end: int, limit: int = 1200) -> tuple[str, int, int]:
    """The paragraph around a span of a report, and the span's start and end in it.

    At most `limit` characters before and after the span.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    first, last = max(first, start - limit), min(last, end + limit)
    return text[first:last], start - first, end - first
