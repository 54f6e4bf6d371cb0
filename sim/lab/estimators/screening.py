"""Which factors matter beyond chance, from any sweep: scores from given data, and the test that guards them.

The scores compare the points' means in classes of a factor with those of all points. Chance is measured by the same
scores of shuffled outcomes, so it counts what the other factors and luck do, in a design of just this shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.estimators.delta import Densities, class_count
from sim.lab.estimators.noise import NoiseSplit, noise_split
from sim.lab.estimators.table import Strata, is_number, outcomes, strata
from sim.lab.statistics.resample import bootstrap_weights, percentiles, permutations

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Score: TypeAlias = Literal["pawn", "delta"]

#: Distributions are compared at most at so many places, which tells distances to a thousandth (design choice).
_MOST_STEPS = 1000

#: Classes of a number for PAWN (Pianosi & Wagener 2018).
_CLASSES = 10

#: Fewer points than this say nothing about distributions (design choice).
FEWEST_POINTS = 10


@dataclass(frozen=True, slots=True)
class Screening:
    """The factors, the most influential first.

    ``table``: index ``factor``; the score, ``chance`` (``level`` of shuffled outcomes score below it), ``S1`` (share of
    the variance between points that the factor alone explains; unbiased, so it may fall below 0), ``trend`` (rank
    correlation in [-1, 1]; NaN for a choice), ``p_value`` (adjusted for the number of factors), ``matters``.
    ``noise``: what luck adds in single runs. ``points`` used, ``left_out`` runs without an outcome.

    The score "pawn" has the columns ``pawn`` (largest distance of the outcome's distribution in one class from that of
    all points, in [0, 1]) and ``pawn_median`` (over classes). The score "delta" has ``delta`` (mean over classes of
    half the area between the outcome's density in one and that of all points, in [0, 1] but for its error, less its
    bias as resampling shows it; so is its ``chance``), ``delta_low`` and ``delta_high``. Resampling shows part of the
    bias only: a factor without effect has a delta, and an interval, somewhat above 0, and only ``chance`` tells.
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
    score: Score = "pawn",
    classes: int | None = None,
    level: float = 0.95,
    resamples: int = 499,
    seed: int = 0,
) -> Screening:
    """Score every factor of a sweep and say which ones matter beyond chance.

    Parameters
    ----------
    table : a run table of any design that moves all the factors; runs may be missing.
    score : by which factors are ranked: "pawn" looks for the value of a factor at which the outcomes differ most, and
        does with few points; "delta" averages over all its values, and has an interval.
    classes : the most classes of a number (at least 2); levels are taken as they are. An outcome that goes up and down
        within a class is averaged out there, so ``S1`` wants more classes than a ranking does. By default 10, and of
        delta up to 48 where there are many points.
    level : of the whole family of tests: the chance that no idle factor is taken for an influential one, in (0, 1).
    resamples : shuffles, and samples for the interval of delta; the smallest possible p-value is 1 / (resamples + 1).

    Raises
    ------
    InputError : fewer than ten points, or a factor that never changes.

    Source: PAWN from given data (Pianosi & Wagener 2018, *Environmental Modelling & Software* 108); delta (Borgonovo
    2007, see :mod:`sim.lab.estimators.delta`), bias and interval by the basic bootstrap; dummy outcomes as yardstick
    (Khorashadi Zadeh et al. 2017, *Environmental Modelling & Software* 91); first-order share from given data
    (Plischke, Borgonovo & Smith 2013, *EJOR* 226) with the degrees-of-freedom correction of epsilon squared (Kelley
    1935, *PNAS* 21); test by the largest standardised score (Westfall & Young 1993, *Resampling-Based Multiple
    Testing*).
    """
    found = outcomes(table, factors, outcome)
    values = found.means
    if len(values) < FEWEST_POINTS:
        raise InputError(f"{len(values)} points are too few to screen", expected=f"at least {FEWEST_POINTS} points")
    kinds = _kinds(found.factors, factors, classes or _classes(score, len(values)))
    steps, densities = _steps(values), Densities(values)

    def scores(order: Ints) -> list[list[float]]:
        if score == "delta":
            own = [densities.delta(kind.codes, order) for kind in kinds]
        else:
            own = [float(_distances(steps[order], kind).max()) for kind in kinds]
        return [own, [_share(values[order], kind) for kind in kinds]]

    observed = np.array(scores(np.arange(len(values))))
    shuffled = np.array([scores(order) for order in permutations(len(values), resamples, seed)])
    p_values = _largest_of_chance(observed, shuffled)
    chance = np.quantile(shuffled[:, 0], level, axis=0)
    if score == "delta":
        samples = bootstrap_weights(len(values), resamples, seed)
        own = _delta_columns(densities, kinds, observed[0], chance, samples, level)
    else:
        medians = np.array([np.median(_distances(steps, kind)) for kind in kinds])
        own = {"pawn": observed[0], "pawn_median": medians, "chance": chance}
    columns = {
        **own,
        "S1": observed[1],
        "trend": [_trend(found.factors[name], values) for name in factors],
        "p_value": p_values,
        "matters": p_values <= 1 - level,
    }
    result = pd.DataFrame(columns, index=pd.Index(factors, name="factor")).sort_values(score, ascending=False)
    return Screening(result, noise_split(table, outcome, level=level), len(values), found.left_out, level)


def _kinds(settings: pd.DataFrame, factors: Sequence[str], classes: int) -> list[Strata]:
    """The classes of each factor; one that never changes is refused."""
    kinds = [strata(settings[name], classes) for name in factors]
    for name, kind in zip(factors, kinds, strict=True):
        if len(kind.labels) < 2:
            raise InputError(f"'{name}' has one value in this sweep", expected="a factor that was varied")
    return kinds


def _classes(score: Score, points: int) -> int:
    """Ten; for delta more where the points allow more: an outcome that goes up and down wants them."""
    return max(class_count(points), _CLASSES) if score == "delta" else _CLASSES


def _delta_columns(
    densities: Densities, kinds: Sequence[Strata], observed: Floats, chance: Floats, samples: Iterator[Floats],
    level: float,
) -> dict[str, Floats]:  # fmt: skip
    """Delta and its interval. Few points in a class look apart by chance: what resampling adds again is taken off."""
    resampled = np.array([[densities.delta(kind.codes, weights=weights) for kind in kinds] for weights in samples])
    bias = resampled.mean(axis=0) - observed
    low, high = percentiles(2 * observed - resampled, level, len(densities.values))
    return {"delta": observed - bias, "delta_low": low, "delta_high": high, "chance": chance - bias}


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
