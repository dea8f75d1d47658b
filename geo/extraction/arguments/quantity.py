"""How many graves, bodies and sites a report counts, and between which bounds."""

from __future__ import annotations

from collections.abc import Iterable

from geo.extraction.languages.interface import Language
from geo.model import Count


def counts(language: Language, texts: Iterable[str]) -> dict[str, Count]:
    """The largest number of each of `bodies`, `graves` and `sites` in some sentences, with its bounds."""
    largest: dict[str, Count] = {}
    for text in texts:
        for name, count in language.quantities.counts_in(text):
            if name not in largest or count.number > largest[name].number:
                largest[name] = count
    return largest
