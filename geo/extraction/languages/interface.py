"""What a language must provide for its reports to be read. Everything outside `languages/` works through this.

Each part is a protocol that a plain module of the language's package fulfils (`languages/en/places.py` is the
`PlaceCues` of English), so that a language is added by writing those modules and its lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from geo.model import Relation, Span

if TYPE_CHECKING:
    from spacy.language import Language as Model

Cue = Literal["strong", "weak"]
EntityKind = Literal["place", "site", "person", "people", "time", "other"]
Offsets = tuple[int, int]  # start and end in the text, end exclusive


class PlaceCues(Protocol):
    """What the words around a name say of it as a place.

    `text` is the whole text as parsed, `start` and `end` are the offsets of a name in it, `end` exclusive.
    """

    def name_words(self, text: str) -> Iterator[Offsets]:
        """The words of a text that names are made of, in order; a possessive ending is not part of the word."""

    def cue_before(self, text: str, start: int) -> Cue | None:
        """How strongly the words before a name mark it as a place; None where they do not."""

    def kind_beside(self, text: str, start: int, end: int) -> str | None:
        """The GeoNames feature code that words beside a name ask for: ADM1 for "Raqqa province"; None without any."""

    def container(self, text: str, end: int) -> str | None:
        """The name that contains another, written right behind it: Y in "X, Y" or "X in Y"; None without any."""

    def is_dateline(self, text: str, start: int, end: int) -> bool:
        """Whether a name opens a line as the place a report was sent from."""

    def is_attacker(self, text: str, end: int) -> bool:
        """Whether a country's name says who attacks, not where: "Russia's full-scale invasion"."""

    def is_era(self, text: str, start: int, end: int) -> bool:
        """Whether a name is part of an era: "the third century BC"."""

    def is_dedication(self, text: str, start: int, end: int) -> bool:
        """Whether a name is that of a church or cemetery which is named after a saint: "St. Edward's"."""

    def settlements_named_so(self, text: str) -> Iterator[Offsets]:
        """The names that the text itself calls a settlement: X in "the village of X"."""

    def capitals_by_people(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Capitals named by their people only, with the word for them: "the Yemeni capital", "Yemeni"."""

    def capitalised_after(self, text: str, end: int) -> str | None:
        """The word with a capital right behind a name, past a possessive ending; None without any."""

    def is_definite_article(self, word: str) -> bool:
        """Whether a word in lower case is the definite article."""

    def is_article(self, word: str) -> bool:
        """Whether a word in lower case is an article that entities of the model may begin with."""

    def is_title(self, word: str) -> bool:
        """Whether a word in lower case, without its full stop, makes the name behind it a person's: "dr", "mayor"."""

    def without_possessive(self, name: str) -> str:
        """The name without a possessive ending."""

    def is_list_separator(self, words: str) -> bool:
        """Whether the words between two names make them neighbours in a list."""

    def is_particle(self, word: str) -> bool:
        """Whether a small word stands inside names: "al", "of"."""

    def is_kind_word(self, word: str) -> bool:
        """Whether a word in lower case is part of a phrase for a kind of place: "province", "refugee"."""

    def is_place_word(self, word: str) -> bool:
        """Whether a word in lower case is a kind of place, a compass point or a preposition of place."""

    def is_site_word(self, word: str) -> bool:
        """Whether a word in lower case is for a site or object that can be harmed: "mosque", "cemetery"."""

    def is_common_word(self, name: str) -> bool:
        """Whether a place name in lower case is first of all another word or name: "reading", "march"."""

    def entity_kind(self, label: str) -> EntityKind:
        """What a label of the model's entities stands for; "other" where it says nothing of places."""

    def acronyms(self) -> Mapping[str, str]:
        """Names of organisations with more than a first capital, by their lower case: "isis" is "ISIS"."""


class RelationPatterns(Protocol):
    """Words that place something relative to a name: "25 km south of X", "near X", "between X and Y"."""

    def relation_before(self, text: str, start: int, anchor: str) -> tuple[Relation, int] | None:
        """The relation to the name at `start` that the words before it state, and the offset where they begin.

        None where they state none. `anchor` is the name as the report writes it.
        """

    def is_measured(self, text: str, start: int) -> bool:
        """Whether a distance, a drive or a direction is measured from the name that begins at `start`."""

    def lies_between(self, text: str, first: Span, second: Span) -> Literal["between", "halfway"] | None:
        """Whether the text places something between two names that follow each other, or halfway; None if not."""


@dataclass(frozen=True)
class Language:
    """One language that is read. `code` is its ISO 639-1 code; `load_model` returns its spaCy pipeline."""

    code: str
    load_model: Callable[[], Model]
    places: PlaceCues
    relations: RelationPatterns
