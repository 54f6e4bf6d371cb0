"""A scenario as dotted keys: list them, change them, say in which two plans differ, move some from one to the other.

A key may name an item of a list, ``structure.kols.guest``: its value is the item as a mapping, None where it is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeAlias

from pydantic import ValidationError

from sim.errors import InputError, InputErrors
from sim.scenario.catalogue import Block, Parameter, check_key, lookup, nearest_key, parameters, steps
from sim.scenario.mistakes import explained, unknown_item
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import node_of, position

__all__ = ["Parameter", "difference", "flat", "nearest_key", "parameters", "phases", "transplant", "with_changes"]

Plain: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None

NO_LEVERS = ("name", "title", "run", "goals")
"""What two plans may differ in without being different plans."""

FIXED = {
    "run": "it says how to run",
    "market": "people and whom they know are given on day 0",
    "entrance.seeds": "founding members come on day 0",
    "budget": "the cap counts from day 0",
    "playbook": "a change of plan cannot change the playbook",
}
"""What a playbook cannot change, with the reason."""


def flat(scenario: Scenario) -> dict[str, Any]:
    """All parameters by dotted key, items of lists by name; playbook and goals by number."""
    return dict(_leaves(scenario.model_dump(), ""))


def difference(first: Scenario, second: Scenario) -> list[tuple[str, Any, Any]]:
    """The levers in which two plans differ: key, value in the first, value in the second.

    An item that only one of them has is one lever, and so is the whole playbook. How to run, names, goals and the order
    of lists are no levers.
    """
    found: list[tuple[str, Any, Any]] = []
    a, b = first.model_dump(), second.model_dump()
    for key in a:
        if key == "playbook" and a[key] != b[key]:
            found.append((key, a[key], b[key]))
        elif key not in {*NO_LEVERS, "playbook"}:
            found.extend(_differences(a[key], b[key], key))
    return found


def with_changes(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """The same scenario with some values changed.

    Parameters
    ----------
    changes : dotted key → value. A mapping as value changes only what it names. For an item of a list, a mapping under
        a new name adds the item and None takes it out.

    Raises
    ------
    InputErrors : an unknown key, a value outside its range, or a contradiction.
    """
    plain = scenario.model_dump()
    for key, value in changes.items():
        _put(plain, key, value)
    return _checked(plain)


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
        value = _get(source, check_key(key))
        here = _get(plain, steps(key))
        if isinstance(value, dict) and isinstance(here, dict):
            here.clear()
            here.update(value)
        else:
            _put(plain, key, value, order=_siblings(source, steps(key)))
    return _checked(plain)


def phases(scenario: Scenario) -> list[tuple[int, Scenario]]:
    """The plan as its playbook changes it: first day of each phase, and the scenario from then on. The first day is 0.

    Changes add up; on one day, the entry further down wins.

    Raises
    ------
    InputErrors : a key that cannot change during a run, a value outside its range, or a contradiction.
    """
    by_day: dict[int, dict[str, Any]] = {0: {}}
    for change in sorted(scenario.playbook, key=lambda change: change.day):
        if refused := [error for key in change.set if (error := refusal(key))]:
            raise InputErrors(refused)
        by_day.setdefault(change.day, {}).update(change.set)
    found: list[tuple[int, Scenario]] = []
    for day, changes in by_day.items():
        scenario = with_changes(scenario, changes) if changes else scenario
        found.append((day, scenario))
    return found


def refusal(key: str, place: str = "") -> InputError | None:
    """Why a playbook cannot change this key; None if it can."""
    entry = lookup(steps(key))
    if entry is None:
        return InputError(f"unknown key '{key}'", place=place, expected="a dotted key", hint=nearest_key(key))
    for fixed, reason in FIXED.items():
        if key == fixed or key.startswith(fixed + "."):
            return InputError(f"'{key}' cannot change during a run: {reason}", place=place, hint="Remove it.")
    if isinstance(entry, Block):
        inside = (found.key for found in parameters() if found.numeric and found.key.startswith(entry.key))
        hint = f"Name what changes in it, such as {next(inside, '').replace('[]', '.NAME')}."
        return InputError(f"'{key}' is a block", place=place, expected="the key of a number or a switch", hint=hint)
    if not entry.numeric:
        problem = f"'{key}' cannot change during a run: it is no number and no switch"
        return InputError(problem, place=place, hint="Remove it.")
    return None


def _checked(plain: dict[str, Any]) -> Scenario:
    try:
        return Scenario.model_validate(plain)
    except ValidationError as error:
        raise InputErrors(explained(error, node_of(plain))) from None


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
        return {name or str(index): item for index, (name, item) in enumerate(zip(_names(value), value, strict=True))}
    return None


def _names(items: Sequence[Any]) -> list[str | None]:
    return [item.get("name") if isinstance(item, dict) else None for item in items]


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


def _get(plain: Plain, path: Sequence[str]) -> Plain:
    """What stands at a path; None where nothing does."""
    for step in path:
        if isinstance(plain, list):
            at = position(_names(plain), step)
            plain = None if at is None else plain[at]
        else:
            plain = plain.get(step) if isinstance(plain, dict) else None
    return plain


def _siblings(plain: Plain, path: Sequence[str]) -> list[str | None]:
    """The names in the list that a path leads into; empty where it leads elsewhere."""
    parent = _get(plain, path[:-1])
    return _names(parent) if isinstance(parent, list) else []


def _put(plain: dict[str, Any], key: str, value: object, order: Sequence[str | None] = ()) -> None:
    """Set a value at a dotted key. ``order`` says before which names a new item of a list comes."""
    path = steps(key)
    parent, last = _get(plain, path[:-1]), path[-1]
    if isinstance(parent, list):
        _put_item(parent, path, value, order)
        return
    in_playbook = path[0] == "playbook" and len(path) == 4 and isinstance(parent, dict)
    if not isinstance(parent, dict) or (last not in parent and not in_playbook):
        _refuse(plain, key)
    if isinstance(value, Mapping) and isinstance(parent.get(last), dict | list):
        for name, inner in value.items():
            _put(plain, f"{key}.{name}", inner)
        return
    parent[last] = value.item() if hasattr(value, "item") else value


def _put_item(items: list[Any], path: Sequence[str], value: object, order: Sequence[str | None]) -> None:
    """Change, add or (None) take out an item of a list."""
    name, names = path[-1], _names(items)
    at = position(names, name)
    if at is None and isinstance(value, Mapping) and path[0] != "playbook":
        before = order[: order.index(name)] if name in order else names
        place = max((names.index(other) + 1 for other in before if other in names), default=0)
        items.insert(place, {"name": name, **value})
    elif at is None:
        raise unknown_item(name, ".".join(path[:-1]), names, "")
    elif value is None:
        del items[at]
    elif isinstance(value, Mapping) and isinstance(items[at], dict):
        items[at] = {**items[at], **value}
    else:
        items[at] = value


def _refuse(plain: dict[str, Any], key: str) -> NoReturn:
    """Say why there is nothing at a key: no such key, or no such item."""
    path = check_key(key)
    for index, step in enumerate(path):
        parent = _get(plain, path[:index])
        if isinstance(parent, list) and position(_names(parent), step) is None:
            raise unknown_item(step, ".".join(path[:index]), _names(parent), "")
    raise InputError(f"nothing can be set at '{key}'", expected="a dotted key", hint=nearest_key(key))
