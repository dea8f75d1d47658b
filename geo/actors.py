"""The registry of canonical actors: who may have done it, for extraction and for imported datasets.

The table is `actors.toml` beside this module. It is not part of a language: it has each actor's names in all languages,
and the canonical names are those of the exported data.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.gazetteer.names import plain

TABLE = Path(__file__).with_name("actors.toml")
WORDS = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")  # the words of an actor's name


@dataclass(frozen=True, slots=True)
class Actor:
    """A canonical actor and its category, one of ACLED's actor types.

    `generic` is a kind of people rather than an organisation ("Militants"); `unknown` leaves the perpetrator's name
    Unknown. `state` is the country of an actor that a text names as a state ("Israel destroyed").
    """

    name: str
    category: str
    generic: bool = False
    unknown: bool = False
    state: str | None = None


class ActorRegistry:
    """The actors of a table, by their names. Use `actors()` for the project's own table.

    `names` are all names of all actors, in the order of the table. `by_name` has each actor by its canonical name,
    `by_alias` by the key of any of its names, and `exact` by the names that count only in this very spelling ("IS").
    """

    def __init__(self, path: Path = TABLE) -> None:
        self.by_name: dict[str, Actor] = {}
        self.by_alias: dict[str, Actor] = {}
        self.exact: dict[str, Actor] = {}
        self.names: list[str] = []
        self._by_lower_case: dict[str, Actor] = {}
        with path.open("rb") as file:
            rows = tomllib.load(file)["actor"]
        for row in rows:
            actor = Actor(row["name"], row["category"], row.get("generic", False), row.get("unknown", False))
            names, exact = (actor.name, *row.get("aliases", ())), row.get("exact", ())
            self.by_name[actor.name] = actor
            self.by_alias |= {name_key(name): actor for name in names}
            self.exact |= dict.fromkeys(exact, actor)
            self.names += [*names, *exact]
            self._by_lower_case |= {name.lower(): actor for name in (*names, *exact)}

    def of_force(self, name: str, category: str) -> Actor:
        """The actor of a force's name ("Syrian forces"): the table's, or a new one of the category."""
        return self.by_alias.get(name_key(name)) or Actor(name, category)

    def canonical(self, name: str) -> str | None:
        """The canonical name of the actor with this name, in any case; None for a name that the table lacks."""
        actor = self._by_lower_case.get(name.lower())
        return actor.name if actor else None


def name_key(name: str) -> str:
    """A name in the form under which `by_alias` has it: its words without accents, case and hyphens."""
    return " ".join(plain(word) for word in WORDS.findall(name.replace("-", " ")))


@lru_cache(maxsize=1)
def actors() -> ActorRegistry:
    """The registry of this process."""
    return ActorRegistry()
