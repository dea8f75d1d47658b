"""Modules imported anew with one rule switched off. Meant for a process of its own, which ends afterwards."""

from __future__ import annotations

import ast
import importlib
import importlib.machinery
import sys
import tomllib
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, BinaryIO, cast

from tests.campaigns.rules import CODE_KINDS, Json, Rule

REIMPORTED = ("geo.extraction", "geo.geocoding", "geo.actors")
GET_CODE = importlib.machinery.SourceFileLoader.get_code
NEVER_MATCHES = 're.compile("(?!)")'


def switch_off(rule: Rule) -> None:
    """Make every later import of extraction and geocoding leave out the rule; what was imported is forgotten."""
    if rule.kind in CODE_KINDS:
        _replace_source(rule)
    else:
        _replace_lexicon(rule)
    for name in [name for name in sys.modules if name.startswith(REIMPORTED)]:
        del sys.modules[name]


def import_module(name: str) -> ModuleType:
    """A module, imported again where `switch_off` has forgotten it."""
    return importlib.import_module(name)


def _replace_source(rule: Rule) -> None:
    path = str(rule.file)

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        if self.path != path:
            return GET_CODE(self, fullname)
        return compile(source_without(rule), path, "exec")

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]


def source_without(rule: Rule) -> ast.Module:
    """The syntax tree of a rule's module with the rule switched off."""
    tree = ast.parse(rule.file.read_text(encoding="utf-8"))
    node = next(n for number, n in enumerate(ast.walk(tree)) if number == rule.address[0])
    index = int(rule.address[1]) if len(rule.address) > 1 else 0
    if isinstance(node, ast.If):
        node.test = ast.Constant(False)
    elif isinstance(node, ast.FunctionDef):
        node.body = [ast.Return(ast.Constant(bool(index)))]
    elif isinstance(node, ast.Dict):
        del node.keys[index], node.values[index]
    elif isinstance(node, ast.Tuple | ast.List | ast.Set) and node.elts:
        del node.elts[index]
    elif isinstance(node, ast.BoolOp):
        del node.values[index]
    else:
        replacement = ast.Constant(0) if rule.kind == "number" else ast.parse(NEVER_MATCHES, mode="eval").body
        tree = cast(ast.Module, _Replace(node, replacement).visit(tree))
    return ast.fix_missing_locations(cast(ast.Module, _Simplify().visit(tree)))


class _Replace(ast.NodeTransformer):
    """Puts one expression in the place of another."""

    def __init__(self, old: ast.AST, new: ast.expr) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self._new if node is self._old else self.generic_visit(node)


class _Simplify(ast.NodeTransformer):
    """Turns an `and` or `or` of a single operand into that operand."""

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        return node.values[0] if len(node.values) == 1 else node


def _replace_lexicon(rule: Rule) -> None:
    original = tomllib.load

    def load(file: BinaryIO, **options: Any) -> Json:
        content = original(file, **options)
        if Path(getattr(file, "name", "")) == rule.file:
            remove(content, rule)
        return content

    tomllib.load = load  # type: ignore[assignment]


def remove(content: Json, rule: Rule) -> None:
    """Take a rule out of the content of its lexicon file."""
    *outer, last = rule.address
    inner: Any = content
    for key in outer:
        inner = inner[key]
    if rule.kind == "list":
        inner[last] = []
    else:
        del inner[last]
