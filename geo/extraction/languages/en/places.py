"""What English words around a name say of it as a place. The word lists are in `lexicon/places.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from geo.actors import actors
from geo.extraction.languages.en.tables import load
from geo.extraction.languages.en.vocabulary import lexicon
from geo.extraction.languages.interface import Cue, EntityKind, Offsets, StatedContainer

_PLACES: dict[str, Any] = load("places")
_CUES: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _PLACES["cues"].items()}
_KINDS: dict[str, str] = {word: code for code, words in _PLACES["kinds"].items() for word in words}
_PARTICLES = frozenset(_PLACES["particles"])
_JOINING = frozenset(_PLACES["joining"])
_ABBREVIATED: dict[str, list[str]] = _PLACES["abbreviated"]
_TITLES = frozenset(_PLACES["words"]["titles"])
_PEOPLES = frozenset(_PLACES["words"]["peoples"])
_NEWS_SOURCES = frozenset(_PLACES["words"]["news_sources"])
_COMMON_WORDS = frozenset(_PLACES["words"]["common"])
_KIND_WORDS = frozenset(word for phrase in _KINDS for word in phrase.split())
_BETWEEN = _CUES["compass"] | _CUES["between"]
_PLACE_WORDS = _BETWEEN | _CUES["strong"] | _KIND_WORDS

# The labels of OntoNotes 5, which spaCy's English models use; those that are not here say nothing of places.
_ENTITY_KINDS: dict[str, EntityKind] = {
    "GPE": "place", "LOC": "place", "FAC": "site", "PERSON": "person", "NORP": "people", "LANGUAGE": "people",
    "DATE": "time", "TIME": "time", "CARDINAL": "time", "ORDINAL": "time", "MONEY": "time", "PERCENT": "time",
    "QUANTITY": "time",
}  # fmt: skip

# How far to look from a name, in characters: a phrase of four to eight words, and less where only one word is read. Set
# by hand on the development reports of 2026.
_CUE_CHARS = 60
_KIND_AFTER_CHARS, _KIND_BEFORE_CHARS, _SETTLEMENT_CHARS = 30, 40, 10
_CONTAINER_CHARS, _DATELINE_CHARS, _ERA_CHARS, _WORD_CHARS, _OWNER_CHARS = 90, 40, 12, 25, 50

_NAME_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*")
_TOKENS = re.compile(r"[\w-]+|[.,;:!?\"()]")
_HOLDER = re.compile(r"[A-Z][\w-]+'s (?:[a-z]+ern )?$")  # "in Thailand's Songkhla province"
_KIND_AFTER = re.compile(r"(?:'s)?[ -]((?:[\w-]+ ?){1,2})")
_KIND_BEFORE = re.compile(r"((?:[\w-]+ )?[\w-]+) of (?:the )?$")
_SETTLEMENT_BEFORE = re.compile(r"\b(city|town|village) $")
# What stands between a name and the name that contains it: "X, Y", "X, in Y", "X, a town in northern Y", "X (Y)", and,
# without a pause, "X in Y", "the X district of Y".
_SETTLEMENT_KINDS = "|".join((*_PLACES["kinds"]["PPL"], "district", "area", "seat", "community", "parish", "quarter"))
_AREA_KINDS = "|".join((*_PLACES["kinds"]["ADM1"], *_PLACES["kinds"]["ADM2"], "city", "town", "island"))
_BEFORE_OUTER = (
    rf"(?:the )?(?:(?:[a-z]+-)?[a-z]+ern |central |upper |lower )?(?:(?:[A-Z][a-z]+ )?(?:{_AREA_KINDS}) of )?(?:the )?"
)
_CONTAINER = re.compile(
    r"(?:(?P<comma>, (?:in )?"
    rf"|, (?:the|an?) (?:[\w-]+ ){{0,3}}?(?:{_SETTLEMENT_KINDS}) (?:[\w-]+ ){{0,3}}?(?:in|of|from) )"
    r"|(?P<part> (?:district|neighbou?rhood|quarter|suburb|area|section|part|ward|sector) (?:of|in) )"
    r"|(?P<loose> in |,? \())"
    rf"{_BEFORE_OUTER}(?=[A-Z])"
)
_OWNER = re.compile(r"(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})'s? (?:[a-z-]+ ){0,2}$")  # "Cairo's Abbasiya"
_NEXT_IN_LIST = re.compile(r"(?:, and |, or |, | and | or | & )(?=[A-Z])")
_AFTER_LIST = re.compile(r"\b[A-Z][\w.]+, (?:and |or )?$")
_STOP = re.compile(r"[\s,;:.)\]—–-]|$")
_BEFORE_ABBREVIATION = re.compile(r"[A-Z][\w.'-]*(?: [\w'-]+)?[,)] $|[A-Z][\w'-]+, \($")
_DATELINE = re.compile(r"(?:, [\w. ]{2,25})? ?(?:\([\w /]+\)|[—–-]{1,2} |: )")  # "MOSUL, Iraq (AP) —"
_OPENING = re.compile(r" [A-Z][a-z]+ [a-z]| [A-Z][a-z]+ [A-Z][a-z]| The ")  # "DETROIT The US government said"
_LINE_START = re.compile(r"(?:^|[\n\r])[ \t]*$")
_ERA = re.compile(r"(?:\d|century|centuries|millennium|millennia) (?:BC|AD|BCE|CE)$")
_DEDICATION = re.compile(r"(?:Sts?\.?|Saints?) [A-Z][a-z]+'")
_UNIVERSITIES = ("University of ", "College of ", "Universities of ")
_ROLE_BEFORE = re.compile(r"\b([a-z]+-old|[a-z]{3,}(?:er|or|ist|man|woman|ent|ant|cian|yer|eur|ian|ero|tor)) $")
_NAME_AFTER = re.compile(r" [A-Z][a-z]+(?:[,.;:]| [a-z]|'s)")
_OWNED = re.compile(r"(?P<owns>'s?)? (?P<words>[A-Z]?[a-z-]+(?: [a-z-]+)?)")
_INSTITUTIONS = frozenset(_PLACES["words"]["institutions"])
_PARTS = frozenset(_PLACES["words"]["parts"])
_FACILITY = re.compile(r"(?:'s?)?(?: [A-Z][\w'-]*){0,4}(?: (?:cemetery|graveyard|mausoleum|shrine)\b)?")
_WORD = re.compile(r"[\w-]+")
_FACILITIES = frozenset(_PLACES["words"]["facilities"])
_STREET_KINDS = "|".join(_PLACES["words"]["streets"])
_STREET_AFTER = re.compile(rf" (?:{_STREET_KINDS})\b\.?(?! [a-z]+ of)")
_STREET_BEFORE = re.compile(rf"(?:{_STREET_KINDS})\.? (?:and|at|&) $")
_NEWS_KINDS = "|".join(_PLACES["words"]["newspapers"])
_NEWS_AFTER = re.compile(rf"(?:'s)?(?: [A-Z][a-z]+)? (?:{_NEWS_KINDS})\b")
_NEWS_BEFORE = re.compile(r"(?:news|press) agency,? $|\b(?:newspaper|broadcaster|magazine|daily|news site) $")
_CAPITAL = re.compile(r"\b([A-Z][a-z]+) capital\b(?! [A-Z])")  # in "the Yemeni capital Sana'a" the city has its name
_CAPITALISED_AFTER = re.compile(r"(?:'s)? ([A-Z][a-z]+)")
_LIST_SEPARATOR = re.compile(r", (?:and |or )?| and | or | & |/|-")


def name_words(text: str) -> Iterator[Offsets]:
    """The words of a text that names are made of; "U.S." is one word, a possessive 's is left out."""
    for match in _NAME_WORD.finditer(text):
        yield match.span()


def cue_before(text: str, start: int) -> Cue | None:
    """How strongly the words before a name mark it as a place: "in the ancient city of X" strongly, "from X" weakly."""
    before = _HOLDER.sub("", text[max(0, start - _CUE_CHARS) : start])
    words = _TOKENS.findall(before.lower())
    while words and words[-1] in _BETWEEN and words[-1] != "of":
        words.pop()
    if len(words) > 1 and words[-1] == "of" and words[-2] in _BETWEEN:
        return "strong"
    if not words:
        return None
    if len(words) > 1 and words[-1] in ("for", "of", "on") and words[-2] in _CUES["struggles"]:
        return "strong"
    return "strong" if words[-1] in _CUES["strong"] else "weak" if words[-1] in _CUES["weak"] else None


def kind_beside(text: str, start: int, end: int) -> str | None:
    """The feature code that the word behind a name, or "the city of" before it, asks for."""
    if after := _KIND_AFTER.match(text[end : end + _KIND_AFTER_CHARS]):
        words = after.group(1).strip()
        if kind := _kind_of(words) or _kind_of(words.split(" ")[0]):
            return kind
    if before := _KIND_BEFORE.search(text[max(0, start - _KIND_BEFORE_CHARS) : start]):
        words = before.group(1)
        if kind := _kind_of(words) or _kind_of(words.split(" ")[-1]):
            return kind
    return "PPL" if _SETTLEMENT_BEFORE.search(text[max(0, start - _SETTLEMENT_CHARS) : start]) else None


def container_after(text: str, start: int, end: int) -> StatedContainer | None:
    """Where the name that contains another begins: Y in "X, Y", "X in Y", "X, a town in northern Y", "Y's X"."""
    match = _CONTAINER.match(text[end : end + _CONTAINER_CHARS])
    if match is not None:
        part = match["part"] is not None
        return StatedContainer(end + match.end(), match["loose"] is None, part)
    before = max(0, start - _OWNER_CHARS)
    if owner := _OWNER.search(text[before:start]):
        return StatedContainer(before + owner.start("name"), binding=False, of_part=True)
    return None


def next_in_list(text: str, end: int) -> int | None:
    """Where the next name of a list begins: Z in "X, Y and Z"; None where nothing is listed behind a name."""
    match = _NEXT_IN_LIST.match(text[end : end + _SETTLEMENT_CHARS])
    return end + match.end() if match else None


def follows_in_list(text: str, start: int) -> bool:
    """Whether a name stands behind another and a comma: X in "Z, X"."""
    return _AFTER_LIST.search(text[max(0, start - _KIND_BEFORE_CHARS) : start]) is not None


def may_be_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether an abbreviation of a division can stand here: behind a place and a comma, or as "in NSW", "in B.C."."""
    if not _STOP.match(text[end : end + 1]):
        return False
    name = text[start:end]
    if name.isupper() and ("." in name or len(name) > 2):
        return True  # "B.C.", "NSW"
    if name.isupper() and cue_before(text, start) == "strong":
        return True  # "in DC"
    return _BEFORE_ABBREVIATION.search(text[max(0, start - _KIND_BEFORE_CHARS) : start]) is not None


def is_abbreviated_word(word: str) -> bool:
    """Whether a word in lower case is short for the first word of names: "st", "ft"."""
    return word in _ABBREVIATED


def written_out(name: str) -> tuple[str, ...]:
    """The other forms of a name whose first word can be abbreviated: "Saint Louis" of "St. Louis"."""
    first, _, rest = name.partition(" ")
    if not rest:
        first, _, rest = name.partition("-")
    word = first.lower().rstrip(".")
    return tuple(f"{form} {rest}" for form in _ABBREVIATED.get(word, ())) if rest else ()


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a name opens a line as the place a report was sent from: "MOSUL, Iraq (AP) —"."""
    opens = _LINE_START.search(text[max(0, start - _CUE_CHARS) : start]) is not None
    after = text[end : end + _DATELINE_CHARS]
    if opens and text[start:end].isupper() and end - start > len("CNN"):
        return _DATELINE.match(after) is not None or _OPENING.match(after) is not None
    return opens and _DATELINE.match(after) is not None


def is_era(text: str, start: int, end: int) -> bool:
    """Whether a name is part of an era: "AD" in "the third century AD"."""
    return _ERA.search(text[max(0, start - _ERA_CHARS) : end]) is not None


def is_dedication(text: str, start: int, end: int) -> bool:
    """Whether a name is that of a church or cemetery named after a saint: "St. Edward's", "St James' Church"."""
    return _DEDICATION.match(text[start : end + _SETTLEMENT_CHARS]) is not None


def owns_part(text: str, end: int) -> bool:
    """Whether a part, the people or the officials of a place stand behind it: "Mosul's old city", "Leeds police"."""
    match = _OWNED.match(text[end : end + _CUE_CHARS])
    if match is None:
        return False
    words = match["words"].lower().split()
    return words[0] in _INSTITUTIONS or (bool(match["owns"]) and any(w in _PARTS or w in _KIND_WORDS for w in words))


def facility_after(text: str, end: int) -> int | None:
    """Where the name of a facility ends that begins with another name: "Evergreen Cemetery", "Leeds General Hospital".

    None where no such word with a capital stands behind the name.
    """
    match = _FACILITY.match(text[end : end + _CUE_CHARS])
    for word in _WORD.finditer(match.group()) if match else ():
        if is_site_word(word.group().lower()) or word.group() in _FACILITIES:
            return end + word.end()
    return None


def is_street(text: str, start: int, end: int) -> bool:
    """Whether a name is that of a street: "Hertford Road", "the corner of Ninth Street and Main"."""
    if _STREET_AFTER.match(text[end : end + _WORD_CHARS]):
        return True
    return _STREET_BEFORE.search(text[max(0, start - _KIND_BEFORE_CHARS) : start]) is not None


def is_news_source(text: str, start: int, end: int) -> bool:
    """Whether a name is that of a newspaper, an agency or a broadcaster: "the Boston Globe", "Xinhua reported"."""
    if _NEWS_AFTER.match(text[end : end + _WORD_CHARS]):
        return True
    if text[start:end].lower() not in _NEWS_SOURCES:
        return _NEWS_BEFORE.search(text[max(0, start - _KIND_BEFORE_CHARS) : start]) is not None
    return cue_before(text, start) != "strong"


def settlements_named_so(text: str) -> Iterator[Offsets]:
    """The names that the text itself calls a settlement: X in "the village of X"."""
    for match in _settlement_name().finditer(text):
        yield match.span("name")


def capitals_by_people(text: str) -> Iterator[tuple[int, int, str]]:
    """Capitals named by their people only, with the word for them: "the Yemeni capital", "Yemeni"."""
    for match in _CAPITAL.finditer(text):
        yield match.start(), match.end(), match[1]


def capitalised_after(text: str, end: int) -> str | None:
    """The word with a capital right behind a name: "Mosque" behind "Al-Gharbi", "Museum" behind "Mosul's"."""
    match = _CAPITALISED_AFTER.match(text[end : end + _WORD_CHARS])
    return match.group(1) if match else None


def without_possessive(name: str) -> str:
    """The name without the 's at its end."""
    return name.removesuffix("'s")


def is_list_separator(words: str) -> bool:
    """Whether the words between two names make them neighbours in a list: ", ", " and "."""
    return _LIST_SEPARATOR.fullmatch(words) is not None


def is_definite_article(word: str) -> bool:
    """Whether a word is "the"."""
    return word == "the"


def is_article(word: str) -> bool:
    """Whether a word is "the" or "a", which the model takes into its entities."""
    return word in ("the", "a")


def is_title(word: str) -> bool:
    """Whether a word makes the name behind it a person's: "dr", "mayor"."""
    return word in _TITLES


def is_particle(word: str) -> bool:
    """Whether a small word stands inside names: "al", "of", "upon"."""
    return word in _PARTICLES or word in _JOINING


def is_kind_word(word: str) -> bool:
    """Whether a word is part of a phrase for a kind of place: "province", "refugee" of "refugee camp"."""
    return word in _KIND_WORDS


def is_place_word(word: str) -> bool:
    """Whether a word is a kind of place, a compass point or a preposition of place."""
    return word in _PLACE_WORDS


def is_site_word(word: str) -> bool:
    """Whether a word is for a site or object that can be harmed: "mosque", "cemetery"."""
    return word in lexicon().targets


def is_common_word(name: str) -> bool:
    """Whether a place name is more often another word or name: "reading", "march", "omar"."""
    return name in _COMMON_WORDS


def is_people(name: str) -> bool:
    """Whether a name in lower case is that of a people, a religion or a language: "baha'i"."""
    return name in _PEOPLES


def is_university(text: str, start: int) -> bool:
    """Whether a name is that of a university: "the University of Michigan"."""
    return text[:start].endswith(_UNIVERSITIES)


def is_person_by_role(text: str, start: int, end: int) -> bool:
    """Whether a role stands right before a name and another name behind it: "the fighter Israel Adesanya"."""
    if not _NAME_AFTER.match(text[end : end + _WORD_CHARS]):
        return False
    role = _ROLE_BEFORE.search(text[max(0, start - _WORD_CHARS) : start])
    return role is not None and role[1] not in _PLACE_WORDS and not role[1].endswith("ern")


def entity_kind(label: str) -> EntityKind:
    """What a label of OntoNotes 5 stands for."""
    return _ENTITY_KINDS.get(label, "other")


@cache
def acronyms() -> Mapping[str, str]:
    """Names of actors that have more than a first capital, by their lower case: "isis" is "ISIS"."""
    return {n.lower(): n for n in actors().names if n.isascii() and len(n) > 2 and n != n.lower()}


@cache
def _settlement_name() -> re.Pattern[str]:
    kinds = "|".join(_PLACES["kinds"]["PPL"])
    small = "|".join(_PARTICLES - {"and", "the", "of"})
    word = r"[A-Z][^\W\d_]+(?:['-][^\W\d_]+)*"
    name = rf"(?:(?:{small})[- ])?{word}(?:[ -](?:(?:{small})[- ])?{word}){{0,2}}"
    return re.compile(rf"\b(?:{kinds}) of (?P<name>{name})")


def _kind_of(words: str) -> str | None:
    return _KINDS.get(words.lower())
