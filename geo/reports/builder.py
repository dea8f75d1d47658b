"""A report made from a text and its fields: checked, with its id, its hash and its language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from geo.errors import ReportError
from geo.model import Report
from geo.settings import MAX_TEXT_CHARS

FIELDS = ("id", "title", "url", "publisher", "published", "language")
Read = Report | ReportError  # what reading yields: a report, or the error instead of one

# The first and last letter of a script's block in Unicode.
_SCRIPTS = {"ar": ("؀", "ۿ"), "he": ("֐", "׿"), "ru": ("Ѐ", "ӿ")}
_SAMPLE = 2000  # characters that show a text's script, set by hand: some three hundred words
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_TIME_ZONES = timedelta(days=1)  # a day ahead, since a date can be that of a time zone further east


def report(
    text: str,
    source: str,
    fields: Mapping[str, str | None],
    raw: bytes | None = None,
    where: str | None = None,
) -> Report:
    """The report of a text and its fields. `raw` is what the text was read from, `where` the place in `source`.

    Raises ReportError for an empty text, one that is too long, or an invalid date of publication.
    """
    _check_length(text, source, where)
    text = _storable(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    given = {name: _storable(fields.get(name) or "").strip() or None for name in FIELDS}
    return Report(
        id=given["id"] or sha256,
        text=text,
        sha256=sha256,
        raw=raw if raw is not None else text.encode(),
        title=given["title"],
        url=given["url"],
        publisher=given["publisher"],
        published=_published(given["published"], source, where),
        language=given["language"] or _language(text),
        source=f"{source} ({where})" if where else source,
    )


def _check_length(text: str, source: str, where: str | None) -> None:
    """Raise ReportError for a text that is empty or too long."""
    if not text.strip():
        raise ReportError(source, "is empty; give the text of the report", where)
    limit = int(MAX_TEXT_CHARS.get())
    if len(text) > limit:
        raise ReportError(
            source,
            f"too long: {len(text):,} characters, the limit is {limit:,}; split it or raise {MAX_TEXT_CHARS.name}",
            where,
        )


def _storable(text: str) -> str:
    """The text with U+FFFD for each character that a database refuses: NUL, and halves of surrogate pairs.

    PostgreSQL refuses NUL, and UTF-8 has no surrogates. One character replaces one, so that offsets stay the same.
    """
    return _NOT_STORABLE.sub("\ufffd", text)


def _published(value: str | None, source: str, where: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value[:10])
    except ValueError as error:
        raise ReportError(
            source, f"published {value!r} is not a date ({error}); write YYYY-MM-DD or leave it empty", where
        ) from error
    if day > datetime.now(UTC).date() + _TIME_ZONES:
        raise ReportError(source, f"published {value} is in the future; correct it or leave it empty", where)
    return day


def _language(text: str) -> str:
    """The language that the text's script suggests; English for Latin letters, as only English is read yet."""
    sample = [c for c in text[:_SAMPLE] if c.isalpha()]
    for language, (first, last) in _SCRIPTS.items():
        if sum(first <= c <= last for c in sample) * 2 > len(sample):
            return language
    return "en"
