"""Bytes to text, in the encodings that files of news come in."""

from __future__ import annotations

import codecs
import logging

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
# The encodings that newsrooms use besides UTF-8; only these are guessed.
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
_GUESSED_FROM = 200_000  # bytes, set by hand: the encoding of a large file is guessed from its beginning


def decode(raw: bytes, source: str) -> str:
    """The text of a file, with its line ends unchanged. Raises ReportError for a binary file."""
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
        raise ReportError(
            source,
            f"starts with the mark of {encoding} but is not in that encoding ({error.reason})",
            f"byte {error.start}",
        ) from error
    if encoding != "utf-8-sig":
        _log.warning("%s: read as %s", source, encoding)
    return text


def _guessed(raw: bytes, source: str) -> str:
    best = from_bytes(raw[:_GUESSED_FROM], cp_isolation=_GUESSED).best()
    binary = best is None or (b"\0" in raw and not best.encoding.startswith("utf_16"))
    if best is None or binary:
        raise ReportError(source, "a binary file, not text; save it as plain text in UTF-8")
    _log.warning("%s: not in UTF-8; read as %s, which is a guess", source, best.encoding)
    return raw.decode(best.encoding, "replace")
