"""The vocabulary of one language as tables of surface forms, made from its TOML files.

Surface forms, not spaCy's lemmas, are matched: the small English model makes "graf" of "graves" and "corps" of
"corpses", and takes a headline's verb for a noun.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

_WORDS = re.compile(r"\w+")
GOODS = "goods"  # objects kept in a place: they take the type of the place that they are in
_WORSHIP_AND_MONUMENTS = "heritage"  # the row of the incident types for targets without a row of their own


class LexiconError(ValueError):
    """A table of the lexicon that contradicts itself; the message names the table and the entry."""


class Morphology(Protocol):
    """The forms of a language's words."""

    def verb_forms(self, verb: str) -> set[str]:
        """Every form of a verb given by its base form."""

    def noun_forms(self, noun: str) -> set[str]:
        """The singular and the plural of a noun."""


@dataclass(frozen=True, slots=True)
class Act:
    """One way to express an act: its class, and what must stand beside its verb.

    `weak`: it counts only with a target as its own object. `participle`: its participle before a noun counts too.
    `priority` orders the acts of one form, the lowest first.
    """

    act_class: str
    particles: tuple[str, ...]
    weak: bool
    participle: bool
    priority: int


class Lexicon:
    """All tables. `verbs` maps a form to its acts, most particles first; `targets` a target noun to its type."""

    def __init__(self, acts: Mapping[str, Any], targets: Mapping[str, Any], morphology: Morphology) -> None:
        self._morphology = morphology
        self._types: dict[str, dict[str, str]] = acts["types"]
        self.verbs: dict[str, list[Act]] = {}
        self.base_verbs: set[str] = set()
        self.nouns: dict[str, Act] = {}
        _check_acts(acts["act"])
        for row in sorted(acts["act"], key=lambda row: int(row["priority"])):
            self._add_act(row)
        for acts_of_form in self.verbs.values():
            acts_of_form.sort(key=lambda act: -len(act.particles))  # "break into pieces" before "break into"
        self.features: dict[str, str] = targets["features"]
        self.parts = self._all_forms(targets["parts"]["words"])
        self.heirlooms = frozenset(targets[GOODS]["heirlooms"])
        self.revered = frozenset(targets["revered"]["words"])
        self.name_kinds = frozenset(targets["names"]["kinds"])
        self.stand_ins = frozenset(targets["stand_ins"]["words"])
        self.targets = self._target_forms(targets["types"] | {GOODS: targets[GOODS]["words"]})

    def _all_forms(self, nouns: Iterable[str]) -> set[str]:
        return {form for noun in nouns for form in self._morphology.noun_forms(noun)}

    def _target_forms(self, types: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The type of each form of each target noun."""
        _check_repeated("targets.toml", [word for words in types.values() for word in words])
        forms: dict[str, str] = {}
        for target_type, words in types.items():
            for word in words:
                for form in self._morphology.noun_forms(word):
                    forms.setdefault(form, target_type)
        return forms

    def _add_act(self, row: Mapping[str, Any]) -> None:
        weak, participle, priority = row.get("weak", False), row.get("participle", True), row["priority"]
        for phrase in row["verbs"]:
            verb, *particles = phrase.split()
            self.base_verbs.add(verb)
            act = Act(row["class"], tuple(particles), weak, participle, priority)
            for form in self._morphology.verb_forms(verb):
                self.verbs.setdefault(form, []).append(act)
        for form in self._all_forms(row.get("nouns", ())):
            self.nouns[form] = Act(row["class"], (), weak, False, priority)

    def incident_type(self, act_class: str, target_type: str) -> str | None:
        """The code for an act of a class on a target; None where that is not an incident."""
        row = self._types.get(target_type) or self._types[_WORSHIP_AND_MONUMENTS]
        return row.get(act_class, row["other"]) or None

    @cached_property
    def longest_target(self) -> int:
        """How many words the longest target noun has."""
        return max(len(words.split()) for words in self.targets)

    @cached_property
    def target_endings(self) -> frozenset[str]:
        """The last words of the target nouns: only these words can end a target."""
        return _endings(self.targets)

    @cached_property
    def noun_endings(self) -> frozenset[str]:
        """The last words of the nouns that express acts."""
        return _endings(self.nouns)

    def may_hold_incident(self, text: str, names_site: Callable[[str], bool]) -> bool:
        """Whether a text has a word for an act and one for a target; where it does not, it cannot make a claim.

        `names_site` says whether it names a known site, which is a target without any word for its kind.
        """
        words = frozenset(_WORDS.findall(text.lower()))
        return _has_any(self._act_words, words) and (_has_any(self._target_words, words) or names_site(text))

    @cached_property
    def _act_words(self) -> WordSets:
        verbs = ((form, *act.particles) for form, acts in self.verbs.items() for act in acts)
        return _word_sets((*verbs, *((noun,) for noun in self.nouns)))

    @cached_property
    def _target_words(self) -> WordSets:
        return _word_sets((words,) for words in self.targets)


def _endings(phrases: Iterable[str]) -> frozenset[str]:
    """The last word of each phrase, with and without what a hyphen joins to it."""
    return frozenset(end for phrase in phrases for end in (phrase.split()[-1], _WORDS.findall(phrase)[-1]))


WordSets = dict[str, list[frozenset[str]]]  # the words that each phrase needs, by its first word


def _word_sets(phrases: Iterable[tuple[str, ...]]) -> WordSets:
    sets: WordSets = {}
    for phrase in phrases:
        words = _WORDS.findall(" ".join(phrase))
        sets.setdefault(words[0], []).append(frozenset(words))
    return sets


def _has_any(phrases: WordSets, words: frozenset[str]) -> bool:
    return any(needed <= words for first in phrases.keys() & words for needed in phrases[first])


def _check_acts(rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse rows that only their order in the file would tell apart."""
    _check_repeated("acts.toml: priority", [str(row["priority"]) for row in rows])
    _check_repeated("acts.toml: noun", [noun for row in rows for noun in row.get("nouns", ())])
    _check_repeated("acts.toml: verb", [f"{verb} ({row['class']})" for row in rows for verb in row["verbs"]])


def _check_repeated(table: str, entries: Iterable[str]) -> None:
    repeated = sorted(entry for entry, times in Counter(entries).items() if times > 1)
    if repeated:
        raise LexiconError(f"{table}: given twice: {', '.join(repeated)}; keep one of each")
