"""A scenario with some values changed.

A dotted key may name an item of a list, ``structure.kols.guest``: its value is the item as a mapping, None where it is
absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeAlias

from pydantic import ValidationError

from sim.errors import InputError, InputErrors
from sim.scenario.catalogue import check_key, nearest_key, steps
from sim.scenario.mistakes import explained, unknown_item
from sim.scenario.refusal import refusal_of_arm
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import node_of, position

Plain: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None


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
        put(plain, key, value)
    return checked(plain)


def treated(scenario: Scenario) -> list[Scenario]:
    """What the plan is for the people of each arm.

    Raises
    ------
    InputErrors : a key that cannot differ between people, a value outside its range, or a contradiction.
    """
    if refused := [error for arm in scenario.arms for key in arm.set if (error := refusal_of_arm(key))]:
        raise InputErrors(refused)
    return [with_changes(scenario, arm.set) for arm in scenario.arms]


def checked(plain: dict[str, Any]) -> Scenario:
    """The scenario that plain values describe.

    Raises
    ------
    InputErrors : everything that is wrong with them.
    """
    try:
        return Scenario.model_validate(plain)
    except ValidationError as error:
        raise InputErrors(explained(error, node_of(plain))) from None


def get(plain: Plain, path: Sequence[str]) -> Plain:
    """What stands at a path; None where nothing does."""
    for step in path:
        if isinstance(plain, list):
            at = position(names_of(plain), step)
            plain = None if at is None else plain[at]
        else:
            plain = plain.get(step) if isinstance(plain, dict) else None
    return plain


def put(plain: dict[str, Any], key: str, value: object, order: Sequence[str | None] = ()) -> None:
    """Set a value at a dotted key. ``order`` says before which names a new item of a list comes."""
    path = steps(key)
    parent, last = get(plain, path[:-1]), path[-1]
    if isinstance(parent, list):
        _put_item(parent, path, value, order)
        return
    in_set = path[0] in {"playbook", "arms"} and len(path) == 4 and isinstance(parent, dict)
    if not isinstance(parent, dict) or (last not in parent and not in_set):
        _refuse(plain, key)
    if isinstance(value, Mapping) and isinstance(parent.get(last), dict | list):
        for name, inner in value.items():
            put(plain, f"{key}.{name}", inner)
        return
    parent[last] = value.item() if hasattr(value, "item") else value


def _put_item(items: list[Any], path: Sequence[str], value: object, order: Sequence[str | None]) -> None:
    """Change, add or (None) take out an item of a list."""
    name, names = path[-1], names_of(items)
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


def names_of(items: Sequence[Any]) -> list[str | None]:
    """The names of the items of a list; None for an item without one."""
    return [item.get("name") if isinstance(item, dict) else None for item in items]


def _refuse(plain: dict[str, Any], key: str) -> NoReturn:
    """Say why there is nothing at a key: no such key, or no such item."""
    path = check_key(key)
    for index, step in enumerate(path):
        parent = get(plain, path[:index])
        if isinstance(parent, list) and position(names_of(parent), step) is None:
            raise unknown_item(step, ".".join(path[:index]), names_of(parent), "")
    raise InputError(f"nothing can be set at '{key}'", expected="a dotted key", hint=nearest_key(key))
