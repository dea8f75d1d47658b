"""How the United Nations' lists of Syrian settlements spell an Arabic name: "تل الهوى" is "Tal Elhawa".

Written from the habits of those lists (OCHA's common operational data sets), and from Arabic script alone, so that it shares nothing with the gazetteer's own keys. Short vowels, which Arabic leaves out, are drawn from how often the lists write them; the same word always gets the same.
"""

from __future__ import annotations

import random
import re

# Words that the lists write in one way, or in a few.
_WORDS = {
    "تل": ("Tal", "Tell"), "ام": ("Om", "Um"), "عين": ("Ein",), "شيخ": ("Sheikh",), "كفر": ("Kafr",),
    "خربة": ("Kherbet",), "دير": ("Deir",), "بيت": ("Beit",), "جسر": ("Jisr",), "بئر": ("Bir",), "بير": ("Bir",),
    "خان": ("Khan",), "رسم": ("Rasm",), "مزرعة": ("Mazraet",), "حوش": ("Hosh",), "جب": ("Jeb", "Job"),
    "راس": ("Ras",), "وادي": ("Wadi",), "برج": ("Burj",), "قلعة": ("Qalet",), "معرة": ("Maaret",), "معر": ("Maar",),
    "ابو": ("Abu",), "بني": ("Bani",), "قصر": ("Qasr",), "جبل": ("Jabal",), "ضهر": ("Dahr",), "نبع": ("Nabe",),
    "عرب": ("Arab",), "مشيرفة": ("Msheirfeh",), "قرية": ("Qaryet",), "بستان": ("Bustan",), "طيبة": ("Tiba",),
    "صالحية": ("Salhiyeh",), "زور": ("Zor",), "حمام": ("Hamam",), "عبد": ("Abd",), "علي": ("Ali",),
    "محمد": ("Mohammad",), "احمد": ("Ahmad",), "حسن": ("Hasan",), "حسين": ("Hussein",), "سعيد": ("Saeed",),
}  # fmt: skip
# Parts of a place are translated and come first.
_PARTS = {
    "شرقي": "Eastern", "غربي": "Western", "شمالي": "Northern", "جنوبي": "Southern", "فوقاني": "Upper",
    "تحتاني": "Lower", "كبير": "Big", "صغير": "Little", "قديم": "Old", "جديد": "New", "وسطاني": "Middle",
    "كبرى": "Big", "صغرى": "Little",
}  # fmt: skip
_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "گ": "g", "چ": "j", "پ": "b",
}  # fmt: skip
_SHORT = ("a",) * 11 + ("e",) * 4 + ("i",) * 3 + ("o", "u")
_SEATS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ا", "ؤ": "و", "ئ": "ي", "ـ": ""})
_MARKS = re.compile("[\u064b-\u0652\u0670]")


def ocha_spelling(arabic: str) -> str:
    """The name in Latin letters as the lists would write it."""
    words = _MARKS.sub("", arabic).replace("ى ", "ا ").translate(_SEATS).split()
    parts = [_part(word) for word in words]
    spelled = [_word(w, first=i == 0, last=i == len(words) - 1) for i, w in enumerate(words) if not parts[i] or not i]
    named = [part for i, part in enumerate(parts) if part and i]
    return " ".join((*named, *spelled))


def _part(word: str) -> str | None:
    stem = word.removeprefix("ال")
    for ending in ("", "ة", "ه"):
        if stem.endswith(ending) and stem[: len(stem) - len(ending)] in _PARTS:
            return _PARTS[stem[: len(stem) - len(ending)]]
    return None


def _word(word: str, first: bool, last: bool) -> str:
    chance = random.Random(word)  # noqa: S311 - the same word is always spelled alike
    article = word.startswith("ال") and len(word) > 4
    stem = word[2:] if article else word
    spelled = chance.choice(_WORDS[stem]) if stem in _WORDS else _letters(stem, last, chance).capitalize()
    return spelled if not article or first else "El" + spelled.lower()


def _letters(stem: str, last: bool, chance: random.Random) -> str:
    """The letters of a word without its article, short vowels put in between consonants."""
    spelled, open_syllable = "", True  # open: the last sound was a vowel, or nothing was spoken yet
    for i, letter in enumerate(stem):
        before, after = stem[i - 1 : i], stem[i + 1 : i + 2]
        if letter == "ة":
            feminine = chance.choice(("eh", "a", "a")) if last else "et"
            spelled += ("iyeh" if last else "iyet") if spelled.endswith("iy") else feminine
            spelled = spelled.replace("iyiy", "iy")
        elif letter == "ا":
            spelled += "" if spelled.endswith("a") else "a"
            open_syllable = True
        elif letter in "ءع":
            vowel = "" if after in "اوي" and after else "a"
            spelled += vowel if not spelled.endswith("a") else ""
            open_syllable = True
        elif letter in "وي" and before and before not in "اوي" and after not in ("ا", "ة"):
            spelled += chance.choice(("u", "u", "o", "o", "ou") if letter == "و" else ("i", "i", "i", "ei", "ee"))
            open_syllable = True
        elif letter in "وي":
            spelled += ("iy" if after == "ة" else "y") if letter == "ي" else "w"
            open_syllable = after == "ا"
        else:
            if not open_syllable and i > 0 and (i == 1 or i % 2 == 0 or not last):
                spelled += _short_vowel(stem, i, chance)
            spelled += _CONSONANTS.get(letter, "")
            open_syllable = False
    return spelled


def _short_vowel(stem: str, i: int, chance: random.Random) -> str:
    """The vowel before the letter at `i`; none where speech leaves it out, before a long vowel: "Hbit"."""
    dropped = i == 1 and stem[i + 1 : i + 2] in ("ا", "و", "ي") and chance.random() < 0.25
    return "" if dropped else chance.choice(_SHORT)
