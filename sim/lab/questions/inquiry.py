"""Which factors matter for an outcome, and where more of one starts to hurt.

Two sweeps answer it: one of the design that the method needs, in the folder itself, and one that moves one factor at a
time from the plan, in ``one_at_a_time/`` inside it. The first says how much each factor matters over all its range, the
second gives the tornado and the turning points for this plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import pandas as pd

from sim.errors import InputError
from sim.lab.designs import Design, Points, Value
from sim.lab.designs.samplers import Kind
from sim.lab.estimators.noise import NoiseSplit, noise_split
from sim.lab.estimators.screening import FEWEST_POINTS, Score, screen
from sim.lab.estimators.sensitivity import morris, sobol
from sim.lab.estimators.table import complete, is_number
from sim.lab.estimators.tornado import tornado
from sim.lab.estimators.turning import FEWEST_LEVELS, TurningPoint, turning_point
from sim.lab.progress import SILENT, Progress
from sim.lab.questions.base import base_values, levels_of
from sim.lab.runs.sweep import Settings, Sweep

Method: TypeAlias = Literal["sobol", "morris", "pawn", "delta", "screen", "tornado"]
METHODS: tuple[Method, ...] = get_args(Method)
#: Those that take any sample of the space, and so a design file's own.
GIVEN_DATA: frozenset[Method] = frozenset({"pawn", "delta", "screen"})
SAMPLERS: Mapping[Method, Kind] = {
    "sobol": "saltelli", "morris": "morris", "pawn": "lhs", "delta": "lhs", "screen": "lhs",
}  # fmt: skip

ONE_AT_A_TIME = "one_at_a_time"
#: Points of the main design for ``d`` factors where none are asked for (design choice): enough to rank factors that
#: matter.
POINTS = {"sobol": (64, 2), "morris": (12, 1), "pawn": (20, 5), "delta": (40, 5), "screen": (10, 5)}
#: Levels of a factor that is moved alone, where there are few factors and many; and replicates, which carry the
#: verdicts there (design choices).
LEVELS, LEVELS_OF_MANY, MANY, ALONE = 9, 3, 8, 10
#: With more factors than this, screen first (design choice).
MOST_FOR_SOBOL = 6


@dataclass(frozen=True)
class Sensitivity:
    """The answer.

    ``scores``: index ``factor``, the most influential first, with the columns of the method (see
    :mod:`sim.lab.estimators.sensitivity`, :mod:`sim.lab.estimators.screening`), ``chance`` and ``matters`` (None where
    it cannot be told). ``pairs``: of Sobol's second-order indices (see
    :class:`~sim.lab.estimators.sensitivity.SobolIndices`), the largest first; empty where none were asked for.
    ``noise``: None where the design is no sample. ``bars``: see :func:`sim.lab.estimators.tornado.tornado`.
    ``turning``: factor → turning point, of numbers with enough levels. ``runs``: the run table of the main design, and
    ``sample`` those at points that are drawn from all its space; ``alone``: of the other, with ``moved``, the factor
    that a point moves ("" at the plan itself).
    """

    method: Method
    outcome: str
    scores: pd.DataFrame
    pairs: pd.DataFrame
    noise: NoiseSplit | None
    bars: pd.DataFrame
    turning: dict[str, TurningPoint]
    runs: pd.DataFrame
    sample: pd.DataFrame
    alone: pd.DataFrame

    @property
    def score(self) -> str:
        """The column of the scores by which factors are ranked."""
        ranked = {"sobol": "ST", "morris": "mu_star", "tornado": "width", "delta": "delta"}
        return ranked.get(self.method, "pawn")


def default_method(factors: int) -> Method:
    """Sobol's indices for few factors, screening for many."""
    return "sobol" if factors <= MOST_FOR_SOBOL else "screen"


def default_points(method: Method, factors: int) -> int:
    """How many points a method is given unless more are asked for."""
    each, more = POINTS[method]
    return each * (factors + more)


def check_points(method: Method, design: Design, runs: int | None = None, *, second_order: bool = False) -> None:
    """Refuse, before anything is run, a design with too few points for its method.

    Parameters
    ----------
    runs : points as asked for, where ``design`` does not say; with ``second_order`` those of the longer form.

    Raises
    ------
    InputError : with what the method needs at least, at the place of the runs.
    """
    if method == "tornado":
        return
    sample, wide, asked = Points.of(design).sample, len(design.factors), runs or design.runs
    if method in GIVEN_DATA:
        made, fewest, blocks = len(sample.points), FEWEST_POINTS, ""
    else:
        extra = 2 if method == "sobol" else 1
        block = 2 * wide + 2 if second_order else wide + extra
        made, fewest, blocks = len(sample.layout) // (wide + extra) * block, 2 * block, f" (two blocks of {block})"
    if made >= fewest:
        return
    few = asked is not None and asked < fewest
    place = next((at for key in ("runs", "sampler", "factors") if (at := design.sources.get(key))), "")
    raise InputError(
        f"runs is {asked}, too few for {method}" if few else f"{made} different points are too few for {method}",
        place=place, expected=f"at least {fewest} points{blocks}",
        hint="" if few else "Give the factors ranges or more levels.",
    )  # fmt: skip


def with_second_order(design: Design) -> Design:
    """The longer form of a Saltelli design, for indices of pairs: before each B also B with one factor from its A.

    Its N (2 d + 2) rows hold those of the shorter form, N (d + 2), with the same A and B. Source: Saltelli (2002),
    *Computer Physics Communications* 145.
    """
    sample, keys = Points.of(design).sample, [factor.key for factor in design.factors]
    rows: list[dict[str, Value]] = []
    for block in sample.layout.reshape(-1, len(keys) + 2).tolist():
        a, *mixed, b = (dict(zip(keys, sample.points[number], strict=True)) for number in block)
        rows += [a, *mixed, *(b | {key: a[key]} for key in keys), b]
    return _listed(design, rows, design.replicates)


def one_at_a_time(design: Design, replicates: int) -> Design:
    """The plan itself, and points that move one factor from it; points that break a constraint are left out."""
    base = base_values(design)
    most = LEVELS if len(design.factors) <= MANY else LEVELS_OF_MANY
    rows = [base]
    rows += [
        base | {factor.key: level}
        for factor in design.factors
        for level in levels_of(factor, most)
        if level != base[factor.key]
    ]
    rows = [rows[0], *(row for row in rows[1:] if all(each.holds(row) for each in design.constraints))]
    return _listed(design, rows, replicates)


def _listed(design: Design, rows: Sequence[Mapping[str, Value]], replicates: int) -> Design:
    """The same design with these points."""
    return Design(
        design.scenario, points=rows, replicates=replicates, seed=design.seed, seeds=design.seeds,
        outcomes=design.outcomes, budget=design.budget, sources=design.sources,
    )  # fmt: skip


class Inquiry:
    """A question of sensitivity in a folder.

    Parameters
    ----------
    design : the factors, and of a method with a sample the sampler and points too; see :data:`SAMPLERS`.
    folder : of the main sweep. settings : how runs are made.
    command : arguments after ``run.py`` that ask this again; ``fill``: the whole line that makes missing runs.
    second_order : whether Sobol's indices of pairs are wanted, for N (2 d + 2) points instead of N (d + 2).
    """

    def __init__(
        self, method: Method, design: Design, folder: Path, settings: Settings | None = None,
        command: Sequence[str] = (), fill: str = "", *, second_order: bool = False,
    ) -> None:  # fmt: skip
        self.method, self.fill, self.second_order = method, fill, second_order
        alone = one_at_a_time(design, max(design.replicates, ALONE))
        self.design = alone if method == "tornado" else design
        self.base: dict[str, Value] = base_values(design)
        self.factors = [factor.key for factor in design.factors]
        self.main = Sweep(
            Points.of(with_second_order(design) if second_order else self.design), folder, settings, command
        )  # fmt: skip
        self.single = self.main
        if method != "tornado":
            self.single = Sweep(Points.of(alone), folder / ONE_AT_A_TIME, settings, command)

    @property
    def sweeps(self) -> tuple[Sweep, ...]:
        """The sweeps that it needs, each once."""
        return (self.main,) if self.main is self.single else (self.main, self.single)

    def run(self, progress: Progress = SILENT) -> None:
        """Make the runs that are missing.

        Raises
        ------
        KeyboardInterrupt : after Ctrl-C; what is finished is kept. InputError : see :meth:`Sweep.run`.
        """
        for sweep in self.sweeps:
            sweep.adopt()
            stopped = sweep.run(progress).stopped
            if stopped:
                raise InputError(f"stopped: {stopped}", hint=f"To go on: {self.fill}" if self.fill else "")

    def answer(self, outcome: str, *, lowest: bool = False) -> Sensitivity:
        """What the finished runs say about one metric.

        Parameters
        ----------
        lowest : less of the metric is better, so look for the value of a factor from which on it grows.

        Raises
        ------
        InputError : runs are missing or failed, or the outcome is undefined in some; with the command that fills them.
        """
        runs, points = _runs(self.main), self.main.points
        complete(runs, self.factors, outcome, points=len(points), replicates=points.replicates, command=self.fill)
        alone = runs if self.main is self.single else _runs(self.single)
        alone = alone.assign(moved=_moved(alone, self.base))
        bars = tornado(alone, self.factors, outcome, self.base)
        scores, pairs = self._scores(runs, points, outcome, bars)
        sample = self._sample(runs, points)
        noise = None if self.method == "tornado" else noise_split(sample, outcome)
        return Sensitivity(
            self.method, outcome, scores, pairs, noise, bars, _turning(alone, self.factors, outcome, lowest=lowest),
            runs, sample, alone,
        )  # fmt: skip

    def _scores(
        self, runs: pd.DataFrame, points: Points, outcome: str, bars: pd.DataFrame
    ) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
        """The scores of factors, and of pairs of them."""
        none = pd.DataFrame()
        if self.method == "tornado":
            return _of_bars(bars), none
        if self.method in GIVEN_DATA:
            score: Score = "delta" if self.method == "delta" else "pawn"
            found = screen(runs, self.factors, outcome, score=score).table
            return found.sort_values(score, ascending=False, kind="stable"), none
        asked: dict[str, Any] = {"sample": points.sample, "replicates": points.replicates, "command": self.fill}
        if self.method == "sobol":
            indices = sobol(runs, self.factors, outcome, **asked)
            # With one replicate luck counts as interaction with everything.
            sure: list[bool | None] = [low > 0.0 if points.replicates > 1 else None for low in indices.table["ST_low"]]
            table = indices.table.assign(matters=pd.Series(sure, indices.table.index, dtype=object))
            pairs = indices.pairs.sort_values("S2", ascending=False, kind="stable", ignore_index=True)
            return table.sort_values("ST", ascending=False, kind="stable"), pairs
        effects = morris(runs, self.factors, outcome, **asked).table.rename(columns={"floor": "chance"})
        return effects.sort_values("mu_star", ascending=False, kind="stable"), none

    def _sample(self, runs: pd.DataFrame, points: Points) -> pd.DataFrame:
        """The runs at points that are a random sample: of Saltelli's rows the first and the last of each block."""
        if self.method != "sobol":
            return runs
        step = (2 if self.second_order else 1) * len(self.factors) + 2
        layout = points.sample.layout.reshape(-1, step)
        return runs[runs["point"].isin(layout[:, [0, -1]].ravel())]


def _runs(sweep: Sweep) -> pd.DataFrame:
    from sim.lab.store.query import read_runs

    return read_runs(sweep.ledger)


def _moved(table: pd.DataFrame, base: Mapping[str, Any]) -> list[str]:
    """The factor that each run's point moves from the base; "" for the base."""
    moved = pd.Series("", index=table.index)
    for key, value in base.items():
        away = table[key].notna() if value is None else table[key] != value
        moved = moved.mask(away, key)
    return moved.tolist()


def _turning(alone: pd.DataFrame, factors: Sequence[str], outcome: str, *, lowest: bool) -> dict[str, TurningPoint]:
    """The turning points, with all other factors as in the plan."""
    found = {}
    for key in factors:
        rows = alone[alone["moved"].isin([key, ""])]
        done = rows[rows["status"] == "done"]
        if is_number(done[key]) and done[key].nunique() >= FEWEST_LEVELS:
            found[key] = turning_point(
                rows, key, outcome, others=[each for each in factors if each != key], lowest=lowest
            )
    return found


def _of_bars(bars: pd.DataFrame) -> pd.DataFrame:
    """The bars of a tornado as scores: one row a factor."""
    clear = bars.assign(matters=bars["verdict"].isin(["higher", "lower"]))
    table = clear.groupby("factor").agg(width=("width", "max"), matters=("matters", "any"))
    return table.sort_values("width", ascending=False, kind="stable")
