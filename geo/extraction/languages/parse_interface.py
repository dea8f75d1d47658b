"""What a language must provide over the parse of a sentence: syntax, triggers, targets, actors, attribution.

The labels of a language's model (dependencies, tags) appear in the language's package only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.lexicon import Act

if TYPE_CHECKING:
    from geo.extraction.targets import TargetIndex, TargetMention


class Syntax(Protocol):
    """What the parse of a sentence says, whatever the labels of the language's model."""

    def is_headline(self, sentence: SpacySpan) -> bool:
        """Whether a sentence is short and ends without a full stop."""

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

    def is_of_harmed_graves(self, token: Token, target: TargetMention) -> bool:
        """Whether what was discovered is damage to known graves."""

    def is_many_buried(self, target: TargetMention) -> bool:
        """Whether what was discovered is a burial site of many people."""

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
        """Whether what was discovered is ancient."""

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
        """The row of a force, and the construction: "of", "pro", "pro government", "backed", "government"."""

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
    """Words that name the source of a statement, and how certain it is."""

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

    def address_in(self, sentence: str) -> tuple[int, int] | None:
        """Start and end of the first street address with a number in a sentence; None without one."""

    def contains(self, words: str) -> bool:
        """Whether the words between two names make the second contain the first."""

    def is_located_by(self, words: str) -> bool:
        """Whether the words between a place and a relation say that the place lies there."""

    def is_modifier(self, text: str, end: int) -> bool:
        """Whether a name is only part of a compound."""

    def has_possessive(self, text: str, end: int) -> bool:
        """Whether a name stands in the possessive."""

    def follows_of(self, text: str, start: int) -> bool:
        """Whether "of" stands right before a name."""

    def owner_of(self, name: Token, nouns: Sequence[Token]) -> Token | None:
        """Which of several nouns a place name belongs to by the grammar; None for none of them."""

    def roles(self, text: str, tokens: Sequence[Token]) -> frozenset[str]:
        """What a name's place is other than the scene: `speaker`, `home`, `destination`, `comparison`."""

    def is_compared(self, text: str, sentence_start: int, at: int) -> bool:
        """Whether what stands at an offset is only what something else is compared to."""

    def where_clause(self, token: Token) -> Token | None:
        """The "where" of the clause that an act stands in; None without one."""
