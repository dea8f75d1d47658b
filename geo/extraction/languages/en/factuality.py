"""English signs that an act is not an incident: denied, planned, fictional, natural or lawful."""

from __future__ import annotations

import re

from spacy.tokens import Token

from geo.extraction.languages.en.place_roles import is_compared
from geo.extraction.languages.en.tables import any_of, load

# Set by hand on the development reports of 2026.
_PHRASE_CHARS, _KEPT_CHARS = 70, 35  # behind an act, within which a phrase is about it; a line and half a line
_LEAD_WORDS = 90  # words that say what a report is about, about three sentences
_LONG_AGO = re.compile(
    r"\b(?:in|during|around) (?:the )?(?:early |mid-? ?|late )?"
    r"(?:1?\d(?:st|nd|rd|th)[- ]century|1[0-8]\d\d\b|\d+ ?(?:bc|bce)\b)"
)
_CAUSE_PREPOSITIONS = ("by", "in", "from", "during", "after", "to", "through")
_GOVERNED = ("xcomp", "ccomp", "pcomp", "dobj", "advcl", "acl", "relcl")
_UNREAL, _LAWFUL, _NATURAL = (load("modality")[name] for name in ("unreal", "lawful", "natural"))
_CAUSES = frozenset(_NATURAL["causes"])
_CAUSES_AND_OBJECTS = _CAUSES | frozenset(_NATURAL["objects"])
_FICTION, _KEPT_SAFE = any_of(_UNREAL["phrases"]), any_of(_UNREAL["kept"])
_FIGURES, _LAW = any_of(_UNREAL["figures"]), any_of(_UNREAL["law"])
_PURPOSES, _ANTIQUITY = any_of(_LAWFUL["purposes"]), any_of(_LAWFUL["antiquity"])


def is_negated(token: Token, target: Token) -> bool:
    """Whether the act was not done, or done to nothing: "did not", "no grave", "nobody"."""
    if any(c.dep_ == "neg" for c in token.children) or _is_none(target):
        return True
    subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(_is_none(s) or s.lower_ in ("nobody", "none", "nothing") for s in subjects)


def _is_none(noun: Token) -> bool:
    """Whether a noun is counted as none: "no grave", "none of the graves"."""
    return any(c.lower_ in ("no", "neither") for c in noun.children) or (
        noun.dep_ == "pobj" and noun.head.head.lower_ in ("none", "neither")
    )


def is_planned(token: Token) -> bool:
    """Whether it is planned, feared, asked for or prevented rather than done."""
    while True:
        auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        conditional = any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "until") for c in token.children)
        ahead = auxiliaries & set(_UNREAL["auxiliaries"]) and "have" not in auxiliaries
        if ahead or conditional or auxiliaries & set(_UNREAL["hypothetical"]):
            return True
        # "they would march there and tear it down": what applies to the first verb applies to the second
        if not (token.dep_ == "conj" and token.tag_ in ("VB", "VBG", "NN") and token.head.pos_ in ("VERB", "AUX")):
            return _is_part_of_plan(token, "to" in auxiliaries)
        token = token.head


def _is_part_of_plan(token: Token, infinitive: bool) -> bool:
    """Whether what governs the act is a plan, a fear, a request or its prevention."""
    governor = token.head
    if token.dep_ in ("acl", "relcl", "pcomp", "pobj", "dobj"):
        noun = governor.head if governor.dep_ == "prep" else governor
        if noun.lower_ in _UNREAL["nouns"] and (token.dep_ != "acl" or infinitive):
            return True
    # "was about to hammer", "had come to burn it"
    coming = governor.dep_ in ("relcl", "advcl") and governor.lemma_ in ("come", "march", "go")
    if infinitive and (coming or governor.lower_ == "about" or "about" in _words_between(governor, token)):
        return True
    return (
        token.dep_ in _GOVERNED
        and governor.lemma_.lower() in _UNREAL["verbs"]
        and (token.dep_ != "advcl" or infinitive)
        and token.tag_ != "VBD"
    )


def _words_between(first: Token, last: Token) -> set[str]:
    return {t.lower_ for t in first.doc[min(first.i, last.i) : last.i]}


def is_figurative(token: Token) -> bool:
    """Whether it is fiction, a law, a habit, a comparison, history or a figure of speech."""
    text = token.sent.text.lower()
    if is_compared(text, 0, token.idx - token.sent.start_char):
        return True
    if any(habit in text for habit in _UNREAL["habits"]) or _FIGURES.search(text):
        return True
    after = text[token.idx - token.sent.start_char :][:_PHRASE_CHARS]
    if _FICTION.search(text) or _LONG_AGO.search(after) or _KEPT_SAFE.search(after[:_KEPT_CHARS]):
        return True
    generic = token.pos_ in ("NOUN", "PROPN") or token.tag_ in ("VB", "VBP", "VBZ", "VBG")
    if generic and _LAW.search(text):
        return True
    head = token.head
    return token.dep_ == "amod" and head.dep_ == "pobj" and head.head.lower_ in ("like", "as")


def is_natural(token: Token, agents: tuple[Token, ...]) -> bool:
    """Whether nature, decay or a falling tree did it, or the report is of a disaster."""
    if any(a.lemma_.lower() in _CAUSES_AND_OBJECTS for a in (*_causes(token), *agents)):
        return True
    return not agents and any(t.lemma_.lower() in _CAUSES for t in token.doc[:_LEAD_WORDS])


def _causes(token: Token) -> list[Token]:
    """What an act is done by or in."""
    near = [c for c in token.children if c.dep_ in ("agent", "nsubj") or c.lower_ in _CAUSE_PREPOSITIONS]
    return [word for child in near for word in (child, *child.children)]


def is_of_antiquity(token: Token) -> bool:
    """Whether archaeologists or builders discovered remains so old that they are not the trace of a crime."""
    return _ANTIQUITY.search(_two_sentences(token)) is not None


def is_exhumed_by_kin(token: Token, target: Token, agents: tuple[Token, ...]) -> bool:
    """Whether relatives have their own dead exhumed."""
    by_kin = token.lemma_.lower() == "exhume" and all(a.lower_ in _LAWFUL["kin"] for a in agents)
    return by_kin and (bool(agents) or target.tag_ in ("NN", "NNP"))


def is_by_experts(agents: tuple[Token, ...]) -> bool:
    """Whether investigators, archaeologists or undertakers do it."""
    words = " ".join(t.lower_ for a in agents for t in a.subtree)
    return any(word in words for word in _LAWFUL["agents"])


def has_lawful_purpose(token: Token) -> bool:
    """Whether graves are opened for a court, an identification or a reburial."""
    return _PURPOSES.search(_two_sentences(token)) is not None


def _two_sentences(token: Token) -> str:
    """The act's sentence and the one before it, in lower case."""
    start = token.sent.start
    before = token.doc[start - 1].sent.text if start else ""
    return f"{before} {token.sent.text}".lower()
