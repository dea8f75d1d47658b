"""What acts are done to: target nouns, sites known by name, and the words that refer back to one named before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.languages.parse_interface import TargetPatterns
from geo.extraction.lexicon import GOODS
from geo.extraction.toponyms.mention import ToponymMention

SMALL = ("grave", "cemetery", "human_remains", "mass_grave")  # target types of which one place has many
# How many sentences back the target may be that a word refers to, set by hand on the development reports of 2026.
_SENTENCES_BACK = {"pronoun": 1, "noun": 3, GOODS: 4}


@dataclass(frozen=True)
class TargetMention:
    """A noun phrase for what an act is done to; `site` is its place name where it is a site known by name."""

    head: Token
    start: int
    end: int
    target_type: str
    patterns: TargetPatterns = field(repr=False, compare=False)
    site: ToponymMention | None = None

    @property
    def is_plural(self) -> bool:
        """Whether it is several."""
        return self.patterns.is_plural(self.head)

    @property
    def is_singular(self) -> bool:
        """Whether it is one."""
        return self.patterns.is_singular(self.head)

    @cached_property
    def name(self) -> frozenset[str]:
        """The folded words of its own name, kinds left out: "Al-Awda Mosque" has {"awda"}; may be empty."""
        return self.patterns.proper_name(self.head)


class TargetIndex:
    """The targets of one document, by the index of their head token; `place_names`: the first token of each name."""

    def __init__(self, document: Document, mentions: Iterable[ToponymMention]) -> None:
        self._document, self._lexicon = document, document.language.lexicon
        self._patterns = document.language.targets
        self._by_head: dict[int, TargetMention] = {}
        for token in document.doc:
            target = self._noun_ending_at(token)
            if target is not None:
                self._by_head[token.i] = target
        named = list(mentions)
        ends = {m.end for m in named}
        for mention in named:
            target = self._site(mention)
            if target is not None and not self._is_other_name(mention, ends):
                self._by_head[target.head.i] = target
        self.place_names = [tokens[0] for m in named if (tokens := document.tokens(m.start, m.end))]
        self._heads = sorted(self._by_head)

    def at(self, token: Token, refers_back: bool = False) -> TargetMention | None:
        """The target that a token is the head of, or with `refers_back` one named before that it stands for."""
        return self._by_head.get(token.i) or (self._antecedent(token) if refers_back else None)

    def in_sentence(self, sentence: SpacySpan) -> list[TargetMention]:
        """The targets that a sentence names, in order."""
        return [self._by_head[i] for i in self._heads if sentence.start <= i < sentence.end]

    def with_own_type(self, target: TargetMention) -> TargetMention | None:
        """The target with its own type: goods take that of the place which holds them.

        None for goods of which nothing says that they are heritage.
        """
        if target.target_type == "monument" and target.site is None:
            return self._gravestone(target)
        if target.target_type == "mausoleum" and target.site is None and not self._patterns.is_revered(target.head):
            return self._family_tomb(target)
        if self._patterns.is_tomb(target.head) and self._patterns.is_revered(target.head):
            return replace(target, target_type="mausoleum")
        if target.target_type != GOODS:
            return target
        here = [t for t in self.in_sentence(target.head.sent) if t.target_type != GOODS]
        holder = min(here, key=lambda t: abs(t.head.i - target.head.i), default=None)
        holder = holder or self._last_before(target.head, _SENTENCES_BACK[GOODS], lambda t: t.target_type != GOODS)
        if holder is not None and holder.target_type != "human_remains":
            return replace(target, target_type=holder.target_type, site=holder.site)
        return replace(target, target_type="museum") if self._patterns.is_heirloom(target.head) else None

    def _family_tomb(self, target: TargetMention) -> TargetMention:
        """A mausoleum in a cemetery, or a family's, is a grave."""
        private = self._patterns.is_private(target.head)
        among = self._last_before(target.head, _SENTENCES_BACK[GOODS], lambda t: t.target_type in SMALL)
        kinds = {t.target_type for t in self.in_sentence(target.head.sent)} & {"cemetery", "human_remains"}
        return replace(target, target_type="grave") if private or among or kinds else target

    def _gravestone(self, target: TargetMention) -> TargetMention:
        """A monument without a name beside graves is a gravestone."""
        for other in self.in_sentence(target.head.sent):
            if other.target_type in ("grave", "cemetery") and not other.site:
                return replace(target, target_type=other.target_type)
        return target

    def _antecedent(self, token: Token) -> TargetMention | None:
        """What "it" or "the complex" stands for: the last target of its number, named shortly before."""
        kind = self._patterns.reference_kind(token)
        if kind is None:
            return None
        if kind == "noun":
            return self._last_before(
                token, _SENTENCES_BACK["noun"], lambda t: t.target_type not in (GOODS, "human_remains")
            )
        return self._last_before(
            token,
            _SENTENCES_BACK["pronoun"],
            lambda t: (kind == "both" or t.is_plural == (kind == "plural")) and t.target_type != GOODS,
        )

    def _last_before(self, token: Token, sentences: int, fits: Callable[[TargetMention], bool]) -> TargetMention | None:
        """The last target before a token that fits, at most so many sentences back."""
        first, seen = token.sent.start, 0
        for i in reversed([i for i in self._heads if i < token.i]):
            while i < first and seen < sentences and first > 0:
                first, seen = token.doc[first - 1].sent.start, seen + 1
            if i < first:
                return None
            if fits(self._by_head[i]):
                return self._by_head[i]
        return None

    def _site(self, mention: ToponymMention) -> TargetMention | None:
        """A place name that is a site's, as a target."""
        features = (m.entry.place.feature or "" for m in mention.matches)
        target_type = next((self._lexicon.features[f] for f in features if f in self._lexicon.features), None)
        tokens = self._document.tokens(mention.start, mention.end)
        if target_type is None or not tokens:
            return None
        head = next((t for t in tokens if t.head not in tokens), tokens[-1])
        return TargetMention(head, mention.start, mention.end, target_type, self._patterns, mention)

    def _is_other_name(self, mention: ToponymMention, ends: AbstractSet[int]) -> bool:
        """Whether a name in parentheses is only the other name of the place before it: "Tadmur (Palmyra)"."""
        before = self._document.text[max(0, mention.start - 2) : mention.start]
        return before == " (" and mention.start - 2 in ends

    def _noun_ending_at(self, token: Token) -> TargetMention | None:
        """The longest target noun whose last word is this token."""
        if token.lower_ not in self._lexicon.target_endings or not self._patterns.may_be_head(token):
            return None
        for words in range(self._lexicon.longest_target, 0, -1):
            first = token.i - words + 1
            if first < 0:
                continue
            phrase = token.doc[first : token.i + 1]
            target_type = self._lexicon.targets.get(phrase.text.lower())
            if target_type is not None:
                start = max(token.sent.start_char, self._patterns.phrase_start(phrase))
                return TargetMention(token, start, token.idx + len(token), target_type, self._patterns)
        return None
