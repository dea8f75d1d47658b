"""English syntax in the model's labels (ClearNLP) and tags (Penn Treebank): voice, objects, agents, headlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from geo.extraction.languages.en.tables import load

_HEADLINE_WORDS = 16  # the most words of a headline in the development reports of 2026
_FULL_STOPS = (".", "!", "?")
_OBJECTS = ("dobj", "nsubjpass", "obj", "oprd", "dative")
_CLIMBED = ("xcomp", "advcl", "conj", "ccomp", "pcomp", "prep", "dep")
_MOST_CLIMBED = 4  # set by hand: verbs above an act that may have its subject, "are said to have begun to tear down"
_WORDS = load("syntax")
ACCUSING = tuple(_WORDS["verbs"]["accusing"])


def has_end(sentence: Span, ends: tuple[str, ...] = _FULL_STOPS) -> bool:
    """Whether a sentence ends with a full stop or the like, which headlines and captions lack."""
    return bool(sentence.text.rstrip(" \"'").endswith(ends))


def is_headline(sentence: Span, ends: tuple[str, ...] = _FULL_STOPS) -> bool:
    """Whether a sentence is short and ends without a full stop."""
    return len(sentence) <= _HEADLINE_WORDS and not has_end(sentence, ends)


def is_plural(noun: Token) -> bool:
    """Whether a noun is a plural."""
    return noun.tag_ in ("NNS", "NNPS")


def is_singular(noun: Token) -> bool:
    """Whether a noun is a singular."""
    return noun.tag_ in ("NN", "NNP")


def verb_above(tokens: Sequence[Token]) -> Token | None:
    """The verb that an expression depends on."""
    return next((above for token in tokens[:1] for above in token.ancestors if above.pos_ == "VERB"), None)


def objects_of_verb(verb: Token, weak: bool) -> Iterator[Token]:
    """Objects of a verb in any voice, then what it is done in, on or to."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            relative = child.lower_ in ("which", "that", "who")
            yield _relative_antecedent(verb) or child if relative else child
    has_object = any(c.dep_ in ("dobj", "obj") for c in verb.children)
    if verb.dep_ in ("xcomp", "oprd") and verb.tag_ == "VBN" and not has_object:
        # "was reported to have been damaged", "were found covered in paint", "left it burned"
        yield from (c for c in verb.head.children if c.dep_ in ("nsubjpass", "dobj", "nsubj"))
    if not has_object:
        yield from _affected_subjects(verb, weak)
    if verb.dep_ in ("acl", "amod", "relcl") and verb.tag_ == "VBN":
        yield verb.head
    if verb.dep_ == "conj" and not has_object:
        kinds = ("nsubjpass", "dobj") if verb.tag_ == "VBN" else ("dobj",)
        yield from (c for c in verb.head.children if c.dep_ in kinds)
    yield from _prepositional_objects(verb, weak)


def _prepositional_objects(verb: Token, weak: bool) -> Iterator[Token]:
    """What the prepositions and particles of a verb govern."""
    prepositions = _WORDS["prepositions"]
    for child in verb.children:
        particle = child.dep_ in ("prt", "advmod")
        placed = particle or (child.dep_ == "prep" and child.lower_ in (*prepositions["of_verbs"], "with"))
        if placed and (child.lower_ in prepositions["of_weak_verbs"] if weak else child.lower_ != "with"):
            yield from (c for c in child.children if c.dep_ in ("pobj", "pcomp"))


def _relative_antecedent(verb: Token) -> Token | None:
    """What "which" stands for in a clause: "the temple which they are believed to have razed"."""
    while verb.dep_ in ("xcomp", "ccomp", "conj"):
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else None


def _affected_subjects(verb: Token, weak: bool) -> Iterator[Token]:
    """The subject of a verb without an object, where the act is done to it.

    This applies to a participle, to a verb such as "collapse", and to a headline ("Shrine razed in Gao").
    """
    headline = not weak and verb.tag_ in ("VBD", "VBN") and not has_end(verb.sent)
    if verb.tag_ == "VBN" or verb.lower_.startswith(tuple(_WORDS["verbs"]["without_agent"])) or headline:
        yield from (c for c in verb.children if c.dep_ == "nsubj")
    if verb.dep_ == "acomp":  # "are missing"
        yield from (c for c in verb.head.children if c.dep_ == "nsubj")


def objects_of_noun(noun: Token) -> Iterator[Token]:
    """What an act expressed as a noun is done to: "destruction of X", "X's destruction", "grave desecration"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _WORDS["prepositions"]["of_nouns"]:
            yield from (c for c in child.children if c.dep_ == "pobj")
    yield from (c for c in noun.children if c.dep_ in ("compound", "poss", "nmod"))
    if noun.dep_ == "dobj" and noun.head.lemma_ in _WORDS["verbs"]["suffering"]:
        yield from (c for c in noun.head.children if c.dep_ == "nsubj")
    if noun.dep_ == "pobj" and noun.head.head.lower_ in _WORDS["nouns"]["affected"]:
        yield from (c for c in noun.head.head.head.children if c.dep_ in ("nsubj", "nsubjpass"))


def agents(token: Token) -> Iterator[Token]:
    """Who performs an act by the grammar: the subject, "by ...", or a possessive; searched up the chain of verbs."""
    yield from _adjacent_agents(token)
    if token.pos_ in ("NOUN", "PROPN"):
        if token.dep_ == "dobj" and token.head.lemma_ in _WORDS["verbs"]["performing"]:
            yield from (c for c in token.head.children if c.dep_ == "nsubj")
        return
    passive = _is_passive(token)
    verb, climbed = token, False
    for _ in range(_MOST_CLIMBED):
        if climbed and verb.lemma_ in ACCUSING:
            yield from accused_by(verb)
            return
        subjects = _subjects_of(verb, climbed)
        if subjects and not passive:
            yield from (verb.head if verb.dep_ == "relcl" and s.tag_ in ("WP", "WDT") else s for s in subjects)
            return
        active = verb.tag_ == "VBG" or (verb.dep_ == "acl" and any(c.dep_ == "dobj" for c in verb.children))
        if verb.dep_ in ("acl", "relcl") and active:
            yield verb.head
            return
        spoken = verb.dep_ == "ccomp" and verb.head.lemma_ not in (*_WORDS["verbs"]["perceiving"], *ACCUSING)
        if verb.dep_ not in _CLIMBED or spoken or (passive and not climbed):
            return
        verb, climbed = verb.head, True


def _subjects_of(verb: Token, climbed: bool) -> list[Token]:
    subjects = [c for c in verb.children if c.dep_ == "nsubj" or (climbed and c.dep_ == "nsubjpass")]
    # "fleeing extremists torched ...": the parse takes the participle for a clause
    return subjects + [o for c in verb.children if c.dep_ == "csubj" for o in c.children if o.dep_ == "dobj"]


def _adjacent_agents(token: Token) -> Iterator[Token]:
    """The agents beside the act's own word: "by X", "X's", "in a Y airstrike"."""
    before = agent_before(token)
    if before is not None:
        yield before
    for child in token.children:
        if child.dep_ == "poss" and token.pos_ in ("NOUN", "PROPN"):
            yield child
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            yield from _by_phrase(child)
        elif child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "prep" and child.lower_ in _WORDS["prepositions"]["amid"]:
            strikes = _WORDS["nouns"]["strikes"]
            yield from (s for s in child.subtree if s.dep_ == "pobj" and s.lemma_.lower() in strikes)
            yield from (p for a in child.subtree if a.lower_ == "by" for p in a.children if p.dep_ == "pobj")


def _by_phrase(verb: Token) -> list[Token]:
    return [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]


def direct_agents(verb: Token) -> tuple[Token, ...]:
    """The agents of a verb's own clause: the "by" phrase, or the subject of an active verb."""
    by = _by_phrase(verb)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or verb.tag_ == "VBN"
    return tuple(by or ([] if passive else [c for c in verb.children if c.dep_ == "nsubj"]))


def agent_before(verb: Token) -> Token | None:
    """The subject of a verb that the parse takes for a participle before its object: "police erased inscriptions"."""
    if verb.dep_ != "amod" or verb.tag_ not in ("VBN", "VBD") or verb.i == verb.sent.start:
        return None
    before = verb.nbor(-1)
    compound = before.dep_ == "compound" and before.head == verb.head and verb.head.tag_ == "NNS"
    return before if compound or before.dep_ == "nsubj" else None


def _is_passive(verb: Token) -> bool:
    """Whether a verb is passive, by itself or as one of several ("damaged or destroyed")."""
    while True:
        if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
            return True
        if verb.tag_ == "VBN" and verb.dep_ in ("acl", "oprd", "ccomp", "amod"):
            return not any(c.dep_ in ("aux", "dobj") for c in verb.children)
        alone = not any(c.dep_ in ("nsubj", "dobj", "aux") for c in verb.children)
        if not (verb.dep_ == "conj" and verb.tag_ == "VBN" and alone):
            return False
        verb = verb.head


def accused_by(verb: Token) -> Iterator[Token]:
    """Whom a verb of accusing names: "accused X of", "blamed it on X", "X was charged with"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "on" and verb.lemma_ == "blame":
            yield from (c for c in child.children if c.dep_ == "pobj")
    yield from (c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))


def accused_in(sentence: Span) -> Iterator[tuple[Token, ...]]:
    """Whom a sentence accuses: the tokens that each of its verbs of accusing names."""
    for token in sentence:
        if token.lemma_ in ACCUSING and token.pos_ == "VERB":
            yield tuple(accused_by(token))


def subjects_of_passive(verb: Token) -> Iterator[Token]:
    """The subjects of a passive verb, also through "is believed to have been"."""
    for token in (verb, verb.head) if verb.dep_ == "xcomp" else (verb,):
        yield from (c for c in token.children if c.dep_ in ("nsubj", "nsubjpass"))


def is_since_clause(verb: Token) -> bool:
    """Whether a verb says from when on: "since the war broke out in 2011"."""
    return verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children)


def is_coordinated_with(verb: Token, token: Token) -> bool:
    """Whether a verb stands in a list with an act: "smashed graves and burned them in May"."""
    while verb.dep_ == "conj":
        verb = verb.head
        if verb.i == token.i:
            return True
    return False
