"""Text from reports made safe to show: it is always text, never markup."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Markdown that shows the text as it is; Streamlit reads labels and options as Markdown."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def link(url: str | None) -> str | None:
    """The address if it is one that may be linked to: http or https with a host."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"\s", url) else None


def marked(text: str, start: int, end: int) -> str:
    """HTML of a paragraph with one stretch marked; all of it escaped, each direction of writing kept apart."""
    before, inside, after = (html.escape(part) for part in (text[:start], text[start:end], text[end:]))
    return f'<p class="paragraph" dir="auto">{before}<mark>{inside}</mark>{after}</p>'
