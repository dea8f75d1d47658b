"""Rules of the house that can be seen from outside."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

from geo.settings import PROJECT

SOURCES = [p for folder in ("geo", "dashboard") for p in sorted((PROJECT / folder).rglob("*.py"))]
ALL_OF_GEO = """
import importlib, pathlib, sys
for path in pathlib.Path("geo").rglob("*.py"):
    parts = path.with_suffix("").parts
    if "migrations" not in parts and parts[-1] != "__main__":
        importlib.import_module(".".join(p for p in parts if p != "__init__"))
print("streamlit" in sys.modules)
"""


def test_geo_never_loads_streamlit() -> None:
    done = subprocess.run([sys.executable, "-c", ALL_OF_GEO], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_nothing_unsafe_is_called() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert name not in ("eval", "exec", "to_html"), path
                assert not any(k.arg == "unsafe_allow_html" for k in node.keywords), path
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                assert not {m.split(".")[0] for m in modules} & {"pickle", "marshal", "shelve"}, path


def test_views_hold_layout_only() -> None:
    for path in (PROJECT / "dashboard" / "views").glob("*.py"):
        tree = ast.parse(path.read_text())
        assert not any(isinstance(n, ast.FunctionDef | ast.ClassDef) for n in ast.walk(tree)), path


def test_no_code_names_a_test_document() -> None:
    """A rule for one report is a defect: nothing in the code or the lexicon names a seed's file."""
    for path in [*SOURCES, *(PROJECT / "geo").rglob("*.toml")]:
        assert not re.search(r"4cc3bac70c74af2a|doc0\d\d\b", path.read_text()), path


def test_the_readme_gives_the_commands_that_exist() -> None:
    readme, makefile = (PROJECT / "README.md").read_text(), (PROJECT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert {"dashboard", "test"} <= set(re.findall(r"^make (\w+)", readme, re.MULTILINE))
    for command in re.findall(r"python -m geo ([\w ]+?)(?: [A-Z\"'/-]|$|`)", readme):
        done = subprocess.run(
            [sys.executable, "-m", "geo", *command.split(), "--help"], cwd=PROJECT, capture_output=True, check=False
        )
        assert done.returncode == 0, command
