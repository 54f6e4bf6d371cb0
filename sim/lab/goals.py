"""Goals as authors write them: ``strong_share >= 0.08 by day 180``."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from sim.errors import InputError, InputErrors
from sim.model import measures
from sim.scenario.schema import GOAL, Scenario


def parsed(goal: str) -> tuple[str, str, float, int | None]:
    """Metric, sign (``>=`` or ``<=``), number, and the day; None for the horizon."""
    match = GOAL.fullmatch(goal)
    assert match, f"the schema let the goal {goal!r} through"
    return match["metric"], match["sign"], float(match["value"]), int(match["day"]) if match["day"] else None


def check_goals(scenario: Scenario, sources: Mapping[str, str] | None = None) -> None:
    """Refuse goals about metrics that do not exist.

    Parameters
    ----------
    sources : dotted key → place, as in :class:`sim.scenario.Loaded`.

    Raises
    ------
    InputErrors : one for each such goal, with the nearest metric.
    """
    errors = []
    for index, goal in enumerate(scenario.goals):
        name = parsed(goal)[0]
        if measures.find(name):
            continue
        near = difflib.get_close_matches(name, [each.name for each in measures.MEASURES], n=1)
        hint = f"Did you mean '{near[0]}'?" if near else "'list metrics' shows them all."
        place = (sources or {}).get(f"goals.{index}", f"goals.{index}")
        errors.append(InputError(f"unknown metric '{name}' in the goal '{goal}'", place=place, hint=hint))
    if errors:
        raise InputErrors(errors)
