"""Sizes, names and docstrings: what keeps the package readable."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, Function, Module, functions, modules

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 45
VAGUE = re.compile(r"util|helper|manager|common|misc|stuff", re.IGNORECASE)
#: Folders that exist on one machine only, and hosts of package indices; put together so that this file may pass too.
FOREIGN = re.compile(
    r"(?<![\w.])/(?:ro" + r"ot|ho" + r"me|Us" + r"ers|wo" + r"rk)/\w"
    r"|[A-Z]:\\Us" + r"ers\\|pythonho" + r"sted|py" + r"pi\.org|index-u" + "rl"
)
Documented = Function | ast.ClassDef

every_module = pytest.mark.parametrize("module", modules().values(), ids=lambda module: module.name)


@every_module
def test_files_are_short(module: Module) -> None:
    assert len(module.text.splitlines()) <= MOST_LINES, module.name


@every_module
def test_functions_are_short(module: Module) -> None:
    sizes = {f"{module.place(node)} {name}": lines(node) for name, node in functions(module)}
    long = {place: size for place, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION}
    assert not long, "too many lines apart from the docstring"


def lines(node: Function) -> int:
    """Lines of a function without its decorators and docstring."""
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return total - ((first.end_lineno or 0) - first.lineno + 1 if told else 0)


@every_module
def test_what_is_public_says_what_it_is(module: Module) -> None:
    things: list[tuple[str, Documented]] = [(name, node) for name, node in functions(module) if public(name, node)]
    things += [(node.name, node) for node in module.tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"]
    silent = [f"{module.place(node)} {name}" for name, node in things if not ast.get_docstring(node)]
    assert ast.get_docstring(module.tree), f"{module.name} has no docstring"
    assert not silent


def public(name: str, node: Function) -> bool:
    """Whether a function is part of an interface: no leading underscore, no overload, not the setter of a property."""
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    return not any(part.startswith("_") for part in name.split(".")) and not marks & {"overload", "setter"}


@every_module
def test_names_say_what_a_thing_is(module: Module) -> None:
    classes = [node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    vague = [name for name in (module.name, *classes) if VAGUE.search(name)]
    assert not vague


def test_nothing_belongs_to_one_machine() -> None:
    found = []
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path}:{n}: {line.strip()}" for n, line in enumerate(text.splitlines(), 1) if FOREIGN.search(line)]
    assert not found


def tracked() -> list[Path]:
    """The text files of a clone: tracked, or neither tracked nor ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if listed.returncode != 0:
        pytest.skip("git knows nothing of this folder: it is not a clone")
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and path.suffix not in {".png", ".pdf", ".gz", ".parquet"}]
