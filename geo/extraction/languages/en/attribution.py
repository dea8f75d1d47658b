"""English words for who says something and how certain it is: "allegedly", "according to", "denied that"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from geo.extraction.languages.en.tables import any_of, load

_QUOTED = re.compile(r"(?<!\w)(['\"])(?=\w)([^'\"\n]{3,60}?)(?<=\w)\1(?!\w)")
_SOURCE = r"([^,.;()\n]{2,80}?(?: \([A-Z]{2,8}\)|(?=\s*(?:[,.;()\n]|$))))"
# Set by hand on the development reports of 2026.
_LONGEST_HEADLINE = 25  # words; a longer sentence quotes somebody it names
_NAME_WORDS = 6  # words behind a subject's head that can belong to the source's name
_MOST_GOVERNORS = 4  # verbs above an act: "is said to be believed to have"
_ALLEGED, _REPORTING = load("modality")["alleged"], load("modality")["reporting"]
_DENIED = frozenset(load("modality")["denied"]["verbs"])
_HEARSAY = any_of(_REPORTING["hearsay"])
_CLAIMED, _CLAIMED_BEFORE = any_of(_ALLEGED["phrases"]), any_of(_ALLEGED["before"])
_ACCORDING_TO = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(_REPORTING['phrases'], key=len, reverse=True)))}) (?:the )?{_SOURCE}",
    re.IGNORECASE,
)


def is_denied(token: Token) -> bool:
    """Whether somebody denies the act."""
    return _is_governed_by(token, _DENIED)


def is_hedged(token: Token) -> bool:
    """Whether the act's own clause makes it a claim: "allegedly", "is believed to have", "may have"."""
    sentence = token.sent
    text, at = sentence.text.lower(), token.idx - sentence.start_char
    start, end = text.rfind(";", 0, at) + 1, text.find(";", at)
    own = text[start : end if end > 0 else len(text)]
    if _CLAIMED.search(own) or _CLAIMED_BEFORE.search(own[: at - start]):
        return True
    auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & set(_ALLEGED["may"]):
        return True
    chain = [token, *_governors(token)]
    adverbs = {c.lower_ for t in chain for c in t.children if c.dep_ == "advmod"}
    adjectives = {c.lower_ for c in token.children if c.dep_ == "amod"}
    words = bool(adverbs & set(_ALLEGED["adverbs"]) or adjectives & set(_ALLEGED["adjectives"]))
    return words or _is_governed_by(token, frozenset(_ALLEGED["verbs"]))


def is_hedged_sentence(sentence: Span) -> bool:
    """Whether a sentence as a whole is a claim."""
    text = sentence.text.lower()
    adverbs = {t.lower_ for t in sentence} & set(_ALLEGED["adverbs"])
    return bool(adverbs) or _CLAIMED.search(text) is not None or _CLAIMED_BEFORE.search(text) is not None


def is_in_scare_quotes(token: Token) -> bool:
    """Whether a headline puts the act in quotation marks without saying whose words they are."""
    sentence = token.sent
    if len(sentence) > _LONGEST_HEADLINE:
        return False
    at = token.idx - sentence.start_char
    return any(m.start() <= at < m.end() for m in _QUOTED.finditer(sentence.text))


def is_hearsay(source: str) -> bool:
    """Whether a source is a party, a monitor, the media or nameless, whose report is still a claim."""
    return _HEARSAY.search(source.lower()) is not None


def parties(sentence: Span) -> set[str]:
    """The countries and towns that a sentence names, which speak as parties: "Damascus said"."""
    return {e.text for e in sentence.ents if e.label_ == "GPE"}


def sources(sentence: Span) -> tuple[str, ...]:
    """Who is quoted in a sentence, as the text names them, none twice."""
    names = [_shortened(m.group(1)) for m in _ACCORDING_TO.finditer(sentence.text)]
    for token in sentence:
        if token.lemma_ in _REPORTING["verbs"] and token.pos_ == "VERB":
            names += _speakers(token)
    return tuple(dict.fromkeys(name for name in names if name and name.lower() not in _REPORTING["nobody"]))


def reports(verb: Token) -> bool:
    """Whether a verb is of saying or of a court, so that its date is not the act's."""
    return verb.lemma_ in _REPORTING["verbs"] or verb.lemma_ in _REPORTING["courts"]


def doubts_agent(words: str) -> bool:
    """Whether the words for an agent leave open that it was them: "suspected militants"."""
    return any(word in words.lower() for word in _ALLEGED["of_agents"])


def _speakers(verb: Token) -> Iterator[str]:
    for subject in verb.children:
        if subject.dep_ == "nsubj" and subject.pos_ in ("NOUN", "PROPN") and _governs_statement(verb):
            yield _name_of(subject)


def _governs_statement(verb: Token) -> bool:
    """Whether what a verb of saying governs is what is said, as in "X reported (that) ..."."""
    if any(c.dep_ in ("ccomp", "parataxis", "dobj", "advcl", "xcomp") for c in verb.children):
        return True
    return verb.dep_ in ("parataxis", "ROOT")


def _is_governed_by(token: Token, lemmas: frozenset[str]) -> bool:
    return any(t.lemma_ in lemmas and t.i < token.i for t in _governors(token))


def _governors(token: Token) -> list[Token]:
    """Verbs above an act for as long as it is what they say, see or do."""
    governors: list[Token] = []
    labels = ("xcomp", "ccomp", "pcomp", "relcl", "acl", "prep", "pobj", "dobj")
    while token.dep_ in labels and len(governors) < _MOST_GOVERNORS:
        if token.dep_ in ("relcl", "acl") and governors:
            break
        token = token.head
        governors.append(token)
    return governors


def _name_of(subject: Token) -> str:
    """The source's name: an organisation among the subject's words, or else the words."""
    words = [t for t in subject.subtree if t.i <= subject.i + _NAME_WORDS]
    acronyms = [t.text for t in words if re.fullmatch(r"[A-Z]{3,8}", t.text)]
    if acronyms:
        return acronyms[-1]
    entities = [e for e in subject.doc.ents if e.label_ in ("ORG", "PERSON") and e.start <= subject.i < e.end]
    if entities:
        return _shortened(entities[0].text)
    return _shortened(subject.doc[min(t.i for t in words if t.i <= subject.i) : subject.i + 1].text)


def _shortened(words: str) -> str:
    """A source's name without its article and what it said when."""
    text = re.sub(r"^(?:the|a|an|some|many|several) ", "", words.strip(), flags=re.IGNORECASE)
    end = r" (?:that|who|which|said|says|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    return re.split(end, text)[0].strip(" '\"")
