"""What a playbook cannot change, and what cannot differ between people, with the reason."""

from __future__ import annotations

from sim.errors import InputError
from sim.scenario.catalogue import Block, Parameter, lookup, nearest_key, parameters, steps

FIXED = {
    "run": "it says how to run",
    "market": "people and whom they know are given on day 0",
    "entrance.seeds": "founding members come on day 0",
    "budget": "what is spent counts from day 0",
    "playbook": "a change of plan cannot change the playbook",
    "arms": "who is treated how is settled on day 0",
}


def refusal(key: str, place: str = "") -> InputError | None:
    """Why a playbook cannot change this key; None if it can."""
    entry = lookup(steps(key))
    if entry is None:
        return InputError(f"unknown key '{key}'", place=place, expected="a dotted key", hint=nearest_key(key))
    for fixed, reason in FIXED.items():
        if key == fixed or key.startswith(fixed + "."):
            return InputError(f"'{key}' cannot change during a run: {reason}", place=place, hint="Remove it.")
    return _no_number(key, entry, place, "change during a run")


def refusal_of_arm(key: str, place: str = "") -> InputError | None:
    """Why an arm cannot set this key; None if it can: it is a number or a switch that is about a person."""
    entry = lookup(steps(key))
    if entry is None:
        return InputError(f"unknown key '{key}'", place=place, expected="a dotted key", hint=nearest_key(key))
    if refused := _no_number(key, entry, place, "differ between people"):
        return refused
    assert isinstance(entry, Parameter)
    if entry.scope == "person":
        return None
    about = (
        "a group, which people of several arms share" if entry.scope == "group" else "the plan, which is one for all"
    )
    hint = f"Set it for everybody, or compare two plans: compare PLAN OTHER, with {key} in OTHER."
    problem = f"'{key}' cannot differ between people: it is about {about}"
    return InputError(problem, place=place, expected="a parameter of scope person (list parameters --json)", hint=hint)


def _no_number(key: str, entry: Parameter | Block, place: str, what: str) -> InputError | None:
    """Why what is no number and no switch cannot be set."""
    if isinstance(entry, Block):
        inside = (found.key for found in parameters() if found.numeric and found.key.startswith(entry.key))
        hint = f"Name what changes in it, such as {next(inside, '').replace('[]', '.NAME')}."
        return InputError(f"'{key}' is a block", place=place, expected="the key of a number or a switch", hint=hint)
    if not entry.numeric:
        problem = f"'{key}' cannot {what}: it is no number and no switch"
        return InputError(problem, place=place, hint="Remove it.")
    return None
