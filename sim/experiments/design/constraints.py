"""Constraints: which points of a design may be run, such as ``market.people <= 50 * entrance.seeds.number``.

An expression over the keys of factors: numbers, text in quotes, ``true``, ``false``, ``null``; ``+ - * /``; ``< <= > >= ==
!=``, also chained; ``in (…)``; ``and``, ``or``, ``not``; parentheses. It is read with Python's own parser, of whose
grammar nothing else is let through; nothing is ever executed.

Numbers are worked out as exact fractions of what is written: in binary, 0.1 + 0.2 <= 0.3 is false, and a grid would lose
points that plainly belong to it.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, NoReturn, TypeAlias

from sim.errors import InputError
from sim.experiments.design.factors import Factor, Value, written
from sim.scenario.catalogue import did_you_mean

Type: TypeAlias = Literal["number", "text", "truth", "null"]

MOST_CHARACTERS = 1000

_TYPES: dict[str, Type] = {"number": "number", "integer": "number", "switch": "truth"}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_EQUALITY: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {ast.Eq: operator.eq, ast.NotEq: operator.ne}
_MEMBERSHIP: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.In: lambda value, among: value in among,
    ast.NotIn: lambda value, among: value not in among,
}
_COMPARISONS = _ORDER | _EQUALITY | _MEMBERSHIP


@dataclass(frozen=True)
class Constraint:
    """A condition that every point of a design meets; make it with :meth:`parse`.

    Parameters
    ----------
    text : as written. place : where, for messages.
    keys : the factors it is about.
    """

    text: str
    keys: tuple[str, ...]
    place: str = field(default="", compare=False)
    _tree: ast.expr = field(default_factory=lambda: ast.Constant(True), compare=False, repr=False)

    @classmethod
    def parse(cls, text: str, factors: Sequence[Factor], place: str = "") -> Constraint:
        """The constraint in a text.

        Raises
        ------
        InputError : it is no such expression, is neither true nor false, or names what is no factor.
        """
        place = place or f"--constraint {text}"
        known = {factor.key: factor for factor in factors}
        source, names = _with_plain_names(text, known)
        try:
            if len(text) > MOST_CHARACTERS:
                raise InputError(f"it has {len(text)} characters", place=place, expected=f"at most {MOST_CHARACTERS}")
            tree = ast.parse(source.strip(), mode="eval").body
            found = _Checker(known, names, place).type(tree)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            expected = "such as 'a + b <= 1', with keys of factors"
            raise InputError("this is no condition", place=place, expected=expected) from None
        if found != "truth":
            raise InputError(f"this is a {found}, neither true nor false", place=place, expected="such as 'a + b <= 1'")
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                node.id = names.get(node.id, node.id)
        return cls(text.strip(), tuple(key for name, key in names.items() if name in used), place, tree)

    def holds(self, point: Mapping[str, Value]) -> bool:
        """Whether a point (key → value) meets it.

        Raises
        ------
        InputError : it cannot be worked out there, since it divides by zero or compares null.
        """
        try:
            return bool(_value(self._tree, point))
        except (ZeroDivisionError, TypeError) as error:
            here = ", ".join(f"{key} = {written(point[key])}" for key in self.keys)
            problem = "it divides by zero" if isinstance(error, ZeroDivisionError) else "null is no number"
            hint = "Rule that out first: 'a != 0 and b / a <= 1'."
            raise InputError(f"{problem} where {here}", place=self.place, hint=hint) from None


def _with_plain_names(text: str, known: Mapping[str, Factor]) -> tuple[str, dict[str, str]]:
    """The text with a plain name for each key, and name → key: keys may hold what Python's names may not."""
    names = {key: f"_{number}" for number, key in enumerate(known)}
    longest_first = sorted(map(re.escape, known), key=len, reverse=True)
    quoted = r"'[^']*'|\"[^\"]*\""
    pattern = re.compile(rf"(?P<quoted>{quoted})|(?<![\w.])(?:{'|'.join(longest_first) or '(?!)'})(?![\w]|\.\w)")
    source = pattern.sub(lambda match: match[0] if match["quoted"] else names[match[0]], text)
    return source, {name: key for key, name in names.items()}


@dataclass
class _Checker:
    """Finds the type of an expression, and refuses whatever is not in the grammar."""

    factors: Mapping[str, Factor]
    names: Mapping[str, str]
    place: str

    def type(self, node: ast.expr) -> Type:
        match node:
            case ast.Constant(value=value):
                return self.constant(value)
            case ast.Name(id=name):
                return self.name(name)
            case ast.BoolOp(values=parts) | ast.UnaryOp(op=ast.Not(), operand=ast.expr() as one) if (
                parts := node.values if isinstance(node, ast.BoolOp) else [node.operand]  # type: ignore[union-attr]
            ):
                return self.all(parts, "truth")
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                return self.all([operand], "number")
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
                return self.all([left, right], "number")
            case ast.Compare(left=left, ops=signs, comparators=others):
                for first, sign, second in zip([left, *others], signs, others, strict=False):
                    self.comparison(first, sign, second)
                return "truth"
        return self.refuse(f"'{self.shown(node)}' is not allowed")
