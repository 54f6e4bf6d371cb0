"""What is wrong with a plan as its playbook and its arms change it, told where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, product

from sim.errors import InputError, InputErrors
from sim.scenario.mistakes import validated
from sim.scenario.playbook import Outline, groups, holding, states_of, turns
from sim.scenario.refusal import refusal, refusal_of_arm
from sim.scenario.schema import Scenario
from sim.scenario.trees import merge, nested, place_of
from sim.scenario.yaml12 import Node, at


def playbook_problems(tree: Node, known: Sequence[InputError]) -> list[InputError]:
    """What is wrong with the changes of plan: each is laid over the scenario, and the result is checked like a file."""
    entries = [_changes(entry) for entry in _entries(tree)]
    found = [error for entry in entries for key, node in entry.items() if (error := refusal(key, node.key_place))]
    told = {str(error) for error in known}
    try:
        plans = list(_plans(tree))
    except InputErrors as errors:
        place = place_of(tree, "playbook").removesuffix(": ")
        return [*found, *(InputError(e.problem, place=place, expected=e.expected, hint=e.hint) for e in errors.errors)]
    for day, state, changed, merging in plans:
        problems = list(merging)
        try:
            validated(changed)
        except InputErrors as errors:
            problems += errors.errors
        new = [error for error in problems if str(error) not in told]
        told.update(str(error) for error in new)
        found.extend(_under(day, state, error) for error in new)
    return found


def _plans(tree: Node) -> Iterator[tuple[int, list[str], Node, list[InputError]]]:
    """The scenario as its playbook changes it: from which day on, while which entries hold, and what cannot be merged.

    Raises
    ------
    InputErrors : more entries hang together than can be laid out.
    """
    entries = [{k: node for k, node in _changes(entry).items() if not refusal(k)} for entry in _entries(tree)]
    outlines = [_outline(entry, tuple(keys)) for entry, keys in zip(_entries(tree), entries, strict=True)]
    called = [entry.name() or str(number) for number, entry in enumerate(_entries(tree))]
    together = groups(outlines, {table: _names(tree, table) for table in Scenario().tables()})
    for day, state in product(turns(outlines), [(), *chain.from_iterable(map(states_of, together))]):
        changed, problems = tree, list[InputError]()
        for number in holding(outlines, day, state):
            for key, node in entries[number].items():
                changed = merge(changed, nested(key, node), "", problems)
        yield day, [called[number] for number in state], changed, problems


def _under(day: int, state: Sequence[str], error: InputError) -> InputError:
    """An error, with when the plan is like that."""
    when = f"while playbook.{' and playbook.'.join(state)} hold{'s' if len(state) == 1 else ''}" if state else ""
    when = ", ".join(filter(None, (when, f"from day {day}" if day or not state else "")))
    return InputError(f"{when}: {error.problem}", place=error.place, expected=error.expected, hint=error.hint)


def arm_problems(tree: Node, known: Sequence[InputError]) -> list[InputError]:
    """What is wrong with what arms set: it is laid over the scenario as each change of plan makes it."""
    found: list[InputError] = []
    told = {str(error) for error in known}
    arms, plans = at(tree, "arms"), [tree]
    with suppress(InputErrors):  # told of the playbook
        plans = [plan for _, _, plan, _ in _plans(tree)]
    for arm in arms.value if arms and isinstance(arms.value, list) else []:
        own = _changes(arm)
        if refused := [error for key, node in own.items() if (error := refusal_of_arm(key, node.key_place))]:
            found += refused
            continue
        for plan in plans:
            treated = plan
            for key, node in own.items():
                treated = merge(treated, nested(key, node), "", found)
            try:
                validated(treated)
            except InputErrors as errors:
                new = [error for error in errors.errors if str(error) not in told]
                told.update(str(error) for error in new)
                found.extend(_in_arm(arm.name() or "", error) for error in new)
    return found


def _in_arm(name: str, error: InputError) -> InputError:
    problem = f"in arm '{name}': {error.problem}"
    return InputError(problem, place=error.place, expected=error.expected, hint=error.hint)


def _entries(tree: Node) -> list[Node]:
    """The entries of the playbook as they stand; what is no list or no entry the schema refuses."""
    playbook = at(tree, "playbook")
    return playbook.value if playbook and isinstance(playbook.value, list) else []


def _changes(entry: Node) -> dict[str, Node]:
    """What an entry sets."""
    changes = entry.child("set")
    return changes.value if changes and isinstance(changes.value, dict) else {}


def _outline(entry: Node, keys: tuple[str, ...]) -> Outline:
    """When an entry may hold. One without a proper day the schema refuses."""
    day, lasts = (node.value if (node := entry.child(name)) else None for name in ("day", "for"))
    undated = any(node.value is not None for name in ("when", "rate") if (node := entry.child(name)))
    first = None if undated else day if isinstance(day, int) else 0
    return Outline(first, lasts if isinstance(lasts, int) and lasts > 0 else None, keys)


def _names(tree: Node, table: str) -> list[str | None]:
    """The names of the items of a list."""
    items = at(tree, table)
    return [item.name() for item in items.value] if items and isinstance(items.value, list) else []
