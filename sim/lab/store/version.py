"""The version of the model: one name for everything that decides the numbers of a run.

It is a hash of the sources listed here, read as syntax trees. What is only told to people does not count: docstrings,
comments and layout, the words with which parameters, columns and measures are declared, the texts of errors. So a
better sentence orphans no stored run, and a changed rule, default, dtype or formula orphans them all. Names of
functions and variables do count: it is better to make a run again than to misread one.

The trees are written out here, not by :func:`ast.dump`, whose text is another one in each version of Python.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

#: What decides numbers, as patterns below ``sim``.
DECISIVE = (
    "engine/**/*.py",
    "market/**/*.py",
    "model/**/*.py",
    "scenario/changes.py",
    "scenario/conditions.py",
    "scenario/modules.py",
    "scenario/playbook.py",
    "scenario/rest.py",
    "scenario/scale.py",
    "scenario/schema.py",
    "scenario/sections/*.py",
)
#: What lies among them and decides none: how the compiler is warmed up, how drivers are compared.
BESIDE = ("model/parity.py", "model/warm.py")

Argument: TypeAlias = int | str


class Declaration(NamedTuple):
    """Which arguments of a call decide numbers: all but texts.

    ``texts``: those that do although they are texts, by position or keyword. ``beside``: others that do not.
    """

    texts: tuple[Argument, ...] = ()
    beside: tuple[Argument, ...] = ()


_RANGES = ("ge", "gt", "le", "lt", "low", "high")
#: Calls with words for people in them. All others count with every argument.
DECLARATIONS: dict[str, Declaration] = {
    # parameters: the default counts; a range refuses plans, it changes none
    "par": Declaration(beside=(2, 3, *_RANGES)),
    "flag": Declaration(),
    "word": Declaration(texts=(0, "default")),
    "block": Declaration(),
    "table": Declaration(),
    "Field": Declaration(texts=(0, "default"), beside=("json_schema_extra", *_RANGES)),
    # columns of state and of tables, and measures
    "counts": Declaration(),
    "Column": Declaration(texts=(0, 1, "name", "kind")),
    "Measure": Declaration(texts=(0, 1, "name", "kind"), beside=(3, "better")),
    **dict.fromkeys(("b1", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"), Declaration()),
    # what is told where something is wrong
    "InputError": Declaration(),
    "warn": Declaration(),
}


_NO_FIELDS = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_BLOCKS = frozenset({"body", "orelse", "finalbody", "keywords"})


@cache
def model_version() -> str:
    """The version of the model that this process has loaded: 16 hex digits."""
    return version_of(Path(__file__).parents[2])


def version_of(package: Path) -> str:
    """The version of the model whose sources lie in a folder ``sim``."""
    digest = hashlib.sha256()
    for name, path in sorted(decisive(package).items()):
        digest.update(f"{name}\n{meaning(path.read_text(encoding='utf-8'))}\n".encode())
    return digest.hexdigest()[:16]


def decisive(package: Path) -> dict[str, Path]:
    """The sources that decide numbers, by their path below the package."""
    found = {path.relative_to(package).as_posix(): path for each in DECISIVE for path in package.glob(each)}
    return {name: path for name, path in found.items() if name not in BESIDE}


def meaning(source: str) -> str:
    """A source without what decides no number, the same under every version of Python."""
    writer = _Writer()
    writer.write(ast.parse(source))
    return "".join(writer.text)


class _Writer:
    """Writes a tree out: ``Class(field=…)``, without fields that are None or empty."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self._raised: frozenset[str] = frozenset()  # names of what is raised in the function at hand

    def write(self, value: object) -> None:
        """Write a node, a list of nodes, or a plain value."""
        if isinstance(value, ast.AST):
            outside = self._raised
            if isinstance(value, ast.FunctionDef | ast.AsyncFunctionDef):
                self._raised = _raised(value)
            self.text.append(f"{type(value).__name__}(")
            for name, inner in self._fields(value):
                if inner is not None and inner != []:
                    self.text.append(f"{name}=")
                    self.write(inner)
            self.text.append(")")
            self._raised = outside
        elif isinstance(value, list):
            self.text.append("[")
            for each in value:
                self.write(each)
            self.text.append("]")
        else:
            self.text.append(f"{type(value).__name__}:{value!a};")

    def _fields(self, node: ast.AST) -> Iterable[tuple[str, object]]:
        """The fields of a node that count."""
        if isinstance(node, ast.Raise):
            return [("exc", node.exc.func if isinstance(node.exc, ast.Call) else node.exc)]
        if isinstance(node, ast.Assert):
            return [("test", node.test)]
        if isinstance(node, ast.JoinedStr):  # early releases of Python 3.12 put empty texts into it
            return [("values", [each for each in node.values if getattr(each, "value", None) != ""])]
        if isinstance(node, ast.Call) and (known := DECLARATIONS.get(_called(node))):
            args = [each for place, each in enumerate(node.args) if _counts(place, each, known)]
            keywords = [each for each in node.keywords if _counts(each.arg or "", each.value, known)]
            return [("func", node.func), ("args", args), ("keywords", keywords)]
        fields = [(name, getattr(node, name, None)) for name in node._fields if name not in _NO_FIELDS]
        if isinstance(node, ast.stmt | ast.Module | ast.ExceptHandler):
            return [(name, self._kept(value) if name in _BLOCKS else value) for name, value in fields]
        return fields

    def _kept(self, block: Any) -> Any:
        """What counts of the statements of a block, or of the keywords of a class."""
        return [each for each in block if not self._is_told(each)] if isinstance(block, list) else block

    def _is_told(self, each: ast.AST) -> bool:
        """Whether it is a text: a docstring, a class's keyword, what is yielded, or raised further down."""
        if isinstance(each, ast.keyword):
            return _is_text(each.value)
        if isinstance(each, ast.Expr):
            return _is_text(each.value.value if isinstance(each.value, ast.Yield) else each.value)
        if isinstance(each, ast.Assign) and _is_text(each.value):
            return all(isinstance(target, ast.Name) and target.id in self._raised for target in each.targets)
        return False


def _raised(function: ast.AST) -> frozenset[str]:
    """Names that a function hands to what it raises."""
    raised = [each for each in ast.walk(function) if isinstance(each, ast.Raise)]
    return frozenset(name.id for each in raised for name in ast.walk(each) if isinstance(name, ast.Name))


def _called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _counts(argument: Argument, value: ast.expr, known: Declaration) -> bool:
    return argument in known.texts if _is_text(value) else argument not in known.beside


def _is_text(value: ast.expr | None) -> bool:
    return isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and isinstance(value.value, str))
