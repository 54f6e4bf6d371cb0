"""A scenario as dotted keys: list them, say in which two plans differ, move some from one to the other.

A key may name an item of a list, ``structure.kols.guest``: its value is the item as a mapping, None where it is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sim.scenario.catalogue import Parameter, check_key, nearest_key, parameters, steps
from sim.scenario.changes import Plain, checked, get, names_of, put, with_changes
from sim.scenario.playbook import phases, played
from sim.scenario.schema import Scenario

__all__ = [
    "Parameter",
    "difference",
    "flat",
    "nearest_key",
    "parameters",
    "phases",
    "played",
    "transplant",
    "with_changes",
]

NO_LEVERS = ("name", "title", "run", "goals")
"""What two plans may differ in without being different plans."""
WHOLE = ("playbook", "arms")
"""What is one lever as a whole."""


def flat(scenario: Scenario) -> dict[str, Any]:
    """All parameters by dotted key, items of lists by name; playbook and goals by number."""
    return dict(_leaves(scenario.model_dump(), ""))


def difference(first: Scenario, second: Scenario) -> list[tuple[str, Any, Any]]:
    """The levers in which two plans differ: key, value in the first, value in the second.

    An item that only one of them has is one lever, and so are the whole playbook and all arms. How to run, names,
    goals and the order of lists are no levers.
    """
    found: list[tuple[str, Any, Any]] = []
    a, b = first.model_dump(), second.model_dump()
    for key in a:
        if key in WHOLE and a[key] != b[key]:
            found.append((key, a[key], b[key]))
        elif key not in {*NO_LEVERS, *WHOLE}:
            found.extend(_differences(a[key], b[key], key))
    return found


def transplant(base: Scenario, other: Scenario, keys: Iterable[str]) -> Scenario:
    """``base`` with the levers of these keys as they are in ``other``.

    A key may also name a block or a whole list. With all keys of ``difference(base, other)`` the result is ``other``,
    but for names, goals and how to run.

    Raises
    ------
    InputErrors : a key that neither has, or parts of two plans that contradict each other.
    """
    plain, source = base.model_dump(), other.model_dump()
    for key in keys:
        value = get(source, check_key(key))
        here = get(plain, steps(key))
        if isinstance(value, dict) and isinstance(here, dict):
            here.clear()
            here.update(value)
        else:
            put(plain, key, value, order=_siblings(source, steps(key)))
    return checked(plain)


def _leaves(value: Plain, key: str) -> Iterator[tuple[str, Any]]:
    inner = _items(value)
    if inner is None:
        yield key, value
        return
    for name, child in inner.items():
        yield from _leaves(child, f"{key}.{name}" if key else name)


def _items(value: Plain) -> dict[str, Any] | None:
    """What is inside a block or a list, by name; None for a value."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return {name or str(index): item for index, (name, item) in enumerate(zip(names_of(value), value, strict=True))}
    return None


def _differences(a: Plain, b: Plain, key: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(a, dict) and isinstance(b, dict):
        for name in a:
            yield from _differences(a[name], b[name], f"{key}.{name}")
    elif isinstance(a, list):
        mine, theirs = _items(a) or {}, _items(b) or {}
        for name in {**mine, **theirs}:
            inner = f"{key}.{name}"
            if name in mine and name in theirs:
                yield from _differences(mine[name], theirs[name], inner)
            else:
                yield inner, mine.get(name), theirs.get(name)
    elif a != b:
        yield key, a, b


def _siblings(plain: Plain, path: Sequence[str]) -> list[str | None]:
    """The names in the list that a path leads into; empty where it leads elsewhere."""
    parent = get(plain, path[:-1])
    return names_of(parent) if isinstance(parent, list) else []
