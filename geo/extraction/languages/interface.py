"""What a language must provide for its reports to be read. Everything outside `languages/` works through this.

Each part is a protocol that a plain module of the language's package fulfils (`languages/en/places.py` is the
`PlaceCues` of English), so that a language is added by writing those modules and its lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

from geo.extraction.languages.parse_interface import (
    ActorPatterns,
    AttributionPatterns,
    EventPlaceCues,
    FactualitySigns,
    Syntax,
    TargetPatterns,
    TriggerPatterns,
)
from geo.extraction.lexicon import Lexicon
from geo.geocoding.written_position import CoordinateWords
from geo.model import Count, DateSpan, Relation, Span

if TYPE_CHECKING:
    from spacy.language import Language as Model

Cue = Literal["strong", "weak"]
EntityKind = Literal["place", "site", "person", "people", "time", "other"]
Offsets = tuple[int, int]  # start and end in the text, end exclusive


@dataclass(frozen=True, slots=True)
class StatedContainer:
    """Where the name that contains another begins, how sure that is, and whether the other is `of_part` a settlement.

    It is `binding` in "X, Y" and "the X district of Y", not in "X in Y" and "Y's X".
    """

    start: int
    binding: bool
    of_part: bool


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

    def container_after(self, text: str, start: int, end: int) -> StatedContainer | None:
        """Where the name that contains another begins, as the words around it state; None where they state none."""

    def next_in_list(self, text: str, end: int) -> int | None:
        """Where the next name of a list begins behind a name; None where nothing is listed."""

    def follows_in_list(self, text: str, start: int) -> bool:
        """Whether a name stands behind another one in a list."""

    def may_be_abbreviation(self, text: str, start: int, end: int) -> bool:
        """Whether an abbreviation of a division can stand here."""

    def is_abbreviated_word(self, word: str) -> bool:
        """Whether a word in lower case is short for the first word of names: "st" for "Saint"."""

    def written_out(self, name: str) -> tuple[str, ...]:
        """The other forms of a name whose first word can be abbreviated; empty for every other name."""

    def is_dateline(self, text: str, start: int, end: int) -> bool:
        """Whether a name opens a line as the place a report was sent from."""

    def is_era(self, text: str, start: int, end: int) -> bool:
        """Whether a name is part of an era: "the third century BC"."""

    def is_dedication(self, text: str, start: int, end: int) -> bool:
        """Whether a name is that of a church or cemetery which is named after a saint: "St. Edward's"."""

    def owns_part(self, text: str, end: int) -> bool:
        """Whether a part of a place, its people or its officials stand behind a name: "Mosul's old city"."""

    def facility_after(self, text: str, end: int) -> int | None:
        """Where the name of a facility ends that begins with another name: "Evergreen Cemetery"; None for others."""

    def is_people(self, name: str) -> bool:
        """Whether a name in lower case is that of a people, a religion or a language."""

    def is_university(self, text: str, start: int) -> bool:
        """Whether a name is that of a university, by the words before it."""

    def is_person_by_role(self, text: str, start: int, end: int) -> bool:
        """Whether a role before a name and another name behind it make it a person's."""

    def is_street(self, text: str, start: int, end: int) -> bool:
        """Whether a name is that of a street."""

    def is_news_source(self, text: str, start: int, end: int) -> bool:
        """Whether a name is that of a newspaper, a news agency or a broadcaster."""

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
        """Whether a place name in lower case is more often another word or name: "reading", "march"."""

    def entity_kind(self, label: str) -> EntityKind:
        """What a label of the model's entities stands for; "other" where it says nothing of places."""

    def acronyms(self) -> Mapping[str, str]:
        """Names of organisations with more than a first capital, by their lower case: "isis" is "ISIS"."""


class RelationPatterns(Protocol):
    """Words that place something relative to a name: "25 km south of X", "near X", "between X and Y"."""

    def relation_beside(self, text: str, start: int, anchor: str) -> tuple[Relation, int] | None:
        """The relation to the name at `start` that the words beside it state, and the offset where they begin.

        None where they state none. `anchor` is the name as the report writes it.
        """

    def is_measured(self, text: str, start: int) -> bool:
        """Whether a distance, a drive or a direction is measured from the name that begins at `start`."""

    def lies_between(self, text: str, first: Span, second: Span) -> Literal["between", "halfway"] | None:
        """Whether the text places something between two names that follow each other, or halfway; None if not."""


class TimeExpressions(Protocol):
    """Expressions of time, read against the day of publication `ref` where they are relative to it."""

    def find_dates(self, text: str, ref: date | None) -> list[DateSpan]:
        """Every date of a text, in order; offsets are the text's."""

    def date_counted_from(self, text: str, before: DateSpan) -> DateSpan | None:
        """A date counted from the one before it: "a week earlier"."""

    def clauses_after(self, text: str) -> list[re.Match[str]]:
        """Each "four years after" of a text, which dates the clause behind it."""

    def date_of_clause(self, match: re.Match[str], main: DateSpan) -> DateSpan | None:
        """The date of the clause behind a match of `clauses_after`, counted from the main clause's."""

    def unresolved_times(self, text: str) -> Iterator[Span]:
        """Expressions of time that are not intervals of days."""

    def with_whole_dates(self, text: str, start: int, end: int) -> tuple[int, int]:
        """A sentence's offsets, made wider by a date that its ends cut."""

    def dateline(self, text: str) -> date | None:
        """The day that a text gives for itself in a short line among its first."""


class Quantities(Protocol):
    """Expressions of how many."""

    def counts_in(self, text: str) -> Iterator[tuple[str, Count]]:
        """Each number of `bodies`, `graves` or `sites` in a text, with its bounds."""


@dataclass(frozen=True)
class Language:
    """One language that is read. `code` is its ISO 639-1 code, `model` the package of its spaCy pipeline.

    `norms` gives the model other words for tokens that it misreads; `is_furniture` says whether a line is of the page
    around a report; `join_list` writes names as a list.
    """

    code: str
    model: str
    load_model: Callable[[], Model]
    lexicon: Lexicon
    norms: Mapping[str, str]
    is_furniture: Callable[[str], bool]
    join_list: Callable[[Sequence[str]], str]
    actors: ActorPatterns
    attribution: AttributionPatterns
    coordinates: CoordinateWords
    event_places: EventPlaceCues
    factuality: FactualitySigns
    places: PlaceCues
    quantities: Quantities
    relations: RelationPatterns
    syntax: Syntax
    targets: TargetPatterns
    times: TimeExpressions
    triggers: TriggerPatterns
