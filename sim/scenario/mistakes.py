"""What is wrong with a scenario, in words that a user can act on: pydantic's errors with place, value and next step."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.errors import InputError, InputErrors
from sim.scenario.catalogue import Block, Parameter, did_you_mean, formerly, lookup, nearest_key, pattern, steps
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import Node

_DOTTED = re.compile(r"[^\s:()']+(?:\.[^\s:()']+)+")
_SWITCHES = {"yes": "true", "on": "true", "1": "true", "true": "true"}
_SWITCHES |= {"no": "false", "off": "false", "0": "false", "false": "false"}


def validated(tree: Node) -> Scenario:
    """The scenario that a tree of values describes.

    Raises
    ------
    InputErrors : everything that is wrong with it, each with its place.
    """
    try:
        return Scenario.model_validate(tree.plain())
    except ValidationError as error:
        raise InputErrors(explained(error, tree)) from None


def explained(error: ValidationError, tree: Node) -> list[InputError]:
    """Pydantic's errors as ours; but for those in the ``set`` of a playbook or an arm, which its keys check."""
    found: list[InputError] = []
    for detail in error.errors(include_url=False):
        path = detail["loc"]
        if len(path) > 3 and path[0] in {"playbook", "arms"} and path[2] == "set":
            continue
        if not path:
            found.extend(_contradiction(text, tree) for text in str(detail["ctx"]["error"]).splitlines())
        elif detail["type"] == "extra_forbidden":
            found.append(_unknown_key(path, tree))
        else:
            found.append(_bad_value(detail, tree))
    return found


def show(value: object) -> str:
    """A value as one writes it in YAML, cut to 60 characters."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def _nodes(path: Sequence[str | int], tree: Node) -> Iterator[Node]:
    """The nodes from the top to what stands at the path, as far as it exists."""
    yield tree
    at: Node | None = tree
    for step in path:
        at = at.child(step) if at else None
        if at is None:
            return
        yield at


def _dotted(path: Sequence[str | int], tree: Node) -> str:
    """A path as users write it: items of lists by name where they have one."""
    parts: list[str] = []
    nodes = list(_nodes(path, tree))
    for index, step in enumerate(path):
        named = nodes[index + 1].name() if isinstance(step, int) and index + 1 < len(nodes) else None
        parts.append(named or str(step))
    return ".".join(parts)


def _contradiction(text: str, tree: Node) -> InputError:
    """It stands where the first of the keys it names is stated, else where the block around the first one is."""
    keys = [key for key in _DOTTED.findall(text) if pattern(steps(key)) is not None]
    for key in keys:
        nodes = list(_nodes(steps(key), tree))
        if len(nodes) == len(steps(key)) + 1 and nodes[-1].place:
            return InputError(text, place=nodes[-1].place)
    around = [node.place for node in _nodes(steps(keys[0]), tree)][1:] if keys else []
    return InputError(text, place=next((place for place in reversed(around) if place), _file(tree)))


def _file(tree: Node) -> str:
    return re.sub(r":\d+:\d+$", "", tree.place)


def _unknown_key(path: Sequence[str | int], tree: Node) -> InputError:
    node = list(_nodes(path, tree))[-1]
    key, inside = str(path[-1]), lookup(path[:-1])
    siblings = list(inside.kind.model_fields) if isinstance(inside, Block) else []
    where = _dotted(path[:-1], tree)
    hint = ""
    if "." in key and pattern(steps(key)) is not None:
        parts = steps(key)
        hint = f"Write {': {'.join(parts)}: …{'}' * (len(parts) - 1)}, on one line or indented."
    hint = hint or formerly(path) or did_you_mean(key, siblings) or nearest_key(f"{where}.{key}" if where else key)
    expected = "one of " + ", ".join(siblings) if len(siblings) <= 16 else ""
    problem = f"unknown key '{key}' in {where}" if where else f"unknown key '{key}'"
    return InputError(problem, place=node.key_place or node.place, expected=expected, hint=hint)


def _bad_value(detail: ErrorDetails, tree: Node) -> InputError:
    path = detail["loc"]
    nodes = list(_nodes(path, tree))
    node, key, entry = nodes[-1], _dotted(path, tree), lookup(path)
    value = node.plain() if len(nodes) == len(path) + 1 else detail["input"]
    if detail["type"] == "value_error":
        return InputError(f"{key} is {show(value)}; {detail['ctx']['error']}", place=node.place)
    if isinstance(entry, Parameter):
        item = entry.type == "list" and isinstance(path[-1], int)
        one = "a person's number" if entry.unit == "person" else "text"
        expected, hint = one if item else entry.expected(), _hint(entry, value, quoted=node.quoted)
        return InputError(f"{key} is {show(value)}", place=node.place, expected=expected, hint=hint)
    expected = "a mapping" if isinstance(entry, Block) else detail["msg"]
    hint = ""
    if isinstance(entry, Block) and entry.table and not isinstance(path[-1], int):
        named = "name" in entry.kind.model_fields
        expected = "a list of items" + (", or a mapping from names to what changes" if named else "")
        hint = "Write [] for none." if value is None else ""
    elif isinstance(entry, Block):
        hint = f"Its keys are {', '.join(entry.kind.model_fields)}."
    return InputError(f"{key} is {show(value)}", place=node.place, expected=expected, hint=hint)


def _hint(entry: Parameter, value: object, *, quoted: bool) -> str:
    """The next step: what to write instead."""
    if entry.type == "choice" and isinstance(value, str):
        return did_you_mean(value, entry.choices)
    if entry.type == "str" and not isinstance(value, str | dict | list | None):
        return "Put it in quotes."
    if value is None:
        return f"Leave the key out for the default, {show(entry.default)}."
    if entry.type == "bool":
        return _switch(value, quoted=quoted)
    return _number(value, quoted=quoted) if entry.numeric else ""


def _switch(value: object, *, quoted: bool) -> str:
    """What to write instead of yes, 'true' or 1."""
    word = show(value).strip('"').lower()
    plain = _SWITCHES.get(word, "")
    if not plain:
        return ""
    return "Remove the quotes." if quoted and plain == word else f"Write {plain}."


def _number(value: object, *, quoted: bool) -> str:
    """What to write instead of '0.5', 10%, 1_000, or of 3.0 for a whole number."""
    text = str(value) if isinstance(value, str | float) else ""
    plain = text.strip().replace(",", "").replace("_", "")
    share = plain.endswith("%")
    try:
        found = float(plain.removesuffix("%"))
    except ValueError:
        return ""
    if not math.isfinite(found):
        return ""
    if quoted and plain == text:
        return "Remove the quotes."
    short = f"{found / 100 if share else found:.12g}"
    return f"Write {short}." if short != text else ""


def unknown_item(name: str, key: str, names: Sequence[str | None], place: str) -> InputError:
    """No item of a list has this name."""
    known = [known for known in names if known]
    hint = did_you_mean(name, known) or "To add an item, state the whole list."
    numbers = f"a number from 0 to {len(names) - 1}" if names else "nothing, since the list is empty"
    expected = "one of " + ", ".join(known) if known else numbers
    return InputError(f"{key} has no item '{name}'", place=place, expected=expected, hint=hint)
