"""The best plan for a budget of runs: what to run next, given what has been run, and proof on fresh luck at the end.

Nothing is remembered between rounds but the run table, from which everything is rebuilt. So an optimisation that was
killed goes on from its finished runs, with the suggestions that it would have made anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.pareto import non_dominated
from sim.analysis.question import Constraint, Dimension, Objective, Question
from sim.analysis.table import RUN_COLUMNS, check_columns
from sim.draws import root_key
from sim.errors import InputError

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.study import Study

Floats = NDArray[np.float64]
Setting = dict[str, Any]

#: How often a suggestion may repeat a known plan, for each that is wanted (design choice).
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Job:
    """Runs to make: one plan (a value for every dimension) under some replicates, each in its own world."""

    setting: Setting
    replicates: range


@dataclass(frozen=True, slots=True)
class Trials:
    """The plans tried so far, in the order of their first point.

    ``settings``: one row a plan. ``values`` of shape [plan, replicate, metric], NaN where there is no run, with the
    metrics of the question in its order; ``replicates``: the number of each column. ``given`` of shape [plan]: one more
    than the last replicate that a plan was run under, failed runs too. ``runs`` made in all.
    """

    settings: pd.DataFrame
    values: Floats
    replicates: tuple[int, ...]
    given: NDArray[np.int64]
    runs: int

    @property
    def counts(self) -> NDArray[np.int64]:
        """Replicates of each plan with every metric known, shape [plan]."""
        return np.asarray(np.isfinite(self.values).all(axis=2).sum(axis=1))

    def find(self, setting: Mapping[str, Any]) -> int:
        """The row of a plan.

        Raises
        ------
        InputError : it has no finished run.
        """
        same = np.ones(len(self.settings), dtype=bool)
        for key in self.settings:
            same &= (self.settings[key] == setting[str(key)]).to_numpy()
        if not same.any():
            raise InputError(f"the plan {dict(setting)} has no run", expected="a plan of this table")
        return int(np.argmax(same))


def trials(question: Question, table: pd.DataFrame) -> Trials:
    """A run table by plan. Runs are told apart by plan and replicate; their order in the table does not matter."""
    check_columns(table, [*RUN_COLUMNS, *question.keys, *question.metrics])
    keys = list(question.keys)
    ordered = table.sort_values(["point", "replicate"], kind="stable")
    settings = ordered[keys].drop_duplicates(ignore_index=True)
    plans = ordered.groupby(keys, sort=False).ngroup().to_numpy()  # numbered as they appear, like the settings
    replicates = tuple(sorted(int(each) for each in ordered["replicate"].unique()))
    column = {replicate: number for number, replicate in enumerate(replicates)}
    values = np.full((len(settings), len(replicates), len(question.metrics)), np.nan)
    done = (ordered["status"] == "done").to_numpy()
    places = ordered["replicate"].map(column).to_numpy(dtype=np.int64)
    values[plans[done], places[done]] = ordered.loc[done, list(question.metrics)].to_numpy(dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    given = ordered["replicate"].groupby(plans).max().sort_index().to_numpy(dtype=np.int64) + 1
    return Trials(settings, values, replicates, given, len(ordered))


def plan(question: Question, row: Mapping[Any, Any]) -> Setting:
    """A row of a table as a plan: the question's dimensions, with plain values."""
    return {each.key: each.plain(row[each.key]) for each in question.dimensions}


def scores(question: Question, tried: Trials) -> pd.DataFrame:
    """One row a plan: the statistic of each objective and constraint, ``violation``, ``feasible``, ``n``, ``rank``.

    Columns are named by the text of the objective or constraint. ``violation`` is the sum of the limits' violations,
    each as a share of its limit. ``rank`` from 0: allowed plans by non-dominated front, then by the first objective;
    then the others by violation (constrained domination, Deb et al. 2002, *IEEE Trans. Evol. Comp.* 6); plans without a
    value last.
    """
    result = tried.settings.copy()
    for each in question.asked:
        result[str(each)] = [each.of(row) for row in _runs_of(question, tried, each)]
    violations = np.zeros(len(result))
    for limit in question.constraints:
        violations += [max(limit.violation(row), 0.0) for row in _runs_of(question, tried, limit)]
    goods = np.column_stack([
        result[str(each)].to_numpy(dtype=np.float64) * (1 if each.maximise else -1) for each in question.objectives
    ])  # fmt: skip
    known = np.isfinite(goods).all(axis=1) & np.isfinite(violations)
    result["violation"] = violations
    result["feasible"] = known & (violations <= 0.0)
    result["n"] = tried.counts
    fronts = _fronts(goods, result["feasible"].to_numpy())
    order = np.lexsort((-goods[:, 0], fronts, np.where(known, violations, np.inf)))
    result["rank"] = np.argsort(order, kind="stable")
    return result


def _runs_of(question: Question, tried: Trials, about: Objective | Constraint) -> Floats:
    return np.asarray(tried.values[:, :, question.metrics.index(about.metric)])


def _fronts(goods: Floats, among: NDArray[np.bool_]) -> NDArray[np.int64]:
    fronts, left, number = np.zeros(len(goods), dtype=np.int64), among.copy(), 0
    while left.any():
        best = np.flatnonzero(left)[non_dominated(goods[left])]
        fronts[best] = number
        left[best] = False
        number += 1
    return fronts


def next_jobs(question: Question, table: pd.DataFrame, runs: int) -> list[Job]:
    """The next runs, at most ``runs`` and what is left of the budget; none when it is spent.

    Promotions come first: of the plans that have as many replicates as a rung asks for, the best one in ``factor`` get
    those of the next rung. The rest goes to new plans with the replicates of the first rung.

    Source: asynchronous successive halving (Li et al. 2020, *MLSys*), with replicates as the resource.
    """
    known = len(table) > 0
    tried = trials(question, table) if known else None
    left = min(runs, question.budget - (tried.runs if tried else 0))
    jobs = []
    for job in _promotions(question, tried) if tried else iter(()):
        if len(job.replicates) <= left:
            jobs.append(job)
            left -= len(job.replicates)
    new = ask(question, table, left // question.first) if left >= question.first else []
    return jobs + [Job(setting, range(question.first)) for setting in new]


def _promotions(question: Question, tried: Trials) -> Iterator[Job]:
    table = scores(question, tried)
    plans = [plan(question, row) for row in tried.settings.to_dict("records")]
    rungs = [question.first]
    while rungs[-1] < question.most:
        rungs.append(min(rungs[-1] * question.factor, question.most))
    usable = np.isfinite(table[[str(each) for each in question.objectives]].to_numpy(dtype=np.float64)).all(axis=1)
    for rung, above in reversed(list(pairwise(rungs))):
        there = np.flatnonzero((tried.given >= rung) & usable)
        best = there[np.argsort(table["rank"].to_numpy()[there], kind="stable")][: len(there) // question.factor]
        for row in best:
            if tried.given[row] < above:
                yield Job(plans[row], range(int(tried.given[row]), above))


def ask(question: Question, table: pd.DataFrame, count: int) -> list[Setting]:
    """Up to ``count`` plans not tried yet; fewer where the dimensions have no more. The start comes first.

    The study is rebuilt in memory from the finished plans and never stored. The sampler is the tree-structured Parzen
    estimator, for one objective and for several, with constraints (Bergstra et al. 2011, *NeurIPS*; Ozaki et al. 2020,
    *GECCO*). A genetic sampler would want the generations it made, which a table of runs does not hold.
    """
    tried = trials(question, table) if len(table) else None
    rows = [plan(question, row) for row in tried.settings.to_dict("records")] if tried else []
    start = plan(question, question.start)
    found = [] if start in rows or count < 1 else [start]
    study = _study(question, tried, rows)
    spaces = {each.key: _distribution(each) for each in question.dimensions}
    for _ in range(count * _TRIES):
        if len(found) >= count:
            break
        setting = plan(question, study.ask(spaces).params)
        if setting not in rows and setting not in found:
            found.append(setting)
    return found


def _study(question: Question, tried: Trials | None, rows: Sequence[Setting]) -> Study:
    optuna = _optuna()
    # Another seed each time the history grows: a sampler that always began alike would repeat itself.
    seed = int(root_key(question.seed, len(rows))) % 2**31
    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        study: Study = optuna.create_study(
            sampler=optuna.samplers.TPESampler(seed=seed),
            directions=["maximize" if each.maximise else "minimize" for each in question.objectives],
        )
    finally:
        optuna.logging.set_verbosity(verbosity)
    if tried is not None:
        _tell(study, question, tried, rows)
    return study


def _tell(study: Study, question: Question, tried: Trials, rows: Sequence[Setting]) -> None:
    spaces = {each.key: _distribution(each) for each in question.dimensions}
    for number, row in enumerate(rows):
        values = [each.of(_runs_of(question, tried, each)[number]) for each in question.objectives]
        limits = {str(each): each.violation(_runs_of(question, tried, each)[number]) for each in question.constraints}
        # A plan without a value teaches nothing, nor does one from before the range was narrowed.
        known = np.isfinite([*values, *limits.values()]).all()
        if known and all(each.holds(row[each.key]) for each in question.dimensions):
            study.add_trial(
                _optuna().trial.create_trial(
                    params=row, distributions=spaces, values=values, constraints=limits or None
                )
            )


def _distribution(dimension: Dimension) -> BaseDistribution:
    kinds = _optuna().distributions
    made: BaseDistribution
    if dimension.levels:
        made = kinds.CategoricalDistribution(dimension.levels)
    elif dimension.integer:
        made = kinds.IntDistribution(int(dimension.low), int(dimension.high), log=dimension.log)
    else:
        made = kinds.FloatDistribution(dimension.low, dimension.high, log=dimension.log)
    return made


def _optuna() -> Any:
    try:
        import optuna  # noqa: PLC0415
    except ImportError:
        raise InputError(
            "optimising needs Optuna, which is not installed",
            expected="the extra 'analysis'",
            hint="Run: pip install 'community-growth[analysis]'",
        ) from None
    return optuna
