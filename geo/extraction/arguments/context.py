"""What the arguments of a report's acts are looked for in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from geopy.distance import great_circle
from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.arguments.actor import ActorFinder, ActorMention
from geo.extraction.document import Document
from geo.extraction.languages.interface import Language
from geo.geocoding.containment import is_wide
from geo.model import DateSpan, Place, Toponym

_FAR_KM = 400.0  # from every other place of the report: half the width of a country such as Iraq; set by hand


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

    @cached_property
    def times_named(self) -> Counter[Place]:
        """How often each place is named."""
        return Counter(t.place for t in self.placed if t.place is not None)

    @cached_property
    def _isolated(self) -> frozenset[Place]:
        """The settlements and sites in a country of which the report names nothing else, far from all else it names."""
        countries = Counter(place.country for place in self.times_named)
        points = [t.place for t in self.placed if t.place is not None and not is_wide(t)]
        points = list(dict.fromkeys(points))
        alone = [p for p in points if countries[p.country] == 1 and len(countries) > 1]
        return frozenset(p for p in alone if not any(o != p and _are_near(p, o) for o in points))

    def is_isolated(self, toponym: Toponym) -> bool:
        """Whether a place is far from every other place of the report: its name is likely resolved wrongly."""
        return toponym.place in self._isolated

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


def _are_near(a: Place, b: Place) -> bool:
    return bool(great_circle((a.lat, a.lon), (b.lat, b.lon)).km <= _FAR_KM)
