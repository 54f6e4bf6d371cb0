"""The source of the package as syntax trees: what its modules import, define and read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

Chain = tuple[str, ...]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Module:
    """One file of the package."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def wing(self) -> str:
        """The module or package right below ``sim``; empty for ``sim`` itself."""
        return self.name.removeprefix("sim").removeprefix(".").split(".")[0]

    @property
    def room(self) -> str:
        """The wing, or the module or package right below it where the wing has rooms; empty where that holds both."""
        parts = self.name.split(".")[1:]
        return ".".join(parts[: 2 if self.wing in {"engine", "lab", "views"} else 1])

    def place(self, node: ast.AST) -> str:
        """``file:line`` of a node."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> dict[str, Module]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted((ROOT / "sim").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        text = path.read_text(encoding="utf-8")
        found[name] = Module(name, path, text, ast.parse(text))
    return found


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, but for what stands under ``if TYPE_CHECKING``."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        yield child
        yield from at_run_time(child)


def imports(module: Module, *, types: bool = False) -> Iterator[tuple[str, ast.AST]]:
    """The dotted names of the modules that a module imports at run time, wherever the statement stands.

    ``types``: those too that only the type checker imports.
    """
    for node in ast.walk(module.tree) if types else at_run_time(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{module.place(node)}: imports are absolute"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner if inner in modules() else node.module), node


def functions(module: Module) -> Iterator[tuple[str, Function]]:
    """Every function and method with its qualified name; not those inside functions."""

    def below(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield prefix + child.name, child
            elif isinstance(child, ast.ClassDef):
                yield from below(child, f"{prefix}{child.name}.")

    yield from below(module.tree, "")


def reads(module: Module) -> set[Chain]:
    """Every chain of attributes that a module reads, with local names replaced by what they stand for.

    After ``content = p.mechanism.content`` the expression ``content.quality`` gives
    ``(p, mechanism, content, quality)``. Indices are left out: ``plan.voices[arm, v].audience`` gives
    ``(plan, voices, audience)``.
    """
    scopes = [node for node in ast.walk(module.tree) if isinstance(node, Function)]
    return set().union(*(reads_in(scope) for scope in [*scopes, module.tree]))


def reads_in(scope: ast.AST) -> set[Chain]:
    """Every chain of attributes that a function (or module) reads; see :func:`reads`."""
    names = dict(_names(scope))
    return {chain for node in ast.walk(scope) if len(chain := _chain(node, names)) > 1}


def _names(scope: ast.AST) -> Iterator[tuple[str, Chain]]:
    """Local names that stand for a chain: assigned, or the variable of a loop over it."""
    known: dict[str, Chain] = {}
    for node in ast.walk(scope):
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            else:
                pairs = [(target, node.value)]
        elif isinstance(node, ast.For | ast.comprehension):
            pairs = [(node.target, node.iter)]
        for target, value in pairs:
            chain = _chain(value, known)
            if isinstance(target, ast.Name) and chain and target.id not in known and chain[0] != target.id:
                known[target.id] = chain
                yield target.id, chain


def _chain(node: ast.AST, names: dict[str, Chain]) -> Chain:
    if isinstance(node, ast.Name):
        return names.get(node.id, (node.id,))
    if isinstance(node, ast.Attribute):
        inner = _chain(node.value, names)
        return (*inner, node.attr) if inner else ()
    if isinstance(node, ast.Subscript):
        inner, index = _chain(node.value, names), node.slice
        named = (index.value,) if isinstance(index, ast.Constant) and isinstance(index.value, str) else ()
        return (*inner, *named) if inner else ()
    return ()
