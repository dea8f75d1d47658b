"""Text from reports made safe to show: it is always text, never markup.

Streamlit reads labels and `st.markdown` as Markdown, and a picture in them is fetched from wherever it says; so text
from reports goes into HTML that is escaped here, into tables, or, where only a label will do, through `label`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def label(text: str) -> str:
    """Markdown that shows the text as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def escaped(text: str) -> str:
    """HTML of a text, its direction of writing kept to itself."""
    return f"<bdi>{html.escape(text)}</bdi>"


def link(url: str | None) -> str | None:
    """The address if it is one that may be linked to: http or https with a host."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"]", url) else None


def anchor(url: str, words: str) -> str:
    """HTML of a link that opens beside the page and tells the other side nothing."""
    return f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">{html.escape(words)}</a>'


def marked_all(text: str, spans: Iterable[tuple[int, int, str, str]]) -> str:
    """HTML of a text with stretches marked: start, end, a class and what it is, told on hovering.

    Of stretches that meet the first in the text stands, the longer first.
    """
    parts, at = [], 0
    for start, end, kind, title in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start < at:
            continue
        parts.append(html.escape(text[at:start]))
        inside = html.escape(text[start:end])
        parts.append(f'<mark class="{kind}" title="{html.escape(title)}">{inside}</mark>')
        at = end
    return f'<div class="paragraph" dir="auto">{"".join(parts)}{html.escape(text[at:])}</div>'


def marked(text: str, start: int, end: int) -> str:
    """HTML of a paragraph with one stretch marked."""
    before, inside, after = (html.escape(part) for part in (text[:start], text[start:end], text[end:]))
    return f'<p class="paragraph" dir="auto">{before}<mark>{inside}</mark>{after}</p>'
