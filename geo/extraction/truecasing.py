"""Capitals given back to a text that has none, so that names and the parser's model know it again."""

from __future__ import annotations

import re

from geo.actors import actors
from geo.extraction.toponyms.context import common_words, cue_before, kind_beside
from geo.gazetteer import Gazetteer

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 5
_BIG = 20_000  # people; a smaller place's name is taken for a word unless something calls it a place


class Caser:
    """Restores the capitals of names: actors, countries, divisions, larger cities; sentences' first letters."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._common = common_words()
        self._acronyms = {name.lower(): name for name in actors().names if _is_spelled(name)}

    def cased(self, text: str) -> str:
        """The text with names in capitals, letter for letter as long as before."""
        letters = list(text)
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        names: set[str] = set()
        for certain in (True, False):
            i = 0
            while i < len(words):
                reach = self._name_at(text, words, i, names, certain)
                for start, end in words[i : i + reach]:
                    letters[start:end] = _capital(text[start:end], self._acronyms)
                i += max(1, reach)
        for match in re.finditer(r"(?:^|\n\s*|[.!?] )([a-z])", text):
            letters[match.start(1)] = match.group(1).upper()
        return "".join(letters)

    def _name_at(self, text: str, words: list[tuple[int, int]], i: int, names: set[str], certain: bool) -> int:
        """How many words from `i` on are a name. The second round trusts names found in the first."""
        for j in range(min(len(words), i + _LONGEST) - 1, i - 1, -1):
            if any(text[words[k][1] : words[k + 1][0]] not in (" ", "-", " - ") for k in range(i, j)):
                continue
            name = text[words[i][0] : words[j][1]].replace(" - ", "-")
            if name in self._acronyms or (i == j and self._gazetteer.demonym(name)):
                return j - i + 1
            if name in self._common or (i == j and len(name) < 4):
                continue
            if (not certain and name in names) or self._is_name(name, text, words[i][0]):
                names.add(name)
                return j - i + 1
        return 0

    def _is_name(self, name: str, text: str, start: int) -> bool:
        matches = self._gazetteer.exact(name)
        features = {m.entry.place.feature for m in matches}
        if "PCLI" in features:
            return True
        big = "ADM1" in features or any(m.entry.population >= _BIG for m in matches)
        known = big or " " in name or kind_beside(text, start, start + len(name)) == "PPL"  # "the town of jaar"
        return bool(matches) and known and cue_before(text, start) is not None


def _is_spelled(name: str) -> bool:
    """Whether a name in Latin letters has a spelling of its own to restore."""
    return name.isascii() and len(name) > 2 and name != name.lower()


def _capital(word: str, acronyms: dict[str, str]) -> str:
    known = acronyms.get(word)
    return known if known is not None and len(known) == len(word) else word[0].upper() + word[1:]
