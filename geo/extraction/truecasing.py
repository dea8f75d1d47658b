"""The capitals of names, restored in a text that has none, so that names and the parser's model recognise it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.extraction.languages.interface import Language, Offsets
from geo.extraction.toponyms.context import WELL_KNOWN_PEOPLE
from geo.gazetteer import Gazetteer

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|\n\s*|[.!?] )([a-z])")
_GAPS = (" ", "-", " - ")  # between two words of one name
# Set by hand on the development reports of 2026.
_MOST_WORDS = 5  # of a name
_LEAST_CHARS = 4  # of a name of one word


class Truecaser:
    """Restores the capitals of names: actors, countries, divisions, larger cities; and of sentences' first letters."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self._gazetteer, self._places = gazetteer, language.places
        self._acronyms = language.places.acronyms()

    def restore(self, text: str) -> str:
        """The lower-cased text with capitals in its names, exactly as long as before."""
        letters = list(text)
        words = [m.span() for m in _WORD.finditer(text)]
        names: set[str] = set()
        for trusted in (False, True):
            i = 0
            while i < len(words):
                length = self._name_length(text, words[i : i + _MOST_WORDS], names, trusted)
                for start, end in words[i : i + length]:
                    letters[start:end] = self._capitalised(text[start:end])
                i += max(1, length)
        for match in _SENTENCE_START.finditer(text):
            letters[match.start(1)] = match.group(1).upper()
        return "".join(letters)

    def _name_length(self, text: str, words: Sequence[Offsets], names: set[str], trusted: bool) -> int:
        """How many of the words, from the first one on, are a name; 0 where none begins there.

        Adds to `names` what the words around it show to be a name; where they are `trusted`, each of `names` is one
        wherever it stands.
        """
        start = words[0][0]
        for length in range(len(words), 0, -1):
            if any(text[words[k - 1][1] : words[k][0]] not in _GAPS for k in range(1, length)):
                continue
            name = text[start : words[length - 1][1]].replace(" - ", "-")
            if name in self._acronyms or (length == 1 and self._gazetteer.demonym(name)):
                return length
            if self._places.is_common_word(name) or (length == 1 and len(name) < _LEAST_CHARS):
                continue
            if (trusted and name in names) or self._is_name(name, text, start):
                names.add(name)
                return length
        return 0

    def _is_name(self, name: str, text: str, start: int) -> bool:
        """Whether a country has the name, or a place that is large or called one here: "the town of jaar"."""
        matches = self._gazetteer.exact(name)
        features = {m.entry.place.feature for m in matches}
        if "PCLI" in features:
            return True
        large = "ADM1" in features or any(m.entry.population >= WELL_KNOWN_PEOPLE for m in matches)
        known = large or " " in name or self._places.kind_beside(text, start, start + len(name)) == "PPL"
        return bool(matches) and known and self._places.cue_before(text, start) is not None

    def _capitalised(self, word: str) -> str:
        acronym = self._acronyms.get(word)
        return acronym if acronym is not None and len(acronym) == len(word) else word[0].upper() + word[1:]
