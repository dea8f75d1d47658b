"""Rules about the repository as a whole. Each check is a function that is also tried on a sample that breaks the rule."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.settings import PROJECT

SOURCES = [p for folder in ("geo", "dashboard") for p in sorted((PROJECT / folder).rglob("*.py"))]
# Running text as code, unpickling, and writing HTML that the browser does not escape.
UNSAFE = {
    "eval", "exec", "__import__", "pickle", "cPickle", "dill", "marshal", "shelve", "read_pickle", "to_pickle",
    "to_html", "unsafe_allow_html",
}  # fmt: skip
LARGEST_BYTES = 5_000_000
LARGER_FILES: set[str] = set()  # tracked files that may be larger, each with its reason
PHRASE_WORDS = 6  # a shared run of this many words is copied; an actor's name in full has up to five
LAYOUT = (ast.Expr, ast.If, ast.With, ast.For, ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)
IMPORT_ALL = """
import importlib, pathlib, sys
for path in pathlib.Path("geo").rglob("*.py"):
    parts = path.with_suffix("").parts
    if "migrations" not in parts and parts[-1] != "__main__":
        importlib.import_module(".".join(p for p in parts if p != "__init__"))
print("streamlit" in sys.modules)
"""


def geo_loads_streamlit(root: Path) -> bool:
    """Whether importing every module of the package `geo` in a folder also imports Streamlit."""
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


def test_geo_never_loads_streamlit() -> None:
    assert not geo_loads_streamlit(PROJECT)


def test_the_check_sees_an_indirect_import_of_streamlit(tmp_path: Path) -> None:
    package = tmp_path / "geo"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "page.py").write_text("from importlib import import_module\nimport_module('streamlit')\n")
    assert geo_loads_streamlit(tmp_path)


def unsafe_names(source: str) -> set[str]:
    """Unsafe names that a module mentions in any way: as a name, attribute, argument, import or whole string."""
    return {name for node in ast.walk(ast.parse(source)) for name in mentioned(node)} & UNSAFE


def mentioned(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield name
        case ast.keyword(arg=str(name)) | ast.Constant(value=str(name)):
            yield name
        case ast.alias(name=name) | ast.ImportFrom(module=str(name)):
            yield from name.split(".")


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PROJECT)))
def test_nothing_unsafe_is_mentioned(path: Path) -> None:
    assert unsafe_names(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "sample",
    [
        "eval('1')",
        "run = exec",
        "import builtins\nbuiltins.eval('1')",
        "from pickle import loads",
        "import pickle as p",
        "from pandas import read_pickle as read",
        "deck.to_html('x')",
        "getattr(deck, 'to_html')()",
        "st.markdown(text, unsafe_allow_html=True)",
        "st.markdown(text, **{'unsafe_allow_html': True})",
        "import_module('pickle')",
    ],
)
def test_the_check_sees_what_is_unsafe(sample: str) -> None:
    assert unsafe_names(sample)


def beyond_layout(source: str) -> list[str]:
    """What a view holds besides layout: definitions, lambdas, comprehensions, and imports other than the page's own."""
    tree = ast.parse(source)
    extra = [ast.dump(node)[:60] for node in tree.body if not isinstance(node, LAYOUT)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.ListComp | ast.DictComp | ast.SetComp):
            extra.append(type(node).__name__)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            extra += [name for name in names if name.split(".")[0] not in ("streamlit", "dashboard", "__future__")]
    return extra


@pytest.mark.parametrize("path", sorted((PROJECT / "dashboard" / "views").glob("*.py")), ids=lambda p: p.name)
def test_views_hold_layout_only(path: Path) -> None:
    assert beyond_layout(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "sample",
    [
        "def f(): pass",
        "f = lambda x: x",
        "import pandas",
        "from geo.store import Store",
        "rows = [r for r in all_rows]",
    ],
)
def test_the_check_sees_code_in_a_view(sample: str) -> None:
    assert beyond_layout(sample)


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def copied_phrases(strings: list[str], reports: list[str]) -> set[str]:
    """Strings of the code with a run of PHRASE_WORDS words that stands in a report."""
    runs = {run for report in reports for run in runs_of(report)}
    return {text for text in strings if runs & set(runs_of(text))}


def runs_of(text: str) -> list[str]:
    words = words_of(text)
    return [" ".join(words[i : i + PHRASE_WORDS]) for i in range(len(words) - PHRASE_WORDS + 1)]


def strings_in(path: Path) -> list[str]:
    """String values of a Python module (but for docstrings) or of a TOML file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        return list(leaves(tomllib.loads(text)))
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docstrings]
    return [n.value for n in nodes if isinstance(n.value, str)]


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from leaves(inner)


def test_no_rule_is_copied_from_a_seed_report() -> None:
    """A rule for one report is a defect: neither the code nor the lexicon quotes one or names its file."""
    paths = [*(PROJECT / "geo" / "extraction").rglob("*.py"), *(PROJECT / "geo").rglob("*.toml")]
    strings = [text for path in paths for text in strings_in(path)]
    seeds = sorted((PROJECT / "seeds").glob("*.txt"))
    assert len(strings) > 1000
    assert len(seeds) == 5
    assert copied_phrases(strings, [p.read_text(encoding="utf-8") for p in seeds]) == set()
    assert {text for text in strings for p in seeds if p.stem.split("_")[1] in text} == set()


def test_the_check_sees_a_copied_phrase() -> None:
    report = "Residents said that the hilltop cemetery outside the town was levelled."
    assert copied_phrases(["the hilltop cemetery outside the town"], [report])
    assert not copied_phrases(["the cemetery outside the town"], [report])


def oversized(sizes: dict[str, int]) -> set[str]:
    """Files over the limit that are not on the list."""
    return {name for name, size in sizes.items() if size > LARGEST_BYTES} - LARGER_FILES


def test_no_large_file_is_tracked() -> None:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    paths = [PROJECT / name for name in done.stdout.split("\0") if name]
    assert len(paths) > 100
    assert oversized({str(p.relative_to(PROJECT)): p.stat().st_size for p in paths if p.is_file()}) == set()


def test_the_check_sees_a_large_file() -> None:
    assert oversized({"model.bin": LARGEST_BYTES + 1, "small.bin": LARGEST_BYTES}) == {"model.bin"}


@pytest.mark.parametrize(
    "name", ["x-1-py3-none-any.whl", "build/lib/geo/a.py", "dist/x.tar.gz", "x.egg-info/PKG-INFO", ".data/s.sqlite"]
)
def test_built_files_are_ignored(name: str) -> None:
    done = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=PROJECT, check=False)
    assert done.returncode == 0
