"""What a place name in an English sentence is to an act other than its place: where those who speak of it are, ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from geo.extraction.languages.en.attribution import reports
from geo.extraction.languages.en.tables import any_of, load

_WORDS = load("event_places")
_SPEAKERS, _SPEAKING = frozenset(_WORDS["speaker"]["nouns"]), frozenset(_WORDS["speaker"]["verbs"])
_PERSONS, _LIVING = frozenset(_WORDS["home"]["persons"]), frozenset(_WORDS["home"]["verbs"])
_GOODS_MOVED = frozenset(_WORDS["destination"]["verbs"])
_JOURNEYS = frozenset(_WORDS["destination"]["nouns"])
_FROM, _TO = frozenset(_WORDS["home"]["prepositions"]), frozenset(_WORDS["destination"]["prepositions"])
_HOME_BEFORE = re.compile(rf"\b(?:{'|'.join(_WORDS['home']['before'])}) (?:the )?$", re.IGNORECASE)
_COMPARED = any_of(_WORDS["comparison"]["before"])
_WHERE = re.compile(r", where\b")  # behind a place begins what was done there, which is an act of its own
_INSIDE_NAME = ("compound", "conj", "appos", "poss", "nmod", "amod")
_MOST_STEPS = 8  # from a name up to the verb that it depends on; set by hand, as are the numbers of characters below
_BEFORE_CHARS = 60
_CLAUSE_CHARS = 160


def roles(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """What the words around a name make its place other than the scene of an act; usually empty.

    `speaker`: where those are who say, decide or watch; `home`: where somebody comes from or lives; `destination`:
    where somebody or something was taken; `comparison`: the place of another act, which this one is compared to.
    """
    if not tokens:
        return frozenset()
    start = tokens[0].idx
    sentence = tokens[0].sent
    named = set(_by_grammar(tokens))
    if _HOME_BEFORE.search(text[max(sentence.start_char, start - _BEFORE_CHARS) : start]):
        named.add("home")
    end = tokens[-1].idx + len(tokens[-1])
    if is_compared(text, sentence.start_char, start) and not _WHERE.match(text, end):
        named.add("comparison")
    return frozenset(named)


def is_compared(text: str, sentence_start: int, at: int) -> bool:
    """Whether what stands at an offset is only what something else is compared to: "similar to the attack in X"."""
    before = text[max(sentence_start, at - _CLAUSE_CHARS) : at].lower()
    match = None
    for match in _COMPARED.finditer(before):  # noqa: B007 - the last one is meant
        pass
    return match is not None and not re.search(r"[;,]", before[match.end() :])


def _by_grammar(tokens: Sequence[Token]) -> Iterator[str]:
    """The roles by what governs the name."""
    inside = {t.i for t in tokens}
    node = next((t for t in tokens if t.head.i not in inside), tokens[0])
    speaker = False
    for _ in range(_MOST_STEPS):
        if node.dep_ in ("nsubj", "nsubjpass"):
            if _speaks(node.head) and (speaker or node.i in inside):
                yield "speaker"
            return
        if node.dep_ in _INSIDE_NAME and node.head.pos_ in ("NOUN", "PROPN"):
            node = node.head
        elif node.dep_ in ("pobj", "pcomp") and node.head.dep_ in ("prep", "agent", "dative"):
            preposition, governor = node.head, node.head.head
            yield from _of_preposition(preposition, governor)
            if governor.lemma_ == "accord" or preposition.head.lower_ == "according":
                yield "speaker"
            node = governor
        elif node.dep_ in ("dobj", "attr", "oprd"):
            node = node.head
        else:
            return
        speaker = speaker or node.lemma_.lower() in _SPEAKERS
        if node.pos_ in ("VERB", "AUX"):
            return


def _of_preposition(preposition: Token, governor: Token) -> Iterator[str]:
    """The role that a preposition gives to the name behind it, by what it belongs to."""
    word, lemma = preposition.lower_, governor.lemma_.lower()
    if governor.pos_ in ("VERB", "AUX"):
        if _speaks(governor) and preposition.i > governor.i and not _is_passive(governor):
            yield "speaker"
        elif lemma in _LIVING:
            yield "home"
        elif word in _TO and lemma in _GOODS_MOVED:
            yield "destination"
    elif word in _FROM and (lemma in _PERSONS or governor.ent_type_ == "PERSON"):
        yield "home"
    elif lemma in _JOURNEYS:
        yield "destination"
    elif lemma in _SPEAKERS and governor.dep_ in ("pobj", "dobj", "appos", "conj"):
        yield "speaker"


def _speaks(verb: Token) -> bool:
    return reports(verb) or verb.lemma_ in _SPEAKING


def _is_passive(verb: Token) -> bool:
    """Whether something is said, recorded or seen, not somebody says it: "footage recorded in X" was made there."""
    return (verb.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)) or verb.dep_ == "acl"
