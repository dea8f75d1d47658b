"""English signs that a place name in a sentence is, or is not, where an act was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from geo.extraction.languages.en.place_roles import is_compared, roles

__all__ = [
    "address_in", "contains", "follows_of", "has_possessive", "is_compared", "is_list_gap", "is_located_by",
    "is_modifier",
    "owner_of", "roles", "where_clause",
]  # fmt: skip
_LIST_GAP = re.compile(r",? and (?:in |at )?(?:the )?|, (?:in |at )?(?:the )?")
_LOCATED = re.compile(
    r",? \(?(?:(?:which|a|an|is|lies|lying|located|situated|town|city|village|some|about|around|just) )*"
)

_CONTAINS = re.compile(
    r"(?:,? \w+)?(?:, | in |, in |, (?:the|an?) (?:[\w-]+ ){1,4}?(?:in|of) )(?:the )?(?:[a-z]+ern )?"
    r"(?:[a-z]+ (?:province|state|governorate|region) of )?"
)

# "184 Metropolitan Avenue", "Okopowa Street 49/51"; a number is required, and "in 2014" is not one.
_STREET = r"(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Lane|Drive|Boulevard|Way|Square|Place|Terrace|Court|Close|Row)(?!\w)"
_ADDRESS = re.compile(
    rf"(?<!\bin )\b\d{{1,5}}[a-z]? (?:[A-Z][\w.'-]+ |\d{{1,3}}(?:st|nd|rd|th) ){{1,4}}{_STREET}"
    rf"|\b(?:[A-Z][\w'-]+ ){{1,3}}{_STREET} \d{{1,4}}[a-z]?(?:[/-]\d{{1,4}})?\b"
)


def address_in(sentence: str) -> tuple[int, int] | None:
    """Start and end of the first street address with a number in a sentence; None without one."""
    match = _ADDRESS.search(sentence)
    return match.span() if match else None


def is_list_gap(words: str) -> bool:
    """Whether the words between two places make them a list: "in Homs, Hama and in Idlib"."""
    return _LIST_GAP.fullmatch(words) is not None


def is_located_by(words: str) -> bool:
    """Whether the words between a place and a relation say that the place lies there: "Zliten, 160 km east of"."""
    return _LOCATED.fullmatch(words) is not None


def contains(words: str) -> bool:
    """Whether the words between two names make the second contain the first: "X, Y", "X, a village in northern Y"."""
    return _CONTAINS.fullmatch(words) is not None


def is_modifier(text: str, end: int) -> bool:
    """Whether a name is only part of a compound: "US-backed"."""
    return text[end : end + 1] == "-"


def has_possessive(text: str, end: int) -> bool:
    """Whether a name stands in the possessive: "Mosul's museum"."""
    return text[end : end + 2] == "'s"


def follows_of(text: str, start: int) -> bool:
    """Whether "of" stands right before a name: "the museum of Mosul"."""
    return text[:start].endswith(" of ")


def owner_of(name: Token, nouns: Sequence[Token]) -> Token | None:
    """Which of several nouns a place name belongs to: "a church in X and a mosque in Y"; None for none.

    By the grammar it is the nearest one above the name; else, of a name between them, the last one before it.
    """
    listed = {noun.i for noun in nouns}
    above = next((t for t in name.ancestors if t.i in listed), None)
    if above is not None or name.i > max(listed) or name.doc[max(listed)].sent != name.sent:
        return above
    return max((n for n in nouns if n.i < name.i), key=lambda n: n.i, default=None)


def where_clause(token: Token) -> Token | None:
    """The "where" of the clause that an act stands in: "X, where vandals smashed ..."; None without one."""
    for verb in (token, *token.ancestors):
        where = next((c for c in verb.children if c.lower_ == "where" and c.i < verb.i), None)
        if where is not None or verb.dep_ not in ("conj", "xcomp", "advcl"):
            return where
    return None
