"""The registry of actors: every name leads to one canonical actor."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.actors import ActorRegistry, actors, name_key
from geo.model import ACTOR_CATEGORIES

TABLE = """
[[actor]]
name = "Islamic State"
category = "rebel_group"
aliases = ["Daesh", "Al-Dawla", "Etat islamique"]
exact = ["IS"]

[[actor]]
name = "Militants"
category = "rebel_group"
generic = true
"""


@pytest.fixture
def registry(tmp_path: Path) -> ActorRegistry:
    (tmp_path / "actors.toml").write_text(TABLE)
    return ActorRegistry(tmp_path / "actors.toml")


def test_a_name_in_any_case_has_its_canonical_name(registry: ActorRegistry) -> None:
    for name in ("Islamic State", "daesh", "ETAT ISLAMIQUE", "IS"):
        assert registry.canonical(name) == "Islamic State"
    assert registry.canonical("Islamic Front") is None


def test_aliases_are_known_without_hyphens_and_exact_names_only_as_they_are(registry: ActorRegistry) -> None:
    assert registry.by_alias[name_key("al dawla")].name == "Islamic State"
    assert name_key("is") not in registry.by_alias
    assert registry.exact["IS"].name == "Islamic State"
    assert "is" not in registry.exact
    assert registry.names == ["Islamic State", "Daesh", "Al-Dawla", "Etat islamique", "IS", "Militants"]


def test_what_the_table_says_of_an_actor_is_kept(registry: ActorRegistry) -> None:
    militants = registry.by_name["Militants"]
    assert (militants.category, militants.generic, militants.unknown) == ("rebel_group", True, False)


def test_the_projects_own_table_is_sound() -> None:
    assert len(actors().by_name) > 100
    for name, actor in actors().by_name.items():
        assert actor.category in ACTOR_CATEGORIES, name
        assert actors().canonical(name) == name
