"""How firmly a deed is asserted, and on whose word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.languages.en.vocabulary import Lexicon, any_of
from geo.extraction.triggers import Deed

_QUOTED = re.compile(r"(?<!\w)(['\"])(?=\w)([^'\"\n]{3,60}?)(?<=\w)\1(?!\w)")
_ACCORDING = r"([^,.;()\n]{2,80}?(?: \([A-Z]{2,8}\)|(?=\s*(?:[,.;()\n]|$))))"


@dataclass(frozen=True, slots=True)
class Stance:
    """The contract's `assertion`, and who is quoted for it."""

    assertion: str
    attributed_to: tuple[str, ...]


class StanceReader:
    """Reads how a deed is told."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._alleged = lexicon.modality["alleged"]
        self._reporting = lexicon.modality["reporting"]
        self._denied = set(lexicon.modality["denied"]["verbs"])
        self._hearsay = any_of(self._reporting["hearsay"])
        self._claimed, self._claimed_before = any_of(self._alleged["phrases"]), any_of(self._alleged["before"])
        phrases = "|".join(map(re.escape, sorted(self._reporting["phrases"], key=len, reverse=True)))
        self._according = re.compile(rf"\b(?:{phrases}) (?:the )?{_ACCORDING}", re.IGNORECASE)

    def read(self, deed: Deed, document: Document, blamed: bool) -> Stance:
        """The stance of the deed's own clause and sentence; what somebody is `blamed` for is a claim."""
        sentence = deed.token.sent
        sources = self.sources(sentence)
        if self._governed_by(deed.token, self._denied):
            return Stance("denied", sources)
        parties = {e.text for e in sentence.ents if e.label_ == "GPE"}
        heard = any(self._hearsay.search(source.lower()) or source in parties for source in sources)
        hedged = blamed or self._hedged(deed) or _in_quotes(deed.token, document)
        return Stance("alleged" if hedged or heard else "stated", sources)

    def hedges(self, sentence: SpacySpan) -> bool:
        """Whether a sentence as a whole is told as a claim."""
        text = sentence.text.lower()
        words = {t.lower_ for t in sentence}
        said = self._claimed.search(text) or self._claimed_before.search(text)
        return bool(words & set(self._alleged["adverbs"])) or said is not None

    def _hedged(self, deed: Deed) -> bool:
        sentence = deed.token.sent
        text, at = sentence.text.lower(), deed.token.idx - sentence.start_char
        start, end = text.rfind(";", 0, at) + 1, text.find(";", at)
        own = text[start : end if end > 0 else len(text)]
        if self._claimed.search(own) or self._claimed_before.search(own[: at - start]):
            return True
        auxiliaries = {c.lower_ for c in deed.token.children if c.dep_ in ("aux", "auxpass")}
        if auxiliaries & set(self._alleged["may"]):
            return True
        chain = [deed.token, *_governors(deed.token)]
        adverbs = {c.lower_ for t in chain for c in t.children if c.dep_ == "advmod"}
        if adverbs & set(self._alleged["adverbs"]):
            return True
        adjectives = {c.lower_ for c in deed.token.children if c.dep_ == "amod"}
        return bool(adjectives & set(self._alleged["adjectives"])) or self._governed_by(
            deed.token, set(self._alleged["verbs"])
        )

    def _governed_by(self, token: Token, lemmas: set[str]) -> bool:
        return any(t.lemma_ in lemmas and t.i < token.i for t in _governors(token))

    def sources(self, sentence: SpacySpan) -> tuple[str, ...]:
        """Who is quoted in a sentence, as the text names them."""
        found = [_shortened(m.group(1)) for m in self._according.finditer(sentence.text)]
        for token in sentence:
            if token.lemma_ not in self._reporting["verbs"] or token.pos_ != "VERB" or _is_participle(token):
                continue
            for subject in token.children:
                if subject.dep_ == "nsubj" and subject.pos_ in ("NOUN", "PROPN") and _tells(token):
                    found.append(_named(subject))
        nobody = self._reporting["nobody"]
        return tuple(dict.fromkeys(name for name in found if name and name.lower() not in nobody))


def _tells(verb: Token) -> bool:
    """Whether what a verb of saying governs is what is said, as in "X reported (that) ..."."""
    return any(c.dep_ in ("ccomp", "parataxis", "dobj", "advcl", "xcomp") for c in verb.children) or verb.dep_ in (
        "parataxis",
        "ROOT",
    )


def _is_participle(token: Token) -> bool:
    return token.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children)


def _governors(token: Token) -> list[Token]:
    """Verbs above a deed for as long as it is what they say, see or do."""
    found: list[Token] = []
    while token.dep_ in ("xcomp", "ccomp", "pcomp", "relcl", "acl", "prep", "pobj", "dobj") and len(found) < 4:
        if token.dep_ in ("relcl", "acl") and found:
            break
        token = token.head
        found.append(token)
    return found


def _in_quotes(token: Token, document: Document) -> bool:
    """Whether a headline puts the deed in quotation marks without saying whose words they are."""
    sentence = token.sent
    if len(sentence) > 25:
        return False
    start = sentence.start_char
    return any(m.start() <= token.idx - start < m.end() for m in _QUOTED.finditer(sentence.text))


def _named(subject: Token) -> str:
    """The source's name: an organisation among the subject's words, or else the words."""
    words = [t for t in subject.subtree if t.i <= subject.i + 6]
    acronyms = [t.text for t in words if re.fullmatch(r"[A-Z]{3,8}", t.text)]
    if acronyms:
        return acronyms[-1]
    ents = [e for e in subject.doc.ents if e.label_ in ("ORG", "PERSON") and e.start <= subject.i < e.end]
    if ents:
        return _shortened(ents[0].text)
    doc = subject.doc
    return _shortened(doc[min(t.i for t in words if t.i <= subject.i) : subject.i + 1].text)


def _shortened(words: str) -> str:
    text = re.sub(r"^(?:the|a|an|some|many|several) ", "", words.strip(), flags=re.IGNORECASE)
    return re.split(r" (?:that|who|which|said|says|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", text)[0].strip(
        " '\""
    )
