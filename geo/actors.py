"""The registry of canonical actors: one name and category for each body, whatever reports and datasets call it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.gazetteer.names import plain

# Canonical names are English, so the table is part of the English lexicon; its aliases are of every script.
_TABLE = Path(__file__).parent / "extraction" / "languages" / "en" / "lexicon" / "actors.toml"
WORDS = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")  # the words of a name: letters, with inner full stops and apostrophes


@dataclass(frozen=True, slots=True)
class Actor:
    """A canonical actor with ACLED's actor type. `generic` is a kind of people rather than an organisation.

    `unknown` leaves the perpetrator's name Unknown. `state` is the ISO code of a country that is itself named as the
    agent ("Israel destroyed"): its forces, or at home its authorities.
    """

    name: str
    category: str
    generic: bool = False
    unknown: bool = False
    state: str | None = None


class ActorRegistry:
    """Canonical actors by name and by alias."""

    def __init__(self, table: Path = _TABLE) -> None:
        self.names: list[str] = []
        self._by_name: dict[str, Actor] = {}
        self._by_alias: dict[str, Actor] = {}
        self._exact: dict[str, Actor] = {}
        for row in tomllib.loads(table.read_text(encoding="utf-8"))["actor"]:
            actor = Actor(row["name"], row["category"], row.get("generic", False), row.get("unknown", False))
            self._by_name[actor.name] = actor
            aliases = (actor.name, *row.get("aliases", ()))
            self._by_alias |= {folded_name(alias): actor for alias in aliases}
            self._exact |= dict.fromkeys(row.get("exact", ()), actor)
            self.names += [*aliases, *row.get("exact", ())]
        self.first_words = frozenset(key.split(" ")[0] for key in self._by_alias)

    def named(self, name: str) -> Actor | None:
        """The actor of a canonical name."""
        return self._by_name.get(name)

    def by_alias(self, words: str) -> Actor | None:
        """The actor of an alias in folded words (`folded_name`)."""
        return self._by_alias.get(words)

    def by_exact_alias(self, text: str) -> Actor | None:
        """The actor of an alias that counts in its exact case only ("IS")."""
        return self._exact.get(text)

    def canonical(self, name: str) -> str:
        """The canonical name of an actor; a name that the registry does not have stays as it is."""
        actor = self.by_alias(folded_name(name)) or self.by_exact_alias(name)
        return actor.name if actor else name

    def of_force(self, name: str, category: str) -> Actor:
        """The actor of a force's name ("Syrian forces"): the registry's, or a new one of the category."""
        return self.by_alias(folded_name(name)) or Actor(name, category)


def folded_name(name: str) -> str:
    """The words of a name without case, accents and hyphens, by which aliases are compared."""
    return " ".join(plain(word) for word in WORDS.findall(name.replace("-", " ")))


@cache
def registry() -> ActorRegistry:
    """The one registry of the process."""
    return ActorRegistry()
