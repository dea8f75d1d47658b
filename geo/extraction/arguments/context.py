"""What the arguments of a report's acts are looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span as SpacySpan

from geo.extraction.arguments.actor import ActorFinder, ActorMention
from geo.extraction.document import Document
from geo.extraction.languages.interface import Language
from geo.model import Toponym


@dataclass(frozen=True)
class ArgumentContext:
    """One parsed report with its place names and actors; `ref` is the day that "yesterday" is read against."""

    document: Document
    toponyms: Sequence[Toponym]
    actors: Sequence[ActorMention]
    finder: ActorFinder
    ref: date | None

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
