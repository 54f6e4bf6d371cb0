"""The best plan for a budget of runs: the search, what of it is needed, and the proof that it beats the start.

Three blocks of replicates, none of which is used twice: the search tunes on the first, levers without effect are put
back on the second, and only the third, which nothing was tuned on, says whether the plan is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import InputError
from sim.lab.designs import Design
from sim.lab.progress import SILENT, Progress
from sim.lab.runs.sweep import Settings
from sim.lab.search.laboratory import Laboratory
from sim.lab.search.pareto import knee, non_dominated
from sim.lab.search.proof import Evidence, evidence, finalists
from sim.lab.search.question import Question, Setting
from sim.lab.search.rounds import Job, next_jobs
from sim.lab.search.trials import scores, trials
from sim.lab.statistics.intervals import FEWEST_REPLICATES

#: A round is at least so many runs, and so large a part of the budget (design choices): few, so that suggestions learn
#: from what came before, and more where there are many, so that many workers have something to do. Never by the number
#: of workers, which changes no answer.
LEAST_RUNS, ROUNDS = 16, 40
#: Plans of a front that are verified (design choice).
MOST_VERIFIED = 4


@dataclass(frozen=True)
class Optimum:
    """The answer.

    ``tried``: all plans of the search, see :func:`sim.lab.search.trials.scores`, in the order of trial. ``proofs``: the
    finalists on fresh replicates, levers put back. ``best``: the number of the one that is the answer, None where
    no allowed plan differs from the start. ``back``: for each finalist the levers that were put back. ``searched`` and
    ``fresh``: runs of the search, and of what came after it. ``runs``: the run table of all.
    """

    question: Question
    tried: pd.DataFrame
    proofs: tuple[Evidence, ...]
    back: tuple[tuple[str, ...], ...]
    best: int | None
    searched: int
    fresh: int
    runs: pd.DataFrame

    @property
    def proof(self) -> Evidence | None:
        """The proof of the answer."""
        return None if self.best is None else self.proofs[self.best]

    @property
    def setting(self) -> Setting:
        """The answer; the start where nothing better was found."""
        start = self.question.plan(self.question.start)
        return start if self.proof is None else self.proof.setting

    @property
    def changes(self) -> tuple[str, ...]:
        """The factors in which the answer differs from the start."""
        return _changed(self.question, self.setting)


def best_plan(
    question: Question, design: Design, folder: Path, *, fresh: int, settings: Settings | None = None,
    progress: Progress = SILENT, command: Sequence[str] = (),
) -> Optimum:  # fmt: skip
    """Search, round, put back, prove; what is on the disk already is not run again.

    Parameters
    ----------
    design : the scenario, with the question's factors and then its uncertain ones.
    fresh : replicates of each of the two blocks after the search, at least five.
    settings : how runs are made; it changes no number. command : the arguments after ``run.py`` that go on with it.

    Raises
    ------
    InputError : too few replicates; the folder holds another search; Optuna is missing; runs cannot be made, or all of
        them fail.
    KeyboardInterrupt : after Ctrl-C; what is finished is kept, and the same call goes on.
    """
    if fresh < FEWEST_REPLICATES:
        raise InputError(
            f"{fresh} replicates to verify", place="--replicates", expected=f"at least {FEWEST_REPLICATES}"
        )
    with closing(Laboratory(question, design, folder, settings, command)) as laboratory:
        laboratory.resume(progress)
        search = _searched(question, laboratory, progress)
        if not (search["status"] == "done").any():
            hint = f"'errors {folder}' says why; --on-error retry=1 tries them again."
            raise InputError(f"all {len(search)} runs of the search have failed", hint=hint)
        second = range(question.most, question.most + fresh)
        third = tuple(range(second.stop, second.stop + fresh))
        pruned, back = [], []
        for finalist in finalists(question, search, MOST_VERIFIED):
            kept, returned = _put_back(question, laboratory, _rounded(question, finalist), tuple(second), progress)
            if kept != question.plan(question.start) and kept not in pruned:
                pruned.append(kept)
                back.append(returned)
        proofs: tuple[Evidence, ...] = ()
        if pruned:
            proven = laboratory.make([Job(each, third) for each in (question.plan(question.start), *pruned)], progress)
            proofs = tuple(evidence(question, _under(proven, third), each) for each in pruned)
        laboratory.conclude()
        runs = laboratory.table
    tried = scores(question, trials(question, search))
    fresh_runs = len(runs) - len(search)
    return Optimum(question, tried, proofs, tuple(back), _best(question, proofs), len(search), fresh_runs, runs)


def _searched(question: Question, laboratory: Laboratory, progress: Progress) -> pd.DataFrame:
    """The run table of the finished search."""
    size = max(LEAST_RUNS, question.budget // ROUNDS, question.first)
    table = laboratory.table
    while True:
        search = table[table["replicate"] < question.most] if len(table) else table
        jobs = next_jobs(question, search, size)
        if not jobs:
            return search
        before = len(search)
        table = laboratory.make(jobs, progress)
        if len(table[table["replicate"] < question.most]) == before:  # nothing new: every plan is known
            return search


def _rounded(question: Question, setting: Setting) -> Setting:
    """The plan in numbers that one can write down, if it then still lies in the ranges and meets the constraints."""
    plain = {
        factor.key: float(f"{setting[factor.key]:.3g}") if factor.is_range and factor.kind == "number" else
        setting[factor.key]
        for factor in question.factors
    }  # fmt: skip
    return plain if question.holds(plain) else setting


def _put_back(
    question: Question, laboratory: Laboratory, setting: Setting, block: tuple[int, ...], progress: Progress
) -> tuple[Setting, tuple[str, ...]]:
    """The plan with the levers back at the start that have no effect to be told, the least one first; and those levers.

    After each step the plan is compared with the whole one, so that small losses do not add up unseen.
    """
    changed = _changed(question, setting)
    start = question.plan(question.start)
    single = {key: {**setting, key: start[key]} for key in changed}
    allowed = [key for key in changed if question.holds(single[key])]
    wanted = [Job(each, block) for each in (setting, *(single[key] for key in allowed))]
    table = _under(laboratory.make(wanted, progress), block)
    losses = {key: _loss(question, table, setting, single[key]) for key in allowed}
    kept, returned = dict(setting), list[str]()
    for key in sorted(allowed, key=lambda key: losses[key][1]):
        candidate = {**kept, key: start[key]}
        if losses[key][0] or not question.holds(candidate):
            continue
        table = _under(laboratory.make([Job(candidate, block)], progress), block)
        if not _loss(question, table, setting, candidate)[0]:
            kept = candidate
            returned.append(key)
    return kept, tuple(returned)


def _loss(question: Question, table: pd.DataFrame, whole: Setting, less: Setting) -> tuple[bool, float]:
    """Whether a plan is shown worse than the whole one, or misses a requirement that is met; and the size of it."""
    against = Question(
        question.factors, question.objectives, question.budget, whole, question.requirements,
        first=question.first, most=question.most, factor=question.factor, seed=question.seed,
    )  # fmt: skip
    found = evidence(against, table, less, resamples=500)
    before = evidence(against, table, whole, resamples=500)
    worse = any(gain.worse for gain in found.gains)
    missed = any(was.met and not now.met for was, now in zip(before.requirements, found.requirements, strict=True))
    return worse or missed, abs(found.gains[0].difference)


def _best(question: Question, proofs: Sequence[Evidence]) -> int | None:
    """The proven plan, of several the knee of their front; where none is proven, the first that meets what it must."""
    if not proofs:
        return None
    met = [number for number, each in enumerate(proofs) if all(one.met for one in each.requirements)]
    proven = [number for number in met if proofs[number].beats]
    among = proven or met or list(range(len(proofs)))
    signs = [1.0 if each.maximise else -1.0 for each in question.objectives]
    goods = np.array(
        [[sign * gain.plan for sign, gain in zip(signs, proofs[number].gains, strict=True)] for number in among]
    )
    if len(signs) == 1:
        return among[int(np.argmax(goods[:, 0]))]
    front = np.flatnonzero(non_dominated(goods))
    bulge = knee(goods[front])
    return among[int(front[bulge if bulge is not None else len(front) // 2])]


def _changed(question: Question, setting: Setting) -> tuple[str, ...]:
    start = question.plan(question.start)
    return tuple(key for key in question.keys if setting[key] != start[key])


def _under(table: pd.DataFrame, replicates: Sequence[int]) -> pd.DataFrame:
    return table[table["replicate"].isin(replicates)]
