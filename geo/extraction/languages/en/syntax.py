"""What the parse says of a deed: what it is done to, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

_HEADLINE_WORDS = 16
_OBJECTS = ("dobj", "nsubjpass", "obj", "oprd", "dative")
_PLACED = frozenset(
    ("on", "at", "in", "from", "of", "into", "through", "against", "over", "to", "inside", "upon", "across", "onto")
)
_NOUN_PLACED = ("of", "to", "on", "at", "against", "in", "from")
_WEAK_PLACED = ("from", "at", "on", "over", "with", "into", "inside")
ACCUSING = ("accuse", "blame", "suspect", "charge", "convict")
_STRIKES = ("airstrike", "strike", "bombardment", "bombing", "shelling", "raid", "attack", "air-strike", "rampage")
_AMID = ("in", "during", "after", "amid", "under")
_SUFFERING = (  # "the mosque suffered damage", "met the same fate"
    "suffer", "sustain", "undergo", "receive", "incur", "see", "take", "meet", "share", "face", "get",
)  # fmt: skip
_DOING = ("complete", "commit", "perpetrate", "conduct", "begin", "start", "continue", "resume", "launch", "cause")
_SEEN = ("see", "film", "show", "let", "help", "make", "watch", "photograph")  # "were seen smashing"
_BY_ITSELF = ("collaps", "disappear", "vanish", "lie", "go", "burn")  # verbs that things do
_CLIMBED = ("xcomp", "advcl", "conj", "ccomp", "pcomp", "prep", "dep")


def has_end(sentence: Span, ends: tuple[str, ...] = (".", "!", "?")) -> bool:
    """Whether a sentence ends like one; a headline or a caption does not."""
    return bool(sentence.text.rstrip(" \"'").endswith(ends))


def is_headline(sentence: Span, ends: tuple[str, ...] = (".", "!", "?")) -> bool:
    """Whether a sentence is short and has no end."""
    return len(sentence) <= _HEADLINE_WORDS and not has_end(sentence, ends)


def done_to_by_verb(verb: Token, weak: bool) -> Iterator[Token]:
    """Objects of a verb in any voice, then what it is done in, on or to."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield _stood_for(verb) or child if child.lower_ in ("which", "that", "who") else child
    has_object = any(c.dep_ in ("dobj", "obj") for c in verb.children)
    if verb.dep_ in ("xcomp", "oprd") and verb.tag_ == "VBN" and not has_object:
        # "was reported to have been damaged", "were found covered in paint", "left it burned"
        yield from (c for c in verb.head.children if c.dep_ in ("nsubjpass", "dobj", "nsubj"))
    if not has_object:
        yield from _subjects_done_to(verb, weak)
    if verb.dep_ in ("acl", "amod", "relcl") and verb.tag_ == "VBN":
        yield verb.head
    if verb.dep_ == "conj" and not has_object:
        kinds = ("nsubjpass", "dobj") if verb.tag_ == "VBN" else ("dobj",)
        yield from (c for c in verb.head.children if c.dep_ in kinds)
    for child in verb.children:
        placed = child.dep_ in ("prt", "advmod") or (child.dep_ == "prep" and child.lower_ in (*_PLACED, "with"))
        if placed and (child.lower_ in _WEAK_PLACED if weak else child.lower_ != "with"):
            yield from (c for c in child.children if c.dep_ in ("pobj", "pcomp"))


def _stood_for(verb: Token) -> Token | None:
    """What "which" stands for in a clause: "the temple which they are believed to have razed"."""
    while verb.dep_ in ("xcomp", "ccomp", "conj"):
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else None


def _subjects_done_to(verb: Token, weak: bool) -> Iterator[Token]:
    """The subject of a verb that has no object, where it is what the deed is done to.

    It is with a participle, with a verb that things do ("collapsed"), and in a headline ("Shrine razed in Gao").
    """
    headline = not weak and verb.tag_ in ("VBD", "VBN") and not has_end(verb.sent)
    if verb.tag_ == "VBN" or verb.lower_.startswith(_BY_ITSELF) or headline:
        yield from (c for c in verb.children if c.dep_ == "nsubj")
    if verb.dep_ == "acomp":  # "are missing"
        yield from (c for c in verb.head.children if c.dep_ == "nsubj")


def done_to_by_noun(noun: Token) -> Iterator[Token]:
    """What a deed told as a noun is done to: "destruction of X", "X's destruction", "grave desecration"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _NOUN_PLACED:
            yield from (c for c in child.children if c.dep_ == "pobj")
    yield from (c for c in noun.children if c.dep_ in ("compound", "poss", "nmod"))
    if noun.dep_ == "dobj" and noun.head.lemma_ in _SUFFERING:
        yield from (c for c in noun.head.children if c.dep_ == "nsubj")
    if noun.dep_ == "pobj" and noun.head.head.lower_ in ("target", "targets", "victim", "victims", "scene"):
        yield from (c for c in noun.head.head.head.children if c.dep_ in ("nsubj", "nsubjpass"))


def doers(token: Token) -> Iterator[Token]:
    """Who the grammar makes the doer: the subject, "by ...", or the one whose deed it is; up the chain of verbs."""
    yield from _beside(token)
    if token.pos_ in ("NOUN", "PROPN"):
        if token.dep_ == "dobj" and token.head.lemma_ in _DOING:
            yield from (c for c in token.head.children if c.dep_ == "nsubj")
        return
    passive = _is_passive(token)
    verb, climbed = token, False
    for _ in range(4):
        if climbed and verb.lemma_ in ACCUSING:
            yield from accused_by(verb)
            return
        subjects = [c for c in verb.children if c.dep_ == "nsubj" or (climbed and c.dep_ == "nsubjpass")]
        # "fleeing extremists torched ...": what the parse takes for a clause
        subjects += [o for c in verb.children if c.dep_ == "csubj" for o in c.children if o.dep_ == "dobj"]
        if subjects and not passive:
            yield from (verb.head if verb.dep_ == "relcl" and s.tag_ in ("WP", "WDT") else s for s in subjects)
            return
        active = verb.tag_ == "VBG" or (verb.dep_ == "acl" and any(c.dep_ == "dobj" for c in verb.children))
        if verb.dep_ in ("acl", "relcl") and active:
            yield verb.head
            return
        spoken = verb.dep_ == "ccomp" and verb.head.lemma_ not in (*_SEEN, *ACCUSING)
        if verb.dep_ not in _CLIMBED or spoken or (passive and not climbed):
            return
        verb, climbed = verb.head, True


def _beside(token: Token) -> Iterator[Token]:
    """The doers that stand at the deed's own word: "by X", "X's", "in a Y airstrike"."""
    before = doer_before(token)
    if before is not None:
        yield before
    for child in token.children:
        if child.dep_ == "poss" and token.pos_ in ("NOUN", "PROPN"):
            yield child
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            yield from (p for c in child.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj")
        elif child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "prep" and child.lower_ in _AMID:
            yield from (s for s in child.subtree if s.dep_ == "pobj" and s.lemma_.lower() in _STRIKES)
            yield from (p for a in child.subtree if a.lower_ == "by" for p in a.children if p.dep_ == "pobj")


def doer_before(verb: Token) -> Token | None:
    """The subject of a verb that the parse takes for a participle before its object: "police erased inscriptions"."""
    if verb.dep_ != "amod" or verb.tag_ not in ("VBN", "VBD") or verb.i == verb.sent.start:
        return None
    before = verb.nbor(-1)
    compound = before.dep_ == "compound" and before.head == verb.head and verb.head.tag_ == "NNS"
    return before if compound or before.dep_ == "nsubj" else None


def _is_passive(verb: Token) -> bool:
    """Whether a verb is told in the passive, by itself or as one of several ("damaged or destroyed")."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "oprd", "ccomp", "amod"):
        return not any(c.dep_ in ("aux", "dobj") for c in verb.children)
    alone = not any(c.dep_ in ("nsubj", "dobj", "aux") for c in verb.children)
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and alone and _is_passive(verb.head)


def accused_by(verb: Token) -> Iterator[Token]:
    """Whom a verb of accusing names: "accused X of", "blamed it on X", "X was charged with"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "on" and verb.lemma_ == "blame":
            yield from (c for c in child.children if c.dep_ == "pobj")
    yield from (c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))
