"""The one English lexicon of the process."""

from __future__ import annotations

from functools import cache

from geo.extraction.languages.en import morphology
from geo.extraction.languages.en.tables import load
from geo.extraction.lexicon import Lexicon


@cache
def lexicon() -> Lexicon:
    """The English lexicon, read once. Raises LexiconError where its tables contradict themselves."""
    return Lexicon(load("acts"), load("targets"), morphology)
