"""Which languages are read."""

from __future__ import annotations

from geo.extraction.languages.en import ENGLISH
from geo.extraction.languages.interface import Language

LANGUAGES = {language.code: language for language in (ENGLISH,)}


def language_of(code: str) -> Language | None:
    """The language of a code such as "en", "en-GB" or "EN_us"; None where its reports are not read."""
    return LANGUAGES.get(code.lower().replace("_", "-").split("-", maxsplit=1)[0])
