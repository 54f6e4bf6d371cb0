"""Which factors matter, from designs made for the question: Morris' screening and Sobol's indices.

Replicates are used to take luck out: where a square or a product of expected outcomes is wanted, the square of a mean
over replicates would count its luck too, so the covariance of the replicates is taken off. This is exact on average
whether points share their luck or not. With one replicate the estimators are the usual ones, and luck counts as
interaction with everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.noise import NoiseSplit, split
from sim.analysis.resample import bootstrap_weights, percentiles
from sim.analysis.table import Outcomes, complete, is_number
from sim.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """The shares of the variance of the *expected* outcome that are due to each factor.

    ``table``: index ``factor``, in the order given; ``S1`` (alone) and ``ST`` (with all its interactions), each with
    ``_low`` and ``_high``. Estimates can leave [0, 1] by their error; all are NaN where the factors do nothing.
    ``variance`` of the expected outcome over the design. ``noise``: what luck adds to it in single runs.
    ``rows`` of the base sample (N), ``replicates`` a point, ``level`` of the intervals.
    """

    table: pd.DataFrame
    variance: float
    noise: NoiseSplit
    rows: int
    replicates: int
    level: float


@dataclass(frozen=True, slots=True)
class MorrisEffects:
    """Elementary effects: how much the outcome moves when one factor crosses its whole range, in the metric's unit.

    ``table``: index ``factor``; ``mu`` (mean effect; NaN for a choice, which has no direction), ``mu_star`` (mean
    absolute effect) with ``mu_star_low`` and ``mu_star_high``, ``sigma`` (spread of the effects: curvature and
    interaction, and luck), ``floor`` (the ``mu_star`` that luck alone would show), ``p_value`` (of no effect beyond
    luck, adjusted for the number of factors), ``matters``. The last three are NaN and None with one replicate.
    """

    table: pd.DataFrame
    trajectories: int
    replicates: int
    level: float


def sobol(
    table: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    *,
    points: int | None = None,
    replicates: int | None = None,
    command: str = "",
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> SobolIndices:
    """Sobol's first-order and total indices from a finished Saltelli design, with bootstrap intervals.

    Parameters
    ----------
    table : a run table whose points are in Saltelli's order: for each of N rows A, A with factor j from B (each j), B;
        or the longer form with B with factor j from A before B, both of whose halves are used.
    factors : in the order of the design.
    points, replicates : of the whole design, so that runs never made are noticed; as the table has them otherwise.
    command : that makes missing runs, for the message.
    level, resamples, seed : of the intervals, by resampling the N rows. Luck shared by all points is not resampled.

    Raises
    ------
    InputError : missing, failed or undefined runs; or points in another order.

    Source: first order of Saltelli et al. (2010), *Computer Physics Communications* 181, total of Jansen (1999),
    ibid. 117; percentile bootstrap of Archer, Saltelli & Sobol (1997).
    """
    found = complete(table, factors, outcome, points=points, replicates=replicates, command=command)
    d, step = len(factors), _saltelli_step(found.factors)
    values = found.values - found.values.mean(axis=0)
    rows = values.reshape(-1, step, values.shape[1])
    terms = _sobol_terms(rows[:, 0], rows[:, -1], rows[:, 1 : d + 1])
    if step == 2 * d + 2:
        # Seen from B the second half is a design of its own.
        terms = (terms + _sobol_terms(rows[:, -1], rows[:, 0], rows[:, d + 1 : -1])) / 2
    ends = (rows[:, 0] + rows[:, -1]) / 2
    weights = np.full(len(rows), 1 / len(rows))
    indices, variance = _indices(weights, terms, ends)
    samples = np.array([_indices(each, terms, ends)[0] for each in bootstrap_weights(len(rows), resamples, seed)])
    low, high = percentiles(samples, level, len(rows))
    columns: dict[str, Floats] = {}
    for number, name in enumerate(("S1", "ST")):
        part = slice(number * d, (number + 1) * d)
        columns |= {name: indices[part], f"{name}_low": low[part], f"{name}_high": high[part]}
    # Only A and B are a random sample of the design; the points between them repeat their values.
    sample = rows[:, [0, -1]].reshape(-1, values.shape[1])
    noise = split(sample, paired=found.paired, level=level)
    result = pd.DataFrame(columns, index=pd.Index(factors, name="factor"))
    return SobolIndices(result, variance, noise, len(rows), values.shape[1], level)


def _sobol_terms(a: Floats, b: Floats, mixed: Floats) -> Floats:
    """What each row adds: 2 d numerators and the mean square. a, b [row, replicate], mixed [row, factor, replicate]."""
    moved = mixed - a[:, None]
    first = _product(b[:, None], moved)
    total = 0.5 * _product(moved, moved)
    square = (_product(a, a) + _product(b, b)) / 2
    return np.column_stack([first, total, square])


def _indices(weights: Floats, terms: Floats, ends: Floats) -> tuple[Floats, float]:
    *numerators, square = weights @ terms
    mean = weights @ ends
    variance = float(square - _product(mean, mean))
    if variance <= 1e-14 * max(float(np.abs(square)), 1e-300):
        return np.full(len(numerators), np.nan), max(variance, 0.0)
    return np.asarray(numerators) / variance, variance


def _product(first: Floats, second: Floats) -> Floats:
    """The product of two expectations, unbiased, from replicates along the last axis of either.

    The mean of all products of *different* replicates: the luck of one cannot meet itself.
    """
    u, v = first.mean(axis=-1), second.mean(axis=-1)
    product = np.asarray(u * v)
    n = first.shape[-1]
    if n > 1:
        product = product - ((first - u[..., None]) * (second - v[..., None])).sum(axis=-1) / (n - 1) / n
    return product


def _saltelli_step(factors: pd.DataFrame) -> int:
    """The points that belong to one row of the base sample: d + 2 or 2 d + 2."""
    columns = np.column_stack([pd.factorize(factors[name])[0] for name in factors])
    d = int(columns.shape[1])
    for step in (d + 2, 2 * d + 2):
        if len(columns) % step == 0 and len(columns) > step:
            rows = columns.reshape(-1, step, d)
            a, b = rows[:, :1], rows[:, -1:]
            own = np.eye(d, dtype=bool)
            fits = bool((rows[:, 1 : d + 1] == np.where(own, b, a)).all())
            if fits and (step == d + 2 or bool((rows[:, d + 1 : -1] == np.where(own, a, b)).all())):
                return step
    raise InputError(
        f"{len(columns)} points of {d} factors are not Saltelli's design in its order",
        expected=f"blocks of {d + 2} or {2 * d + 2} points: A, A with one factor from B, B",
        hint="Name all its factors in its order; where the points are of another design, screening takes any.",
    )


def morris(
    table: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    *,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    points: int | None = None,
    replicates: int | None = None,
    command: str = "",
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> MorrisEffects:
    """Elementary effects from a finished Morris design, and which of them luck cannot explain.

    Parameters
    ----------
    table : a run table whose points are trajectories of d + 1, each next point moving one factor not yet moved.
    ranges : lowest and highest value of a factor, which its effects are scaled to; as the table has them otherwise.
    points, replicates, command, level, resamples, seed : as in :func:`sobol`; trajectories are resampled.

    Raises
    ------
    InputError : missing, failed or undefined runs; or points that are no such trajectories.

    Source: Morris (1991), *Technometrics* 33; mu* of Campolongo, Cariboni & Saltelli (2007), *Environmental Modelling &
    Software* 22. Beyond luck: F test of the effects against the spread of their replicates, adjusted by Holm (1979),
    *Scandinavian Journal of Statistics* 6 (design choice).
    """
    found = complete(table, factors, outcome, points=points, replicates=replicates, command=command)
    moved = _moved(found.factors)
    effects, runs = _elementary(found, moved, dict(ranges or {}))
    mu_star = np.abs(effects).mean(axis=0)
    samples = np.array([each @ np.abs(effects) for each in bootstrap_weights(len(effects), resamples, seed)])
    low, high = percentiles(samples, level, len(effects))
    directed = np.array([is_number(found.factors[name]) for name in factors])
    floor, p_values = _against_luck(runs)
    single = runs.shape[-1] < 2
    columns = {
        "mu": np.where(directed, effects.mean(axis=0), np.nan),
        "mu_star": mu_star,
        "mu_star_low": low,
        "mu_star_high": high,
        "sigma": effects.std(axis=0, ddof=1),
        "floor": floor,
        "p_value": p_values,
        "matters": [None] * len(factors) if single else (p_values <= 1 - level).tolist(),
    }
    result = pd.DataFrame(columns, index=pd.Index(factors, name="factor"))
    return MorrisEffects(result, len(effects), runs.shape[-1], level)


def _moved(factors: pd.DataFrame) -> Ints:
    """The factor that each step of each trajectory moves, shape [trajectory, step]."""
    columns = np.column_stack([pd.factorize(factors[name])[0] for name in factors])
    d = columns.shape[1]
    if len(columns) % (d + 1) == 0 and len(columns) > d + 1:
        changed = np.diff(columns.reshape(-1, d + 1, d), axis=1) != 0
        moved = changed.argmax(axis=2)
        if (changed.sum(axis=2) == 1).all() and (np.sort(moved, axis=1) == np.arange(d)).all():
            return np.asarray(moved, dtype=np.int64)
    raise InputError(
        f"{len(columns)} points of {d} factors are no Morris trajectories",
        expected=f"at least two blocks of {d + 1} points, each step moving one factor not yet moved",
        hint="Name all its factors; where the points are of another design, screening takes any.",
    )


def _elementary(found: Outcomes, moved: Ints, ranges: dict[str, tuple[float, float]]) -> tuple[Floats, Floats]:
    """Effects [trajectory, factor], and the same of each replicate [trajectory, factor, replicate]."""
    trajectories, d = moved.shape
    values = found.values.reshape(trajectories, d + 1, -1)
    place = np.argsort(moved, axis=1)
    jumps = np.take_along_axis(np.diff(values, axis=1), place[:, :, None], axis=1)
    steps = np.ones((trajectories, d))
    for number, name in enumerate(found.factors):
        if is_number(found.factors[name]):
            x = found.factors[name].to_numpy(dtype=np.float64)
            low, high = ranges.get(str(name), (float(x.min()), float(x.max())))
            crossed = np.diff(x.reshape(trajectories, d + 1), axis=1) / (high - low)
            steps[:, number] = np.take_along_axis(crossed, place, axis=1)[:, number]
    runs = jumps / steps[:, :, None]
    return runs.mean(axis=2), runs


def _against_luck(runs: Floats) -> tuple[Floats, Floats]:
    """The mean absolute effect of luck alone, and the adjusted chance of effects as large without any; [factor]."""
    from scipy.special import fdtrc  # noqa: PLC0415

    trajectories, d, n = runs.shape
    if n < 2:
        return np.full(d, np.nan), np.full(d, np.nan)
    within = runs.var(axis=2, ddof=1).mean(axis=0) / n
    square = (runs.mean(axis=2) ** 2).mean(axis=0)
    # Without luck any effect is one, and no effect is none.
    ratio = np.divide(square, within, out=np.where(square > 0.0, np.inf, 0.0), where=within > 0.0)
    chances = np.where(np.isinf(ratio), 0.0, fdtrc(trajectories, trajectories * (n - 1), np.minimum(ratio, 1e300)))
    return np.sqrt(2 / np.pi * within), _holm(chances)


def _holm(chances: Floats) -> Floats:
    order = np.argsort(chances, kind="stable")
    adjusted = np.maximum.accumulate(chances[order] * np.arange(len(chances), 0, -1))
    result = np.empty_like(chances)
    result[order] = np.minimum(adjusted, 1.0)
    return result
