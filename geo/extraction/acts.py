"""Deeds on graves and heritage: each verb or noun of the lexicon with the target that it governs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.toponyms import Mention
from geo.extraction.vocabulary import Act, Lexicon

_OBJECTS = ("dobj", "nsubjpass", "obj", "oprd", "dative")
_PLACED = (
    "on",
    "at",
    "in",
    "from",
    "of",
    "into",
    "through",
    "against",
    "over",
    "to",
    "inside",
    "upon",
    "across",
    "onto",
)
_NOUN_PLACED = ("of", "to", "on", "at", "against", "in", "from")
_KEPT = ("amod", "nummod", "compound", "nmod", "quantmod", "poss", "advmod")  # words that belong to a target's name
_REACH = 5  # words between a deed and its target where the parse shows no bond


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that deeds are done to, by the index of its head token; `site` its name where it has one."""

    head: Token
    start: int
    end: int
    target_type: str
    site: Mention | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One mention of a deed on a target. `agents` are the nouns that the grammar makes its doer."""

    token: Token
    act: Act
    target: Target
    incident_type: str
    agents: tuple[Token, ...]

    @property
    def sentence(self) -> tuple[int, int]:
        """Offsets of its sentence."""
        return self.token.sent.start_char, self.token.sent.end_char


class ActFinder:
    """Finds the deeds of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._modality = lexicon.modality

    def find(self, document: Document, mentions: Iterable[Mention]) -> list[Deed]:
        """Every real deed, in order of the text."""
        targets = self._targets(document, mentions)
        found: list[Deed] = []
        for token in document.doc:
            if document.paragraph_of(token.idx) is None:
                continue
            for act in self._acts_at(token):
                deed = self._deed(token, act, targets)
                if deed is not None and not self._unreal(deed) and not self._natural(deed):
                    found.append(deed)
                    break
        return found

    def _targets(self, document: Document, mentions: Iterable[Mention]) -> dict[int, Target]:
        """Targets by the index of their head token: lexicon nouns, and sites known by name."""
        found: dict[int, Target] = {}
        for token in document.doc:
            target = self._target_ending(token)
            if target is not None:
                found[token.i] = target
        for mention in mentions:
            types = [
                self._lexicon.features[m.entry.place.feature or ""]
                for m in mention.matches
                if (m.entry.place.feature or "") in self._lexicon.features
            ]
            tokens = document.tokens(mention.start, mention.end)
            if types and tokens:
                head = next((t for t in tokens if t.head not in tokens), tokens[-1])
                found[head.i] = Target(head, mention.start, mention.end, types[0], mention)
        return found

    def _target_ending(self, token: Token) -> Target | None:
        """The longest target noun whose last word is this token."""
        if token.pos_ in ("VERB", "AUX", "ADV") and token.dep_ not in (
            "nsubj",
            "dobj",
            "pobj",
            "nsubjpass",
            "conj",
        ):
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
        return min(t.idx for word in phrase for t in (word, *word.lefts) if t.dep_ in _KEPT or t in phrase)

    def _acts_at(self, token: Token) -> Iterator[Act]:
        """The deeds that a token may stand for: verbs with their particles, then nouns."""
        form = token.lower_
        if token.dep_ not in ("compound", "aux", "auxpass", "det") or token.tag_ in ("VBN", "VBG"):
            for act in self._lexicon.verbs.get(form, ()):
                fits = all(_has_particle(token, word) for word in act.particles)
                if fits and (token.dep_ != "amod" or act.participle) and not _another_verb(token, act):
                    yield act
        if token.pos_ in ("NOUN", "PROPN") and form in self._lexicon.nouns:
            yield self._lexicon.nouns[form]

    def _deed(self, token: Token, act: Act, targets: dict[int, Target]) -> Deed | None:
        governed = [targets[t.i] for t in self._governed(token, act) if t.i in targets]
        if not governed:
            governed = _following(token, targets) if not act.weak and (token.pos_ != "NOUN" or act.particles) else []
        mass = [t for t in governed if t.target_type == "mass_grave"]
        for target in mass + [_among_graves(t, targets) for t in governed]:
            incident_type = self._lexicon.incident_type(act.act_class, target.target_type)
            if incident_type is not None:
                return Deed(token, act, target, incident_type, tuple(_agents(token)))
        return None

    def _governed(self, token: Token, act: Act) -> Iterator[Token]:
        """Nouns that the deed is done to, by the grammar, nearest bond first."""
        is_noun = token.pos_ in ("NOUN", "PROPN") and token.lower_ in self._lexicon.nouns
        seen: set[int] = set()
        for noun in _of_noun(token) if is_noun else _of_verb(token, act.weak):
            for inner in self._expanded(noun):
                if inner.i not in seen:
                    seen.add(inner.i)
                    yield inner

    def _expanded(self, noun: Token) -> Iterator[Token]:
        """A noun, what it is a part of, and what stands beside it ("dozens of graves and tombs")."""
        yield noun
        is_part = noun.lower_ in self._lexicon.parts or noun.pos_ == "NUM"
        for child in noun.children:
            if child.dep_ in ("conj", "appos"):
                yield from self._expanded(child)
            elif is_part and child.dep_ == "prep" and child.lower_ in ("of", "in", "on", "at", "from"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from self._expanded(inner)
            elif is_part and child.dep_ in ("compound", "poss", "nmod"):
                yield child

    def _unreal(self, deed: Deed) -> bool:
        """Whether the deed is planned, feared, denied to have been, or usual rather than done."""
        token, unreal = deed.token, self._modality["unreal"]
        if any(c.dep_ == "neg" for c in token.children) or _none_of(deed.target.head):
            return True
        if any(habit in token.sent.text.lower() for habit in unreal["habits"]):
            return True
        auxiliaries = [c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")]
        if set(auxiliaries) & set(unreal["auxiliaries"]) and "have" not in auxiliaries:
            return True
        governor = token.head
        return (
            token.dep_ in ("xcomp", "ccomp", "pcomp", "dobj", "advcl")
            and governor.lemma_ in unreal["verbs"]
            and (token.dep_ != "advcl" or "to" in auxiliaries)
            and token.tag_ not in ("VBD",)
        )

    def _natural(self, deed: Deed) -> bool:
        """Whether weather, an earthquake or age did it."""
        causes = set(self._modality["natural"]["causes"])
        around = [d for c in deed.token.children if c.dep_ in ("agent", "prep", "nsubj") for d in (c, *c.children)]
        return any(t.lemma_.lower() in causes for t in (*around, *deed.agents))


def _none_of(noun: Token) -> bool:
    """Whether a target is told of as none: "no grave", "none of the graves"."""
    return any(c.lower_ in ("no", "neither") for c in noun.children) or (
        noun.dep_ == "pobj" and noun.head.head.lower_ in ("none", "neither")
    )


def _among_graves(target: Target, targets: dict[int, Target]) -> Target:
    """An unnamed monument told of beside graves is a gravestone."""
    if target.site is None and target.target_type == "monument":
        for other in targets.values():
            if other.target_type in ("grave", "cemetery") and other.head.sent == target.head.sent and not other.site:
                return replace(target, target_type=other.target_type)
    return target


def _has_particle(token: Token, word: str) -> bool:
    near = token.doc[token.i + 1 : min(len(token.doc), token.i + 8)]
    return any(t.lower_ == word or t.lower_ == word + "s" for t in near if t.sent == token.sent)


def _another_verb(token: Token, act: Act) -> bool:
    """Whether a particle makes another verb of it: clashes that "break out" break nothing."""
    return any(
        c.dep_ == "prt" and c.lower_ in ("out", "off", "in", "away", "through") for c in token.children
    ) and not (act.particles)


def _of_verb(verb: Token, weak: bool) -> Iterator[Token]:
    """Objects of a verb in any voice, then what it is done in, on or to."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield verb.head if child.lower_ in ("which", "that", "who") and verb.dep_ == "relcl" else child
    has_object = any(c.dep_ in ("dobj", "obj") for c in verb.children)
    if not has_object and (verb.tag_ == "VBN" or verb.lower_.startswith("collaps")):
        yield from (c for c in verb.children if c.dep_ == "nsubj")
    if verb.dep_ in ("acl", "amod", "relcl") and verb.tag_ == "VBN":
        yield verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not has_object:
        yield from (c for c in verb.head.children if c.dep_ == "nsubjpass")
    if verb.dep_ == "conj" and not has_object:
        yield from (c for c in verb.head.children if c.dep_ == "dobj")
    for child in verb.children:
        placed = child.dep_ in ("prt", "advmod") or (child.dep_ == "prep" and child.lower_ in _PLACED)
        if placed and (not weak or child.lower_ in ("from", "at", "on")):
            yield from (c for c in child.children if c.dep_ in ("pobj", "pcomp"))


def _of_noun(noun: Token) -> Iterator[Token]:
    """What a deed told as a noun is done to: "destruction of X", "X's destruction", "grave desecration"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _NOUN_PLACED:
            yield from (c for c in child.children if c.dep_ == "pobj")
    yield from (c for c in noun.children if c.dep_ in ("compound", "poss", "nmod"))


def _following(token: Token, targets: dict[int, Target]) -> list[Target]:
    """A target right behind a deed whose bond the parse missed, as in a headline."""
    for other in token.doc[token.i + 1 : min(len(token.doc), token.i + 2 + _REACH)]:
        if other.sent != token.sent or other.is_punct or other.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return []
        if other.i in targets and other.head in (token, *token.subtree):
            return [targets[other.i]]
    return []


def _agents(token: Token) -> Iterator[Token]:
    """Who the grammar makes the doer: the subject, "by ...", or the one whose deed it is; up the chain of verbs."""
    for child in token.children:
        if child.dep_ == "agent":
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "poss" and token.pos_ in ("NOUN", "PROPN"):
            yield child
        elif child.dep_ == "prep" and child.lower_ == "by":
            yield from (c for c in child.children if c.dep_ == "pobj")
    if token.pos_ in ("NOUN", "PROPN"):
        return
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)
    verb, climbed = token, False
    for _ in range(4):
        subjects = [c for c in verb.children if c.dep_ == "nsubj" or (climbed and c.dep_ == "nsubjpass")]
        if subjects and not passive:
            yield from (verb.head if verb.dep_ == "relcl" and s.tag_ in ("WP", "WDT") else s for s in subjects)
            return
        if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBG":
            yield verb.head
            return
        if verb.dep_ not in ("xcomp", "advcl", "conj", "ccomp", "pcomp", "prep", "dep") or (passive and not climbed):
            return
        verb, climbed = verb.head, True
