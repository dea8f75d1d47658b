"""Which conditions decide anything in a report: every condition and predicate recorded while reports are read.

The modules are imported anew with each condition wrapped in a call that notes its value. A rule can matter only in
reports in which its condition had the decisive value, so all other reports need not be read again.
"""

from __future__ import annotations

import ast
import builtins
import importlib.machinery
import sys
from collections.abc import Callable, Sequence
from types import CodeType
from typing import TypeVar, cast

from tests.campaigns.rules import CODE, Rule
from tests.campaigns.switching import GET_CODE, REIMPORTED

Observed = tuple[str, int, int, bool]  # file, number of the node, index in it, the decisive value
T = TypeVar("T")

_OBSERVE, _OBSERVE_OPERANDS = "__observe_condition__", "__observe_operands__"
_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
observed: set[Observed] = set()
_trying = False  # whether an operand is being left out, and nothing is noted


def observe_conditions() -> None:
    """Make every later import of extraction and geocoding note its conditions in `observed`."""
    folders = tuple(map(str, CODE))

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        if not self.path.startswith(folders):
            return GET_CODE(self, fullname)
        return compile(_instrumented(self.path), self.path, "exec")

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]
    setattr(builtins, _OBSERVE, _observe)
    setattr(builtins, _OBSERVE_OPERANDS, _observe_operands)
    for name in [name for name in sys.modules if name.startswith(REIMPORTED)]:
        del sys.modules[name]


def can_matter(rule: Rule, seen: frozenset[Observed]) -> bool:
    """Whether a rule's condition had its decisive value in a report; True where nothing is known of the rule."""
    if rule.decisive is None:
        return True
    number = int(rule.address[0])
    index = int(rule.address[1]) if rule.kind == "condition" else 0
    return (str(rule.file), number, index, rule.decisive) in seen


def _observe(path: str, number: int, index: int, value: T) -> T:
    if not _trying:
        observed.add((path, number, index, bool(value)))
    return value


def _observe_operands(path: str, number: int, is_or: bool, operands: Sequence[Callable[[], T]]) -> T:
    """The value of an `and` or `or`; notes each operand without which the value would be another one."""
    global _trying  # noqa: PLW0603 - the modules under observation can be given no other state
    result = _combined(is_or, operands)
    if _trying:
        return result
    _trying = True
    for index in range(len(operands)):
        if (path, number, index, is_or) not in observed:
            try:
                without = _combined(is_or, [*operands[:index], *operands[index + 1 :]])
                decides = without is not result and bool(without != result)
            except _ERRORS:
                decides = True  # the operand guards the others
            if decides:
                observed.add((path, number, index, is_or))
    _trying = False
    return result


def _combined(is_or: bool, operands: Sequence[Callable[[], T]]) -> T:
    for operand in operands[:-1]:
        value = operand()
        if bool(value) == is_or:
            return value
    return operands[-1]()


def _instrumented(path: str) -> ast.Module:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the loader gives a string
        tree = ast.parse(file.read())
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    return ast.fix_missing_locations(cast(ast.Module, _Instrument(path, numbers).visit(tree)))


class _Instrument(ast.NodeTransformer):
    """Wraps conditions, operands of `and` and `or`, and the values that predicates return."""

    def __init__(self, path: str, numbers: dict[int, int]) -> None:
        self._path, self._numbers = path, numbers
        self._functions: list[ast.FunctionDef] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._functions.append(node)
        self.generic_visit(node)
        self._functions.pop()
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        number = self._numbers[id(node)]
        self.generic_visit(node)
        node.test = self._call(number, 0, node.test)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        number = self._numbers[id(node)]
        self.generic_visit(node)
        if any(isinstance(inner, ast.NamedExpr) for inner in ast.walk(node)):
            node.values = [self._call(number, index, value) for index, value in enumerate(node.values)]
            return node
        no_arguments = ast.arguments([], [], None, [], [], None, [])
        operands = ast.Tuple([ast.Lambda(no_arguments, value) for value in node.values], ast.Load())
        place: list[ast.expr] = [ast.Constant(self._path), ast.Constant(number)]
        is_or = ast.Constant(isinstance(node.op, ast.Or))
        return ast.Call(ast.Name(_OBSERVE_OPERANDS, ast.Load()), [*place, is_or, operands], [])

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        function = self._functions[-1]
        if node.value is not None and isinstance(function.returns, ast.Name) and function.returns.id == "bool":
            node.value = self._call(self._numbers[id(function)], 0, node.value)
        return node

    def _call(self, number: int, index: int, value: ast.expr) -> ast.expr:
        arguments: list[ast.expr] = [ast.Constant(self._path), ast.Constant(number), ast.Constant(index), value]
        return ast.Call(ast.Name(_OBSERVE, ast.Load()), arguments, [])
