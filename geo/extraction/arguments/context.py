"""What the arguments of a report's acts are looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.arguments.actor import ActorFinder, ActorMention
from geo.extraction.document import Document
from geo.extraction.languages.interface import Language
from geo.model import DateSpan, Toponym


@dataclass(frozen=True)
class ArgumentContext:
    """One parsed report with its place names and actors; `ref` is the day that "yesterday" is read against.

    `dates_by_sentence` keeps the dates of each sentence, by its first token, with the verbs that they depend on;
    `roles_by_start` what each place name is to an act other than its scene, by the offset of the name.
    """

    document: Document
    toponyms: Sequence[Toponym]
    actors: Sequence[ActorMention]
    finder: ActorFinder
    ref: date | None
    dates_by_sentence: dict[int, list[tuple[DateSpan, Token | None]]] = field(default_factory=dict)
    roles_by_start: dict[int, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def placed(self) -> list[Toponym]:
        """The resolved place names that are not part of an actor's name."""
        return [t for t in self.toponyms if t.place is not None and not self.is_in_actor(t)]

    def roles_of(self, toponym: Toponym) -> frozenset[str]:
        """What a name's place is to the acts of its sentence other than their scene; worked out once per name."""
        start = toponym.span.start
        if start not in self.roles_by_start:
            tokens = self.document.tokens(start, toponym.span.end)
            self.roles_by_start[start] = self.language.event_places.roles(self.document.text, tokens)
        return self.roles_by_start[start]

    @property
    def language(self) -> Language:
        """The report's language."""
        return self.document.language

    def toponyms_in(self, sentence: SpacySpan) -> list[Toponym]:
        """The place names of a sentence, in order."""
        return [t for t in self.toponyms if sentence.start_char <= t.span.start < sentence.end_char]

    def is_in_actor(self, toponym: Toponym) -> bool:
        """Whether a place name is part of an actor's name: "al-Qaeda in the Arabian Peninsula"."""
        return any(a.start <= toponym.span.start and toponym.span.end <= a.end for a in self.actors)
