"""Scenarios from the command line, before anything heavy is imported: mistakes are told at once in both senses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.errors import InputError, InputErrors
from sim.lab.goals import check_goals
from sim.scenario.load import Loaded, load

#: Options that stand for a key.
OPTIONS = {"run.seed": "--seed", "run.replicates": "--replicates", "run.days": "--days"}


def loaded(named: Sequence[str], overrides: Sequence[str], changes: Mapping[str, Any]) -> list[Loaded]:
    """The scenarios as files and options state them.

    Parameters
    ----------
    named : files or names. overrides : of ``--set``. changes : dotted key → value; None leaves the scenario's.

    Raises
    ------
    InputErrors : all mistakes of all scenarios, each once.
    """
    stated = {key: value for key, value in changes.items() if value is not None}
    found: list[Loaded] = []
    errors: dict[str, InputError] = {}
    for each in named:
        try:
            found.append(load(each, overrides, stated))
            check_goals(found[-1].scenario, found[-1].sources)
        except InputError as error:
            several = error.errors if isinstance(error, InputErrors) else [error]
            errors |= {str(one): _as_typed(one) for one in several}
    if errors:
        raise InputErrors(list(errors.values()))
    return found


def _as_typed(error: InputError) -> InputError:
    """An error about ``run.days`` names the option where that is what the user gave."""
    place = OPTIONS.get(error.place, error.place)
    return InputError(error.problem, place=place, expected=error.expected, hint=error.hint)
