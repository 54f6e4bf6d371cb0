"""Which factors matter, from designs made for the question: Morris' screening and Sobol's indices.

Replicates are used to take luck out: where a square or a product of expected outcomes is wanted, the square of a mean
over replicates would count its luck too, so the covariance of the replicates is taken off. This is exact on average
whether points share their luck or not. With one replicate the estimators are the usual ones, and luck counts as
interaction with everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.designs.samplers import Sample
from sim.lab.estimators.noise import NoiseSplit, product, split
from sim.lab.estimators.pairs import above_zero, pair_terms, pairs_of
from sim.lab.estimators.table import Outcomes, complete, is_number
from sim.lab.statistics.resample import bootstrap_weights, percentiles

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """The shares of the variance of the *expected* outcome that are due to each factor.

    ``table``: index ``factor``, in the order given; ``S1`` (alone) and ``ST`` (with all its interactions), each with
    ``_low`` and ``_high``. Estimates can leave [0, 1] by their error; all are NaN where the factors do nothing.
    ``pairs``: one row a pair of factors, ``first`` and ``second``; ``S2`` (what the two do together beyond what each
    does alone) with ``S2_low`` and ``S2_high``, ``p_value`` (of no such effect, adjusted for the number of pairs; NaN
    with one replicate, where luck cannot be told), ``matters`` (None then). Empty with the shorter form of the design.
    ``variance`` of the expected outcome over the design. ``noise``: what luck adds to it in single runs.
    ``rows`` of the base sample (N), ``replicates`` a point, ``level`` of the intervals.
    """

    table: pd.DataFrame
    pairs: pd.DataFrame
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
    sample: Sample | None = None,
    points: int | None = None,
    replicates: int | None = None,
    command: str = "",
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> SobolIndices:
    """Sobol's first-order and total indices from a finished Saltelli design, with bootstrap intervals.

    The longer form of the design, of 2 d + 2 rows a base row, gives second-order indices too.

    Parameters
    ----------
    table : a run table of all points of the design, in any order.
    factors : all factors, in the order of the design.
    sample : what :func:`sim.lab.designs.samplers.sample` gave. Without it the points of the table are taken for
        the rows of the design: for each of N rows A, A with factor j from B (each j), B; or the longer form with B with
        factor j from A (each j) before B, both of whose halves are used.
    points, replicates : of the whole design, so that runs never made are noticed; as ``sample`` or the table has them
        otherwise.
    command : that makes missing runs, for the message.
    level, resamples, seed : of the intervals, by resampling the N rows. Luck shared by all points is not resampled.

    Raises
    ------
    InputError : missing, failed or undefined runs; or another design.

    Source: first order of Saltelli et al. (2010), *Computer Physics Communications* 181, total of Jansen (1999),
    ibid. 117; second order: see :func:`~sim.lab.estimators.pairs.pair_terms`; bootstrap of Archer, Saltelli &
    Sobol (1997), *J. Statistical Computation and Simulation* 58. Pairs beyond chance: one-sided t test over the rows,
    adjusted by Holm (1979), *Scandinavian Journal of Statistics* 6 (design choice).
    """
    points = len(sample.points) if sample else points
    found = complete(table, factors, outcome, points=points, replicates=replicates, command=command)
    layout, shares = _rows(found, sample)
    d, step = len(factors), _saltelli_step(shares)
    values = found.values[layout]
    rows = (values - values.mean(axis=0)).reshape(-1, step, values.shape[1])
    terms = _sobol_terms(rows[:, 0], rows[:, -1], rows[:, 1 : d + 1])
    pairs = np.empty((len(rows), 0))
    if step == 2 * d + 2:
        # Seen from B the second half is a design of its own.
        terms = (terms + _sobol_terms(rows[:, -1], rows[:, 0], rows[:, d + 1 : -1])) / 2
        settings = np.column_stack([_shares(found.factors[name], None) for name in factors])
        pairs = pair_terms(rows, settings[layout].reshape(-1, step, d))
    terms = np.column_stack([terms[:, :-1], pairs, terms[:, -1]])
    ends = (rows[:, 0] + rows[:, -1]) / 2
    weights = np.full(len(rows), 1 / len(rows))
    indices, variance = _indices(weights, terms, ends)
    samples = np.array([_indices(each, terms, ends)[0] for each in bootstrap_weights(len(rows), resamples, seed)])
    low, high = percentiles(samples, level, len(rows))
    columns: dict[str, Floats] = {}
    for number, name in enumerate(("S1", "ST")):
        part = slice(number * d, (number + 1) * d)
        columns |= {name: indices[part], f"{name}_low": low[part], f"{name}_high": high[part]}
    estimates = {"S2": indices[2 * d :], "S2_low": low[2 * d :], "S2_high": high[2 * d :]}
    together = _interactions(factors, estimates, None if values.shape[1] < 2 else above_zero(pairs), level)
    # Only A and B are a random sample of the space; the rows between them repeat their settings.
    drawn = np.unique(layout.reshape(-1, step)[:, [0, -1]])
    noise = split(found.values[drawn], paired=found.paired, level=level)
    result = pd.DataFrame(columns, index=pd.Index(factors, name="factor"))
    return SobolIndices(result, together, variance, noise, len(rows), values.shape[1], level)


def _interactions(
    factors: Sequence[str], estimates: Mapping[str, Floats], chances: Floats | None, level: float
) -> pd.DataFrame:
    """The table of pairs, empty where none were estimated; ``chances`` are None where luck cannot be told."""
    count = len(estimates["S2"])
    first, second = (side[:count] for side in pairs_of(len(factors)))
    p_values = np.full(count, np.nan) if chances is None else _holm(chances)
    told = [None if chances is None else bool(p <= 1 - level) for p in p_values]
    names = {"first": [factors[n] for n in first], "second": [factors[n] for n in second]}
    return pd.DataFrame({**names, **estimates, "p_value": p_values, "matters": pd.Series(told, dtype=object)})


def _sobol_terms(a: Floats, b: Floats, mixed: Floats) -> Floats:
    """What each row adds: 2 d numerators and the mean square. a, b [row, replicate], mixed [row, factor, replicate]."""
    moved = mixed - a[:, None]
    first = product(b[:, None], moved)
    total = 0.5 * product(moved, moved)
    square = (product(a, a) + product(b, b)) / 2
    return np.column_stack([first, total, square])


def _indices(weights: Floats, terms: Floats, ends: Floats) -> tuple[Floats, float]:
    *numerators, square = weights @ terms
    mean = weights @ ends
    variance = float(square - product(mean, mean))
    if variance <= 1e-14 * max(float(np.abs(square)), 1e-300):
        return np.full(len(numerators), np.nan), max(variance, 0.0)
    return np.asarray(numerators) / variance, variance


def _rows(
    found: Outcomes, sample: Sample | None, ranges: Mapping[str, tuple[float, float]] = MappingProxyType({})
) -> tuple[Ints, Floats]:
    """The rows of a design: the place of each one's point, and its settings as shares of the factors' ranges."""
    if sample is None or sample.shares is None:
        settings = np.column_stack([_shares(found.factors[name], ranges.get(str(name))) for name in found.factors])
        layout = np.arange(len(settings)) if sample is None else sample.layout
        return layout, settings[layout]
    if sample.shares.shape[1] != found.factors.shape[1]:
        raise InputError(
            f"{found.factors.shape[1]} factors of a design of {sample.shares.shape[1]}", expected="all, in its order"
        )
    return sample.layout, sample.shares


def _shares(factor: pd.Series, ends: tuple[float, float] | None) -> Floats:
    if not is_number(factor):
        return pd.factorize(factor)[0].astype(np.float64)
    values = factor.to_numpy(dtype=np.float64)
    low, high = ends or (values.min(), values.max())
    return np.asarray((values - low) / ((high - low) or 1.0))


def _saltelli_step(shares: Floats) -> int:
    """The rows of the design that belong to one row of the base sample: d + 2 or 2 d + 2."""
    d = int(shares.shape[1])
    own = np.eye(d, dtype=bool)
    for step in (d + 2, 2 * d + 2):
        if len(shares) % step == 0 and len(shares) > step:
            rows = shares.reshape(-1, step, d)
            a, b = rows[:, :1], rows[:, -1:]
            fits = bool((rows[:, 1 : d + 1] == np.where(own, b, a)).all())
            if fits and (step == d + 2 or bool((rows[:, d + 1 : -1] == np.where(own, a, b)).all())):
                return step
    raise InputError(
        f"{len(shares)} rows of {d} factors are not Saltelli's design in its order",
        expected=f"blocks of {d + 2} or {2 * d + 2} rows: A, A with one factor from B, B",
        hint="Name all its factors in its order; where the points are of another design, screening takes any.",
    )


def morris(
    table: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    *,
    sample: Sample | None = None,
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
    sample : as in :func:`sobol`. Without it the points of the table are taken for the rows of the design, trajectories
        of d + 1 of which each next one moves one factor not yet moved.
    ranges : without a sample, the lowest and highest value of a factor, which its effects are scaled to; as the table
        has them where not given.
    factors, points, replicates, command, level, resamples, seed : as in :func:`sobol`; trajectories are resampled.

    Raises
    ------
    InputError : missing, failed or undefined runs; or another design.

    Source: Morris (1991), *Technometrics* 33; mu* of Campolongo, Cariboni & Saltelli (2007), *Environmental Modelling &
    Software* 22. Beyond luck: F test of the effects against the spread of their replicates, adjusted by Holm (1979),
    *Scandinavian Journal of Statistics* 6 (design choice).
    """
    points = len(sample.points) if sample else points
    found = complete(table, factors, outcome, points=points, replicates=replicates, command=command)
    layout, shares = _rows(found, sample, ranges or {})
    directed = np.array([is_number(found.factors[name]) for name in factors])
    runs = _elementary(found.values[layout], shares, directed)
    effects = runs.mean(axis=2)
    mu_star = np.abs(effects).mean(axis=0)
    samples = np.array([each @ np.abs(effects) for each in bootstrap_weights(len(effects), resamples, seed)])
    low, high = percentiles(samples, level, len(effects))
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


def _elementary(values: Floats, shares: Floats, directed: NDArray[np.bool_]) -> Floats:
    """The effects of each replicate, shape [trajectory, factor, replicate], per whole range of the factor.

    ``values`` [row, replicate], ``shares`` [row, factor]; one not ``directed`` has no range: its jumps count whole.
    """
    d = shares.shape[1]
    fits = len(shares) % (d + 1) == 0 and len(shares) > d + 1
    moves = np.diff(shares.reshape(-1, d + 1, d), axis=1) if fits else np.zeros((1, d, d))
    place = (moves != 0.0).argmax(axis=1)  # at which step each factor moves
    if not (((moves != 0.0).sum(axis=2) == 1).all() and (np.sort(place, axis=1) == np.arange(d)).all()):
        raise InputError(
            f"{len(shares)} rows of {d} factors are no Morris trajectories",
            expected=f"at least two blocks of {d + 1} rows, each next one moving one factor not yet moved",
            hint="Name all its factors; where the points are of another design, screening takes any.",
        )
    jumps = np.diff(values.reshape(len(moves), d + 1, -1), axis=1)
    ordered = np.take_along_axis(jumps, place[:, :, None], axis=1)
    steps = np.where(directed, moves.sum(axis=1), 1.0)  # of all steps but one a factor's is 0
    return np.asarray(ordered / steps[:, :, None])


def _against_luck(runs: Floats) -> tuple[Floats, Floats]:
    """The mean absolute effect of luck alone, and the adjusted chance of effects as large without any; [factor]."""
    from scipy.special import fdtrc

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
