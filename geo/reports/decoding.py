"""Bytes to text, and a web page to the article in it."""

from __future__ import annotations

import codecs
import logging
from typing import Any

import trafilatura
from charset_normalizer import from_bytes

from geo.errors import ReportError

_log = logging.getLogger(__name__)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings in which newsrooms' files come, where they are not UTF-8; others are not guessed.
_GUESSED = [
    "utf_16_le",
    "utf_16_be",
    "cp1256",
    "cp1252",
    "cp1251",
    "cp1254",
    "cp1255",
    "iso8859_6",
    "iso8859_9",
]
# A page whose longest run of prose is shorter than this holds links and menus, no article.
_LEAST_PROSE = 120


def decode(raw: bytes, source: str) -> str:
    """The text of a file, its line ends as they are. Raises ReportError for a binary file."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw, encoding, source)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(raw, source)
    if "\0" in text:
        return _guessed(raw, source)
    return text


def _decoded(raw: bytes, encoding: str, source: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReportError(source, f"begins as {encoding} but is not ({error.reason})", f"byte {error.start}") from error
    if encoding != "utf-8-sig":
        _log.warning("%s: read as %s", source, encoding)
    return text


def _guessed(raw: bytes, source: str) -> str:
    best = from_bytes(raw[:200_000], cp_isolation=_GUESSED).best()
    binary = best is None or (b"\0" in raw and not best.encoding.startswith("utf_16"))
    if best is None or binary:
        raise ReportError(source, "a binary file, not text; save it as plain text in UTF-8")
    _log.warning("%s: not UTF-8, read as %s (a guess)", source, best.encoding)
    return raw.decode(best.encoding, "replace")


def article(page: str, source: str) -> tuple[str, dict[str, str]]:
    """The article in a web page and what the page says of it (title, url, publisher, published).

    Raises ReportError when there is none, as on a page that is all menu.
    """
    found: Any = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    text = (found.text or "") if found is not None else ""
    if max((len(line) for line in text.split("\n")), default=0) < _LEAST_PROSE:
        raise ReportError(source, "no article in this page, only menus and links; save the article's text as .txt")
    fields = {"title": found.title, "url": found.url, "publisher": found.sitename, "published": found.date}
    return text, {name: value for name, value in fields.items() if value}
