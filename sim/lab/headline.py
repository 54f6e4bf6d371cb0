"""The headline metrics of a run: how each stands on every day, and whether goals are met.

A metric to date is one array over days, so that the horizon, a goal's day and a plot read the same numbers.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.goals import parsed
from sim.lab.statistics.intervals import interval, wilson, worst_tenth
from sim.model import measures
from sim.model.counts import Counts, Floats, Lived
from sim.model.measures import Measure
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.model.tables import Run

_STANDS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def to_date(run: Lived, chosen: Iterable[Measure] | None = None) -> dict[str, Floats]:
    """Measures of a run as they stand at the end of every day.

    Parameters
    ----------
    chosen : by default all that are kept of a run, see :func:`sim.model.measures.metrics`.

    Returns
    -------
    Name → shape [day] ([run, day] of a batch), float64; NaN where undefined (a share of nobody).
    """
    counts = Counts(run)
    return {each.name: each.to_date(counts) for each in (measures.metrics() if chosen is None else chosen)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the summary needs of one run: headline and cash metrics at the horizon, and how two of them came about.

    ``metrics``: name → value on the last day. ``strong``: people, shape [day]. ``profit``: cumulative, shape [day].
    ``goals``: whether each goal of the scenario is met, in its order.
    """

    metrics: dict[str, float]
    strong: Floats
    profit: Floats
    goals: tuple[bool, ...]


def outcome(run: Run) -> Outcome:
    """The outcome of a finished run."""
    found = to_date(run)
    goals = tuple(_met(goal, run) for goal in run.scenario.goals)
    return Outcome({name: float(values[-1]) for name, values in found.items()}, found["strong"], found["profit"], goals)


def _met(goal: str, run: Lived) -> bool:
    """Whether a goal is met in one run, as things stand at the end of its day; without one, at the horizon.

    At the end of that day and not on some day before: costs start at nothing, so a cap would be met on day 0, and ties
    that were won and lost again are no success. A measure that is undefined then (a cost per strong tie without any
    strong tie, a payback that never comes) does not meet a goal.
    """
    wish = parsed(goal)
    measure = measures.find(wish.metric)
    assert measure, f"no check of goals let {wish.metric!r} through"
    last = len(run.days) - 1
    value = float(to_date(run, [measure])[measure.name][last if wish.day is None else min(wish.day, last)])
    return _STANDS[wish.sign](value, wish.value)


def summarised(scenario: Scenario, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """One scenario's entry in ``summary.json``.

    Metrics with the 90 % interval of the mean (``low``, ``high``) and the spread of the replicates (``p05``, ``p95``),
    goals with the 95 % Wilson interval of the chance; what is undefined is None.
    """
    values = {metric.name: _column(outcomes, metric.name) for metric in measures.metrics()}
    return {
        "name": scenario.name,
        "title": scenario.title.model_dump(),
        "replicates": len(outcomes),
        "metrics": {metric.name: estimate(values[metric.name]) for metric in measures.headline()},
        "goals": [_goal(goal, [each.goals[index] for each in outcomes]) for index, goal in enumerate(scenario.goals)],
        "payback_day": _payback(values["payback_day"]),
        "cash_low": estimate(values["cash_low"]),
        "worst_tenth": {
            metric.name: finite_or_none(worst_tenth(values[metric.name], higher_is_better=metric.better >= 0))
            for metric in measures.headline()
            if metric.better
        },
    }


def estimate(values: Floats) -> dict[str, float | int | None]:
    """A metric over replicates, shape [replicate], as the summary holds it."""
    found = interval(values)
    return {
        "mean": finite_or_none(found.mean),
        "low": finite_or_none(found.low),
        "high": finite_or_none(found.high),
        "p05": finite_or_none(found.spread_low),
        "p95": finite_or_none(found.spread_high),
        "missing": found.missing,
    }


def finite_or_none(value: float) -> float | None:
    """The number, or None where it is not finite: JSON has no NaN."""
    return float(value) if math.isfinite(value) else None


def _column(outcomes: Sequence[Outcome], name: str) -> Floats:
    return np.array([each.metrics[name] for each in outcomes])


def _payback(days: Floats) -> dict[str, float | None]:
    """The share of replicates paid back by the end, and the median day, where most are."""
    share = float(np.isfinite(days).mean())
    ordered = np.sort(np.where(np.isnan(days), np.inf, days))
    return {"share": share, "median": finite_or_none(float(np.median(ordered)))}


def _goal(goal: str, met: Sequence[bool]) -> dict[str, Any]:
    chance = wilson(sum(met), len(met))
    return {"goal": goal, "chance": chance.share, "low": chance.low, "high": chance.high, "n": chance.n}
