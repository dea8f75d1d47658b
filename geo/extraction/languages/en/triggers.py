"""English verbs and nouns that express acts, and what each is done to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from geo.extraction.languages.en import syntax
from geo.extraction.languages.en.adjacent_targets import target_behind_of, target_beside, target_in_sentence
from geo.extraction.languages.en.tables import any_of, load
from geo.extraction.languages.en.targets import coordinated, is_plural
from geo.extraction.languages.en.vocabulary import lexicon
from geo.extraction.lexicon import Act

if TYPE_CHECKING:
    from geo.extraction.targets import TargetIndex, TargetMention

# Set by hand on the development reports of 2026.
_PARTICLE_REACH = 7  # words behind a verb in which its particle may stand: "blew the old shrine up"
_NEAR_WORDS = 50  # behind a sentence, which may say that discovered bodies were buried
_WORDS = load("triggers")
_STATES = frozenset(_WORDS["verbs"]["states"])
_UNSPECIFIC_OBJECTS = frozenset(_WORDS["objects"]["unspecific"])
# Discovered graves are a burial site where there are many; discovered bodies, where they were buried.
_MANY = any_of(_WORDS["burial"]["many"])
_BURIED = any_of(_WORDS["burial"]["buried"])


def acts_at(token: Token) -> Iterator[Act]:
    """The acts that a token may express: as a verb with its particles, then as a noun."""
    form = token.lower_
    verbs = lexicon().verbs.get(form, ())
    verbal = token.dep_ not in ("compound", "aux", "auxpass", "det") or token.tag_ in ("VBN", "VBG")
    if verbs and verbal and not _is_adjective(token) and not _is_plain_noun(token):
        yield from (act for act in verbs if _fits(token, act))
    if token.pos_ in ("NOUN", "PROPN"):
        act = _act_of_noun(token)
        if act is None and form.endswith("ing"):
            act = next((a for a in verbs if not a.weak and not a.particles), None)
        if act is not None:
            yield act


def _is_adjective(token: Token) -> bool:
    """Whether a verb's form is an adjective here: "an empty grave"."""
    return token.pos_ == "ADJ" and token.lower_ in lexicon().base_verbs - _STATES


def _act_of_noun(token: Token) -> Act | None:
    """The act that a noun expresses by itself or with the word before it: "the same fate"."""
    form, nouns = token.lower_, lexicon().nouns
    if form not in lexicon().noun_endings:
        return None
    return nouns.get(form) or (nouns.get(f"{token.nbor(-1).lower_} {form}") if token.i else None)


def _fits(token: Token, act: Act) -> bool:
    """Whether a verb has the particles and the form that an act asks for."""
    return (
        all(_has_particle(token, word) for word in act.particles)
        and (token.dep_ != "amod" or act.participle or syntax.agent_before(token) is not None)
        and not _is_phrasal_verb(token, act)
    )


def targets_of(token: Token, act: Act, index: TargetIndex) -> list[TargetMention]:
    """The targets that an act is done to: by the grammar, or else by what stands near."""
    nouns = _governed_nouns(token, act)
    targets = [t for noun in nouns if (t := index.at(noun, refers_back=not act.weak)) is not None]
    if not targets and token.pos_ == "NOUN" and not act.weak:
        targets = target_behind_of(token, index)
    if not targets and (token.pos_ != "NOUN" or act.particles):
        targets = target_beside(token, act, index)
        if not targets and (not act.weak or act.act_class == "find"):
            targets = target_in_sentence(token, index)
    return targets


def _governed_nouns(token: Token, act: Act) -> Iterator[Token]:
    """Nouns that the act is done to by the grammar, closest first, none twice."""
    if token.lemma_ == "take" and act.act_class == "steal" and _takes_something_else(token):
        return
    is_noun = token.pos_ in ("NOUN", "PROPN") and (token.lower_ in lexicon().nouns or _is_plain_noun(token))
    seen: set[int] = set()
    for noun in syntax.objects_of_noun(token) if is_noun else syntax.objects_of_verb(token, act.weak):
        for inner in coordinated(noun):
            if inner.i not in seen:
                seen.add(inner.i)
                yield inner


def _takes_something_else(verb: Token) -> bool:
    """Whether a verb of taking has an object that is not a target: "took 12 nuns from the convent"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    words = {t.lower_ for o in objects for t in coordinated(o)}
    return bool(objects) and not words & (lexicon().targets.keys() | lexicon().parts | _UNSPECIFIC_OBJECTS)


def is_of_harmed_graves(token: Token, target: TargetMention) -> bool:
    """Whether what was discovered is damage to known graves: "found six graves emptied"."""
    last = max(token.i, target.head.i)
    after = target.head.doc[last + 1 : last + 5]
    if target.target_type == "human_remains" and any(t.tag_ == "VBN" for t in after[:2]):
        return True  # "bodies were found blindfolded"
    return any(
        t.tag_ in ("VBN", "VBD")
        and any(a.act_class != "find" and not a.particles for a in lexicon().verbs.get(t.lower_, ()))
        for t in after
    )


def is_many_buried(target: TargetMention) -> bool:
    """Whether what was discovered is a burial site of many people, not the grave of a known person."""
    sentence, doc = target.head.sent, target.head.doc
    text = doc[sentence.start : min(len(doc), sentence.end + _NEAR_WORDS)].text.lower()
    words = text[target.start - sentence.start_char : target.end - sentence.start_char]
    several = is_plural(target.head) and _MANY.search(text) is not None
    if target.target_type == "human_remains":
        return several and _BURIED.search(text.replace(words, "")) is not None
    if target.target_type == "cemetery":
        return target.site is None and "burial" in words
    return several and target.site is None


def _is_plain_noun(token: Token) -> bool:
    """Whether a verb's form is a noun here: "the ruins of a temple", "in strikes"."""
    if token.pos_ != "NOUN":
        return False
    if token.tag_ == "NNS" and syntax.has_end(token.sent):
        return True
    return token.dep_ in ("pobj", "dobj") or any(c.dep_ in ("det", "poss", "amod", "nummod") for c in token.children)


def _has_particle(token: Token, word: str) -> bool:
    near = token.doc[token.i + 1 : min(len(token.doc), token.i + 1 + _PARTICLE_REACH)]
    particles = (t for t in near if t.lower_ in (word, word + "s"))
    return any(t.sent == token.sent for t in particles)


def _is_phrasal_verb(token: Token, act: Act) -> bool:
    """Whether a particle gives the verb another meaning: "clashes break out"."""
    particles = (c for c in token.children if c.dep_ == "prt")
    return not act.particles and any(c.lower_ in _WORDS["verbs"]["phrasal"] for c in particles)


def without_target(agents: tuple[Token, ...], target: TargetMention, trigger: Token) -> tuple[Token, ...]:
    """The agents without what the act is done to: "the statues have disappeared" names no agent."""
    own = {target.head.i}
    for above in target.head.ancestors:
        if above.i == trigger.i:
            break
        own.add(above.i)
    return tuple(a for a in agents if a.i not in own)


def is_picture_taken(verb: Token) -> bool:
    """Whether a verb says that pictures were taken: "the photographs were taken in Palmyra"."""
    images = load("modality")["images"]
    return (
        verb.lemma_ in images["verbs"]
        and verb.tag_ == "VBN"
        and not any(c.lower_ in _WORDS["verbs"]["taken_away"] for c in verb.children)
        and any(s.lemma_ in images["nouns"] for s in syntax.subjects_of_passive(verb))
    )


def is_killing(verb: Token) -> bool:
    """Whether a verb is of killing or burying people."""
    return verb.lemma_ in load("modality")["killing"]["verbs"] and verb.pos_ == "VERB"


_KILLING_NOUNS = tuple(load("modality")["killing"]["nouns"])


def names_killing(text: str) -> bool:
    """Whether lower-case words near a date name a killing: "a massacre in August 2014"."""
    return any(noun in text for noun in _KILLING_NOUNS)
