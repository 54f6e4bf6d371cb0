"""The plans that an optimisation has tried, rebuilt from its run table, and how they rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.estimators.table import RUN_COLUMNS, check_columns
from sim.lab.search.pareto import non_dominated
from sim.lab.search.question import Objective, Question, Requirement, Setting

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trials:
    """The plans tried so far, in the order of their first point.

    ``settings``: one a plan. ``values`` of shape [plan, replicate, metric]: the question's metrics in its order, NaN
    where there is no run, it failed, or the metric is undefined. ``made``: the numbers of the replicates that each plan
    was run under, failed runs too. ``runs`` in all.
    """

    settings: tuple[Setting, ...]
    values: Floats
    made: tuple[frozenset[int], ...]
    runs: int

    @property
    def counts(self) -> Ints:
        """Replicates of each plan in which every metric is known, shape [plan]."""
        return np.asarray(np.isfinite(self.values).all(axis=2).sum(axis=1), dtype=np.int64)

    def find(self, setting: Mapping[str, Any]) -> int:
        """The number of a plan.

        Raises
        ------
        InputError : it has not been tried.
        """
        for number, tried in enumerate(self.settings):
            if all(setting[key] == value for key, value in tried.items()):
                return number
        raise InputError(f"the plan {dict(setting)} has no run", expected="a plan of this table")


def trials(question: Question, table: pd.DataFrame) -> Trials:
    """The plans of a run table. Runs are told apart by plan and replicate; their order in the table does not matter.

    Raises
    ------
    InputError : a factor or metric that the table does not have.
    """
    if table.empty:
        return Trials((), np.empty((0, 0, len(question.metrics))), (), 0)
    check_columns(table, [*RUN_COLUMNS, *question.keys, *question.metrics])
    keys = list(question.keys)
    ordered = table.sort_values(["point", "replicate"], kind="stable")
    settings = tuple(question.plan(row) for row in ordered[keys].drop_duplicates().to_dict("records"))
    # Groups are numbered as they appear, like the settings.
    plans = ordered.groupby(keys, sort=False, dropna=False).ngroup().to_numpy()
    numbers, places = np.unique(ordered["replicate"].to_numpy(dtype=np.int64), return_inverse=True)
    values = np.full((len(settings), len(numbers), len(question.metrics)), np.nan)
    done = (ordered["status"] == "done").to_numpy()
    values[plans[done], places[done]] = ordered.loc[done, list(question.metrics)].to_numpy(dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    made: list[set[int]] = [set() for _ in settings]
    for number, place in zip(plans, places, strict=True):
        made[number].add(int(numbers[place]))
    return Trials(settings, values, tuple(frozenset(each) for each in made), len(ordered))


def runs_of(question: Question, tried: Trials, about: Objective | Requirement) -> Floats:
    """The values of the metric that an objective or requirement is about, shape [plan, replicate]."""
    return np.asarray(tried.values[:, :, question.metrics.index(about.metric)])


def scores(question: Question, tried: Trials) -> pd.DataFrame:
    """How the plans rank: one row a plan, in the order of ``tried``.

    Returns
    -------
    The factors; one column an objective and requirement, named by its text, in the metric's unit; ``violation``, the
    sum by which requirements are missed, each as a share of its limit; ``feasible``; ``n`` replicates; ``front`` of the
    feasible plans from 0, -1 for others; ``rank`` from 0.

    Source: constrained domination and crowding distance (Deb et al. 2002, *IEEE Transactions on Evolutionary
    Computation* 6): feasible plans first, by non-dominated front and, within a front, the most lonely first; then the
    others by violation; plans without a value last.
    """
    result = pd.DataFrame(list(tried.settings), columns=list(question.keys))
    for each in question.asked:
        result[str(each)] = [each.of(row) for row in runs_of(question, tried, each)]
    violations = np.zeros(len(result))
    for required in question.requirements:
        violations += [max(required.violation(row), 0.0) for row in runs_of(question, tried, required)]
    signs = np.array([1.0 if each.maximise else -1.0 for each in question.objectives])
    goods = result[[str(each) for each in question.objectives]].to_numpy(dtype=np.float64) * signs
    known = np.isfinite(goods).all(axis=1) & np.isfinite(violations)
    feasible = known & (violations <= 0.0)
    fronts = _fronts(goods, feasible)
    result["violation"], result["feasible"], result["n"], result["front"] = violations, feasible, tried.counts, fronts
    order = np.lexsort((-_loneliness(goods, fronts), fronts, np.where(known, violations, np.inf)))
    result["rank"] = np.argsort(order, kind="stable")
    return result


def _fronts(goods: Floats, among: NDArray[np.bool_]) -> Ints:
    fronts, left = np.full(len(goods), -1, dtype=np.int64), among.copy()
    if goods.shape[1] == 1:
        fronts[left] = np.unique(-goods[left, 0], return_inverse=True)[1]
        return fronts
    for number in range(len(goods)):
        if not left.any():
            break
        best = np.flatnonzero(left)[non_dominated(goods[left])]
        fronts[best] = number
        left[best] = False
    return fronts


def _loneliness(goods: Floats, fronts: Ints) -> Floats:
    """Crowding distance: the gap between each plan's neighbours on its front, over objectives; ends are lonely."""
    distances = np.zeros(len(goods))
    for front in range(fronts.max(initial=-1) + 1):
        here = np.flatnonzero(fronts == front)
        for values in goods[here].T:
            order = here[np.argsort(values, kind="stable")]
            ranked = np.sort(values)
            gaps = np.full(len(here), np.inf)
            if ranked[-1] > ranked[0]:
                gaps[1:-1] = (ranked[2:] - ranked[:-2]) / (ranked[-1] - ranked[0])
            distances[order] += gaps
    return distances
