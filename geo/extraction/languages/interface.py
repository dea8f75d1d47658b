"""What a language must provide for its reports to be read. Everything outside `languages/` works through this.

Each part is a protocol that a plain module of the language's package fulfils (`languages/en/places.py` is the
`PlaceCues` of English), so that a language is added by writing those modules and its lexicon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from spacy.language import Language as Model


class PlaceCues(Protocol):
    """What the words around a name say of it as a place."""


class RelationPatterns(Protocol):
    """Words that place something relative to a name: "25 km south of X", "near X", "between X and Y"."""


@dataclass(frozen=True)
class Language:
    """One language that is read. `code` is its ISO 639-1 code; `load_model` returns its spaCy pipeline."""

    code: str
    load_model: Callable[[], Model]
    places: PlaceCues
    relations: RelationPatterns
