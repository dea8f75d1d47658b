"""The forms of English words: regular by rule, irregular from `lexicon/irregular_verbs.toml`."""

from __future__ import annotations

import re
from functools import cache

from geo.extraction.languages.en.tables import load

# One syllable that ends in a single vowel and consonant doubles the consonant ("slam", "slammed"); so does "inter".
_DOUBLES = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]|(?:dis)?inter")


def verb_forms(verb: str) -> set[str]:
    """Every form of an English verb.

    >>> sorted(verb_forms("dig"))
    ['dig', 'digging', 'digs', 'dug']
    """
    if verb.endswith("e"):
        past, ing = verb + "d", verb[:-1] + "ing"
    elif re.search(r"[^aeiou]y$", verb):
        past, ing = verb[:-1] + "ied", verb + "ing"
    elif _DOUBLES.fullmatch(verb):
        past, ing = verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    else:
        past, ing = verb + "ed", verb + "ing"
    irregular, british = _irregular()
    forms = {verb, _plural(verb), ing, *(irregular.get(verb) or (past,))}
    return forms | {verb + "led", verb + "ling"} if verb in british else forms


def noun_forms(noun: str) -> set[str]:
    """The singular and the plural of an English noun.

    >>> sorted(noun_forms("cemetery"))
    ['cemeteries', 'cemetery']
    """
    return {noun, _plural(noun)}


def _plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")


@cache
def _irregular() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Past forms of irregular verbs, and the verbs that British spelling doubles a final l of."""
    table = load("irregular_verbs")
    return {verb: tuple(forms) for verb, forms in table["past"].items()}, frozenset(table["double_l"]["verbs"])
