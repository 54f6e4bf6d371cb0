"""What a playbook cannot change, with the reason."""

from __future__ import annotations

from sim.errors import InputError
from sim.scenario.catalogue import Block, lookup, nearest_key, parameters, steps

FIXED = {
    "run": "it says how to run",
    "market": "people and whom they know are given on day 0",
    "entrance.seeds": "founding members come on day 0",
    "budget": "what is spent counts from day 0",
    "playbook": "a change of plan cannot change the playbook",
}


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
