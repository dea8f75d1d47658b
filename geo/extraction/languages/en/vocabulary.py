"""The vocabulary of extraction, read once from TOML and turned into tables of surface forms.

Surface forms, not spaCy's lemmas, carry the match: the small model makes "graf" of "graves" and "corps" of
"corpses", and takes a headline's verb for a noun.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("lexicon")

_WORDS = re.compile(r"\w+")
_IRREGULAR = {
    "blow": ("blew", "blown"),
    "tear": ("tore", "torn"),
    "break": ("broke", "broken"),
    "dig": ("dug", "dug"),
    "steal": ("stole", "stolen"),
    "find": ("found", "found"),
    "take": ("took", "taken"),
    "strike": ("struck", "struck"),
    "hit": ("hit", "hit"),
    "set": ("set", "set"),
    "burn": ("burned", "burned", "burnt"),
    "shoot": ("shot", "shot"),
    "come": ("came", "come"),
    "slay": ("slew", "slain"),
    "hide": ("hid", "hidden"),
    "know": ("knew", "known"),
    "bring": ("brought", "brought"),
    "cut": ("cut", "cut"),
    "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"),
    "get": ("got", "gotten"),
    "go": ("went", "gone"),
    "hang": ("hung", "hung", "hanged"),
    "leave": ("left", "left"),
    "lie": ("lay", "lain", "lying"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "saw": ("sawed", "sawn"),
    "stick": ("stuck", "stuck"),
    "string": ("strung", "strung"),
    "throw": ("threw", "thrown"),
    "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"),
}
_DOUBLES = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]|(?:dis)?inter")  # verbs that double their last letter
_FINAL_L = ("level", "shovel", "bedevil", "chisel")


def verb_forms(verb: str) -> set[str]:
    """Every form of an English verb: "dig" gives dig, digs, digging, dug."""
    if verb.endswith("e"):
        past, ing = verb + "d", verb[:-1] + "ing"
    elif re.search(r"[^aeiou]y$", verb):
        past, ing = verb[:-1] + "ied", verb + "ing"
    elif _DOUBLES.fullmatch(verb):
        past, ing = verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    else:
        past, ing = verb + "ed", verb + "ing"
    forms = {verb, noun_plural(verb), ing, *(_IRREGULAR.get(verb) or (past,))}
    if verb in _FINAL_L:
        forms |= {verb + "led", verb + "ling"}
    return forms


def noun_plural(noun: str) -> str:
    """The English plural: "cemetery" gives cemeteries, "church" churches."""
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """One pattern for a list of the lexicon's regular expressions, each as whole words."""
    return re.compile(r"\b(?:" + "|".join(expressions) + r")\b")


def load(name: str) -> dict[str, Any]:
    """One file of the lexicon."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Act:
    """A deed: its class, the words its verb must have beside it, and whether it needs its own object."""

    act_class: str
    particles: tuple[str, ...]
    weak: bool
    participle: bool


class Lexicon:
    """All tables. `verbs` maps a form to its deeds, `targets` the words of a target noun to its type."""

    def __init__(self) -> None:
        acts = load("acts")
        self.robbers = frozenset(acts["robbers"]["words"])
        self.types: dict[str, dict[str, str]] = acts["types"]
        self.verbs: dict[str, list[Act]] = {}
        self.base_verbs: set[str] = set()
        self.nouns: dict[str, Act] = {}
        for row in acts["act"]:
            self._add_act(row)
        for acts_of_form in self.verbs.values():
            acts_of_form.sort(key=lambda act: -len(act.particles))  # "break into pieces" before "break into"
        targets = load("targets")
        self.features: dict[str, str] = targets["features"]
        self.parts: set[str] = {f for word in targets["parts"]["words"] for f in (word, noun_plural(word))}
        self.heirlooms = frozenset(targets["goods"]["heirlooms"])
        self.revered = frozenset(targets["revered"]["words"])
        self.name_kinds = frozenset(targets["names"]["kinds"])
        self.stand_ins = frozenset(targets["stand_ins"]["words"])
        self.targets: dict[str, str] = {}
        kinds = targets["types"] | {"goods": targets["goods"]["words"]}
        for target_type, words in kinds.items():
            for word in words:
                self.targets.setdefault(word, target_type)
                self.targets.setdefault(noun_plural(word), target_type)
        self.modality = load("modality")

    def _add_act(self, row: dict[str, Any]) -> None:
        weak, participle = row.get("weak", False), row.get("participle", True)
        for phrase in row["verbs"]:
            verb, *particles = phrase.split()
            self.base_verbs.add(verb)
            for form in verb_forms(verb):
                self.verbs.setdefault(form, []).append(Act(row["class"], tuple(particles), weak, participle))
        for noun in row.get("nouns", ()):
            for form in (noun, noun_plural(noun)):
                self.nouns[form] = Act(row["class"], (), weak, False)

    def incident_type(self, act_class: str, target_type: str) -> str | None:
        """The contract's code for such a deed on such a target; None where that is no incident."""
        row = self.types.get(target_type) or self.types["heritage"]
        return row.get(act_class, row["other"]) or None

    @cached_property
    def longest_target(self) -> int:
        """How many words the longest target has."""
        return max(len(words.split()) for words in self.targets)

    def triggered(self, text: str, names_site: Callable[[str], bool]) -> bool:
        """Whether a text holds a deed and a target at all; where it does not, nothing need be parsed.

        `names_site` tells whether it names a known site, which is a target without any word for its kind.
        """
        words = frozenset(_WORDS.findall(text.lower()))
        return _any_within(self._act_words, words) and (_any_within(self._target_words, words) or names_site(text))

    @cached_property
    def _act_words(self) -> Needed:
        verbs = ((form, *act.particles) for form, acts in self.verbs.items() for act in acts)
        return _needed((*verbs, *((noun,) for noun in self.nouns)))

    @cached_property
    def _target_words(self) -> Needed:
        return _needed((words,) for words in self.targets)


Needed = dict[str, list[frozenset[str]]]  # by one word of each phrase, the words that it needs


def _needed(phrases: Iterable[tuple[str, ...]]) -> Needed:
    found: Needed = {}
    for phrase in phrases:
        words = _WORDS.findall(" ".join(phrase))
        found.setdefault(words[0], []).append(frozenset(words))
    return found


def _any_within(needed: Needed, words: frozenset[str]) -> bool:
    return any(one <= words for first in needed.keys() & words for one in needed[first])


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one lexicon of the process."""
    return Lexicon()
