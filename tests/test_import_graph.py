"""No module imports another that leads back to it, not even inside a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from geo.settings import PROJECT


def name_of(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


SOURCES = {name_of(p): p for folder in ("geo", "dashboard") for p in sorted((PROJECT / folder).rglob("*.py"))}


def imported(tree: ast.AST, known: set[str]) -> Iterator[str]:
    """The modules that a module imports when it is run or one of its functions is called.

    `from package import module` leads to the module, `from package import name` to the package's own file.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not used here"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in known else str(node.module)
        yield from imported(node, known)


def graph(sources: dict[str, str]) -> dict[str, set[str]]:
    known = set(sources)
    return {name: {i for i in imported(ast.parse(text), known) if i in known} for name, text in sources.items()}


def test_there_are_no_import_cycles() -> None:
    modules = graph({name: path.read_text() for name, path in SOURCES.items()})
    assert len(modules) > 100
    TopologicalSorter(modules).prepare()


@pytest.mark.parametrize(
    ("inside", "is_cycle"),
    [
        ("from pack import b", True),
        ("def f():\n    from pack.b import x", True),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pack.b import x", False),
    ],
)
def test_a_cycle_is_seen_also_inside_a_function(inside: str, is_cycle: bool) -> None:
    modules = graph({"pack": "", "pack.a": inside, "pack.b": "import pack.a\nx = 1"})
    if is_cycle:
        with pytest.raises(CycleError):
            TopologicalSorter(modules).prepare()
    else:
        TopologicalSorter(modules).prepare()


def test_the_store_does_not_know_how_claims_are_linked() -> None:
    modules = graph({name: path.read_text() for name, path in SOURCES.items()})
    for name, imports in modules.items():
        if name.startswith("geo.store"):
            assert not any(i.startswith(("geo.linking", "geo.ingest")) for i in imports), name
