"""What the rest of a report says of a deed whose own sentence leaves its place or date open, or only roughly told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from spacy.tokens import Span as SpacySpan

from geo.extraction.arguments.actor import ActorMention
from geo.extraction.document import Document
from geo.extraction.languages.en.places import cue_before, is_dateline
from geo.extraction.languages.en.relations import is_measured
from geo.extraction.languages.en.vocabulary import Lexicon
from geo.geocoding.containment import coarseness, holds, is_wide
from geo.model import DateSpan, Toponym

_ENOUGH = {None: 1.5, 2: 2.0, 3: 0.5}  # how sure a finer place must be, by how coarse the one known is
# What speaks for a place elsewhere in the report being the deed's.
_CUE, _AT_TARGET, _SAME_PARAGRAPH, _LEAD, _AGAIN = 1.0, 2.0, 1.5, 0.75, 0.6
_DATELINE, _ANCHOR, _PER_PARAGRAPH, _NO_CUE = -1.5, -1.0, -0.25, -0.5
_NEAR_CHARS = 700  # beyond which a paragraph is no bond
_LEAST_WORDS = 7  # of a sentence whose date is a deed's; shorter ones are captions and datelines
_MONTH = 4  # the roughest `date_prec` of a date that a deed takes from elsewhere
_NEWS = timedelta(days=400)
_WORDS_TO_TARGET = 4  # words between a target and the name it stands at: "the tombs in Westhoffen"


DateReader = Callable[[SpacySpan], Sequence[DateSpan]]


class Surroundings:
    """The places and dates of one report around its deeds."""

    def __init__(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        actors: Sequence[ActorMention],
        tools: tuple[Lexicon, date | None],
    ) -> None:
        self._document, (self._lexicon, self._ref) = document, tools
        self._toponyms = [t for t in toponyms if t.place is not None and not within_actor(t, actors)]

    def place(self, sentences: Sequence[SpacySpan], known: Toponym | None) -> Toponym | None:
        """A finer place than the `known` one inside it, or one where none is known; else what is known."""
        if known is not None and not is_wide(known):
            return known
        at = sentences[0].start_char
        scored = [
            (self._score(t, at), -i, t)
            for i, t in enumerate(self._toponyms)
            if not is_wide(t) and (known is None or holds(known, t.place)) and not self._is_site(t)
        ]
        best = max(scored, default=None, key=lambda s: s[:2])
        if best is None or best[0] < _ENOUGH[None if known is None else coarseness(known)]:
            return known
        return best[2]

    def country(self, sentence: SpacySpan) -> Toponym | None:
        """The country that a sentence names."""
        inside = (t for t in self._toponyms if sentence.start_char <= t.span.start < sentence.end_char)
        return next((t for t in inside if t.place is not None and t.place.feature == "PCLI"), None)

    def nearest(self, sentences: Sequence[SpacySpan]) -> Toponym | None:
        """However rough, the place told nearest in the paragraph, or else the one that the report names most.

        For a deed that nothing places.
        """
        at = sentences[0].start_char
        here = self._document.paragraph_of(at)
        placed = [t for t in self._toponyms if cue_before(self._document.text, t.span.start) is not None]
        same = [
            t
            for t in placed
            if self._document.paragraph_of(t.span.start) == here and abs(t.span.start - at) < _NEAR_CHARS
        ]
        if same:
            before = [t for t in same if t.span.start <= at]
            return min(before or same, key=lambda t: (coarseness(t), abs(t.span.start - at)))
        named = Counter(t.place for t in self._toponyms)
        return max(placed, key=lambda t: (-coarseness(t), named[t.place], -t.span.start), default=None)

    def dated(
        self, sentences: Sequence[SpacySpan], others: Sequence[SpacySpan], lead: bool, telling: DateReader
    ) -> DateSpan | None:
        """The date told nearest in the deed's paragraph, for the `lead` in the first ones too; not in `others`."""
        here = {self._document.paragraph_of(s.start_char) for s in sentences}
        if lead:
            here |= {0, 1, 2}
        taken = {s.start for s in others} - {s.start for s in sentences}
        found = []
        for sentence in self._document.sentences:
            told = self._document.paragraph_of(sentence.start_char) in here and sentence.start not in taken
            near = min(abs(sentence.start_char - s.start_char) for s in sentences) < 2 * _NEAR_CHARS
            if told and near and len(sentence) >= _LEAST_WORDS:
                far = min(abs(sentence.start - s.start) for s in sentences)
                found += [(far, w.prec, w) for w in telling(sentence) if self._may_be(w, lead)]
        return min(found, key=lambda f: f[:2])[2] if found else None

    def _may_be(self, when: DateSpan, lead: bool) -> bool:
        """Whether a date can be the deed's: the lead's is news, and no day of publication."""
        ref = self._ref
        if ref is None or not lead:
            return when.prec <= _MONTH
        return when.prec <= _MONTH and when.end <= ref and ref - when.end <= _NEWS and when.start != ref

    def _score(self, toponym: Toponym, at: int) -> float:
        text, start = self._document.text, toponym.span.start
        cue = cue_before(text, start)
        score = _CUE if cue == "strong" else _NO_CUE if cue is None else 0.0
        score += _AT_TARGET * self._at_target(start) + _DATELINE * is_dateline(text, start, toponym.span.end)
        score += _ANCHOR * is_measured(text, start)
        here, there = self._document.paragraph_of(at) or 0, self._document.paragraph_of(start) or 0
        beside = here == there and abs(start - at) < _NEAR_CHARS
        away = max(abs(here - there), abs(start - at) // _NEAR_CHARS)
        score += _SAME_PARAGRAPH if beside else _PER_PARAGRAPH * min(8, away)
        score += _LEAD * (there == 0)
        again = sum(t.place == toponym.place for t in self._toponyms) - 1
        return score + _AGAIN * min(4, again)

    def _is_site(self, toponym: Toponym) -> bool:
        """Whether a name is a site's, which is the place of its own deed only."""
        return toponym.place is not None and (toponym.place.feature or "") in self._lexicon.features

    def _at_target(self, start: int) -> bool:
        """Whether a target stands right before the name: "the tombs in Westhoffen"."""
        before = self._document.text[max(0, start - 60) : start].lower().split()[-_WORDS_TO_TARGET:]
        return any(word in self._lexicon.targets for word in before[:-1])


def within_actor(toponym: Toponym, actors: Sequence[ActorMention]) -> bool:
    """Whether a name is part of an actor's: "al-Qaeda in the Arabian Peninsula"."""
    return any(a.start <= toponym.span.start and toponym.span.end <= a.end for a in actors)
