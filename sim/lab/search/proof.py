"""What an optimisation answers, and the proof of it: the winner was lucky in the search, so it starts again.

The best of many plans owes part of its score to the luck it met, and the more plans were tried the larger that part is
(Smith & Winkler 2006, *Management Science* 52). So what is reported are runs under replicates the search never used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.search.question import Objective, Question, Requirement, Setting
from sim.lab.search.rounds import Job, rungs
from sim.lab.search.trials import scores, trials
from sim.lab.statistics.intervals import FEWEST_REPLICATES, paired
from sim.lab.statistics.resample import bootstrap_weights, percentiles

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gain:
    """One objective of a plan against the start, in the metric's unit, under the same luck.

    ``difference`` is plan minus start, from ``low`` to ``high``; ``better`` where the interval lies on the good side of
    zero, ``worse`` on the other.
    """

    objective: str
    start: float
    plan: float
    difference: float
    low: float
    high: float
    n: int
    better: bool
    worse: bool


@dataclass(frozen=True, slots=True)
class Met:
    """One requirement of a plan: its value with an interval, whether it is met, and whether that is beyond doubt."""

    requirement: str
    value: float
    low: float
    high: float
    n: int
    met: bool
    surely: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A plan against the start on fresh luck, objective by objective and requirement by requirement."""

    setting: Setting
    gains: tuple[Gain, ...]
    requirements: tuple[Met, ...]

    @property
    def beats(self) -> bool:
        """Whether the plan meets all requirements, is shown better in an objective, and is not shown worse in any."""
        met = all(each.met for each in self.requirements)
        return met and any(gain.better for gain in self.gains) and not any(gain.worse for gain in self.gains)


def finalists(question: Question, table: pd.DataFrame, most: int = 5) -> list[Setting]:
    """The plans to be verified: the best allowed one, or of several objectives up to ``most`` along the front.

    Few replicates make high scores, so only plans on the highest rung that any allowed plan has reached stand for
    election; for a front, all that were promoted, since few reach the top. Empty where no plan meets all requirements.
    The start is left out.
    """
    tried = trials(question, table)
    if not tried.settings:
        return []
    ranked = scores(question, tried)
    allowed = ranked[ranked["feasible"]]
    if allowed.empty:
        return []
    climbed = [rung for rung in rungs(question) if rung <= allowed["n"].max()] or [0]
    elected = allowed[allowed["n"] >= (climbed[-1] if len(question.objectives) == 1 else climbed[:2][-1])]
    front = elected[elected["front"] == elected["front"].min()].sort_values(str(question.objectives[0]), kind="stable")
    spread = np.unique(np.linspace(0, len(front) - 1, min(most, len(front))).round().astype(np.int64))
    found = [tried.settings[number] for number in front.index[spread]]
    return [setting for setting in found if setting != question.plan(question.start)]


def verification(question: Question, table: pd.DataFrame, replicates: int, most: int = 5) -> list[Job]:
    """The start and the finalists under ``replicates`` numbers that the search did not and cannot use.

    Raises
    ------
    InputError : fewer replicates than a verdict needs.
    """
    if replicates < FEWEST_REPLICATES:
        raise InputError(f"{replicates} replicates to verify", expected=f"at least {FEWEST_REPLICATES}")
    used = int(table["replicate"].max()) + 1 if len(table) else 0
    first = max(used, question.most)
    settings = [question.plan(question.start), *finalists(question, table, most)]
    return [Job(setting, tuple(range(first, first + replicates))) for setting in settings]


def evidence(
    question: Question, fresh: pd.DataFrame, setting: Mapping[str, Any], *, level: float = 0.95, resamples: int = 2000
) -> Evidence:
    """Compare a plan with the start.

    Parameters
    ----------
    fresh : the run table of a verification, and only that.
    level : of the intervals, in (0, 1): t for means, paired; percentile bootstrap over replicates for worst tenths.

    Raises
    ------
    InputError : the plan or the start has no finished run.
    """
    found = trials(question, fresh)
    home, away = found.find(question.start), found.find(setting)
    columns = {name: found.values[:, :, number] for number, name in enumerate(question.metrics)}
    gains = [
        _gain(each, columns[each.metric][home], columns[each.metric][away], level, resamples)
        for each in question.objectives
    ]
    met = [_met(each, columns[each.metric][away], level, resamples) for each in question.requirements]
    return Evidence(question.plan(setting), tuple(gains), tuple(met))


def _gain(objective: Objective, start: Floats, other: Floats, level: float, resamples: int) -> Gain:
    both = np.isfinite(start) & np.isfinite(other)
    start, other = start[both], other[both]
    if objective.worst:
        difference = objective.of(other) - objective.of(start)
        samples = [objective.of(other[rows]) - objective.of(start[rows]) for rows in _resampled(len(start), resamples)]
        low, high = (float(end) for end in percentiles(samples, level, len(start)))
    else:
        found = paired(start, other, level)
        difference, low, high = found.mean, found.low, found.high
    enough = len(start) >= FEWEST_REPLICATES
    up, down = enough and low > 0.0, enough and high < 0.0
    better, worse = (up, down) if objective.maximise else (down, up)
    return Gain(
        str(objective), objective.of(start), objective.of(other), difference, low, high, len(start), better, worse
    )


def _met(required: Requirement, values: Floats, level: float, resamples: int) -> Met:
    known = values[np.isfinite(values)]
    value = required.of(known)
    samples = [required.of(known[rows]) for rows in _resampled(len(known), resamples)]
    low, high = (float(end) for end in percentiles(samples, level, len(known)))
    limit = required.limit
    met, surely = (value <= limit, high <= limit) if required.at_most else (value >= limit, low >= limit)
    return Met(str(required), value, low, high, len(known), met, surely and len(known) >= FEWEST_REPLICATES)


def _resampled(size: int, resamples: int) -> list[NDArray[np.int64]]:
    rows = np.arange(size)
    return [np.repeat(rows, np.rint(each * size).astype(np.int64)) for each in bootstrap_weights(size, resamples)]
