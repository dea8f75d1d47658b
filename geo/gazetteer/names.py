"""Keys of place names, so that different spellings of one name have the same key.

A name has two keys. `fold` keeps every letter and drops what newsrooms write differently: case, diacritics, hyphens,
apostrophes, the Arabic article in all its forms. `skeleton` also drops what differs between romanisations: vowels,
doubled letters, the choice between q and k, ch and sh. Names with the same fold are the same name; names with the same
skeleton may be.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a",
        "ǝ": "a", "ɛ": "e", "ɔ": "o", "ŋ": "ng", "ɲ": "ny",
        # apostrophes, and the letters that stand for ayn and hamza
        "'": "", "’": "", "‘": "", "ʼ": "", "ʻ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "ʹ": "", "ˈ": "", "′": "",
        # Arabic: hamza seats, alef maqsura, ta marbuta, tatweel, Persian kaf and ye
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "",
        "ـ": "", "ک": "ك",
    }
)  # fmt: skip
# Combining marks of the supported scripts: Latin and Cyrillic, Hebrew points, Arabic vowels and Quranic signs.
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")
_NOT_WORD = re.compile(r"[\W_]+")
_LATIN_ARTICLE = re.compile(
    r"\b(?:al|el|il|ul|as|es|ash|esh|ach|ech|ad|ed|ej|aj|adh|ar|er|at|et|ath|az|ez|an|en|ud|ur) (?=\w)"
)
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
_PLAIN = re.compile(r"[a-z ]+\Z")


def plain(name: str) -> str:
    """The name in lower case without marks or punctuation, articles still in place; words separated by one space."""
    text = name.lower()
    if not _PLAIN.match(text):
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_LETTERS))
        text = _NOT_WORD.sub(" ", _MARKS.sub("", text).translate(_LETTERS))
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name's key for exact lookup: `plain` without articles. "Al-Wāwī", "el Wawi" and "wawi" have the same."""
    return fold_plain(plain(name))


def fold_plain(text: str) -> str:
    """`fold` of a name that is already `plain`."""
    if "ال" in text:
        text = _ARABIC_ARTICLE.sub("", text)
    stripped = _LATIN_ARTICLE.sub("", text)
    return stripped or text


# Letters that romanisations write differently, longest first. Capitals are sounds that Latin writes with several
# letters: X is kh, C is sh and ch, J is j, dj and zh.
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

# Arabic, Persian and Kurdish letters in the same spelling, so that a name has the same sound in either script.
_ARABIC = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "J", "ح": "h", "خ": "X", "د": "d", "ذ": "d", "ر": "r", "ز": "s",
        "س": "s", "ش": "C", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k",
        "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "i", "پ": "b", "چ": "C", "ژ": "J", "گ": "g", "ڤ": "w",
        "ە": "a", "ێ": "i", "ۆ": "u", "ھ": "h", "ہ": "h", "ڵ": "l", "ڕ": "r", "ے": "i", "ں": "n",
    }
)  # fmt: skip
# Letters whose mark makes another sound in Turkish, Slavic and scholarly spelling; `fold` drops the mark.
_SOUNDS_OF_MARKED = {
    "š": "sh",
    "ş": "sh",
    "ș": "sh",
    "č": "ch",
    "ç": "ch",
    "ž": "zh",
    "ğ": "",
    "ǧ": "j",
    "ġ": "gh",
    "ḫ": "kh",
}
SIBILANTS = str.maketrans(_SOUNDS_OF_MARKED | {letter.upper(): sound for letter, sound in _SOUNDS_OF_MARKED.items()})
MARKED_SIBILANT = re.compile(f"[{''.join(_SOUNDS_OF_MARKED)}]", re.IGNORECASE)
# Letters that are romanised in two ways: a name with one of them has a second skeleton.
_EITHER = str.maketrans({"ظ": "ض", "ذ": "ز", "ث": "س", "ج": "گ"})
_ARABIC_LONG_U = re.compile(r"(?<=[ب-ه])و(?![اوي])")  # waw between consonants is a vowel
_ARABIC_LAST_H = re.compile(r"(?<=\w)ه(?= |\Z)")
_ARABIC_FIRST_AYN = re.compile(r"\bع")


def sound_of(text: str) -> str:
    """A folded name as it is spoken, in one spelling for all romanisations, with its vowels."""
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
    """The name's key for lookup across romanisations: the consonants of its sound, and any vowel at its start."""
    return skeleton_of(fold(name.translate(SIBILANTS)))


def skeleton_of(text: str) -> str:
    """`skeleton` of a name that is already folded."""
    words = _FIRST_VOWEL.sub("a", sound_of(text))
    return _VOWELS.sub("", words).replace(" ", "")


def skeletons_of(text: str) -> set[str]:
    """Every skeleton of a folded name: two where it has an Arabic letter that is romanised in two ways."""
    return {skeleton_of(text), skeleton_of(text.translate(_EITHER))} if not text.isascii() else {skeleton_of(text)}
