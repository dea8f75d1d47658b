"""Folding of place names, so that one place's spellings meet.

Two keys stand for a name. `fold` keeps every letter and drops what newsrooms write at will: case, diacritics,
hyphens, apostrophes, the Arabic article in all its dresses. `skeleton` drops what romanisation makes up as well:
vowels, doubled letters, the choice between q and k, ch and sh. Names that share a fold are the same name; names
that share a skeleton may be.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a",
        # apostrophes, and the letters that stand for ayn and hamza
        "'": "", "’": "", "‘": "", "ʼ": "", "ʻ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "ʹ": "", "ˈ": "", "′": "",
        # Arabic: hamza seats, alef maqsura, ta marbuta, tatweel, Persian kaf and ye
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "",
        "ـ": "", "ک": "ك",
    }
)  # fmt: skip
# Combining marks of the scripts that are read: Latin and Cyrillic, Hebrew points, Arabic vowels and Quranic signs.
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")
_NOT_WORD = re.compile(r"[\W_]+")
_LATIN_ARTICLE = re.compile(r"\b(?:al|el|il|ul|as|es|ash|esh|ad|ed|adh|ar|er|at|et|ath|az|ez|an|en|ud|ur) (?=\w)")
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
_PLAIN = re.compile(r"[a-z ]+\Z")


def plain(name: str) -> str:
    """The name in lower case without marks or punctuation, articles still in place; words parted by one space."""
    text = name.lower()
    if not _PLAIN.match(text):
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_LETTERS))
        text = _NOT_WORD.sub(" ", _MARKS.sub("", text).translate(_LETTERS))
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name's key for exact lookup: `plain` without articles. "Al-Wāwī", "el Wawi" and "wawi" meet."""
    return fold_plain(plain(name))


def fold_plain(text: str) -> str:
    """`fold` of a text that is `plain` already."""
    if "ال" in text:
        text = _ARABIC_ARTICLE.sub("", text)
    stripped = _LATIN_ARTICLE.sub("", text)
    return stripped or text


# What one romanisation writes one way and another otherwise, longest first; letters of no Latin form are left.
_DIGRAPHS = (
    ("tch", "c"), ("sch", "c"), ("kh", "x"), ("gh", "g"), ("sh", "c"), ("ch", "c"), ("dj", "j"), ("zh", "j"),
    ("th", "t"), ("dh", "d"), ("ph", "f"), ("ck", "k"), ("ts", "c"), ("ou", "u"), ("q", "k"), ("v", "w"),
    ("y", "i"), ("z", "s"), ("x", "k"), ("p", "b"),
)  # fmt: skip
_DIGRAPH = re.compile("|".join(a for a, _ in _DIGRAPHS))
_DIGRAPH_TO = dict(_DIGRAPHS)
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeiou])h\b")
_VOWEL = re.compile(r"(?<=\w)[aeiou]+(?:w(?![aeiou]))?")

_ARABIC_LONG_U = re.compile(r"(?<=[ب-ه])و(?![اوي])")  # waw between consonants is a vowel

# Arabic letters as the Latin key writes them, so that a name in either script has one skeleton.
_ARABIC = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
        "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
        "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "i", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The name's key for lookup across romanisations: consonants of `fold`, first letters kept, spellings merged."""
    return skeleton_of(fold(name))


def skeleton_of(text: str) -> str:
    """`skeleton` of a text that is folded already."""
    if not text.isascii():
        text = _ARABIC_LONG_U.sub("u", re.sub(r"(?<=\w)ه\b", "ا", text)).translate(_ARABIC)
    text = _FINAL_H.sub("", text)
    text = _DIGRAPH.sub(lambda m: _DIGRAPH_TO[m.group()], text)
    text = _VOWEL.sub("", _DOUBLED.sub(r"\1", text))
    return text.replace(" ", "")
