"""Scenarios as they are given, before anything heavy is imported: mistakes are told at once in both senses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from sim.errors import InputError, InputErrors
from sim.lab.goals import check_goals
from sim.scenario.keys import difference, with_changes
from sim.scenario.load import Loaded, load
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import read_value

#: A scenario: at hand, or its file or name.
Given: TypeAlias = Scenario | Loaded | str | Path

#: Options that stand for a key.
OPTIONS = {"run.seed": "--seed", "run.replicates": "--replicates", "run.days": "--days"}


def loaded(given: Sequence[Given], overrides: Sequence[str], changes: Mapping[str, Any]) -> list[Loaded]:
    """The scenarios with changes laid over them.

    Parameters
    ----------
    given : scenarios, files or names. overrides : ``KEY=VALUE``. changes : dotted key → value; None leaves the
        scenario's.

    Raises
    ------
    InputErrors : all mistakes of all scenarios, each once.
    """
    stated = {key: value for key, value in changes.items() if value is not None}
    found: list[Loaded] = []
    errors: dict[str, InputError] = {}
    for each in given:
        try:
            made = load(each, overrides, stated) if isinstance(each, str | Path) else _changed(each, overrides, stated)
            found.append(made)
            check_goals(made.scenario, made.sources)
        except InputError as error:
            several = error.errors if isinstance(error, InputErrors) else [error]
            errors |= {str(one): _as_typed(one) for one in several}
    if errors:
        raise InputErrors(list(errors.values()))
    return found


def _changed(given: Scenario | Loaded, overrides: Sequence[str], stated: Mapping[str, Any]) -> Loaded:
    """A scenario at hand with changes laid over it."""
    whole = given if isinstance(given, Loaded) else Loaded(given, Path(given.name), {}, (), ())
    changes: dict[str, object] = {}
    for text in overrides:
        key, equals, value = text.partition("=")
        if not equals:
            raise InputError("there is no '='", place=f"--set {text}", expected="KEY=VALUE, such as market.people=500")
        changes[key.strip()] = read_value(value, f"--set {text}").plain()
    changes |= stated
    if not changes:
        return whole
    return Loaded(with_changes(whole.scenario, changes), whole.path, whole.sources, whole.files, whole.notes)


def _as_typed(error: InputError) -> InputError:
    """An error about ``run.days`` names the option where that is what the user gave."""
    place = OPTIONS.get(error.place, error.place)
    return InputError(error.problem, place=place, expected=error.expected, hint=error.hint)


def refuse_same(found: Sequence[Loaded], named: Sequence[str]) -> None:
    """Refuse plans of which two are one: whatever is run, no number of theirs would differ.

    Days, seed and replicates of the first hold for all; names and titles change no number. Goals may differ: how likely
    one plan is to reach each of two sets of them is a question.

    Raises
    ------
    InputErrors : each plan that is the same as an earlier one.
    """
    errors: list[InputError] = []
    for number, one in enumerate(found):
        same = next((other for other in range(number) if _are_same(found[other].scenario, one.scenario)), None)
        if same is not None:
            problem = f"'{named[same]}' and '{named[number]}' are the same plan"
            if named[same] == named[number]:
                problem = f"'{named[number]}' is named twice"
            elif found[same].scenario.name != one.scenario.name or found[same].scenario.title != one.scenario.title:
                problem += " but for the name"
            hint = "Change a value in one of them; 'run' makes one plan alone."
            expected = "plans that differ in more than names, days, seed and replicates"
            errors.append(InputError(problem, expected=expected, hint=hint))
    if errors:
        raise InputErrors(errors)


def _are_same(one: Scenario, other: Scenario) -> bool:
    told_alike = one.run.currency == other.run.currency and sorted(one.goals) == sorted(other.goals)
    return told_alike and not difference(one, other)
