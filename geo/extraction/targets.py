"""What deeds are done to: target nouns, sites known by name, and the words that stand for one told before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.languages.en.syntax import is_headline
from geo.extraction.languages.en.vocabulary import Lexicon, lexicon
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer.names import fold

_NAME_REACH = 6
SMALL = ("grave", "cemetery", "human_remains", "mass_grave")  # targets of which many lie in one place
GOODS = "goods"  # things kept in a place: they take the type of the place that holds them
_KEPT = ("amod", "nummod", "compound", "nmod", "quantmod", "poss", "advmod")  # words that belong to a target's name
_NOUNLY = ("nsubj", "dobj", "pobj", "nsubjpass", "conj")
_SENTENCES_BACK = {"pronoun": 1, "noun": 3, GOODS: 4}  # how far before a word what it stands for may be told
_SINGULAR = ("it", "itself", "its")
_PLURAL = ("they", "them", "their", "these", "those", "both", "many", "most", "all", "several", "others")


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that deeds are done to, by the index of its head token; `site` its name where it has one."""

    head: Token
    start: int
    end: int
    target_type: str
    site: ToponymMention | None = None

    @property
    def is_plural(self) -> bool:
        """Whether several are told of."""
        return self.head.tag_ in ("NNS", "NNPS")

    @property
    def name(self) -> frozenset[str]:
        """The folded words of its own name, kinds left out: "Al-Awda Mosque" has {"awda"}; empty where it has none."""
        if is_headline(self.head.sent, (".", "!", "?", ":")):
            return frozenset()  # every word of a headline may have a capital
        near = [c for c in self.head.children if c.dep_ in ("compound", "nmod", "appos", "poss")]
        near += [p for c in self.head.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        words = {t for n in near for t in (n, *n.subtree) if t.pos_ == "PROPN" and t.i - self.head.i < _NAME_REACH}
        if self.head.pos_ == "PROPN":
            words.add(self.head)
        folded = {fold(t.text) for t in words if t.ent_type_ not in ("NORP", "DATE")}
        return frozenset(w for w in folded if len(w) > 2 and w not in lexicon().name_kinds)


class Targets:
    """The targets of one document, by the index of their head token."""

    def __init__(self, document: Document, mentions: Iterable[ToponymMention], lexicon: Lexicon) -> None:
        self._document, self._lexicon = document, lexicon
        self._at: dict[int, Target] = {}
        for token in document.doc:
            target = self._ending(token)
            if target is not None:
                self._at[token.i] = target
        for mention in mentions:
            target = self._site(mention)
            if target is not None:
                self._at[target.head.i] = target
        self._order = sorted(self._at)

    def at(self, token: Token, stands_in: bool = False) -> Target | None:
        """The target that a token is the head of, or with `stands_in` one told before that it stands for."""
        return self._at.get(token.i) or (self._told_before(token) if stands_in else None)

    def in_sentence(self, sentence: SpacySpan) -> list[Target]:
        """The targets that a sentence names, in order."""
        return [self._at[i] for i in self._order if sentence.start <= i < sentence.end]

    def settled(self, target: Target) -> Target | None:
        """The target with its own type: a thing takes that of the place which holds it.

        None for a thing of which nothing says that it is heritage.
        """
        if target.target_type == "monument" and target.site is None:
            return self._gravestone(target)
        if target.target_type == "mausoleum" and target.site is None and not self._is_revered(target):
            return self._family_tomb(target)
        if target.head.lower_ in ("tomb", "tombs") and self._is_revered(target):
            return replace(target, target_type="mausoleum")
        if target.target_type != GOODS:
            return target
        here = [t for t in self.in_sentence(target.head.sent) if t.target_type != GOODS]
        holder = min(here, key=lambda t: abs(t.head.i - target.head.i), default=None)
        holder = holder or self._last_before(target.head, _SENTENCES_BACK[GOODS], lambda t: t.target_type != GOODS)
        if holder is not None and holder.target_type != "human_remains":
            return replace(target, target_type=holder.target_type, site=holder.site)
        heirloom = target.head.lower_ in self._lexicon.heirlooms
        return replace(target, target_type="museum") if heirloom else None

    def _family_tomb(self, target: Target) -> Target:
        """A mausoleum in a cemetery, or a family's, is a grave."""
        private = {"family", "private"} & {c.lower_ for c in target.head.children}
        among = self._last_before(target.head, _SENTENCES_BACK[GOODS], lambda t: t.target_type in SMALL)
        kinds = {t.target_type for t in self.in_sentence(target.head.sent)} & {"cemetery", "human_remains"}
        return replace(target, target_type="grave") if private or among or kinds else target

    def _is_revered(self, target: Target) -> bool:
        """Whether it is a saint's or a king's tomb, which is a monument more than a grave."""
        words = {t.lower_.removesuffix("s") for t in target.head.subtree if abs(t.i - target.head.i) <= _NAME_REACH}
        return bool(words & self._lexicon.revered)

    def _gravestone(self, target: Target) -> Target:
        """An unnamed monument told of beside graves is a gravestone."""
        for other in self.in_sentence(target.head.sent):
            if other.target_type in ("grave", "cemetery") and not other.site:
                return replace(target, target_type=other.target_type)
        return target

    def _told_before(self, token: Token) -> Target | None:
        """What "it" or "the complex" stands for: the last target of its number told shortly before."""
        word = token.lower_
        if word in (*_SINGULAR, *_PLURAL):
            plural = word in _PLURAL
            return self._last_before(
                token,
                _SENTENCES_BACK["pronoun"],
                lambda t: (word == "both" or t.is_plural == plural) and t.target_type != GOODS,
            )
        if word in self._lexicon.stand_ins and any(c.lower_ in ("the", "this", "that") for c in token.children):
            return self._last_before(
                token, _SENTENCES_BACK["noun"], lambda t: t.target_type not in (GOODS, "human_remains")
            )
        return None

    def _last_before(self, token: Token, sentences: int, fits: Callable[[Target], bool]) -> Target | None:
        first, seen = token.sent.start, 0
        for i in reversed([i for i in self._order if i < token.i]):
            while i < first and seen < sentences and first > 0:
                first, seen = token.doc[first - 1].sent.start, seen + 1
            if i < first:
                return None
            if fits(self._at[i]):
                return self._at[i]
        return None

    def _site(self, mention: ToponymMention) -> Target | None:
        features = (m.entry.place.feature or "" for m in mention.matches)
        target_type = next((self._lexicon.features[f] for f in features if f in self._lexicon.features), None)
        tokens = self._document.tokens(mention.start, mention.end)
        if target_type is None or not tokens:
            return None
        head = next((t for t in tokens if t.head not in tokens), tokens[-1])
        return Target(head, mention.start, mention.end, target_type, mention)

    def _ending(self, token: Token) -> Target | None:
        """The longest target noun whose last word is this token."""
        if token.pos_ in ("VERB", "AUX", "ADV") and token.dep_ not in _NOUNLY:
            return None
        for words in range(self._lexicon.longest_target, 0, -1):
            first = token.i - words + 1
            if first < 0:
                continue
            phrase = token.doc[first : token.i + 1]
            target_type = self._lexicon.targets.get(phrase.text.lower())
            if target_type is not None:
                start = max(token.sent.start_char, self._start_of(phrase))
                return Target(token, start, token.idx + len(token), target_type)
        return None

    def _start_of(self, phrase: SpacySpan) -> int:
        """Where a target's words begin: with its adjectives, and with what counts it ("dozens of corpses")."""
        head = phrase[-1]
        above = head.head
        if head.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ in self._lexicon.parts:
            return min((t.idx for t in above.head.lefts if t.dep_ in _KEPT), default=above.head.idx)
        kept = [t for word in phrase for t in (word, *word.lefts) if t.dep_ in _KEPT or t in phrase]
        return min(inner.idx for t in kept for inner in (t, *(c for c in t.lefts if c.dep_ in ("compound", "amod"))))


def expanded(noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """A noun, what it is a part of, and what stands beside it ("dozens of graves and tombs").

    The words of a name too, so that "Bode Museum" and "Museum Barberini" are museums both.
    """
    waiting = [(noun, True)]  # words to come, the next one last, with whether what hangs on them comes too
    while waiting:
        token, is_whole = waiting.pop()
        yield token
        if is_whole:
            waiting += reversed(list(_hanging_on(token, lexicon)))


def _hanging_on(noun: Token, lexicon: Lexicon) -> Iterator[tuple[Token, bool]]:
    """What a noun leads on to, each with whether it leads on further itself."""
    is_part = noun.lower_ in lexicon.parts or noun.pos_ == "NUM"
    named = noun.pos_ == "PROPN"
    for child in noun.children:
        if child.dep_ in ("conj", "appos"):
            yield child, True
        elif (is_part or named) and child.dep_ == "prep" and child.lower_ in ("of", "in", "on", "at", "from"):
            yield from ((inner, True) for inner in child.children if inner.dep_ == "pobj")
        elif (is_part and child.dep_ in ("compound", "poss", "nmod", "amod")) or (named and child.dep_ == "compound"):
            yield child, False
