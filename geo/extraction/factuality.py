"""Whether a deed is an incident: done at all, by people, and not by right."""

from __future__ import annotations

import re

from spacy.tokens import Token

from geo.extraction.languages.en.vocabulary import Act, Lexicon, any_of
from geo.extraction.targets import Target

_NEAR_CHARS, _KEPT_CHARS = 70, 35
_LEAD_WORDS = 90  # words that tell what a report is about
_LONG_AGO = re.compile(
    r"\b(?:in|during|around) (?:the )?(?:early |mid-? ?|late )?"
    r"(?:1?\d(?:st|nd|rd|th)[- ]century|1[0-8]\d\d\b|\d+ ?(?:bc|bce)\b)"
)
_CAUSED = ("by", "in", "from", "during", "after", "to", "through")
_GOVERNED = ("xcomp", "ccomp", "pcomp", "dobj", "advcl", "acl", "relcl")


class Reality:
    """Tells deeds from plans, laws, stories, figures of speech, weather and lawful digging."""

    def __init__(self, lexicon: Lexicon) -> None:
        modality = lexicon.modality
        self._unreal, self._lawful_words = modality["unreal"], modality["lawful"]
        self._causes = frozenset(modality["natural"]["causes"])
        self._things = self._causes | frozenset(modality["natural"]["things"])
        self._told = any_of(self._unreal["phrases"])
        self._kept = any_of(self._unreal["kept"])
        self._figures = any_of(self._unreal["figures"])
        self._by_law = any_of(self._unreal["law"])
        self._by_right = any_of(self._lawful_words["purposes"])
        self._old = any_of(self._lawful_words["antiquity"])

    def holds(self, token: Token, act: Act, target: Target, agents: tuple[Token, ...], incident_type: str) -> bool:
        """Whether the deed of `token` on `target` is an incident."""
        if self._negated(token, target) or self._planned(token) or self._figure(token):
            return False
        if any(a.lemma_.lower() in self._things for a in (*_around(token), *agents)):
            return False
        if not agents and any(t.lemma_.lower() in self._causes for t in token.doc[:_LEAD_WORDS]):
            return False  # news of a disaster
        by_right = act.act_class in ("dig", "find") and self._lawful(token, target, agents, incident_type)
        return not by_right and not (incident_type == "exhumation" and self._by_experts(agents))

    def _negated(self, token: Token, target: Target) -> bool:
        if any(c.dep_ == "neg" for c in token.children) or _none_of(target.head):
            return True
        subject = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
        return any(_none_of(s) or s.lower_ in ("nobody", "none", "nothing") for s in subject)

    def _planned(self, token: Token) -> bool:
        """Whether it is planned, feared, asked for or prevented rather than done."""
        auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        conditional = any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "until") for c in token.children)
        ahead = auxiliaries & set(self._unreal["auxiliaries"]) and "have" not in auxiliaries
        if ahead or conditional or auxiliaries & set(self._unreal["hypothetical"]):
            return True
        if token.dep_ == "conj" and token.tag_ in ("VB", "VBG", "NN") and token.head.pos_ in ("VERB", "AUX"):
            return self._planned(token.head)  # "they would march there and tear it down"
        return self._of_a_plan(token, "to" in auxiliaries)

    def _of_a_plan(self, token: Token, infinitive: bool) -> bool:
        """Whether what governs the deed is a plan, a fear, a request or its prevention."""
        governor = token.head
        if token.dep_ in ("acl", "relcl", "pcomp", "pobj", "dobj"):
            noun = governor.head if governor.dep_ == "prep" else governor
            if noun.lower_ in self._unreal["nouns"] and (token.dep_ != "acl" or infinitive):
                return True
        coming = governor.dep_ in ("relcl", "advcl") and governor.lemma_ in ("come", "march", "go")
        if infinitive and (coming or governor.lower_ == "about" or "about" in _words_between(governor, token)):
            return True
        return (
            token.dep_ in _GOVERNED
            and governor.lemma_.lower() in self._unreal["verbs"]
            and (token.dep_ != "advcl" or infinitive)
            and token.tag_ != "VBD"
        )

    def _figure(self, token: Token) -> bool:
        """Whether it is a story, a law, a habit, a comparison or a figure of speech."""
        text = token.sent.text.lower()
        if any(habit in text for habit in self._unreal["habits"]) or self._figures.search(text):
            return True
        after = text[token.idx - token.sent.start_char :][:_NEAR_CHARS]
        if self._told.search(text) or _LONG_AGO.search(after) or self._kept.search(after[:_KEPT_CHARS]):
            return True
        generic = token.pos_ in ("NOUN", "PROPN") or token.tag_ in ("VB", "VBP", "VBZ", "VBG")
        if generic and self._by_law.search(text):
            return True
        head = token.head
        return token.dep_ == "amod" and head.dep_ == "pobj" and head.head.lower_ in ("like", "as")

    def _lawful(self, token: Token, target: Target, agents: tuple[Token, ...], incident_type: str) -> bool:
        """Whether it is dug by right: for a court, an identification or science."""
        if incident_type == "mass_grave_found":
            return self._old.search(_paragraph(token)) is not None
        by_kin = token.lemma_.lower() == "exhume" and all(a.lower_ in self._lawful_words["kin"] for a in agents)
        if by_kin and (agents or target.head.tag_ in ("NN", "NNP")):
            return True
        if self._by_experts(agents):
            return True
        return self._by_right.search(_paragraph(token)) is not None and target.target_type in (
            "grave",
            "human_remains",
            "mass_grave",
            "cemetery",
        )

    def _by_experts(self, agents: tuple[Token, ...]) -> bool:
        by = " ".join(t.lower_ for a in agents for t in a.subtree)
        return any(word in by for word in self._lawful_words["agents"])


def _words_between(first: Token, last: Token) -> set[str]:
    return {t.lower_ for t in first.doc[min(first.i, last.i) : last.i]}


def _around(token: Token) -> list[Token]:
    """What a deed is done by or in."""
    found = [c for c in token.children if c.dep_ in ("agent", "nsubj") or c.lower_ in _CAUSED]
    return [d for c in found for d in (c, *c.children)]


def _paragraph(token: Token) -> str:
    """The deed's sentence and the one before it, in lower case."""
    start = token.sent.start
    before = token.doc[start - 1].sent.text if start else ""
    return f"{before} {token.sent.text}".lower()


def _none_of(noun: Token) -> bool:
    """Whether a thing is told of as none: "no grave", "none of the graves"."""
    return any(c.lower_ in ("no", "neither") for c in noun.children) or (
        noun.dep_ == "pobj" and noun.head.head.lower_ in ("none", "neither")
    )
