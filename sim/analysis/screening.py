"""Which factors matter beyond chance, from any sweep: scores from given data, and the test that guards them.

The scores compare the points' means in classes of a factor with those of all points. Chance is measured by the same
scores of shuffled outcomes, so it counts what the other factors and luck do, in a design of just this shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.noise import NoiseSplit, noise_split
from sim.analysis.resample import permutations
from sim.analysis.table import Strata, is_number, outcomes, strata
from sim.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Distributions are compared at most at so many places, which tells distances to a thousandth (design choice).
_MOST_STEPS = 1000

#: Fewer points than this say nothing about distributions (design choice).
FEWEST_POINTS = 10


@dataclass(frozen=True, slots=True)
class Screening:
    """The factors, the most influential first.

    ``table``: index ``factor``; ``pawn`` (largest distance of the outcome's distribution in one class from that of all
    points, in [0, 1]), ``pawn_median`` (over classes), ``chance`` (``level`` of shuffled outcomes have a ``pawn`` below
    it), ``S1`` (share of the variance between points that the factor alone explains; unbiased, so it may fall below
    0), ``trend`` (rank correlation in [-1, 1]; NaN for a choice), ``p_value`` (adjusted for the number of factors),
    ``matters``. ``noise``: what luck adds in single runs. ``points`` used, ``left_out`` runs without an outcome.
    """

    table: pd.DataFrame
    noise: NoiseSplit
    points: int
    left_out: int
    level: float


def screen(
    table: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    *,
    classes: int = 10,
    level: float = 0.95,
    resamples: int = 499,
    seed: int = 0,
) -> Screening:
    """Score every factor of a sweep and say which ones matter beyond chance.

    Parameters
    ----------
    table : a run table of any design that moves all the factors; runs may be missing.
    classes : the most classes of a number (at least 2); levels are taken as they are. An outcome that goes up and down
        within a class is averaged out there, so ``S1`` wants more classes than a ranking does.
    level : of the whole family of tests: the chance that no idle factor is taken for an influential one, in (0, 1).
    resamples : shuffles; the smallest possible p-value is 1 / (resamples + 1).

    Raises
    ------
    InputError : fewer than ten points, or a factor that never changes.

    Source: PAWN from given data (Pianosi & Wagener 2018, *Environmental Modelling & Software* 108); dummy outcomes as
    yardstick (Khorashadi Zadeh et al. 2017, ibid. 91); first-order share from given data (Plischke, Borgonovo & Smith
    2013, *EJOR* 226) with the degrees-of-freedom correction of epsilon squared (Kelley 1935, *PNAS* 21); test by the
    largest standardised score (Westfall & Young 1993, *Resampling-Based Multiple Testing*).
    """
    found = outcomes(table, factors, outcome)
    values = found.means
    if len(values) < FEWEST_POINTS:
        raise InputError(f"{len(values)} points are too few to screen", expected=f"at least {FEWEST_POINTS} points")
    kinds = [strata(found.factors[name], classes) for name in factors]
    for name, kind in zip(factors, kinds, strict=True):
        if len(kind.labels) < 2:
            raise InputError(f"'{name}' has one value in this sweep", expected="a factor that was varied")
    steps = _steps(values)
    distances = [_distances(steps, kind) for kind in kinds]
    observed = np.array([[each.max() for each in distances], [_share(values, kind) for kind in kinds]])
    shuffled = np.array([
        [[_distances(steps[order], kind).max() for kind in kinds], [_share(values[order], kind) for kind in kinds]]
        for order in permutations(len(values), resamples, seed)
    ])  # fmt: skip
    p_values = _largest_of_chance(observed, shuffled)
    columns = {
        "pawn": observed[0],
        "pawn_median": [float(np.median(each)) for each in distances],
        "chance": np.quantile(shuffled[:, 0], level, axis=0),
        "S1": observed[1],
        "trend": [_trend(found.factors[name], values) for name in factors],
        "p_value": p_values,
        "matters": p_values <= 1 - level,
    }
    result = pd.DataFrame(columns, index=pd.Index(factors, name="factor")).sort_values("pawn", ascending=False)
    return Screening(result, noise_split(table, outcome, level=level), len(values), found.left_out, level)


def _steps(values: Floats) -> Ints:
    """The outcomes' places in rising order, ties together, in no more steps than distributions need."""
    _, places = np.unique(values, return_inverse=True)
    count = int(places.max()) + 1
    return np.asarray(places if count <= _MOST_STEPS else places * _MOST_STEPS // count, dtype=np.int64)


def _distances(steps: Ints, kind: Strata) -> Floats:
    """Kolmogorov and Smirnov's distance of each class from all points, shape [class]."""
    width = int(steps.max()) + 1
    counts = np.bincount(kind.codes * width + steps, minlength=len(kind.labels) * width).reshape(-1, width)
    within = counts.cumsum(axis=1) / counts.sum(axis=1, keepdims=True)
    overall = counts.sum(axis=0).cumsum() / len(steps)
    return np.asarray(np.abs(within - overall).max(axis=1))


def _share(values: Floats, kind: Strata) -> float:
    """The share of the variance between classes, less what classes without any meaning would take."""
    n, k = len(values), len(kind.labels)
    centred = values - values.mean()
    total = float((centred**2).sum())
    if total == 0.0 or n <= k:
        return 0.0
    sums = np.bincount(kind.codes, weights=centred)
    between = float((sums**2 / np.bincount(kind.codes)).sum())
    return 1 - (total - between) / (n - k) * (n - 1) / total


def _largest_of_chance(observed: Floats, shuffled: Floats) -> Floats:
    """Adjusted p-values [factor] of scores [score, factor] against those of shuffles [shuffle, score, factor]."""
    centre, spread = shuffled.mean(axis=0), shuffled.std(axis=0)
    spread = np.where(spread > 0.0, spread, 1.0)
    largest = ((shuffled - centre) / spread).max(axis=(1, 2))
    score = ((observed - centre) / spread).max(axis=0)
    return np.asarray((1 + (largest[:, None] >= score).sum(axis=0)) / (1 + len(largest)))


def _trend(factor: pd.Series, values: Floats) -> float:
    """Spearman's rank correlation; NaN for a choice."""
    if not is_number(factor):
        return np.nan
    ranks = pd.Series(values).rank()
    return float(np.corrcoef(factor.rank(), ranks)[0, 1]) if ranks.nunique() > 1 else 0.0
