"""YAML as version 1.2 reads it, every value with its place.

PyYAML follows YAML 1.1, in which ``no`` is false, ``012`` is ten, ``1e-3`` is text and ``12:30`` is 750. Here only its
composer is used, with the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema). Duplicate keys, NaN
and infinity, tags, several documents and anchors that explode are refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import yaml

from sim.errors import InputError

Scalar: TypeAlias = str | int | float | bool | None

MAX_BYTES = 5_000_000
MAX_NODES = 100_000
MAX_DEPTH = 60
MAX_INT = 2**63 - 1
_EXPECTED = "a mapping such as 'market: {people: 2000}'"

_TAG = "tag:yaml.org,2002:"
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_CORE = {
    "null": (re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]),
    "bool": (re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")),
    "int": (re.compile(rf"(?:{_INT.pattern})$"), list("-+0123456789")),
    "float": (
        re.compile(
            r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
        ),
        list("-+.0123456789"),
    ),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was stated.

    Parameters
    ----------
    value : a mapping of nodes, a list of nodes, or a scalar.
    place : ``file:line:column`` of the value, or the option's text; empty for a default.
    key_place : the same for the key it stands under; empty where there is none.
    quoted : whether the scalar stood in quotes.
    """

    value: dict[str, Node] | list[Node] | Scalar
    place: str = ""
    key_place: str = ""
    quoted: bool = False

    def plain(self) -> object:
        """The value without places: dict, list or scalar."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def child(self, step: str | int) -> Node | None:
        """What stands under a key, or at the list item of that name, else of that number; None if nothing."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list):
            at = position([item.name() for item in self.value], step)
            return None if at is None else self.value[at]
        return None

    def name(self) -> str | None:
        """The text under the key ``name``, None where there is none."""
        named = self.value.get("name") if isinstance(self.value, dict) else None
        return named.value if named is not None and isinstance(named.value, str) else None


def at(tree: Node, key: str) -> Node | None:
    """What stands at a dotted key; None if nothing does."""
    node: Node | None = tree
    for step in key.split("."):
        node = node.child(step) if node else None
    return node


def position(names: list[str | None], step: str | int) -> int | None:
    """The index of the list item of that name, else of that number (from 0); None if there is no such item."""
    if step in names:
        return names.index(str(step))
    at = int(step) if isinstance(step, int) or (step.isascii() and step.isdigit() and len(step) < 10) else -1
    return at if 0 <= at < len(names) else None


def node_of(value: object, place: str = "") -> Node:
    """Python values as a node, all with one place. NumPy scalars become Python's."""
    if isinstance(value, Mapping):
        return Node({str(key): node_of(inner, place) for key, inner in value.items()}, place, place)
    if isinstance(value, list | tuple):
        return Node([node_of(inner, place) for inner in value], place, place)
    scalar: Scalar = value.item() if hasattr(value, "item") else value  # type: ignore[assignment]
    return Node(scalar, place, place)


def read(path: Path, name: str | None = None) -> Node:
    """Read a file whose top level is a mapping.

    Parameters
    ----------
    path : the file, UTF-8 (with or without a byte order mark), at most 5 MB.
    name : how messages call it; by default the path as given.

    Raises
    ------
    InputError : it can't be read or isn't such a file; with ``file:line:column``.
    """
    name = name or str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", place=name) from error
    if len(raw) > MAX_BYTES:
        raise InputError(f"the file is larger than {MAX_BYTES // 1_000_000} MB", place=name, expected="a scenario")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _end_of(raw[: error.start].decode("utf-8-sig", "replace"), name)
        problem = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise InputError(problem, place=place, hint="Save the file as UTF-8.") from error
    node = _parse(text, name)
    if node is None:
        hint = "Write {} for all defaults."
        raise InputError("the file is empty", place=_place(name, 0, 0), expected=_EXPECTED, hint=hint)
    if not isinstance(node.value, dict):
        kinds = {list: "a list", str: "text", bool: "a switch", type(None): "null"}
        found = kinds.get(type(node.value), "a number")  # not the value: it may be all of a file that is no scenario
        raise InputError(f"the top level is {found}", place=node.place, expected=_EXPECTED)
    return node


def read_value(text: str, place: str) -> Node:
    """A value given as an option: a scalar, or a list or mapping in flow style. All of it has one place.

    Raises
    ------
    InputError : it is not YAML; with that place.
    """
    try:
        node = _parse(text, "")
    except InputError as error:
        hint = error.hint or "Quote the value if it is text."
        raise InputError(error.problem, place=place, expected=error.expected, hint=hint) from error
    return Node(None, place, place) if node is None else _at(node, place)


def _at(node: Node, place: str) -> Node:
    value = node.value
    if isinstance(value, dict):
        value = {key: _at(child, place) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_at(child, place) for child in value]
    return Node(value, place, place, node.quoted)


class _Loader(yaml.SafeLoader):
    """PyYAML's composer with the resolver of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  PyYAML's own convention


for _name, (_pattern, _first) in _CORE.items():
    _Loader.add_implicit_resolver(_TAG + _name, _pattern, _first)


def _end_of(before: str, name: str) -> str:
    """The place right behind this text."""
    return _place(name, before.count("\n"), len(before) - (before.rfind("\n") + 1))


def _place(name: str, line: int, column: int) -> str:
    return f"{name}:{line + 1}:{column + 1}"


@lru_cache(maxsize=16)
def _parse(text: str, name: str) -> Node | None:
    """The only document in the text; None where there is none. Many plans extend one file: it is parsed once."""
    try:
        root = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, name) from error
    except yaml.reader.ReaderError as error:
        problem = f"the character {text[error.position]!a} is not allowed"
        raise InputError(problem, place=_end_of(text[: error.position], name), hint="Remove it.") from error
    except RecursionError as error:
        raise InputError(f"blocks are nested more than {MAX_DEPTH} deep", place=name) from error
    return None if root is None else _Builder(name).build(root)


def _syntax_error(error: yaml.MarkedYAMLError, name: str) -> InputError:
    mark = error.problem_mark or error.context_mark
    place = _place(name, mark.line, mark.column) if mark else name
    problem = error.problem or "this is not YAML"
    if "another document" in problem:
        expected = "one scenario a file"
        return InputError("a second document begins", place=place, expected=expected, hint="Remove the '---'.")
    hint = ""
    if "'\\t'" in problem:
        hint = "Indent with spaces, not tabs."
    elif "mapping values are not allowed" in problem:
        hint = "Check the indentation, and put text that has ': ' in it in quotes."
    return InputError(f"this is not YAML: {problem}", place=place, hint=hint)


class _Builder:
    """Turns PyYAML's nodes into ours. Counts them, since an alias is one node in the file and many in the result."""

    def __init__(self, name: str) -> None:
        self.name, self.count = name, 0

    def build(self, node: yaml.Node, depth: int = 0) -> Node:
        self.count += 1
        place = self.place(node)
        if self.count > MAX_NODES:
            raise InputError(f"aliases expand to more than {MAX_NODES} values", place=place, hint="Use fewer aliases.")
        if depth > MAX_DEPTH:  # also what an anchor that contains itself comes to
            problem = f"blocks are nested more than {MAX_DEPTH} deep"
            raise InputError(problem, place=place, hint="Does an anchor contain itself?")
        if isinstance(node, yaml.MappingNode):
            self.check_tag(node, "map")
            return Node(self.mapping(node, depth), place)
        if isinstance(node, yaml.SequenceNode):
            self.check_tag(node, "seq")
            return Node([self.build(child, depth + 1) for child in node.value], place)
        if isinstance(node, yaml.ScalarNode):
            return Node(self.scalar(node), place, quoted=node.style is not None)
        raise AssertionError(node)

    def place(self, node: yaml.Node) -> str:
        return _place(self.name, node.start_mark.line, node.start_mark.column)

    def check_tag(self, node: yaml.Node, *allowed: str) -> None:
        if node.tag not in {_TAG + kind for kind in allowed}:
            tag = node.tag.replace(_TAG, "!!")
            raise InputError(f"the tag {tag} is not allowed here", place=self.place(node), hint="Remove the tag.")

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Node]:
        stated: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError("this key is a list or a mapping", place=self.place(key_node), expected="a name")
            key, key_place = key_node.value, self.place(key_node)
            if key == "<<" and key_node.style is None:
                for part in self.merge_parts(value_node, depth):
                    merged = {**part, **merged}
                continue
            if key in stated:
                hint = f"It is also at {stated[key].key_place}."
                raise InputError(f"the key '{key}' is stated twice", place=key_place, hint=hint)
            stated[key] = replace(self.build(value_node, depth + 1), key_place=key_place)
        return {**merged, **stated}

    def merge_parts(self, node: yaml.Node, depth: int) -> Iterator[dict[str, Node]]:
        """The mappings behind the merge key ``<<``, the strongest first."""
        for part in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            built = self.build(part, depth + 1)
            if not isinstance(built.value, dict):
                expected = "a mapping or a list of mappings"
                raise InputError("'<<' merges something else", place=self.place(part), expected=expected)
            yield built.value

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        self.check_tag(node, "null", "bool", "int", "float", "str")
        text, kind = node.value, node.tag.removeprefix(_TAG)
        if kind == "str":
            return str(text)
        if not _CORE[kind][0].match(text):
            raise InputError(f"'{text}' is no {kind}", place=self.place(node), hint=f"Remove the tag !!{kind}.")
        if kind == "null":
            return None
        if kind == "bool":
            return bool(text.lower() == "true")
        return self.number(node, text)

    def number(self, node: yaml.ScalarNode, text: str) -> int | float:
        shown = text if len(text) <= 40 else text[:37] + "..."
        if _INT.fullmatch(text):
            base = {"0o": 8, "0x": 16}.get(text[:2], 10)
            if len(text) > 40 or abs(whole := int(text, base)) > MAX_INT:
                expected = f"at most {MAX_INT}"
                raise InputError(f"the number {shown} is too large", place=self.place(node), expected=expected)
            return whole
        if not math.isfinite(number := float(text.replace(".", "") if "n" in text.lower() else text)):
            raise InputError(f"the number {shown} is not finite", place=self.place(node), expected="a finite number")
        return number
