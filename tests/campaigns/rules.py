"""Every rule of extraction and geocoding, discovered by inspection of the lexicon files and of the source code.

A rule is whatever can be switched off alone:

- `list`, `word`, `row`, `key`: a list of a lexicon file, one word or expression of a list, one row of an array of
  tables, one key of a table;
- `number`: a numeric constant of a module, set to 0;
- `entry`: one element of a literal collection of a module, left out;
- `pattern`: a regular expression of a module, which then matches nothing;
- `predicate`: a function that returns a bool, which then always returns False, or always True;
- `branch`: an `if`, whose condition is then never true;
- `condition`: one operand of an `and` or an `or`, left out.

Rules of code are named by the place in the source where they stand, so the discovery needs no list of names and
follows the code wherever it moves.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.settings import PROJECT

CODE = (PROJECT / "geo" / "extraction", PROJECT / "geo" / "geocoding")
LEXICON_FILES = ("geo/actors.toml", "geo/extraction/languages/*/lexicon/*.toml")
CODE_KINDS = ("predicate", "pattern", "entry", "number", "branch", "condition")
LEXICON_KINDS = ("list", "word", "row", "key")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its file, its kind, and where in the file it is.

    `address` is a path of keys and indices in a lexicon file, or the number of a node in `ast.walk` order and, where
    it has several, the number of the element. `decisive` is the value that the condition or the predicate must have
    had for the rule to matter in a report, None where that is not known; `texts` are words of which a report must
    contain one for the rule to matter, none where that is not known.
    """

    file: Path
    kind: str
    address: tuple[str | int, ...]
    label: str
    decisive: bool | None = None
    texts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The rule as it is shown: file, place and what it is."""
        return f"{self.file.relative_to(PROJECT)}:{self.label}"


def code_rules() -> Iterator[Rule]:
    """The rules of every module, in order of files."""
    for folder in CODE:
        for path in sorted(folder.rglob("*.py")):
            yield from rules_of_module(path)


def lexicon_rules() -> Iterator[Rule]:
    """The rules of every lexicon file, in order of files."""
    for path in sorted(path for pattern in LEXICON_FILES for path in PROJECT.glob(pattern)):
        yield from _of_table(path, tomllib.loads(path.read_text(encoding="utf-8")), ())


def rules_of_module(path: Path) -> Iterator[Rule]:
    """The rules of one module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            yield from _of_assignment(path, statement, numbers)
    for node in ast.walk(tree):
        yield from _of_function_code(path, node, numbers)


def _of_assignment(path: Path, statement: ast.Assign | ast.AnnAssign, numbers: dict[int, int]) -> Iterator[Rule]:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    value = statement.value
    assert value is not None
    unpacked = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
    name = ast.unparse(target)
    if _is_pattern(value):
        yield Rule(path, "pattern", (numbers[id(value)],), f"{statement.lineno} {name}")
    for node in _number_nodes(value):
        shown = f"{node.lineno} {_number_name(target, value, node) or name} = {ast.unparse(node)}"
        yield Rule(path, "number", (numbers[id(node)],), shown)
    for collection in ast.walk(value):
        if collection is not value or not unpacked:
            for index, element in enumerate(_elements(collection)):
                shown = f"{element.lineno} {name} without {_short(element)}"
                yield Rule(path, "entry", (numbers[id(collection)], index), shown, texts=_string(element))


def _of_function_code(path: Path, node: ast.AST, numbers: dict[int, int]) -> Iterator[Rule]:
    if isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name) and node.returns.id == "bool":
        for constant in (False, True):
            shown = f"{node.lineno} {node.name}() = {constant}"
            yield Rule(path, "predicate", (numbers[id(node)], int(constant)), shown, decisive=not constant)
    elif isinstance(node, ast.If):
        yield Rule(path, "branch", (numbers[id(node)],), f"{node.lineno} if {_short(node.test)}", decisive=True)
    elif isinstance(node, ast.BoolOp):
        is_or = isinstance(node.op, ast.Or)
        for index, operand in enumerate(node.values):
            shown = f"{operand.lineno} {'or' if is_or else 'and'} {_short(operand)}"
            yield Rule(path, "condition", (numbers[id(node)], index), shown, decisive=is_or)


def _is_pattern(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "re.compile"


def _elements(node: ast.AST) -> list[ast.expr]:
    """The alternatives that a literal holds: the keys of a dictionary, or the strings or tuples of a collection."""
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None] if None not in node.keys else []
    if not isinstance(node, ast.Tuple | ast.List | ast.Set):
        return []
    strings = all(isinstance(e, ast.Constant) and isinstance(e.value, str) for e in node.elts)
    rows = all(isinstance(e, ast.Tuple) for e in node.elts)
    return node.elts if len(node.elts) > 1 and (strings or rows) else []


def _number_nodes(node: ast.AST) -> Iterator[ast.expr]:
    """Numbers under a module's assignment, a sign or an arithmetic expression of numbers as one."""
    if isinstance(node, ast.expr) and _is_number(node):
        yield node
    elif isinstance(node, ast.Tuple):
        for element in node.elts:
            yield from _number_nodes(element)


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.BinOp) and _is_number(node.left) and _is_number(node.right)


def _number_name(target: ast.expr, value: ast.expr, node: ast.expr) -> str | None:
    """The name that a number of a tuple is unpacked to."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return next((ast.unparse(t) for t, v in zip(target.elts, value.elts, strict=False) if v is node), None)
    return None


def _string(node: ast.expr) -> tuple[str, ...]:
    return (node.value,) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ()


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else text[:87] + "..."


def _of_table(path: Path, value: object, address: tuple[str | int, ...]) -> Iterator[Rule]:
    """The rules of a part of a lexicon file."""
    label = ".".join(map(str, address))
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                yield from _of_table(path, inner, (*address, key))
            elif address and not isinstance(address[-1], int):
                yield Rule(path, "key", (*address, key), f"{label}.{key} = {inner}")
    elif isinstance(value, list):
        yield Rule(path, "list", address, label, texts=_strings(value))
        for index, inner in enumerate(value):
            if isinstance(inner, dict):
                shown = f"{label}[{inner.get('name') or inner.get('place') or index}]"
                yield Rule(path, "row", (*address, index), shown, texts=_strings(inner))
                yield from _of_table(path, inner, (*address, index))
            else:
                yield Rule(path, "word", (*address, index), f"{label}: {inner}", texts=(str(inner),))


def _strings(value: object) -> tuple[str, ...]:
    """Every string under a value of a lexicon file."""
    if isinstance(value, dict):
        return _strings(list(value.values()))
    if isinstance(value, list):
        return tuple(text for inner in value for text in _strings(inner))
    return (value,) if isinstance(value, str) else ()
