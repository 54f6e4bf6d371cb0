"""Constraints: which points of a design may be run, such as ``market.people <= 50 * entrance.seeds.number``.

An expression over the keys of factors: numbers, text in quotes, ``true``, ``false``, ``null``; ``+ - * /``;
``< <= > >= == !=``, also chained; ``in (…)``; ``and``, ``or``, ``not``; parentheses. It is read with Python's own
parser, of whose grammar nothing else is let through; nothing is ever executed.

Numbers are worked out as exact fractions of what is written: in binary, 0.1 + 0.2 <= 0.3 is false, and a grid would
lose points that plainly belong to it.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from sim.errors import InputError
from sim.lab.designs.factors import Factor, Value, written
from sim.scenario.catalogue import did_you_mean

Type: TypeAlias = Literal["number", "text", "truth", "null"]

MOST_CHARACTERS = 1000

_EXPECTED = "such as 'a + b <= 1', with keys of factors"
_NAMES: dict[Type, str] = {"number": "number", "text": "text", "truth": "yes-or-no", "null": "null"}
_TYPES: dict[str, Type] = {"number": "number", "integer": "number", "switch": "truth"}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_SIGNS: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
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
    tree : what was parsed; its names are keys.
    """

    text: str
    keys: tuple[str, ...]
    tree: ast.expr = field(compare=False, repr=False)
    place: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str, factors: Sequence[Factor], place: str = "") -> Constraint:
        """The constraint in a text.

        Raises
        ------
        InputError : it is no such expression, is neither true nor false, or names what is no factor.
        """
        place = place or f"--constraint {text if len(text) <= 80 else text[:77] + '...'}"
        if len(text) > MOST_CHARACTERS:
            expected = f"at most {MOST_CHARACTERS}"
            raise InputError(f"the constraint has {len(text)} characters", place=place, expected=expected)
        known = {factor.key: factor for factor in factors}
        names = {f"__{number}__": key for number, key in enumerate(known)}
        try:
            tree = ast.parse(_with_names(text, names), mode="eval").body
            found = _Checker(known, names, place).type(tree)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise InputError("this is no condition", place=place, expected=_EXPECTED) from None
        if found != "truth":
            raise InputError("the constraint is neither true nor false", place=place, expected=_EXPECTED)
        used = dict.fromkeys(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
        return cls(text.strip(), tuple(names[name] for name in used if name in names), _renamed(tree, names), place)

    def holds(self, point: Mapping[str, Value]) -> bool:
        """Whether a point (key → value) meets it.

        Raises
        ------
        InputError : it cannot be worked out there, since it divides by zero or compares null.
        """
        try:
            return bool(_worked_out(self.tree, point))
        except (ZeroDivisionError, TypeError) as error:
            here = ", ".join(f"{key} = {written(point[key])}" for key in self.keys)
            by_zero = isinstance(error, ZeroDivisionError)
            problem = "it divides by zero" if by_zero else "null is no number"
            hint = f"Rule that out first: '{'a != 0 and b / a <= 1' if by_zero else 'a == null or a <= 1'}'."
            raise InputError(f"{problem} where {here}", place=self.place, hint=hint) from None


def _with_names(text: str, names: Mapping[str, str]) -> str:
    """The text, on one line, with Python's names in place of keys, which may hold spaces and signs."""
    by_key = {key: name for name, key in names.items()}
    keys = "|".join(re.escape(key) for key in sorted(by_key, key=len, reverse=True))
    pattern = re.compile(rf"'[^']*'|\"[^\"]*\"|(?<![\w.])(?:{keys or '(?!)'})(?!\w|\.\w)")
    return pattern.sub(lambda match: by_key.get(match[0], match[0]), " ".join(text.splitlines()).strip())


def _renamed(tree: ast.expr, names: Mapping[str, str]) -> ast.expr:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return tree


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
            case ast.Name() | ast.Attribute():
                return self.name(node)
            case ast.BoolOp(values=parts):
                return self.need(parts, "truth")
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return self.need([part], "truth")
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=part):
                return self.need([part], "number")
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
                return self.need([left, right], "number")
            case ast.Compare(left=left, ops=signs, comparators=others):
                for first, comparison, second in zip([left, *others[:-1]], signs, others, strict=True):
                    self.comparison(first, comparison, second)
                return "truth"
        raise self.error(f"'{self.shown(node)}' is not allowed", _EXPECTED)

    def constant(self, value: object) -> Type:
        if isinstance(value, bool):
            return "truth"
        if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
            return "number"
        if isinstance(value, str):
            return "text"
        raise self.error(f"'{value}' is not allowed", _EXPECTED)

    def name(self, node: ast.Name | ast.Attribute) -> Type:
        shown = self.shown(node)
        if isinstance(node, ast.Name) and shown in _WORDS:
            return "null" if _WORDS[shown] is None else "truth"
        if isinstance(node, ast.Attribute) or node.id not in self.names:
            near = [key for key in self.factors if key.endswith("." + shown)]
            hint = f"Did you mean '{near[0]}'?" if near else did_you_mean(shown, self.factors)
            if any(shown in factor.levels for factor in self.factors.values()):
                hint = f"Put text in quotes: '{shown}'."
            expected = "one of " + ", ".join(self.factors) if len(self.factors) <= 8 else ""
            raise self.error(f"'{shown}' is no factor of this design", expected, hint)
        return _TYPES.get(self.factors[shown].kind, "text")

    def need(self, nodes: Sequence[ast.expr], wanted: Type) -> Type:
        for node in nodes:
            found = self.type(node)
            if found != wanted:
                raise self.error(f"'{self.shown(node)}' is a {_NAMES[found]}", f"a {_NAMES[wanted]}")
        return wanted

    def comparison(self, first: ast.expr, sign: ast.cmpop, second: ast.expr) -> None:
        if type(sign) in _ORDER:
            self.need([first, second], "number")
            return
        if type(sign) not in _COMPARISONS:
            raise self.error("'is' is not allowed", "== or !=")
        among = [second]
        if type(sign) in _MEMBERSHIP:
            if not isinstance(second, ast.Tuple | ast.List):
                raise self.error(f"'{self.shown(second)}' is no list", "such as plan in ('a', 'b')")
            among = second.elts
        mine = self.type(first)
        for node in among:
            if (theirs := self.type(node)) != mine and "null" not in {mine, theirs}:
                problem = f"'{self.shown(first)}' is a {_NAMES[mine]} and '{self.shown(node)}' a {_NAMES[theirs]}"
                raise self.error(problem, "two of a kind")

    def shown(self, node: ast.AST) -> str:
        """The expression as the user wrote it."""
        text = ast.unparse(node)
        for name, key in self.names.items():
            text = text.replace(name, key)
        return text if len(text) <= 60 else text[:57] + "..."

    def error(self, problem: str, expected: str, hint: str = "") -> InputError:
        return InputError(problem, place=self.place, expected=expected, hint=hint)


def _worked_out(node: ast.expr, point: Mapping[str, Value]) -> Any:
    """The value of a checked expression at a point: a fraction, a text, a truth or None."""
    match node:
        case ast.Constant(value=value):
            return _exact(value)
        case ast.Name(id=key):
            return _WORDS[key] if key in _WORDS else _exact(point[key])
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_worked_out(part, point) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_worked_out(part, point) for part in parts)
        case ast.UnaryOp(op=sign, operand=part):
            return _SIGNS[type(sign)](_worked_out(part, point))
        case ast.BinOp(left=left, op=sign, right=right):
            return _ARITHMETIC[type(sign)](_worked_out(left, point), _worked_out(right, point))
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return [_worked_out(part, point) for part in parts]
        case ast.Compare(left=left, ops=signs, comparators=others):
            values = [_worked_out(part, point) for part in (left, *others)]
            return all(_COMPARISONS[type(sign)](values[n], values[n + 1]) for n, sign in enumerate(signs))
    raise AssertionError(node)


def _exact(value: Any) -> Any:
    """A number as the fraction that is written, not the binary one nearest to it; other values as they are."""
    if isinstance(value, float):
        return Fraction(repr(value))
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value
