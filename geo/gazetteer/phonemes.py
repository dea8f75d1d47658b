"""How names sound, in one alphabet for all romanisations and for Arabic, Hebrew and Cyrillic letters.

One symbol stands for one sound. Capitals are consonants that Latin writes with several letters or with a mark:
X is kh, G gh, S sh, C ch, J j and dj, Z zh, T th, D dh; A is the vowel of "bait" and O that of "haws".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CONSONANTS = {
    "dsch": "J", "tsch": "C", "tch": "C", "tsh": "C", "sch": "S", "dzh": "J", "kh": "X", "gh": "G", "rh": "G",
    "sh": "S", "ch": "C", "sz": "S", "cz": "C", "zh": "Z", "dj": "J", "dz": "z", "th": "T", "dh": "D", "ph": "f",
    "ck": "k", "qu": "k", "ts": "c", "tz": "c", "x": "ks", "j": "J", "c": "k",
}  # fmt: skip
_CONSONANT = re.compile("|".join(_CONSONANTS))
# Spellings of vowels, in the order in which they are read; a name ends at a line's end.
_VOWELS = (
    (re.compile(r"(?<=g)u(?=[ei])"), ""),
    (re.compile(r"ou(?=[aei])"), "w"),
    (re.compile(r"(?<=\w\w[^aeiou\s])[aei]t (?=\w)"), "a "),  # the feminine ending before another word
    (re.compile(r"(?<=[^aeiouy\s])(?:oye|oie|oe|aya|aja)\b"), "a"),  # a Slavic ending
    (re.compile(r"(?<=\w)(?:i?y+|i+y*)[aeo]h?\b"), "iya"),
    (re.compile(r"(?<=[^aeiouy\s])[aeo]h?\b"), "a"),
    (re.compile(r"(?<=[aeo])h\b"), ""),
    (re.compile(r"[ae]+[iy]+(?![aeou])"), "A"),
    (re.compile(r"a[wuo](?![aeiy])|ow(?![aeiouy])"), "O"),
    (re.compile(r"ou|oo|uu|uw(?![aeiyA])"), "u"),
    (re.compile(r"ee|ie(?![aeiou])|i[iy](?![aeou])"), "i"),
    (re.compile(r"y(?![aeiouAO])"), "i"),
    (re.compile(r"[ea]*a[ea]*"), "a"),
)  # fmt: skip
_DOUBLED = re.compile(r"(\w)\1+")
_NOT_SOUND = re.compile(r"[^a-zAOXGSCJZTD \n]+")

_ARABIC = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "T", "ج": "J", "ح": "h", "خ": "X", "د": "d", "ذ": "D", "ر": "r", "ز": "z",
        "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "G", "ف": "f", "ق": "q", "ك": "k",
        "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "پ": "p", "چ": "C", "ژ": "Z", "گ": "g", "ڤ": "v",
        "ە": "a", "ێ": "i", "ۆ": "o", "ھ": "h", "ہ": "h", "ڵ": "l", "ڕ": "r", "ے": "i", "ں": "n", "ٹ": "t", "ڈ": "d",
        # Hebrew
        "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t", "י": "y", "כ": "k",
        "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "p", "צ": "c",
        "ץ": "c", "ק": "k", "ר": "r", "ש": "S", "ת": "t",
    }
)  # fmt: skip
_WITHOUT_VOWELS = re.compile(r"[\u05d0-\u05ea\u0621-\u06d3]")
_LAST_H = re.compile(r"(?<=\w)[هה]\b")
_VOWEL_LETTERS = ((re.compile(r"(?<=[b-zA-Z])w(?=[b-zA-Z]|\b)"), "u"), (re.compile(r"(?<=[b-zA-Z])y(?![aiuo])"), "i"))

# Russian and Ukrainian letters in the usual romanisation; `plain` has taken the marks of yi, short i and yo away.
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh", "з": "z", "и": "i",
        "і": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "ј": "y", "ў": "w",
    }
)  # fmt: skip


def romanized(text: str) -> str:
    """Cyrillic letters of a `plain` name in Latin; other letters stay."""
    return text if text.isascii() else text.translate(_CYRILLIC)


def has_no_short_vowels(name: str) -> bool:
    """Whether a name is written in a script that leaves short vowels out: Arabic or Hebrew."""
    return not name.isascii() and _WITHOUT_VOWELS.search(name) is not None


def phonemes(name: str) -> str:
    """The sounds of a folded name, words still apart: "ouadi cheikh" and "wadi shaykh" nearly agree."""
    return phonemes_of_all((name,))[0]


def phonemes_of_all(names: Sequence[str]) -> list[str]:
    """`phonemes` of each folded name, quicker than one by one."""
    text = "\n".join(name if name.isascii() else _semitic(name.translate(_CYRILLIC)) for name in names)
    for spelling, vowel in _VOWELS:
        text = spelling.sub(vowel, text)
    text = _CONSONANT.sub(lambda m: _CONSONANTS[m.group()], text)
    return _DOUBLED.sub(r"\1", _NOT_SOUND.sub("", text)).split("\n")


def _semitic(text: str) -> str:
    text = _LAST_H.sub("a", text).translate(_ARABIC)
    for letter, vowel in _VOWEL_LETTERS:
        text = letter.sub(vowel, text)
    return text
