"""Mutants: the engine's behaviour with one thing altered, by cosmic-ray's operators and by leaving a statement out.

What alters no behaviour is left out beforehand: annotations, docstrings, decorators, imports. So are operators that
only raise a ``TypeError`` on numbers with fractions (shifts and bits in place of arithmetic), which any test kills.
"""

from __future__ import annotations

import ast
import difflib
import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "sim" / "engine"
#: Tests of a file are those named like it, and these.
TESTS = {
    "rules": ["rules", "rules_direction"],
    "day": ["day"],
    "mechanisms/buying": ["buying", "shop"],
}
_SIGNS, _ORDERS = ("Add", "Sub", "Mul", "Div"), ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE")
OPERATORS = (
    *(f"ReplaceBinaryOperator_{a}_{b}" for a in _SIGNS for b in _SIGNS if a != b),
    *(f"ReplaceComparisonOperator_{a}_{b}" for a in _ORDERS for b in _ORDERS if a != b),
    *("ReplaceBinaryOperator_BitAnd_BitOr", "ReplaceBinaryOperator_BitOr_BitAnd"),
    *("ReplaceUnaryOperator_Delete_USub", "ReplaceUnaryOperator_Delete_Not", "AddNot"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "NumberReplacer", "ZeroIterationForLoop"),
)
LEAVE_OUT = "LeaveOutStatement"


class Mutant(NamedTuple):
    """One file with one thing altered: ``number`` counts what the operator finds in it."""

    file: str
    operator: str
    number: int
    line: int

    @property
    def source(self) -> str:
        """The whole text of the altered file."""
        original = text(self.file)
        if self.operator == LEAVE_OUT:
            return _without(original, _statements(original)[self.number])
        altered = mutate_code(original, _operator(self.operator), self.number)
        assert altered is not None
        return str(altered)

    @property
    def told(self) -> str:
        """Where it is, and what is altered."""
        lines = difflib.unified_diff(text(self.file).splitlines(), self.source.splitlines(), n=0, lineterm="")
        changed = [line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}]
        return f"sim/engine/{self.file}.py:{self.line} {self.operator} #{self.number}\n  " + "\n  ".join(changed)


def files() -> list[str]:
    """The files whose behaviour must have tests here, such as ``rules/ties``."""
    found = [*(ENGINE / "rules").glob("*.py"), *(ENGINE / "mechanisms").glob("*.py"), *(ENGINE / "day").glob("*.py")]
    return [path.relative_to(ENGINE).with_suffix("").as_posix() for path in sorted(found) if path.stem != "__init__"]


def suite_of(file: str) -> list[Path]:
    """The files of tests that must notice what happens to a file."""
    room, _, name = file.partition("/")
    return [Path(__file__).with_name(f"test_{each}.py") for each in TESTS.get(file, TESTS.get(room, [name]))]


@cache
def text(file: str) -> str:
    """The source of a file."""
    return (ENGINE / f"{file}.py").read_text(encoding="utf-8")


@cache
def mutants(file: str) -> tuple[Mutant, ...]:
    """All mutants of a file."""
    left_out = [Mutant(file, LEAVE_OUT, k, each.lineno) for k, each in enumerate(_statements(text(file)))]
    return (*_possible(file), *left_out)


def sample(size: int, seed: int) -> list[Mutant]:
    """So many mutants of all files, of each by its share, and at least three."""
    luck, chosen = random.Random(seed), []
    everything = {file: mutants(file) for file in files()}
    total = sum(len(each) for each in everything.values())
    for each in everything.values():
        chosen += luck.sample(each, min(len(each), max(3, round(size * len(each) / total))))
    return [mutant for mutant in chosen if differs(mutant)]


@cache
def behaviour(source: str) -> str:
    """What a text does, without what only describes it."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.decorator_list, node.returns = [], None
            for argument in node.args.args:
                argument.annotation = None
        if isinstance(node, ast.FunctionDef | ast.Module) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)


def _possible(file: str) -> Iterator[Mutant]:
    for name in OPERATORS:
        tree, numbers, operator = get_ast(text(file)), count(), _operator(name)
        lines = text(file).splitlines()
        for node in ast_nodes(tree):
            for index, ((line, start), (_, end)) in enumerate(operator.mutation_positions(node)):
                number, before, after = next(numbers), lines[line - 1][:start], lines[line - 1][end:]
                if not _same(name, index, before, after):
                    yield Mutant(file, name, number, line)


def _same(operator: str, index: int, before: str, after: str) -> bool:
    """Whether an alteration is none: switches and counts are never negative, and there is one day on the board."""
    if operator in {"ReplaceComparisonOperator_NotEq_Gt", "ReplaceComparisonOperator_Eq_LtE"}:
        return re.match(r"\s*(0(?![.\d])|NEVER)", after) is not None
    return operator == "NumberReplacer" and index == 1 and before.endswith(("today[", "shape["))


def differs(mutant: Mutant) -> bool:
    """Whether a mutant behaves differently on paper; what cannot be read is no mutant."""
    try:
        return behaviour(mutant.source) != behaviour(text(mutant.file))
    except SyntaxError:
        return False


def _operator(name: str) -> Operator:
    operator: Operator = get_operator(f"core/{name}")()
    return operator


def _statements(source: str) -> list[ast.stmt]:
    """Assignments and calls within functions, and ways out that give nothing."""
    found: list[ast.stmt] = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                way_out = isinstance(node, ast.Return) and node.value is None
                if (isinstance(node, ast.AugAssign | ast.Expr | ast.Continue) and not told) or way_out or _writes(node):
                    assert isinstance(node, ast.stmt)
                    found.append(node)
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _writes(node: ast.AST) -> bool:
    """Whether it is an assignment to a column, not to a name of its own: without a name nothing runs at all."""
    if not isinstance(node, ast.Assign):
        return False
    parts = [part for target in node.targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return all(isinstance(part, ast.Attribute | ast.Subscript) for part in parts)


def _without(source: str, statement: ast.stmt) -> str:
    lines = source.splitlines(keepends=True)
    first, last = statement.lineno - 1, statement.end_lineno or statement.lineno
    lines[first:last] = [lines[first][: statement.col_offset] + "pass\n"]
    return "".join(lines)
