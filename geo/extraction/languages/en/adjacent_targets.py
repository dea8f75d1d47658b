"""Targets that the parse does not connect with an English verb or noun for an act, chosen by what stands near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from geo.extraction.languages.en import syntax
from geo.extraction.languages.en.tables import load
from geo.extraction.lexicon import Act

if TYPE_CHECKING:
    from geo.extraction.targets import TargetIndex, TargetMention

# Set by hand on the development reports of 2026.
_REACH = 5  # words between a trigger and a target
_BACK = 14  # words before a passive verb in which its subject's head is looked for
_NOUN_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_AUXILIARIES = frozenset(load("triggers")["verbs"]["auxiliaries"])


def target_beside(token: Token, act: Act, index: TargetIndex) -> list[TargetMention]:
    """A target right before a participle or right behind a verb, where nothing else can be the object."""
    if token.tag_ != "VBN":
        return _object_behind(token, index)
    targets = _subject_before(token, index)
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    return targets if not (act.weak and passive) else []


def _object_behind(token: Token, index: TargetIndex) -> list[TargetMention]:
    """The target that ends the noun phrase right behind a verb: "hit the old mosque"."""
    doc, sentence = token.doc, token.sent
    for i in range(token.i + 1, min(sentence.end, token.i + 2 + _REACH)):
        if doc[i].pos_ not in _NOUN_PHRASE:
            return []
        target = index.at(doc[i])
        if target is not None and (i + 1 >= sentence.end or doc[i + 1].pos_ not in ("NOUN", "PROPN")):
            return [target]
    return []


def _subject_before(token: Token, index: TargetIndex) -> list[TargetMention]:
    """The target before a participle: "graves emptied", "the plinth of the statue was defaced"."""
    doc, sentence = token.doc, token.sent
    first = token.i - 1
    while first > sentence.start and doc[first].lower_ in _AUXILIARIES:
        first -= 1
    if first == token.i - 1:
        target = index.at(doc[first])
        return [target] if target is not None and not doc[first].dep_.startswith("nsubj") else []
    targets: list[TargetMention] = []
    for i in range(first, max(sentence.start - 1, first - _BACK), -1):
        if doc[i].tag_ in _FINITE or doc[i].text in (";", ":", '"'):
            break
        target = index.at(doc[i])
        if target is not None:
            targets = [target]
    return targets


def target_behind_of(token: Token, index: TargetIndex) -> list[TargetMention]:
    """The target of an act expressed as a noun, words between: "the collapse a week earlier of the minaret"."""
    of = False
    for other in token.doc[token.i + 1 : min(token.sent.end, token.i + 2 + 2 * _REACH)]:
        if other.pos_ in ("VERB", "AUX") or other.is_punct:
            break
        of = of or other.lower_ == "of"
        target = index.at(other) if of else None
        if target is not None:
            return [target]
    return []


def target_in_sentence(token: Token, index: TargetIndex) -> list[TargetMention]:
    """A target a few words behind the trigger, or the nearest one of a headline."""
    sentence = token.sent
    targets = index.in_sentence(sentence)
    for target in targets:
        between = token.doc[token.i + 1 : target.head.i] if target.head.i > token.i else ()
        cut = any(t.is_punct or t.tag_ in _FINITE for t in between)
        if token.i < target.head.i <= token.i + 1 + _REACH and not cut and target.head in token.subtree:
            return [target]
    if not syntax.is_headline(sentence):
        return []
    return sorted(targets, key=lambda t: abs(t.head.i - token.i))[:1]
