"""English noun phrases of what acts are done to, and the words that refer back to one."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from geo.extraction.languages.en.syntax import is_headline, is_plural, is_singular
from geo.extraction.languages.en.tables import load
from geo.extraction.languages.en.vocabulary import lexicon
from geo.gazetteer.names import fold

_NAME_REACH = 6  # words around a head noun that can be part of its name: the longest in the development reports of 2026
_LEAST_LETTERS = 3  # of a word that distinguishes two sites; set by hand: shorter ones are "al", "St", "el"
_MODIFIERS = ("amod", "nummod", "compound", "nmod", "quantmod", "poss", "advmod")
_NOUN_ROLES = ("nsubj", "dobj", "pobj", "nsubjpass", "conj")
_REFERENCES = load("references")
__all__ = [
    "coordinated", "is_coordinated", "is_heirloom", "is_plural", "is_private", "is_revered",
    "is_singular", "is_tomb", "may_be_head", "phrase_start", "proper_name", "reference_kind",
]  # fmt: skip


def may_be_head(token: Token) -> bool:
    """Whether a token can be a noun here, whatever the tagger took a headline's word for."""
    return token.pos_ not in ("VERB", "AUX", "ADV") or token.dep_ in _NOUN_ROLES


def phrase_start(phrase: Span) -> int:
    """Offset where a target's words begin: with its adjectives, and with what counts it ("dozens of corpses")."""
    head = phrase[-1]
    above = head.head
    if head.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ in lexicon().parts:
        return min((t.idx for t in above.head.lefts if t.dep_ in _MODIFIERS), default=above.head.idx)
    kept = [t for word in phrase for t in (word, *word.lefts) if t.dep_ in _MODIFIERS or t in phrase]
    return min(inner.idx for t in kept for inner in (t, *(c for c in t.lefts if c.dep_ in ("compound", "amod"))))


def proper_name(head: Token) -> frozenset[str]:
    """The folded words of a target's own name, kinds left out: "Al-Awda Mosque" has {"awda"}; may be empty."""
    if is_headline(head.sent, (".", "!", "?", ":")):
        return frozenset()  # every word of a headline may have a capital
    near = [c for c in head.children if c.dep_ in ("compound", "nmod", "appos", "poss")]
    near += [p for c in head.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    words = {t for n in near for t in (n, *n.subtree) if t.pos_ == "PROPN" and t.i - head.i < _NAME_REACH}
    if head.pos_ == "PROPN":
        words.add(head)
    folded = {fold(t.text) for t in words if t.ent_type_ not in ("NORP", "DATE")}
    return frozenset(w for w in folded if len(w) >= _LEAST_LETTERS and w not in lexicon().name_kinds)


def reference_kind(token: Token) -> str | None:
    """How a word refers to a target named before: "singular", "plural", "both", "noun" ("the complex"), or not."""
    word = token.lower_
    if word == "both":
        return "both"
    if word in _REFERENCES["pronouns"]["singular"]:
        return "singular"
    if word in _REFERENCES["pronouns"]["plural"]:
        return "plural"
    definite = any(c.lower_ in _REFERENCES["determiners"]["definite"] for c in token.children)
    return "noun" if definite and word in lexicon().stand_ins else None


def is_private(head: Token) -> bool:
    """Whether a tomb is a family's: "the family mausoleum"."""
    return bool({"family", "private"} & {c.lower_ for c in head.children})


def is_revered(head: Token) -> bool:
    """Whether it is a saint's or a king's tomb, which is a monument more than a grave."""
    words = {t.lower_.removesuffix("s") for t in head.subtree if abs(t.i - head.i) <= _NAME_REACH}
    return bool(words & lexicon().revered)


def is_tomb(head: Token) -> bool:
    """Whether it is called a tomb."""
    return head.lower_ in ("tomb", "tombs")


def is_heirloom(head: Token) -> bool:
    """Whether it is heritage wherever it is: an icon, an antiquity."""
    return head.lower_ in lexicon().heirlooms


def is_coordinated(head: Token) -> bool:
    """Whether it follows another in a list: "Hatra" in "Nimrud and Hatra"."""
    return head.dep_ == "conj"


def coordinated(noun: Token) -> Iterator[Token]:
    """A noun, what it is a part of, and what stands beside it ("dozens of graves and tombs").

    The words of a name too, so that "Bode Museum" and "Museum Barberini" are museums both.
    """
    stack = [(noun, True)]
    while stack:
        current, expandable = stack.pop()
        yield current
        if expandable:
            stack += reversed(list(_next_nouns(current)))


def _next_nouns(noun: Token) -> Iterator[tuple[Token, bool]]:
    """The nouns one step from a noun, and whether to go on from each."""
    yield from ((inner, True) for inner in _listed_behind_place(noun))
    is_part, is_name = noun.lower_ in lexicon().parts or noun.pos_ == "NUM", noun.pos_ == "PROPN"
    for child in noun.children:
        if child.dep_ in ("conj", "appos"):
            yield child, True
        elif (is_part or is_name) and child.dep_ == "prep" and child.lower_ in ("of", "in", "on", "at", "from"):
            yield from ((inner, True) for inner in child.children if inner.dep_ == "pobj")
        elif (is_part and child.dep_ in ("compound", "poss", "nmod", "amod")) or (is_name and child.dep_ == "compound"):
            yield child, False


def _listed_behind_place(noun: Token) -> Iterator[Token]:
    """Nouns listed with another behind its place: "shrines" in "the tomb in X and shrines in Y".

    The parse often lists them with the place or with the verb instead of with the noun.
    """
    verb = noun.head
    wrongly = [t for t in verb.children if t.dep_ == "conj" and verb.pos_ == "VERB"]
    for preposition in (*noun.children, *verb.children):
        placing = preposition.dep_ == "prep" and preposition.lower_ in ("in", "at", "near", "outside")
        if placing and preposition.i > noun.i:
            places = (c for c in preposition.children if c.dep_ == "pobj" and c.pos_ == "PROPN")
            wrongly += [t for p in places for inner in (p, *p.children) for t in inner.children if t.dep_ == "conj"]
    yield from (t for t in wrongly if t.pos_ == "NOUN" and t.i > noun.i)
