"""The best plan for a budget of runs: what to run next, given what has been run.

Nothing is remembered between rounds but the run table, from which everything is rebuilt. So an optimisation that was
killed goes on from its finished runs, and one killed between rounds goes on just as it would have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.engine.draws import root_key
from sim.errors import InputError
from sim.lab.designs.factors import Factor
from sim.lab.search.question import Question, Setting
from sim.lab.search.trials import Trials, runs_of, scores, trials

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.study import Study

#: How often a suggestion may repeat a known plan, for each that is wanted (design choice).
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Job:
    """Runs to make: one plan under some replicates (their numbers), each in its own world."""

    setting: Setting
    replicates: tuple[int, ...]


def rungs(question: Question) -> tuple[int, ...]:
    """The numbers of replicates that plans are compared at, from ``first`` to ``most``, times ``factor`` each."""
    steps = [question.first]
    while steps[-1] < question.most:
        steps.append(min(steps[-1] * question.factor, question.most))
    return tuple(steps)


def next_jobs(question: Question, table: pd.DataFrame, runs: int) -> list[Job]:
    """The next runs, at most ``runs`` and what is left of the budget; none when it is spent.

    First what a round that was cut short still owes. Then promotions: of the plans with as many replicates as a rung
    asks for, the best one in ``factor`` get those of the next rung. The rest goes to new plans, with the replicates of
    the first rung.

    Parameters
    ----------
    table : the run table of this search, without the runs of a verification; empty at the beginning.
    runs : of this round; at least ``first``.

    Source: asynchronous successive halving (Li et al. 2020, *MLSys*), with replicates as the resource.
    """
    if runs < question.first:
        raise InputError(f"rounds of {runs} runs", expected=f"at least {question.first}, the replicates of a new plan")
    tried = trials(question, table)
    left = min(runs, question.budget - tried.runs)
    jobs = []
    for promised in (*_owed(question, tried), *_promotions(question, tried)):
        job = Job(promised.setting, promised.replicates[: max(left, 0)])
        if job.replicates:
            jobs.append(job)
            left -= len(job.replicates)
    new = ask(question, table, max(left, 0) // question.first)
    return jobs + [Job(setting, tuple(range(question.first))) for setting in new]


def _owed(question: Question, tried: Trials) -> Iterator[Job]:
    for setting, made in zip(tried.settings, tried.made, strict=True):
        target = next((rung for rung in rungs(question) if rung > max(made)), question.most)
        missing = tuple(number for number in range(target) if number not in made)
        if missing:
            yield Job(setting, missing)


def _promotions(question: Question, tried: Trials) -> Iterator[Job]:
    if not tried.settings:
        return
    table = scores(question, tried)
    ranks = table["rank"].to_numpy()
    usable = np.isfinite(table[[str(each) for each in question.objectives]].to_numpy(dtype=np.float64)).all(axis=1)
    reached = np.array([max(made) + 1 for made in tried.made])
    for rung, above in reversed(list(pairwise(rungs(question)))):
        there = np.flatnonzero((reached >= rung) & usable)
        best = there[np.argsort(ranks[there], kind="stable")][: len(there) // question.factor]
        for number in best:
            if reached[number] == rung:
                yield Job(tried.settings[number], tuple(range(rung, above)))


def ask(question: Question, table: pd.DataFrame, count: int) -> list[Setting]:
    """Up to ``count`` plans not tried yet, the start first; fewer where there are no more, or few meet the constraints.

    The study is rebuilt in memory from the finished plans and never stored. The sampler is the tree-structured Parzen
    estimator, for one objective and for several, with requirements (Bergstra et al. 2011, *NeurIPS*; Ozaki et al. 2020,
    *GECCO*). A genetic sampler would want the generations it made, which a table of runs does not hold.
    """
    if count < 1:
        return []
    tried = trials(question, table)
    start = question.plan(question.start)
    found = [] if start in tried.settings else [start]
    study = _study(question, tried)
    spaces = {each.key: _distribution(each) for each in question.factors}
    for _ in range(count * _TRIES):
        if len(found) >= count:
            break
        setting = question.plan(study.ask(spaces).params)
        if setting not in tried.settings and setting not in found and question.holds(setting):
            found.append(setting)
    return found


def _study(question: Question, tried: Trials) -> Study:
    optuna = _optuna()
    # Another seed each time the history grows: a sampler that always began alike would repeat itself.
    seed = int(root_key(question.seed, len(tried.settings))) % 2**31
    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        study: Study = optuna.create_study(
            sampler=optuna.samplers.TPESampler(seed=seed),
            directions=["maximize" if each.maximise else "minimize" for each in question.objectives],
        )
    finally:
        optuna.logging.set_verbosity(verbosity)
    _tell(study, question, tried)
    return study


def _tell(study: Study, question: Question, tried: Trials) -> None:
    spaces = {each.key: _distribution(each) for each in question.factors}
    for number, row in enumerate(tried.settings):
        values = [each.of(runs_of(question, tried, each)[number]) for each in question.objectives]
        limits = {str(each): each.violation(runs_of(question, tried, each)[number]) for each in question.requirements}
        # A plan without a value teaches nothing, nor does one from before the range was narrowed.
        known = np.isfinite([*values, *limits.values()]).all()
        if known and question.holds(row):
            study.add_trial(
                _optuna().trial.create_trial(
                    params=row, distributions=spaces, values=values, constraints=limits or None
                )
            )


def _distribution(factor: Factor) -> BaseDistribution:
    kinds = _optuna().distributions
    made: BaseDistribution
    if factor.low is None or factor.high is None:
        made = kinds.CategoricalDistribution(factor.levels)
    elif factor.kind == "integer":
        made = kinds.IntDistribution(int(factor.low), int(factor.high), log=factor.log)
    else:
        made = kinds.FloatDistribution(factor.low, factor.high, log=factor.log)
    return made


def _optuna() -> Any:
    try:
        import optuna
    except ImportError:
        raise InputError(
            "optimising needs Optuna, which is not installed",
            expected="the extra 'analysis'",
            hint="Run: pip install 'community-growth[analysis]'",
        ) from None
    return optuna
