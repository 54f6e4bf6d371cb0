"""Trees of values with places: one laid over another, values under dotted keys, where a value stands."""

from __future__ import annotations

from dataclasses import replace

from sim.errors import InputError
from sim.scenario.catalogue import steps
from sim.scenario.mistakes import unknown_item
from sim.scenario.yaml12 import Node, at, position


def merge(base: Node, over: Node, key: str, problems: list[InputError]) -> Node:
    """Lay one tree over another: mappings key by key, a mapping over a list item by item, all else replaces.

    A block without content (``market:`` and nothing below) states nothing. Items that a list doesn't have are added to
    ``problems``.
    """
    if isinstance(base.value, dict) and over.value is None:
        return base
    if not isinstance(over.value, dict) or not isinstance(base.value, dict | list):
        return over
    if isinstance(base.value, list):
        return replace(over, value=_patched(base.value, over.value, key, problems))
    merged = dict(base.value)
    for name, node in over.value.items():
        inner = f"{key}.{name}" if key else name
        merged[name] = merge(merged[name], node, inner, problems) if name in merged else node
    return replace(over, value=merged)


def _patched(items: list[Node], changes: dict[str, Node], key: str, problems: list[InputError]) -> list[Node]:
    patched, names = list(items), [item.name() for item in items]
    for name, node in changes.items():
        index = position(names, name)
        if index is None:
            problems.append(unknown_item(name, key, names, node.key_place))
        elif node.value is None:
            problem = f"{key}.{name} is null"
            hint = "To leave an item out, state the list without it."
            problems.append(InputError(problem, place=node.place, expected="what changes in the item", hint=hint))
        else:
            patched[index] = merge(patched[index], node, f"{key}.{name}", problems)
    return patched


def nested(key: str, node: Node) -> Node:
    """A value under a dotted key as a tree."""
    for step in reversed(steps(key)):
        node = Node({step: node}, node.key_place, node.key_place)
    return node


def place_of(tree: Node, key: str) -> str:
    """The place of a stated value with a colon, empty for a default."""
    node = at(tree, key)
    return f"{node.place}: " if node and node.place else ""
