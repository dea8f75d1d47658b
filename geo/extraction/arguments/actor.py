"""Who did it: the actors that a report names, and the candidates for the agent of an act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from geo.actors import WORDS, Actor, actors
from geo.extraction.arguments.candidate import ArgumentCandidate
from geo.extraction.document import Document
from geo.extraction.languages.parse_interface import ActorPatterns
from geo.extraction.scoring import best
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import plain
from geo.gazetteer.sources import adjectives
from geo.model import UNKNOWN_ACTOR, Span

_LONGEST = 8  # words behind the first one of an alias: the longest in the table has nine words
UNNAMED = Actor(UNKNOWN_ACTOR, "unknown", generic=True, unknown=True)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor where a text names it, by character offsets."""

    start: int
    end: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class Agent:
    """The actor that a phrase of the report stands for."""

    span: Span
    actor: Actor


class ActorFinder:
    """Finds the actors of a document and the agents of its acts."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer, self._registry, self._adjectives = gazetteer, actors(), adjectives()
        self._first_words = frozenset(key.split(" ")[0] for key in self._registry.by_alias)

    def mentions(self, document: Document) -> list[ActorMention]:
        """Every actor that the text names, the longest name at each place, in order."""
        text, patterns = document.text, document.language.actors
        words = [(m.start(), m.end()) for m in WORDS.finditer(text)]
        keys = [plain(text[a:b]) for a, b in words]
        mentions: list[ActorMention] = []
        i = 0
        while i < len(words):
            named = self._named_at(patterns, text, words, keys, i)
            if named is None:
                i += 1
                continue
            last, actor = named
            if not patterns.is_only_linked(text, words[last][1]):
                mentions.append(ActorMention(words[i][0], words[last][1], actor))
            i = last + 1
        return mentions

    def _named_at(
        self, patterns: ActorPatterns, text: str, words: Sequence[tuple[int, int]], keys: Sequence[str], i: int
    ) -> tuple[int, Actor] | None:
        """The actor whose name begins with the i-th word, and the index of its last word."""
        last = i
        while (
            last + 1 < len(words) and last - i < _LONGEST and not text[words[last][1] : words[last + 1][0]].strip(" -")
        ):
            last += 1
        for j in range(last, i - 1, -1):
            if keys[i] in self._first_words:
                actor = self._registry.by_alias.get(" ".join(keys[i : j + 1]))
                if actor is not None:
                    return j, actor
            actor = self._registry.exact.get(text[words[i][0] : words[j][1]])
            if actor is None and j > i:
                actor = self._force(patterns, keys[i : j + 1])
            if actor is not None:
                return j, actor
        return None

    def _force(self, patterns: ActorPatterns, keys: Sequence[str]) -> Actor | None:
        """The actor of a pattern: "Syrian soldiers", "pro-regime fighters", "Turkish-backed rebels"."""
        pattern = patterns.split_force(keys)
        if pattern is None:
            return None
        force, kind = pattern
        if kind in ("pro", "pro government"):
            government = (
                self._registry.by_name.get(patterns.government_actor(kind)) if kind == "pro government" else None
            )
            return government or Actor(patterns.pro_force_name(keys[1], force["name"]), "political_militia")
        if kind == "government":
            return self._registry.by_name.get(patterns.government_actor(kind))
        of_country = self._adjective_of_possessor(patterns, keys[0])
        people = of_country or keys[0].capitalize()
        if kind == "backed":
            return Actor(patterns.backed_force_name(people, force["name"]), "rebel_group")
        if kind != "of" or not (self._gazetteer.demonym(keys[0]) or of_country):
            return None
        return self._registry.of_force(patterns.force_name(people, force["name"]), force["category"])

    def _adjective_of_possessor(self, patterns: ActorPatterns, key: str) -> str | None:
        """The adjective of a country in the possessive: "israels" (army) is Israeli."""
        name = patterns.possessor(key)
        places = [m.entry.place for m in self._gazetteer.exact(name)[:1]] if name else []
        return next((self._adjectives.get(p.country or "") for p in places if p.feature == "PCLI"), None)

    def at_home(self, document: Document, actor: Actor, country: str | None) -> Actor:
        """The actor with a state's people as those of the country where the act was."""
        patterns = document.language.actors
        if actor.state is not None:
            return self._of_state(patterns, actor.state, at_home=True) if actor.state == country else actor
        force, adjective = patterns.domestic_force(actor.name), self._adjectives.get(country or "")
        if force is None or adjective is None:
            return actor
        name = patterns.force_name(adjective, force)
        return (
            Actor(name, actor.category)
            if force == actor.name.lower()
            else self._registry.of_force(name, actor.category)
        )

    def _of_state(self, patterns: ActorPatterns, country: str, at_home: bool) -> Actor:
        name = patterns.force_name(self._adjectives[country], patterns.state_force(authorities=at_home))
        return replace(self._registry.of_force(name, "state_forces"), state=country)

    def _state(self, patterns: ActorPatterns, agent: Token) -> Actor | None:
        """The forces of a country that is itself named as the agent: "Israel destroyed 16 cemeteries"."""
        if not patterns.is_bare_name(agent):
            return None
        places = [m.entry.place for m in self._gazetteer.exact(agent.text)[:1]]
        country = next((p.country for p in places if p.feature == "PCLI"), None)
        return self._of_state(patterns, country, at_home=False) if country in self._adjectives and country else None

    def agent(
        self, agents: Iterable[Token], mentions: Sequence[ActorMention], document: Document, before: Actor | None
    ) -> Agent | None:
        """The agent of an act: the best candidate of its nouns; None where nobody is named."""
        return best("actor", list(self.candidates(agents, mentions, document, before)))

    def candidates(
        self, agents: Iterable[Token], mentions: Sequence[ActorMention], document: Document, before: Actor | None
    ) -> Iterator[ArgumentCandidate[Agent]]:
        """What each agent noun may stand for. `before` is the actor named for the act before this one.

        Features: `rank` (the noun's number, from 0) and one of `named`, `antecedent`, `kind`, `state`, `people`.
        """
        patterns = document.language.actors
        for rank, noun in enumerate(agents):
            start, end = patterns.phrase_of(noun)
            span = document.span(start, end)
            for feature, actor in self._readings(patterns, noun, (start, end), mentions, before):
                yield ArgumentCandidate(Agent(span, actor), {"rank": float(rank), feature: 1.0})

    def _readings(
        self,
        patterns: ActorPatterns,
        noun: Token,
        phrase: tuple[int, int],
        mentions: Sequence[ActorMention],
        before: Actor | None,
    ) -> Iterator[tuple[str, Actor]]:
        own = [m for m in mentions if m.start < phrase[1] and phrase[0] < m.end]
        named = sorted(own, key=lambda m: (m.actor.generic, not m.start <= noun.idx < m.end))
        if named and not named[0].actor.generic:
            yield "named", named[0].actor
        antecedent = self._antecedent(patterns, noun, mentions, before)
        if antecedent is not None:
            yield "antecedent", antecedent
        if named:
            yield "kind", UNNAMED if patterns.is_nameless(noun) else named[0].actor
        state = self._state(patterns, noun)
        if state is not None:
            yield "state", state
        if patterns.may_be_people(noun):
            yield "people", UNNAMED

    def _antecedent(
        self, patterns: ActorPatterns, noun: Token, mentions: Sequence[ActorMention], before: Actor | None
    ) -> Actor | None:
        """The named actor that a word such as "the militants" or "they" stands for."""
        if patterns.is_new(noun):
            return None
        points_back = patterns.points_back(noun)
        arrested = points_back and patterns.is_arrested(noun)
        fitting = {
            m.actor.name
            for m in mentions
            if not m.actor.generic and patterns.refers_to_category(noun, m.actor.category)
        }
        if not points_back and len(fitting) > 1:
            return None  # "militants": of which of those named is open
        for actor in (before, *(m.actor for m in reversed(mentions) if m.start < noun.idx)):
            if actor is None or actor.generic or (arrested and actor.category == "state_forces"):
                continue
            if patterns.refers_to_category(noun, actor.category) or (points_back and patterns.refers_to_anyone(noun)):
                return actor
        return None
