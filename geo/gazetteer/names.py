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
_LATIN_ARTICLE = re.compile(
    r"\b(?:al|el|il|ul|as|es|ash|esh|ach|ech|ad|ed|ej|aj|adh|ar|er|at|et|ath|az|ez|an|en|ud|ur) (?=\w)"
)
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


# What one romanisation writes one way and another otherwise, longest first. Capitals are sounds that one letter of the
# Latin alphabet has no name for: X kh, C sh and ch, J j, dj and zh.
_SPELLINGS = (
    ("tch", "C"), ("sch", "C"), ("tsh", "C"), ("kh", "X"), ("gh", "g"), ("rh", "g"), ("sh", "C"), ("ch", "C"),
    ("dj", "J"), ("zh", "J"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ck", "k"), ("ts", "C"), ("j", "J"), ("q", "k"),
    ("v", "w"), ("z", "s"), ("x", "k"), ("p", "b"),
)  # fmt: skip
_SPELLING = re.compile("|".join(a for a, _ in _SPELLINGS))
_SOUND_OF = dict(_SPELLINGS)
_FRENCH_W = re.compile(r"ou(?=[aei])")
_DIPHTHONG = re.compile(r"[ae][iy]+|[ae]+(?=y)")
_LONG_U = re.compile(r"ou|oo|aw(?![aeiou])|au|o")
_LONG_I = re.compile(r"ee|ie|y|e")
_TA_MARBUTA = re.compile(r"(?<=\w{2}[a-z])[aei]t(?= )")
_MUTE_E = re.compile(r"(?<=[aiu][nlrmtdskgfb])e(?= |\Z)")
_LAST = re.compile(r"(?<=\w)(?:[iy]+[ae]h?|[aei]h|[aei])(?= |\Z)")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=\w)[aiu]+")
_FIRST_VOWEL = re.compile(r"\b[aeiou]+")

# Arabic, Persian and Kurdish letters in the same spelling, so that a name in either script has one sound.
_ARABIC = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "J", "ح": "h", "خ": "X", "د": "d", "ذ": "d", "ر": "r", "ز": "s",
        "س": "s", "ش": "C", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k",
        "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "i", "پ": "b", "چ": "C", "ژ": "J", "گ": "g", "ڤ": "w",
        "ە": "a", "ێ": "i", "ۆ": "u", "ھ": "h", "ہ": "h", "ڵ": "l", "ڕ": "r", "ے": "i", "ں": "n",
    }
)  # fmt: skip
# Letters whose mark is a sound of its own in Turkish, Slavic and scholarly spelling; `fold` drops the mark.
_HISS = {"š": "sh", "ş": "sh", "ș": "sh", "č": "ch", "ç": "ch", "ž": "zh", "ğ": "", "ǧ": "j", "ġ": "gh", "ḫ": "kh"}
HISSING = str.maketrans(_HISS | {letter.upper(): sound for letter, sound in _HISS.items()})
HISSED = re.compile(f"[{''.join(_HISS)}]", re.IGNORECASE)
# Letters that are romanised in two ways: each name with one has a second skeleton.
_EITHER = str.maketrans({"ظ": "ض", "ذ": "ز", "ث": "س", "ج": "گ"})
_ARABIC_LONG_U = re.compile(r"(?<=[ب-ه])و(?![اوي])")  # waw between consonants is a vowel
_ARABIC_LAST_H = re.compile(r"(?<=\w)ه(?= |\Z)")
_ARABIC_FIRST_AYN = re.compile(r"\bع")


def sound(name: str) -> str:
    """The name as it is spoken, in one spelling, vowels kept: for telling how alike two names are."""
    return sound_of(fold(name.translate(HISSING)))


def sound_of(text: str) -> str:
    """`sound` of a text that is folded already."""
    if text.isascii():
        text = _MUTE_E.sub("", _TA_MARBUTA.sub("a", text))
        text = _SPELLING.sub(lambda m: _SOUND_OF[m.group()], _FRENCH_W.sub("w", text))
    else:
        text = _ARABIC_FIRST_AYN.sub("ا", _ARABIC_LAST_H.sub("ا", text))
        text = _ARABIC_LONG_U.sub("u", text).translate(_ARABIC)
    text = _LAST.sub("a", _LONG_U.sub("u", text))
    text = _LONG_I.sub("i", _DIPHTHONG.sub("ai", text))
    return _DOUBLED.sub(r"\1", text)


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The name's key for lookup across romanisations: the consonants of its sound, and whether a vowel begins it."""
    return skeleton_of(fold(name.translate(HISSING)))


def skeleton_of(text: str) -> str:
    """`skeleton` of a text that is folded already."""
    words = _FIRST_VOWEL.sub("a", sound_of(text))
    return _VOWELS.sub("", words).replace(" ", "")


def skeletons_of(text: str) -> set[str]:
    """Every skeleton of a folded text: two where it has an Arabic letter that is romanised in two ways."""
    return {skeleton_of(text), skeleton_of(text.translate(_EITHER))} if not text.isascii() else {skeleton_of(text)}
