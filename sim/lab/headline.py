"""The headline metrics of a run: how each stands on every day, and whether goals are met.

A metric to date is one array over days, so that the horizon, a goal's day and a plot read the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.lab.goals import parsed
from sim.lab.metrics import METRICS
from sim.lab.statistics.intervals import cash_low, interval, payback_day, wilson, worst_tenth
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.model.tables import Run

Floats = NDArray[np.float64]


def to_date(series: Mapping[str, Any]) -> dict[str, Floats]:
    """The headline metrics as they stand at the end of every day.

    Parameters
    ----------
    series : the daily columns, see :func:`sim.model.tables.series`.

    Returns
    -------
    Name → shape [day] ([run, day] of a batch), float64; NaN where undefined (a share of nobody). Money accumulates
    from day 0.
    """
    strong, members = _floats(series["strong"]), _floats(series["members"])
    revenue, profit = _sum_to_date(series["revenue"]), _sum_to_date(series["profit"])
    cost = np.round(revenue - profit, 2)
    derived = {
        "strong_share": strong / (_floats(series["none"]) + series["weak"] + series["strong"]),
        "active_share": _over(_floats(series["active"]), members),
        "cost_per_strong": _over(cost, strong),
        "revenue": revenue,
        "cost": cost,
        "profit": profit,
    }
    return {metric.name: derived.get(metric.name, _floats(series.get(metric.name, []))) for metric in METRICS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the summary needs of one run: the headline metrics at the horizon, and how two of them came about.

    ``metrics``: name → value on the last day. ``strong``: people, shape [day]. ``profit``: cumulative, shape [day].
    ``goals``: whether each goal of the scenario is met, in its order.
    """

    metrics: dict[str, float]
    strong: Floats
    profit: Floats
    goals: tuple[bool, ...]


def outcome(run: Run) -> Outcome:
    """The outcome of a finished run."""
    from sim.model.tables import series  # noqa: PLC0415 - the catalogue alone needs no pandas

    columns = series(run)
    found = to_date(columns)
    goals = tuple(_met(goal, found, columns) for goal in run.scenario.goals)
    return Outcome({name: float(values[-1]) for name, values in found.items()}, found["strong"], found["profit"], goals)


def _met(goal: str, found: Mapping[str, Floats], columns: Mapping[str, Any]) -> bool:
    """Whether a goal is met in one run, as things stand at the end of its day; without one, at the horizon.

    At the end of that day and not on some day before: costs start at nothing, so a cap would be met on day 0, and ties
    that were won and lost again are no success. A metric that is undefined then (a cost per strong tie without any
    strong tie, a payback that never comes) does not meet a goal.
    """
    name, sign, bound, day = parsed(goal)
    last = len(found["profit"]) - 1
    until = last if day is None else min(day, last)
    if name in {"cash_low", "payback_day"}:
        measure = cash_low if name == "cash_low" else payback_day
        value = float(measure(found["profit"][: until + 1]))
    else:
        value = float((found[name] if name in found else columns[name])[until])
    return value >= bound if sign == ">=" else value <= bound


def summarised(scenario: Scenario, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """One scenario's entry in ``summary.json``.

    Metrics with the 90 % interval of the mean (``low``, ``high``) and the spread of the replicates (``p05``, ``p95``),
    goals with the 95 % Wilson interval of the chance; what is undefined is None.
    """
    profit = np.array([each.profit for each in outcomes])
    values = {metric.name: _column(outcomes, metric.name) for metric in METRICS}
    return {
        "name": scenario.name,
        "title": scenario.title.model_dump(),
        "replicates": len(outcomes),
        "metrics": {name: estimate(column) for name, column in values.items()},
        "goals": [_goal(goal, [each.goals[index] for each in outcomes]) for index, goal in enumerate(scenario.goals)],
        "payback_day": _payback(payback_day(profit)),
        "cash_low": estimate(cash_low(profit)),
        "worst_tenth": {
            metric.name: finite_or_none(worst_tenth(values[metric.name], higher_is_better=metric.better >= 0))
            for metric in METRICS
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


def _floats(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _sum_to_date(money: Any) -> Floats:
    """Sums of amounts in cents are cents; adding floats leaves a trace below them."""
    return _floats(np.round(np.cumsum(_floats(money), axis=-1), 2))


def _over(part: Floats, whole: Floats) -> Floats:
    return _floats(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0))
