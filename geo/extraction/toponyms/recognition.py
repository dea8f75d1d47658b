"""Place names in a text: names of the gazetteer and entities of the model, kept where the words around them agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.extraction.document import Document
from geo.extraction.languages.interface import Language
from geo.extraction.toponyms.containers import container_of
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.toponyms.names import NameOption, NameReader
from geo.extraction.toponyms.scoring import DOUBTFUL, ENOUGH, ToponymScorer
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.names import fold
from geo.model import DroppedName, Span

# Set by hand on the development reports of 2026.
_MOST_SEPARATOR_CHARS = 8  # between two names of a list
# The score at which a name is not a place, even if the model or a word beside it says so.
_NEVER = -3.0
_LEAST_ENTITY_CHARS = 4  # of an entity that is taken for a place; shorter ones are mostly errors of the model


class ToponymRecognizer:
    """Finds the place names of documents in one language."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self._gazetteer, self._language = gazetteer, language

    def recognize(self, document: Document) -> list[ToponymMention]:
        """Every place name, in the order of the text; `matches` is empty where the gazetteer does not have the name."""
        return self.read(document)[0]

    def read(self, document: Document) -> tuple[list[ToponymMention], tuple[DroppedName, ...]]:
        """Every place name as `recognize` gives it, and the other names of the gazetteer with why they are none."""
        reading = _Reading(document, self._gazetteer, self._language)
        mentions = reading.mentions()
        return mentions, tuple(reading.dropped(mentions))


class _Reading:
    """One document as its place names are recognised."""

    def __init__(self, document: Document, gazetteer: Gazetteer, language: Language) -> None:
        self._document, self._gazetteer, self._language = document, gazetteer, language
        self._places, self._text = language.places, document.text
        self._names = NameReader(document, gazetteer, language.places)
        self._scorer = ToponymScorer(document, gazetteer, language)
        self._rejected: list[ToponymMention] = []

    def mentions(self) -> list[ToponymMention]:
        accepted, doubtful = self._of_gazetteer()
        accepted += self._capitals()
        accepted += self._supported(accepted, doubtful)
        mentions = _without_overlaps(accepted)
        for mention in (*self._called_settlements(), *self._entities()):
            if not any(mention.overlaps(m) for m in mentions) and self._scorer.score(mention) > _NEVER:
                mentions.append(mention)
        return [self._completed(m) for m in sorted(mentions, key=lambda m: m.start)]

    def _of_gazetteer(self) -> tuple[list[ToponymMention], list[ToponymMention]]:
        """The names of the gazetteer that are places by their score, and the doubtful ones."""
        accepted: list[ToponymMention] = []
        doubtful: list[ToponymMention] = []
        for options in self._names.options():
            mentions = [self._mention(option) for option in options]
            scores = [self._scorer.score(mention) for mention in mentions]
            best = next((m for m, score in zip(mentions, scores, strict=True) if score >= ENOUGH), None)
            if best is not None:
                accepted.append(best)
            else:
                self._rejected.append(mentions[0])
                if scores[0] >= DOUBTFUL:
                    doubtful.append(mentions[0])
        return accepted, doubtful

    def dropped(self, mentions: Sequence[ToponymMention]) -> Iterator[DroppedName]:
        """The names that were not taken for places and overlap no mention, without words of every day."""
        taken = {i for m in mentions for i in range(m.start, m.end)}
        for mention in self._rejected:
            if mention.start not in taken and not self._places.is_common_word(mention.name.lower()):
                taken.update(range(mention.start, mention.end))
                yield DroppedName(Span(mention.name, mention.start, mention.end), self._scorer.reason(mention))

    def _capitals(self) -> Iterator[ToponymMention]:
        """Capitals that are named by their people only: "the Yemeni capital"."""
        for start, end, people in self._places.capitals_by_people(self._text):
            country = self._gazetteer.demonym(people)
            if country is not None and self._document.paragraph_of(start) is not None:
                yield self._mention(NameOption(start, end, self._gazetteer.capital(country)))

    def _supported(
        self, accepted: Sequence[ToponymMention], doubtful: Sequence[ToponymMention]
    ) -> list[ToponymMention]:
        """The doubtful names that stand beside a place in a list, or have the name of an accepted one."""
        names = {fold(m.name) for m in accepted}
        supported = [d for d in doubtful if fold(d.name) in names and not self._scorer.is_part_of_person(d)]
        others = [d for d in doubtful if d not in supported]
        places = [*accepted, *supported]
        while places and others:
            place = places.pop()
            beside = [o for o in others if self._are_listed(place, o)]
            others = [o for o in others if o not in beside]
            supported += beside
            places += beside
        return supported

    def _are_listed(self, a: ToponymMention, b: ToponymMention) -> bool:
        start, end = min(a.end, b.end), max(a.start, b.start)
        return 0 < end - start <= _MOST_SEPARATOR_CHARS and self._places.is_list_separator(self._text[start:end])

    def _called_settlements(self) -> Iterator[ToponymMention]:
        """Names that the text itself calls a settlement, with or without a match: "the village of X"."""
        for start, end in self._places.settlements_named_so(self._text):
            name = self._text[start:end]
            if self._document.paragraph_of(start) is not None and not self._places.is_common_word(name.lower()):
                yield self._mention(NameOption(start, end, self._matches(name)))

    def _entities(self) -> Iterator[ToponymMention]:
        """Entities that the model takes for places behind a strong cue, with or without a match."""
        document, text = self._document, self._text
        for entity in document.doc.ents:
            if self._places.entity_kind(entity.label_) != "place" or document.paragraph_of(entity.start_char) is None:
                continue
            first = min(entity.start + self._places.is_article(entity[0].lower_), entity.end - 1)
            start = document.doc[first].idx
            name = self._places.without_possessive(text[start : entity.end_char])
            if self._may_be_name(name) and self._places.cue_before(text, start) == "strong":
                yield self._mention(NameOption(start, start + len(name), self._matches(name)))

    def _may_be_name(self, name: str) -> bool:
        return (
            len(name) >= _LEAST_ENTITY_CHARS
            and name[0].isupper()
            and not any(c.isdecimal() for c in name)
            and not self._places.is_common_word(name.lower())
        )

    def _matches(self, name: str) -> tuple[Match, ...]:
        return self._names.similar(name)

    def _mention(self, option: NameOption) -> ToponymMention:
        """The mention of a name with what the words around it say of its kind and of what contains it."""
        return ToponymMention(
            option.start,
            option.end,
            self._document.report.text[option.start : option.end],
            option.matches,
            kind=self._places.kind_beside(self._text, option.start, option.end),
            container=container_of(self._text, option, self._names, self._places),
            abbreviated=option.abbreviated,
            facility=self._places.facility_after(self._text, option.end) is not None,
        )

    def _completed(self, mention: ToponymMention) -> ToponymMention:
        """The mention with what marks it, and the relation by which something is placed relative to it."""
        stated = self._language.relations.relation_beside(self._text, mention.start, mention.name)
        relation, start = stated or (None, None)
        marked = self._scorer.is_marked(mention)
        return replace(mention, relation=relation, relation_start=start, marked=marked)


def _without_overlaps(mentions: Sequence[ToponymMention]) -> list[ToponymMention]:
    """Mentions none of which overlaps another: of two that do, the longer one, then the first."""
    chosen: list[ToponymMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(mention.overlaps(c) for c in chosen):
            chosen.append(mention)
    return chosen
