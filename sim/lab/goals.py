"""What goals are about: the measure that each names, as authors write them (``strong_share >= 2% by day 180``)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from sim.errors import InputError, InputErrors
from sim.model import measures
from sim.model.measures import Measure
from sim.scenario.goals import Goal, read_goal
from sim.scenario.schema import Scenario

#: Units of measures from 0 to 1 and of ratios, which may be stated in per cent.
_IN_PER_CENT = {"share", "satisfaction", "strength", "experience", "people per member"}


def parsed(goal: str) -> Goal:
    """A goal of a scenario, with the name of its measure whatever it was called by."""
    found = read_goal(goal)
    measure = measure_of(found.metric)
    return found._replace(metric=measure.name) if measure else found


def measure_of(called: str) -> Measure | None:
    """The measure of this name, or of this title in English or Chinese as pages show it; None if there is none."""
    plain = called.strip().casefold()
    return measures.find(called) or next(
        (each for each in measures.MEASURES if plain in {each.en.casefold(), each.zh.casefold()}), None
    )


def check_goals(scenario: Scenario, sources: Mapping[str, str] | None = None) -> None:
    """Refuse goals about measures that do not exist, and bounds that a measure cannot be meant to have.

    Parameters
    ----------
    sources : dotted key → place, as in :class:`sim.scenario.Loaded`.

    Raises
    ------
    InputErrors : one for each such goal, with the next step.
    """
    errors = []
    for index, text in enumerate(scenario.goals):
        if wrong := _wrong(read_goal(text), text):
            place = (sources or {}).get(f"goals.{index}", f"goals.{index}")
            errors.append(InputError(wrong[0], place=place, hint=wrong[1]))
    if errors:
        raise InputErrors(errors)


def _wrong(goal: Goal, text: str) -> tuple[str, str] | None:
    """What is wrong with a goal, and the next step."""
    measure = measure_of(goal.metric)
    if measure is None:
        return f"unknown metric '{goal.metric}' in the goal '{text}'", _nearest(goal.metric)
    if goal.percent and measure.unit not in _IN_PER_CENT:
        shares = ", ".join(each.name for each in measures.MEASURES if each.unit == "share")
        problem = f"{measure.name} is in {measure.unit}, and the goal '{text}' in per cent"
        return problem, f"Write a number, or a share: {shares}."
    if measure.unit == "share" and abs(goal.value) > 1.0:
        problem = f"{measure.name} is a share of at most 1, and the goal '{text}' asks for {goal.value:g}"
        return problem, f"Write {goal.value:g}%." if not goal.percent and abs(goal.value) <= 100.0 else ""
    return None


def _nearest(called: str) -> str:
    """The hint with the measure that is most like what was written, by name or title."""
    names = {each.name: each.name for each in measures.MEASURES}
    names |= {title: f"{title} ({each.name})" for each in measures.MEASURES for title in (each.en, each.zh)} | names
    near = difflib.get_close_matches(called, list(names), n=1) or difflib.get_close_matches(
        called.lower(), list(names), n=1, cutoff=0.4
    )
    return f"Did you mean '{names[near[0]]}'?" if near else "'list metrics' shows them all."
