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

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.lexicon import Act, Lexicon
from geo.model import Count, DateSpan, Relation, Span

if TYPE_CHECKING:
    from spacy.language import Language as Model

    from geo.extraction.targets import TargetIndex, TargetMention

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


class Syntax(Protocol):
    """What the parse of a sentence says, whatever the labels of the language's model."""

    def is_headline(self, sentence: SpacySpan) -> bool:
        """Whether a sentence is short and has no full stop at its end."""

    def agents(self, token: Token) -> Iterator[Token]:
        """The nouns that the grammar makes the agents of an act, the likeliest first."""

    def direct_agents(self, verb: Token) -> tuple[Token, ...]:
        """The agents of a verb's own clause only."""

    def accused_in(self, sentence: SpacySpan) -> Iterator[tuple[Token, ...]]:
        """Whom a sentence accuses: the tokens that each of its verbs of accusing names."""

    def verb_above(self, tokens: Sequence[Token]) -> Token | None:
        """The verb that an expression depends on."""

    def is_since_clause(self, verb: Token) -> bool:
        """Whether a verb says from when on: "since the war broke out"."""

    def is_coordinated_with(self, verb: Token, token: Token) -> bool:
        """Whether a verb stands in a list with an act."""


class TargetPatterns(Protocol):
    """Noun phrases of what acts are done to, by their head noun."""

    def may_be_head(self, token: Token) -> bool:
        """Whether a token can be a noun here."""

    def phrase_start(self, phrase: SpacySpan) -> int:
        """Offset where a target's words begin, with its modifiers."""

    def proper_name(self, head: Token) -> frozenset[str]:
        """The folded words of a target's own name, kinds left out; may be empty."""

    def reference_kind(self, token: Token) -> str | None:
        """How a word refers back: "singular", "plural", "both" or "noun"; None where it does not."""

    def is_plural(self, noun: Token) -> bool:
        """Whether a noun is a plural."""

    def is_singular(self, noun: Token) -> bool:
        """Whether a noun is a singular."""

    def is_private(self, head: Token) -> bool:
        """Whether a tomb is a family's."""

    def is_revered(self, head: Token) -> bool:
        """Whether a tomb is that of a saint or a ruler."""

    def is_tomb(self, head: Token) -> bool:
        """Whether it is called a tomb."""

    def is_heirloom(self, head: Token) -> bool:
        """Whether it is heritage wherever it is."""

    def is_further(self, head: Token) -> bool:
        """Whether it is one more than those named before."""

    def is_coordinated(self, head: Token) -> bool:
        """Whether it follows another in a list."""


class TriggerPatterns(Protocol):
    """Words that express acts, and what each is done to."""

    def acts_at(self, token: Token) -> Iterator[Act]:
        """The acts that a token may express, the most specific first."""

    def targets_of(self, token: Token, act: Act, index: TargetIndex) -> list[TargetMention]:
        """The targets that an act is done to."""

    def without_target(self, agents: tuple[Token, ...], target: TargetMention, trigger: Token) -> tuple[Token, ...]:
        """The agents without what the act is done to."""

    def is_by_robbers(self, agents: tuple[Token, ...]) -> bool:
        """Whether the agents are people whose digging is looting."""

    def is_found_harmed(self, token: Token, target: TargetMention) -> bool:
        """Whether a finding is of harm to known graves."""

    def is_many_buried(self, target: TargetMention) -> bool:
        """Whether what was found is a place of many dead."""

    def is_state_when_found(self, token: Token) -> bool:
        """Whether a participle says in which state the dead were found."""

    def is_picture_taken(self, verb: Token) -> bool:
        """Whether a verb says that pictures were taken."""

    def is_killing(self, verb: Token) -> bool:
        """Whether a verb is of killing or burying people."""

    def names_killing(self, text: str) -> bool:
        """Whether words in lower case name a killing."""


class FactualitySigns(Protocol):
    """Signs that an act is not an incident."""

    def is_negated(self, token: Token, target: Token) -> bool:
        """Whether the act was not done."""

    def is_planned(self, token: Token) -> bool:
        """Whether it is planned, feared, asked for or prevented."""

    def is_figurative(self, token: Token) -> bool:
        """Whether it is fiction, a law, a habit, history or a figure of speech."""

    def is_natural(self, token: Token, agents: tuple[Token, ...]) -> bool:
        """Whether nature or decay did it."""

    def is_of_antiquity(self, token: Token) -> bool:
        """Whether what was found is old."""

    def is_exhumed_by_kin(self, token: Token, target: Token, agents: tuple[Token, ...]) -> bool:
        """Whether relatives have their own dead exhumed."""

    def is_by_experts(self, agents: tuple[Token, ...]) -> bool:
        """Whether investigators or scientists do it."""

    def has_lawful_purpose(self, token: Token) -> bool:
        """Whether graves are opened for a court, an identification or a reburial."""


class ActorPatterns(Protocol):
    """Words for actors, and words that refer back to one. Keys are folded words (`geo.gazetteer.names.plain`)."""

    def is_only_linked(self, text: str, end: int) -> bool:
        """Whether the words behind an actor's name say that others are meant: "al-Qaeda-linked"."""

    def split_force(self, keys: Sequence[str]) -> tuple[Mapping[str, str], str] | None:
        """A force's `name` and `category`, and how it is put: "of", "pro", "pro government", "backed", "government"."""

    def government_actor(self, kind: str) -> str:
        """The canonical name for the kinds "pro government" and "government"."""

    def force_name(self, people: str, force: str) -> str:
        """The canonical name of a people's force."""

    def pro_force_name(self, cause: str, force: str) -> str:
        """The canonical name of a cause's fighters."""

    def backed_force_name(self, people: str, force: str) -> str:
        """The canonical name of fighters whom a country backs."""

    def state_force(self, authorities: bool) -> str:
        """The word for a state's own authorities, or for its forces abroad."""

    def possessor(self, key: str) -> str | None:
        """The name in a possessive; None for other words."""

    def domestic_force(self, actor_name: str) -> str | None:
        """The force of the country of the act that a kind of people is; None for others."""

    def refers_to_category(self, agent: Token, category: str) -> bool:
        """Whether a word can stand for an actor of an ACLED category."""

    def refers_to_anyone(self, agent: Token) -> bool:
        """Whether a word can stand for any actor."""

    def points_back(self, agent: Token) -> bool:
        """Whether a word refers to somebody named before."""

    def is_new(self, agent: Token) -> bool:
        """Whether a word introduces somebody."""

    def is_arrested(self, agent: Token) -> bool:
        """Whether the act on them is an arrest or an accusation."""

    def is_nameless(self, agent: Token) -> bool:
        """Whether the report says that it does not know who."""

    def is_bare_name(self, agent: Token) -> bool:
        """Whether a word is a proper name without modifiers."""

    def may_be_people(self, agent: Token) -> bool:
        """Whether a noun can stand for people."""

    def phrase_of(self, agent: Token) -> tuple[int, int]:
        """Start and end offsets of an agent's phrase."""


class AttributionPatterns(Protocol):
    """Words on whose word something stands, and how sure it is."""

    def is_denied(self, token: Token) -> bool:
        """Whether somebody denies the act."""

    def is_hedged(self, token: Token) -> bool:
        """Whether the act's own clause makes it a claim."""

    def is_hedged_sentence(self, sentence: SpacySpan) -> bool:
        """Whether a sentence as a whole is a claim."""

    def is_in_scare_quotes(self, token: Token) -> bool:
        """Whether a headline puts the act in quotation marks."""

    def is_hearsay(self, source: str) -> bool:
        """Whether a source's report is still a claim."""

    def parties(self, sentence: SpacySpan) -> set[str]:
        """The countries and towns that a sentence names, which speak as parties."""

    def sources(self, sentence: SpacySpan) -> tuple[str, ...]:
        """Who is quoted in a sentence, none twice."""

    def reports(self, verb: Token) -> bool:
        """Whether a verb is of saying or of a court, so that its date is not the act's."""

    def doubts_agent(self, words: str) -> bool:
        """Whether the words for an agent leave open that it was them."""


class EventPlaceCues(Protocol):
    """Signs that a place name in a sentence is, or is not, where an act was."""

    def is_list_gap(self, words: str) -> bool:
        """Whether the words between two places make them a list."""

    def is_located_by(self, words: str) -> bool:
        """Whether the words between a place and a relation say that the place lies there."""

    def is_modifier(self, text: str, end: int) -> bool:
        """Whether a name is only part of a compound."""

    def has_possessive(self, text: str, end: int) -> bool:
        """Whether a name stands in the possessive."""

    def follows_of(self, text: str, start: int) -> bool:
        """Whether "of" stands right before a name."""

    def is_agent(self, tokens: Sequence[Token]) -> bool:
        """Whether a country's name says who acts."""

    def where_clause(self, token: Token) -> Token | None:
        """The "where" of the clause that an act stands in; None without one."""


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
    """One language that is read. `code` is its ISO 639-1 code; `load_model` returns its spaCy pipeline.

    `norms` gives the model other words for tokens that it misreads; `is_furniture` says whether a line is of the page
    around a report; `join_list` writes names as a list.
    """

    code: str
    load_model: Callable[[], Model]
    lexicon: Lexicon
    norms: Mapping[str, str]
    is_furniture: Callable[[str], bool]
    join_list: Callable[[Sequence[str]], str]
    actors: ActorPatterns
    attribution: AttributionPatterns
    event_places: EventPlaceCues
    factuality: FactualitySigns
    places: PlaceCues
    quantities: Quantities
    relations: RelationPatterns
    syntax: Syntax
    targets: TargetPatterns
    times: TimeExpressions
    triggers: TriggerPatterns
