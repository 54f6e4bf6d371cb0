"""What replicates allow us to say: intervals, paired differences, chances, and when one plan overtakes another.

Replicates are independent, so means get Student's t interval. Two plans with one seed share people and luck (common
random numbers), so they are compared replicate by replicate: pairing removes the luck both have (Law 2015, *Simulation
Modeling and Analysis*, 5th ed., §10.2 and §11.2). Nothing here draws random numbers: one input, one answer.

A metric can be undefined in a replicate (the cost of a new customer where nobody bought): a value that is not finite is
left out, pair by pair where two plans are compared, and counted in ``missing``, never passed over in silence.
Values at which a statistic does not exist are NaN.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

#: Below this many replicates no verdict is given (design choice): the t interval's half-width is then more than 1.5
#: standard deviations of the differences (1.24 at five), and whether means are near normal cannot be judged.
FEWEST_REPLICATES = 5

#: Above this many replicates the answer to "how many are needed?" is "no number in reach" (design choice).
MOST_REPLICATES = 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """One metric over replicates, in the metric's unit.

    ``mean`` with ``low`` and ``high``: how well the *mean* is known (t interval; it shrinks with more replicates).
    ``spread_low`` and ``spread_high``: how far *single outcomes* lie apart (quantiles of the replicates; it does not
    shrink). ``n`` replicates were used, ``missing`` had no finite value.
    """

    mean: float
    low: float
    high: float
    n: int
    spread_low: float
    spread_high: float
    missing: int = 0


class Verdict(StrEnum):
    """What a paired comparison allows us to say about the second plan against the first."""

    HIGHER = "higher"
    LOWER = "lower"
    UNDECIDED = "undecided"
    TOO_FEW = "too_few"
    IDENTICAL = "identical"


@dataclass(frozen=True, slots=True)
class Difference:
    """The paired difference of two plans, second minus first, in the metric's unit.

    ``share_better`` in [0, 1]: the share of replicates in which the second plan is better, ties counting half.
    ``replicates_needed``: see :func:`paired`. ``n`` pairs were used; ``missing`` had no finite value on one side.
    """

    mean: float
    low: float
    high: float
    n: int
    share_better: float
    verdict: Verdict
    replicates_needed: int | None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of ``n`` replicates or persons, in [0, 1], with its Wilson interval."""

    share: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Overtaking:
    """When the second plan overtakes the first for good, in days.

    ``days``: per replicate, the day from which it stays strictly above until the end; NaN where it never does.
    ``share``: the share of replicates in which it overtakes. ``median`` counts "never" as later than any day, and is
    NaN where that is the median; ``low`` and ``high`` are its order-statistic interval, NaN likewise (an open end), and
    both NaN where there are too few replicates for one. ``clear_day``: the first day from which the paired interval of
    the difference stays above zero until the end; NaN if none, or with fewer than ``FEWEST_REPLICATES``.
    """

    days: Floats
    share: Proportion
    median: float
    low: float
    high: float
    clear_day: float


@dataclass(frozen=True, slots=True)
class Band:
    """Quantiles over replicates, day by day, each of shape [day], NaN where no replicate has a value."""

    low: Floats
    median: Floats
    high: Floats


def interval(values: ArrayLike, level: float = 0.9) -> Estimate:
    """The mean over replicates with its t interval, and the spread of the replicates themselves.

    Parameters
    ----------
    values : one number a replicate, shape [replicate]. One alone has no bounds (NaN): it cannot tell how lucky it was.
    level : of both intervals, in (0, 1). At 0.9 the spread runs from the 5 % to the 95 % quantile.

    Source: Student (1908), *Biometrika* 6; quantiles of Hyndman & Fan (1996), type 7.
    """
    given = _floats(values, 1)
    sample = given[np.isfinite(given)]
    mean, low, high = (float(part) for part in _t_bounds(sample, level))
    spread_low, spread_high = math.nan, math.nan
    if sample.size > 1:
        spread_low, spread_high = np.quantile(sample, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Estimate(mean, low, high, sample.size, spread_low, spread_high, given.size - sample.size)


def paired(
    a: ArrayLike, b: ArrayLike, level: float = 0.95, *, higher_is_better: bool = True, width: float | None = None
) -> Difference:
    """Compare two plans under the same luck: the differences ``b - a``, replicate by replicate.

    Parameters
    ----------
    a, b : one number a replicate, shape [replicate], in the same order of replicates.
    level : of the t interval, in (0, 1).
    higher_is_better : False for costs and the like; it turns ``share_better``, not the verdict, which is about numbers.
    width : the half-width the interval should have, > 0, in the metric's unit.

    Returns
    -------
    A :class:`Difference`. ``replicates_needed`` is estimated from the spread seen: with ``width``, so many that the
    half-width falls to it; without, so many that a true difference of the size seen is told from zero four times in
    five (were the half-width just that size, it would be missed every other time), or ``n`` if it has been told. None:
    no number in reach, or nothing known of the spread.
    """
    first, second = _pair(a, b, 1)
    given = second - first
    sample = given[np.isfinite(given)]
    mean, low, high = (float(part) for part in _t_bounds(sample, level))
    verdict = _verdict(sample, low, high)
    told = verdict in {Verdict.HIGHER, Verdict.LOWER, Verdict.IDENTICAL}
    needed = sample.size if told and width is None else _needed(sample, mean, width, level)
    signs = np.sign(sample) if higher_is_better else -np.sign(sample)
    share_better = float(0.5 + 0.5 * signs.mean()) if sample.size else math.nan
    return Difference(mean, low, high, sample.size, share_better, verdict, needed, given.size - sample.size)


def replicates_for(deviation: float, width: float, level: float = 0.95, power: float = 0.5) -> int | None:
    """The fewest replicates at which a paired difference becomes clear enough.

    Parameters
    ----------
    deviation : standard deviation of a replicate's value, ≥ 0.
    width : with ``power`` 0.5 the half-width wanted; otherwise the true difference to be told from zero; > 0.
    level : of the interval, in (0, 1).
    power : the chance of telling that difference from zero, in [0.5, 1).

    Returns
    -------
    The smallest n ≥ ``FEWEST_REPLICATES`` with (t(n-1, level) + t(n-1, power)) · deviation / √n ≤ width, or None above
    ``MOST_REPLICATES``.
    """
    if not width > 0.0 or not deviation >= 0.0:
        raise ValueError(f"width must be > 0 and deviation >= 0: {width}, {deviation}")
    ratio = deviation / width
    start = ((_normal(0.5 + _checked(level) / 2) + _normal(power)) * ratio) ** 2  # t exceeds z: never too many
    if start > MOST_REPLICATES:
        return None
    n = max(FEWEST_REPLICATES, math.ceil(start))
    while (quantile_of_t(n - 1, 0.5 + level / 2) + quantile_of_t(n - 1, power)) * ratio > math.sqrt(n):
        n += 1
    return n


def overtaking(a: ArrayLike, b: ArrayLike, level: float = 0.95, *, first_day: int = 0) -> Overtaking:
    """The day from which plan ``b`` stays above plan ``a``, per replicate and for all of them.

    Parameters
    ----------
    a, b : a metric under the two plans, shape [replicate, day], in the same order of replicates.
    level : of all intervals, in (0, 1).
    first_day : the number of the first column's day.

    Source of the median's interval: order statistics under the binomial (David & Nagaraja 2003, *Order Statistics*,
    §7.1), whose coverage is at least ``level`` for any distribution, without resampling.
    """
    first, second = _pair(a, b, 2)
    days = first_day + _for_good(second > first)
    happened = int(np.isfinite(days).sum())
    median, low, high = _median(days, level)
    clear = math.nan
    if len(first) >= FEWEST_REPLICATES:
        _, floor, _ = _t_bounds(second - first, level)
        clear = float(first_day + _for_good(floor[np.newaxis] > 0.0)[0])
    return Overtaking(days, wilson(happened, days.size, level), median, low, high, clear)


def worst_tenth(values: ArrayLike, *, share: float = 0.1, higher_is_better: bool = True) -> float:
    """The mean of the worst ``share`` (in (0, 1]) of the replicates: what a bad outcome looks like.

    Conditional value at risk (Rockafellar & Uryasev 2002, *Journal of Banking & Finance* 26): where the share is not a
    whole number of replicates the last one counts in part; fewer than 1/``share`` replicates give the worst one.
    """
    if not 0.0 < share <= 1.0:
        raise ValueError(f"share must be in (0, 1]: {share}")
    given = _floats(values, 1)
    sample = np.sort(given[np.isfinite(given)])
    if not sample.size:
        return math.nan
    if not higher_is_better:
        sample = sample[::-1]
    weights = np.clip(share * sample.size - np.arange(sample.size), 0.0, 1.0)
    return float(weights @ sample / weights.sum())


def gini(values: ArrayLike) -> float:
    """How unequally ``values`` (≥ 0, shape [holder]) are held: 0 all alike, 1 - 1/n one has all; NaN for nobody.

    Source: Gini (1912), by ranks. Where nobody holds anything all are alike: 0.
    """
    held = np.sort(_floats(values, 1))
    if held.size and not held[0] >= 0.0:
        raise ValueError(f"the Gini coefficient is of amounts >= 0: {held[0]}")
    total = held.sum()
    if not held.size or not np.isfinite(total):
        return math.nan
    if total == 0.0:
        return 0.0
    ranks = np.arange(1, held.size + 1)
    return float((2 * ranks - held.size - 1) @ held / (held.size * total))


def wilson(successes: int, n: int, level: float = 0.95) -> Proportion:
    """The interval of a share, e.g. the chance of meeting a goal; sound near 0 and 1 and for few replicates.

    0 ≤ ``successes`` ≤ ``n``; with ``n`` = 0 the share is NaN and the interval [0, 1]. ``level`` in (0, 1).

    Source: Wilson (1927), *JASA* 22; recommended for small n by Brown, Cai & DasGupta (2001), *Statistical Science* 16.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"successes must lie in 0..n: {successes} of {n}")
    z = _normal(0.5 + _checked(level) / 2)
    if n == 0:
        return Proportion(math.nan, 0.0, 1.0, 0)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # Exact ends, which rounding would miss.
    return Proportion(share, 0.0 if successes == 0 else centre - reach, 1.0 if successes == n else centre + reach, n)


def band(matrix: ArrayLike, low: float = 0.05, high: float = 0.95) -> Band:
    """The replicates' quantiles on each day, for plots: what single outcomes look like, not how well the mean is known.

    ``matrix`` has shape [replicate, day]; values that are not finite are left out. Quantiles: 0 ≤ low ≤ high ≤ 1.
    """
    if not 0.0 <= low <= high <= 1.0:
        raise ValueError(f"quantiles must be 0 <= low <= high <= 1: {low}, {high}")
    given = _floats(matrix, 2)
    given = np.where(np.isfinite(given), given, np.nan)
    known = ~np.isnan(given).all(axis=0)
    rows = np.full((3, given.shape[1]), np.nan)
    if known.any():
        rows[:, known] = np.nanquantile(given[:, known], [low, 0.5, high], axis=0)
    return Band(*rows)


def _t_bounds(sample: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Mean, low and high along the first axis; NaN bounds below two rows, NaN mean of nothing."""
    n = len(sample)
    _checked(level)
    nothing = np.full(sample.shape[1:], np.nan)
    if n == 0:
        return nothing, nothing, nothing
    mean = np.asarray(sample.mean(axis=0))
    if n == 1:
        return mean, nothing, nothing
    # A constant sample's mean may round; then the deviation would be a false 1e-17 rather than 0.
    constant = (sample == sample[0]).all(axis=0)
    mean = np.where(constant, sample[0], mean)
    reach = np.where(constant, 0.0, quantile_of_t(n - 1, 0.5 + level / 2) * sample.std(axis=0, ddof=1) / math.sqrt(n))
    return mean, mean - reach, mean + reach


def _verdict(differences: Floats, low: float, high: float) -> Verdict:
    if differences.size and not differences.any():
        return Verdict.IDENTICAL
    if differences.size < FEWEST_REPLICATES:
        return Verdict.TOO_FEW
    if low > 0.0:
        return Verdict.HIGHER
    return Verdict.LOWER if high < 0.0 else Verdict.UNDECIDED


def _needed(differences: Floats, mean: float, width: float | None, level: float) -> int | None:
    if differences.size < 2 or (width is None and mean == 0.0):
        return None
    deviation = float(differences.std(ddof=1))
    if width is None:
        return replicates_for(deviation, abs(mean), level, power=0.8)
    return replicates_for(deviation, width, level)


def _for_good(holds: NDArray[np.bool_]) -> Floats:
    """Per row, the first column from which ``holds`` is true until the end; NaN where it is false at the end."""
    tail = np.minimum.accumulate(holds[:, ::-1], axis=1).sum(axis=1)
    return np.where(tail > 0, holds.shape[1] - tail, np.nan)


def _median(days: Floats, level: float) -> tuple[float, float, float]:
    """The median and its interval [k-th, k-th from the end], k the largest that covers it with chance ≥ ``level``."""
    from scipy.special import bdtr  # type: ignore[import-untyped, unused-ignore]

    if not days.size:
        return math.nan, math.nan, math.nan
    ordered = np.sort(np.where(np.isnan(days), np.inf, days))
    rank = np.count_nonzero(bdtr(np.arange(days.size), days.size, 0.5) <= (1 - level) / 2)
    ends = [ordered[rank - 1], ordered[-rank]] if rank else [math.nan, math.nan]
    median, low, high = (float(day) if math.isfinite(day) else math.nan for day in (np.median(ordered), *ends))
    return median, low, high


def _floats(values: ArrayLike, dimensions: int) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != dimensions:
        raise ValueError(f"{'[replicate]' if dimensions == 1 else '[replicate, day]'} is wanted, not {array.shape}")
    return array


def _pair(a: ArrayLike, b: ArrayLike, dimensions: int) -> tuple[Floats, Floats]:
    first, second = _floats(a, dimensions), _floats(b, dimensions)
    if first.shape != second.shape:
        raise ValueError(f"two plans need the same replicates and days: {first.shape} against {second.shape}")
    return first, second


def _checked(level: float) -> float:
    if not 0.0 < level < 1.0:
        raise ValueError(f"level must be in (0, 1): {level}")
    return level


def quantile_of_t(degrees: int, p: float) -> float:
    """Student's t quantile. From scipy.special, imported on use: scipy.stats takes seconds."""
    from scipy.special import stdtrit  # type: ignore[import-untyped, unused-ignore]

    return float(stdtrit(degrees, p))


def _normal(p: float) -> float:
    from scipy.special import ndtri  # type: ignore[import-untyped, unused-ignore]

    return float(ndtri(p))
