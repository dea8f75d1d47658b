"""Place names in a text: names of the gazetteer and entities of the model, kept where the words around them agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.extraction.document import Document
from geo.extraction.languages.interface import Language, Offsets
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.toponyms.scoring import DOUBTFUL, ENOUGH, ToponymScorer
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.names import fold

_GAP = re.compile(r" |-| - |\. (?=[A-Z])")  # between two words of one name
# Set by hand on the development reports of 2026.
_MOST_WORDS = 6  # of a name
_MOST_SEPARATOR_CHARS = 8  # between two names of a list
# The score at which a name is not a place, even if the model or a word beside it says so.
_NEVER = -3.0
_LEAST_ENTITY_CHARS = 4  # of an entity that is taken for a place; shorter ones are mostly errors of the model


class ToponymRecognizer:
    """Finds the place names of documents in one language."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self._gazetteer, self._language, self._places = gazetteer, language, language.places

    def recognize(self, document: Document) -> list[ToponymMention]:
        """Every place name, in the order of the text; `matches` is empty where the gazetteer does not have the name."""
        scorer = ToponymScorer(document, self._gazetteer, self._language)
        accepted, doubtful = self._of_gazetteer(document, scorer)
        accepted += self._capitals(document)
        accepted += self._supported(document.text, accepted, doubtful)
        mentions = _without_overlaps(accepted)
        for mention in (*self._called_settlements(document), *self._entities(document)):
            if not any(mention.overlaps(m) for m in mentions) and scorer.score(mention) > _NEVER:
                mentions.append(mention)
        return [self._described(document.text, m) for m in sorted(mentions, key=lambda m: m.start)]

    def _of_gazetteer(
        self, document: Document, scorer: ToponymScorer
    ) -> tuple[list[ToponymMention], list[ToponymMention]]:
        """The names of the gazetteer that are places by their score, and the doubtful ones."""
        accepted: list[ToponymMention] = []
        doubtful: list[ToponymMention] = []
        for options in self._options(document):
            scores = [scorer.score(option) for option in options]
            best = next((o for o, score in zip(options, scores, strict=True) if score >= ENOUGH), None)
            if best is not None:
                accepted.append(best)
            elif scores[0] >= DOUBTFUL:
                doubtful.append(options[0])
        return accepted, doubtful

    def _options(self, document: Document) -> Iterator[list[ToponymMention]]:
        """For each word with a capital, the names of the gazetteer that begin there, longest first."""
        text = document.text
        words = list(self._places.name_words(text))
        for i, (start, _) in enumerate(words):
            capital = text[start].isupper() or not text[start].isascii()
            if capital and document.paragraph_of(start) is not None:
                options = list(self._names_from(document, words, i))
                if options:
                    yield options

    def _names_from(self, document: Document, words: Sequence[Offsets], first: int) -> Iterator[ToponymMention]:
        text, start = document.text, words[first][0]
        article = self._places.is_definite_article(text[start : words[first][1]].lower())
        for last in range(self._last_word(text, words, first), first - 1, -1):
            word_start, end = words[last]
            if self._places.is_particle(text[word_start:end]):
                continue
            dotted = text[start : end + 1]
            short = self._gazetteer.abbreviation(dotted) if dotted.endswith(".") else ()
            matches = short or self._gazetteer.abbreviation(text[start:end]) or self._gazetteer.exact(text[start:end])
            if not matches and last > first and not article:
                matches = self._gazetteer.same_sound(text[start:end])
            if matches:
                yield _mention(document, start, end + bool(short), matches)

    def _last_word(self, text: str, words: Sequence[Offsets], first: int) -> int:
        """The last word that can belong to a name that begins with the word `first`."""
        last = first
        for i in range(first + 1, min(len(words), first + _MOST_WORDS)):
            gap, word = text[words[i - 1][1] : words[i][0]], text[words[i][0] : words[i][1]]
            if not _GAP.fullmatch(gap) or not self._may_continue_name(word):
                break
            last = i
        return last

    def _may_continue_name(self, word: str) -> bool:
        capital = word[0].isupper() or not word.isascii()
        return capital or self._places.is_particle(word) or self._places.is_kind_word(word)

    def _capitals(self, document: Document) -> Iterator[ToponymMention]:
        """Capitals that are named by their people only: "the Yemeni capital"."""
        for start, end, people in self._places.capitals_by_people(document.text):
            country = self._gazetteer.demonym(people)
            if country is not None and document.paragraph_of(start) is not None:
                yield _mention(document, start, end, self._gazetteer.capital(country))

    def _supported(
        self, text: str, accepted: Sequence[ToponymMention], doubtful: Sequence[ToponymMention]
    ) -> list[ToponymMention]:
        """The doubtful names that stand beside a place in a list, or have the name of an accepted one."""
        names = {fold(text[m.start : m.end]) for m in accepted}
        supported = [d for d in doubtful if fold(text[d.start : d.end]) in names]
        others = [d for d in doubtful if d not in supported]
        places = [*accepted, *supported]
        while places and others:
            place = places.pop()
            beside = [o for o in others if self._are_listed(text, place, o)]
            others = [o for o in others if o not in beside]
            supported += beside
            places += beside
        return supported

    def _are_listed(self, text: str, a: ToponymMention, b: ToponymMention) -> bool:
        start, end = min(a.end, b.end), max(a.start, b.start)
        return 0 < end - start <= _MOST_SEPARATOR_CHARS and self._places.is_list_separator(text[start:end])

    def _called_settlements(self, document: Document) -> Iterator[ToponymMention]:
        """Names that the text itself calls a settlement, with or without a match: "the village of X"."""
        for start, end in self._places.settlements_named_so(document.text):
            name = document.text[start:end]
            if document.paragraph_of(start) is not None and not self._places.is_common_word(name.lower()):
                yield _mention(document, start, end, self._matches(name))

    def _entities(self, document: Document) -> Iterator[ToponymMention]:
        """Entities that the model takes for places behind a strong cue, with or without a match."""
        text = document.text
        for entity in document.doc.ents:
            if self._places.entity_kind(entity.label_) != "place" or document.paragraph_of(entity.start_char) is None:
                continue
            first = min(entity.start + self._places.is_article(entity[0].lower_), entity.end - 1)
            start = document.doc[first].idx
            name = self._places.without_possessive(text[start : entity.end_char])
            if self._may_be_name(name) and self._places.cue_before(text, start) == "strong":
                yield _mention(document, start, start + len(name), self._matches(name))

    def _may_be_name(self, name: str) -> bool:
        return (
            len(name) >= _LEAST_ENTITY_CHARS
            and name[0].isupper()
            and not any(c.isdecimal() for c in name)
            and not self._places.is_common_word(name.lower())
        )

    def _matches(self, name: str) -> tuple[Match, ...]:
        return self._gazetteer.exact(name) or self._gazetteer.same_sound(name)

    def _described(self, text: str, mention: ToponymMention) -> ToponymMention:
        """The mention with what the words around it say."""
        stated = self._language.relations.relation_beside(text, mention.start, mention.name)
        relation, relation_start = stated or (None, None)
        return replace(
            mention,
            kind=self._places.kind_beside(text, mention.start, mention.end),
            container=self._places.container(text, mention.end),
            relation=relation,
            relation_start=relation_start,
        )


def _mention(document: Document, start: int, end: int, matches: tuple[Match, ...]) -> ToponymMention:
    return ToponymMention(start, end, document.report.text[start:end], matches)


def _without_overlaps(mentions: Sequence[ToponymMention]) -> list[ToponymMention]:
    """Mentions none of which overlaps another: of two that do, the longer one, then the first."""
    chosen: list[ToponymMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(mention.overlaps(c) for c in chosen):
            chosen.append(mention)
    return chosen
