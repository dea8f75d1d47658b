"""Place names in a text: from the gazetteer and from spaCy's entities, sifted by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.extraction.document import Document
from geo.extraction.vocabulary import load
from geo.gazetteer import Gazetteer, Match

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*")
_GAP = re.compile(r" |-| - ")
_LONGEST = 6
_PLACE_LABELS = ("GPE", "LOC", "FAC")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name as it stands: offsets, what it looks up as, and what its words say about it.

    `kind` is the feature code that words beside the name ask for; `within` the name that contains it ("X, Y").
    """

    start: int
    end: int
    name: str
    kind: str | None
    within: str | None
    matches: tuple[Match, ...]


class Spotter:
    """Finds the place names of a document."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def spot(self, document: Document) -> list[Mention]:
        """Every place name, in order; `matches` is empty where the gazetteer has none of the name."""
        taken: list[tuple[int, int]] = []
        found: list[Mention] = []
        for start, end, matches in self._scan(document):
            if document.paragraph_of(start) is not None and _is_place(document, start, end, matches):
                taken.append((start, end))
                found.append(self._mention(document, start, end, matches))
        for start, end in self._named_by_model(document):
            if not any(a < end and start < b for a, b in taken):
                name = document.doc.text[start:end]
                matches = self._gazetteer.exact(name) or self._gazetteer.exact_spelling(name)
                found.append(self._mention(document, start, end, matches))
        return sorted(found, key=lambda m: m.start)

    def _scan(self, document: Document) -> Iterator[tuple[int, int, tuple[Match, ...]]]:
        """The longest run of words, from each capital on, that the gazetteer has as a name."""
        text = document.doc.text
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        i = 0
        while i < len(words):
            reach = 1
            if text[words[i][0]].isupper() or not text[words[i][0]].isascii():
                for j, matches in self._runs(text, words, i):
                    yield words[i][0], words[j][1], matches
                    reach = j - i + 1
                    break
            i += reach

    def _runs(self, text: str, words: list[tuple[int, int]], i: int) -> Iterator[tuple[int, tuple[Match, ...]]]:
        last = i
        for j in range(i + 1, min(len(words), i + _LONGEST)):
            word = text[words[j][0] : words[j][1]]
            if not _GAP.fullmatch(text[words[j - 1][1] : words[j][0]]) or not (
                word[0].isupper() or word in _particles() or not word.isascii() or word in _kind_words()
            ):
                break
            last = j
        for j in range(last, i - 1, -1):
            name = text[words[i][0] : words[j][1]]
            if text[words[j][0] : words[j][1]] in _particles():
                continue
            matches = self._gazetteer.exact(name)
            if not matches and j > i and text[words[i][0] : words[i][1]].lower() != "the":
                matches = self._gazetteer.exact_spelling(name)
            if matches:
                yield j, matches

    def _named_by_model(self, document: Document) -> Iterator[tuple[int, int]]:
        """Entities that spaCy takes for places and no other sign speaks against."""
        for ent in document.doc.ents:
            if ent.label_ not in ("GPE", "LOC") or document.paragraph_of(ent.start_char) is None:
                continue
            start = ent.start + (ent[0].lower_ in ("the", "a"))
            before = document.doc[start - 1] if start else None
            person = before is not None and before.pos_ == "PROPN" and before.text.isalpha()
            if start < ent.end and document.doc[start].text[0].isupper() and not person:
                yield document.doc[start].idx, ent.end_char

    def _mention(self, document: Document, start: int, end: int, matches: tuple[Match, ...]) -> Mention:
        text = document.doc.text
        within = re.match(r",? (?:in |, )?(?:the )?((?:[A-Z][\w'-]+ ?){1,3})", text[end : end + 60])
        return Mention(
            start,
            end,
            document.report.text[start:end],
            _kind_beside(text, start, end),
            within.group(1).strip() if within and text[end : end + 1] in ", " else None,
            matches,
        )


def _is_place(document: Document, start: int, end: int, matches: tuple[Match, ...]) -> bool:
    """Whether a name of the gazetteer is meant as a place here."""
    tokens = document.tokens(start, end)
    name = document.doc.text[start:end].lower()
    labels = {t.ent_type_ for t in tokens}
    ent_words = max((len(e) for e in document.doc.ents if e.start_char <= start < e.end_char), default=0)
    cue = cue_before(document.doc.text, start)
    own = any(m.entry.place.feature not in ("PPL", "ADM1", "PPLC") for m in matches)
    if not tokens or (_in_longer_name(document, start) and not own):
        return False
    if name in places()["words"]["common"] or (len(name) < 3 and not own):
        return cue == "strong" and "GPE" in labels
    if labels & set(_PLACE_LABELS) or (own and tokens[0].pos_ == "PROPN" and "PERSON" not in labels):
        return True
    if labels & {"PERSON", "NORP"}:
        return cue == "strong" and ent_words <= len(tokens)
    if labels & {"ORG", "PRODUCT", "EVENT"}:
        return ent_words <= len(tokens) + 1 and (cue is not None or own or _is_big(matches))
    return cue == "strong" or (tokens[0].pos_ == "PROPN" and (cue is not None or _is_big(matches) or len(tokens) > 2))


def _in_longer_name(document: Document, start: int) -> bool:
    """Whether a capitalised word right before a name makes it part of another ("Arab Spring")."""
    before = document.doc.text[max(0, start - 30) : start]
    match = re.search(r"(?:^|[^.!?\n] |[^\w\s])([A-Z][a-z]+) $", before)
    word = match.group(1).lower() if match else ""
    known = {
        *places()["cues"]["compass"],
        *places()["cues"]["between"],
        *places()["cues"]["strong"],
        *_kind_words(),
    }
    tokens = document.tokens(start - 2, start - 1) if word else []
    return bool(word) and word not in known and tokens[-1].ent_type_ not in ("NORP", "GPE", "LOC", "DATE")


def _is_big(matches: tuple[Match, ...]) -> bool:
    return any(m.entry.population > 50_000 or m.entry.place.feature in ("PCLI", "ADM1", "PPLC") for m in matches)


def cue_before(text: str, start: int) -> str | None:
    """How strongly the words before a name make it a place: "strong", "weak" or not at all."""
    words = re.findall(r"[\w-]+|[.,;:!?\"()]", text[max(0, start - 60) : start].lower())
    between = {*places()["cues"]["compass"], *places()["cues"]["between"]}
    strong, weak = places()["cues"]["strong"], places()["cues"]["weak"]
    while words and words[-1] in between and words[-1] not in ("of",):
        words.pop()
    if len(words) > 1 and words[-1] == "of" and words[-2] in between:
        return "strong"
    if not words:
        return None
    return "strong" if words[-1] in strong else "weak" if words[-1] in weak else None


def _kind_beside(text: str, start: int, end: int) -> str | None:
    """The feature code that the word behind a name, or "the city of" before it, asks for."""
    after = re.match(r"(?:'s)?[ -]((?:[\w-]+ ?){1,2})", text[end : end + 30])
    if after:
        for words in (after.group(1).strip(), after.group(1).split(" ")[0]):
            if words.lower() in _kind_of():
                return _kind_of()[words.lower()]
    before = re.search(r"((?:[\w-]+ )?[\w-]+) of (?:the )?$", text[max(0, start - 40) : start])
    if before:
        for words in (before.group(1), before.group(1).split(" ")[-1]):
            if words.lower() in _kind_of():
                return _kind_of()[words.lower()]
    before = re.search(r"\b(city|town|village) $", text[max(0, start - 10) : start])
    return "PPL" if before else None


@lru_cache(maxsize=1)
def places() -> dict[str, Any]:
    """Words about places."""
    return load("places")


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(places()["particles"])


@lru_cache(maxsize=1)
def _kind_of() -> dict[str, str]:
    return {word: code for code, words in places()["kinds"].items() for word in words}


@lru_cache(maxsize=1)
def _kind_words() -> frozenset[str]:
    return frozenset(word for words in _kind_of() for word in words.split())
