"""Deeds on graves and heritage: each verb or noun of the lexicon with the target that it governs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.factuality import Reality
from geo.extraction.languages.en.syntax import (
    doer_before,
    doers,
    done_to_by_noun,
    done_to_by_verb,
    has_end,
    is_headline,
)
from geo.extraction.languages.en.vocabulary import Act, Lexicon, lexicon
from geo.extraction.targets import Target, Targets, expanded
from geo.extraction.toponyms.mention import ToponymMention

_REACH = 5  # words between a deed and its target where the parse shows no bond
_THINGS = frozenset(("it", "them", "everything", "all", "what", "which", "that", "gold", "valuables", "contents"))
_STATES = frozenset(("missing", "gone"))
_BACK = 14  # words before a passive verb in which its subject's head is looked for
_NOUN_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_AUXILIARIES = frozenset(("was", "were", "been", "being", "is", "are", "be", "had", "have", "has", "also", "not"))


@dataclass(frozen=True, slots=True)
class Deed:
    """One mention of a deed on a target. `agents` are the nouns that the grammar makes its doer."""

    token: Token
    act: Act
    target: Target
    incident_type: str
    agents: tuple[Token, ...]


class ActFinder:
    """Finds the deeds of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._reality = Reality(lexicon)

    def find(self, document: Document, mentions: Iterable[ToponymMention]) -> list[Deed]:
        """Every real deed, in order of the text."""
        targets = Targets(document, mentions, self._lexicon)
        found: list[Deed] = []
        for token in document.doc:
            if document.paragraph_of(token.idx) is None:
                continue
            for act in self._acts_at(token):
                deeds = list(self._deeds(token, act, targets))
                found += deeds
                if deeds:
                    break
        return found

    def _acts_at(self, token: Token) -> Iterator[Act]:
        """The deeds that a token may stand for: verbs with their particles, then nouns."""
        form = token.lower_
        verbal = token.dep_ not in ("compound", "aux", "auxpass", "det") or token.tag_ in ("VBN", "VBG")
        adjective = token.pos_ == "ADJ" and form in self._lexicon.base_verbs - _STATES  # "an empty grave"
        if verbal and not adjective and not _is_plain_noun(token):
            for act in self._lexicon.verbs.get(form, ()):
                fits = all(_has_particle(token, word) for word in act.particles)
                if (
                    fits
                    and (token.dep_ != "amod" or act.participle or doer_before(token))
                    and not _another_verb(token, act)
                    and not self._is_art(token, act)
                ):
                    yield act
        if token.pos_ in ("NOUN", "PROPN"):
            before = f"{token.nbor(-1).lower_} {form}" if token.i else form
            named = self._lexicon.nouns.get(form) or self._lexicon.nouns.get(before)  # "the same fate"
            if named is None and form.endswith("ing"):
                named = next((a for a in self._lexicon.verbs.get(form, ()) if not a.weak and not a.particles), None)
            if named is not None:
                yield named

    def _deeds(self, token: Token, act: Act, targets: Targets) -> Iterator[Deed]:
        """The deed on its target; one for each of the sites that it names."""
        nouns = list(self._governed(token, act))
        governed = [t for noun in nouns if (t := targets.at(noun, stands_in=not act.weak)) is not None]
        if not governed and token.pos_ == "NOUN" and not act.weak:
            governed = _of_further_on(token, targets)
        if not governed and (token.pos_ != "NOUN" or act.particles):
            governed = _touching(token, act, targets)
            if not governed and (not act.weak or act.act_class == "find"):
                governed = _following(token, targets)
        governed.sort(key=lambda t: (t.target_type != "mass_grave", t.site is None))
        agents = tuple(doers(token))
        made: list[Deed] = []
        for told in governed:
            target = targets.settled(told)
            if target is None:
                continue
            incident_type = self._lexicon.incident_type(act.act_class, target.target_type)
            if act.act_class == "dig" and incident_type is None and self._by_robbers(agents):
                incident_type = "looting"
            if act.act_class == "find" and target.target_type in ("grave", "cemetery", "human_remains"):
                found_buried = told.target_type != "goods" and _many_buried(target)
                incident_type = "mass_grave_found" if found_buried else None
            if incident_type == "corpse_mutilation" and not agents and _found_so(token):
                incident_type = None
            if incident_type == "mass_grave_found" and self._found_harmed(token, target):
                incident_type = None
            if incident_type is None or not self._reality.holds(token, act, target, agents, incident_type):
                continue
            if not made or _is_one_more(target, made):
                made.append(Deed(token, act, target, incident_type, _apart_from(agents, target, token)))
        yield from made

    def _is_art(self, token: Token, act: Act) -> bool:
        """Whether it says what a work of art stands on: "a mural painted on the wall"."""
        on = any(c.lower_ == "on" for c in token.children)
        return on and act.act_class == "deface" and token.dep_ == "acl" and token.head.lower_ in self._lexicon.targets

    def _by_robbers(self, agents: tuple[Token, ...]) -> bool:
        return any(t.lower_ in self._lexicon.robbers for a in agents for t in (a, *a.children))

    def _takes_other_things(self, verb: Token) -> bool:
        """Whether a verb of taking has an object of its own that is no target: "took 12 nuns from the convent"."""
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        words = {t.lower_ for o in objects for t in expanded(o, self._lexicon)}
        return bool(objects) and not words & (self._lexicon.targets.keys() | self._lexicon.parts | _THINGS)

    def _found_harmed(self, token: Token, target: Target) -> bool:
        """Whether the finding is of what was done to known graves: "found six graves emptied"."""
        last = max(token.i, target.head.i)
        after = target.head.doc[last + 1 : last + 5]
        if target.target_type == "human_remains" and any(t.tag_ == "VBN" for t in after[:2]):
            return True  # "bodies were found blindfolded"
        return any(
            t.tag_ in ("VBN", "VBD")
            and any(a.act_class != "find" and not a.particles for a in self._lexicon.verbs.get(t.lower_, ()))
            for t in after
        )

    def _governed(self, token: Token, act: Act) -> Iterator[Token]:
        """Nouns that the deed is done to, by the grammar, nearest bond first."""
        if token.lemma_ == "take" and act.act_class == "steal" and self._takes_other_things(token):
            return
        if token.lemma_ == "take" and token.head.lemma_.lower() in self._lexicon.modality["images"]["nouns"]:
            return  # "pictures taken at a cemetery"
        is_noun = token.pos_ in ("NOUN", "PROPN") and (token.lower_ in self._lexicon.nouns or _is_plain_noun(token))
        seen: set[int] = set()
        for noun in done_to_by_noun(token) if is_noun else done_to_by_verb(token, act.weak):
            for inner in expanded(noun, self._lexicon):
                if inner.i not in seen:
                    seen.add(inner.i)
                    yield inner


def _apart_from(agents: tuple[Token, ...], target: Target, deed: Token) -> tuple[Token, ...]:
    """The agents without what the deed is done to: "the statues have disappeared" names nobody."""
    own = {target.head.i}
    for above in target.head.ancestors:
        if above.i == deed.i:
            break
        own.add(above.i)
    return tuple(a for a in agents if a.i not in own)


def _is_one_more(target: Target, made: Sequence[Deed]) -> bool:
    """Whether a list names one more site: "Nimrud, Hatra and the Mosul museum"."""
    if target.site is not None:
        return all(d.target.site is not None and d.target.site != target.site for d in made)
    names = [d.target.name for d in made]
    return bool(target.name) and all(n and not n & target.name for n in names) and target.head.dep_ == "conj"


# Graves found are a burial site where they are many, and bodies where they lay buried.
_MANY = re.compile(
    r"\b(?:\d{2,}|[2-9]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
    r"|dozens?|scores|hundreds|thousands|several|more|unmarked|makeshift|shallow|clandestine|hidden|secret"
    r"|significant quantities)\b"
)
_NEAR_WORDS = 50  # behind a sentence that may say that what was found lay buried
_BURIED = re.compile(r"\b(?:graves?|pits?|buried|burial|septic|wells?|trench(?:es)?|vaults?|chambers?|beneath|under)\b")


def _many_buried(target: Target) -> bool:
    """Whether what was found is a place of many dead, told as fresh or hidden, not a grave of note."""
    sentence, doc = target.head.sent, target.head.doc
    text = doc[sentence.start : min(len(doc), sentence.end + _NEAR_WORDS)].text.lower()
    words = text[target.start - sentence.start_char : target.end - sentence.start_char]
    several = target.is_plural and _MANY.search(text) is not None
    if target.target_type == "human_remains":
        return several and _BURIED.search(text.replace(words, "")) is not None
    if target.target_type == "cemetery":
        return target.site is None and "burial" in words
    return several and target.site is None


def _found_so(token: Token) -> bool:
    """Whether the dead were found in that state: "a mass grave with 100 bodies, many of them decapitated"."""
    return token.tag_ == "VBN" and "mass grave" in token.sent.text.lower()


def _is_plain_noun(token: Token) -> bool:
    """Whether a verb's form is a noun here: "the ruins of a temple", "in strikes"."""
    if token.pos_ != "NOUN":
        return False
    if token.tag_ == "NNS" and has_end(token.sent):
        return True
    return token.dep_ in ("pobj", "dobj") or any(c.dep_ in ("det", "poss", "amod", "nummod") for c in token.children)


def _has_particle(token: Token, word: str) -> bool:
    near = token.doc[token.i + 1 : min(len(token.doc), token.i + 8)]
    return any(t.lower_ in (word, word + "s") and not _is_way(t) for t in near if t.sent == token.sent)


def _is_way(particle: Token) -> bool:
    """Whether it says by which way something went: "were brought down the highway"."""
    told = {c.dep_ for c in particle.head.children}
    of_verb = (c for c in particle.head.children if c.dep_ == "dobj" and "nsubjpass" in told)
    ways = (c for c in (*of_verb, *particle.children) if c.dep_ in ("pobj", "dobj"))
    return particle.lower_ in ("down", "up") and any(c.lower_ not in lexicon().targets for c in ways)


def _another_verb(token: Token, act: Act) -> bool:
    """Whether a particle makes another verb of it: clashes that "break out" break nothing."""
    return any(
        c.dep_ == "prt" and c.lower_ in ("out", "off", "in", "away", "through") for c in token.children
    ) and not (act.particles)


def _touching(token: Token, act: Act, targets: Targets) -> list[Target]:
    """A target that the parse does not bind but that can be nothing else."""
    if token.tag_ != "VBN":
        return _object_behind(token, targets)
    found = _subject_before(token, targets)
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    return found if not (act.weak and passive) else []


def _object_behind(token: Token, targets: Targets) -> list[Target]:
    """The target that ends the noun phrase right behind a verb: "hit the old mosque"."""
    doc, sentence = token.doc, token.sent
    for i in range(token.i + 1, min(sentence.end, token.i + 2 + _REACH)):
        if doc[i].pos_ not in _NOUN_PHRASE:
            return []
        target = targets.at(doc[i])
        if target is not None and (i + 1 >= sentence.end or doc[i + 1].pos_ not in ("NOUN", "PROPN")):
            return [target]
    return []


def _subject_before(token: Token, targets: Targets) -> list[Target]:
    """The target before a participle: "graves emptied", "the plinth of the statue was defaced"."""
    doc, sentence = token.doc, token.sent
    first = token.i - 1
    while first > sentence.start and doc[first].lower_ in _AUXILIARIES:
        first -= 1
    if first == token.i - 1:
        target = targets.at(doc[first])
        return [target] if target is not None and not doc[first].dep_.startswith("nsubj") else []
    found: list[Target] = []
    for i in range(first, max(sentence.start - 1, first - _BACK), -1):
        if doc[i].tag_ in _FINITE or doc[i].text in (";", ":", '"'):
            break
        target = targets.at(doc[i])
        if target is not None:
            found = [target]
    return found


def _of_further_on(token: Token, targets: Targets) -> list[Target]:
    """The target of a deed told as a noun, with words between: "the collapse a week earlier of the minaret"."""
    of = False
    for other in token.doc[token.i + 1 : min(token.sent.end, token.i + 2 + 2 * _REACH)]:
        if other.pos_ in ("VERB", "AUX") or other.is_punct:
            break
        of = of or other.lower_ == "of"
        target = targets.at(other) if of else None
        if target is not None:
            return [target]
    return []


def _following(token: Token, targets: Targets) -> list[Target]:
    """A target whose bond with the deed the parse missed: right behind it, or in the same headline."""
    sentence = token.sent
    told = targets.in_sentence(sentence)
    for target in told:
        between = token.doc[token.i + 1 : target.head.i] if target.head.i > token.i else ()
        cut = any(t.is_punct or t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in between)
        if token.i < target.head.i <= token.i + 1 + _REACH and not cut and target.head in token.subtree:
            return [target]
    return sorted(told, key=lambda t: abs(t.head.i - token.i))[:1] if is_headline(sentence) else []
