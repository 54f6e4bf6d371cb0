"""Luck split from the effect of the factors: how much of what differs between runs would differ at one setting too."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.lab.estimators.table import outcomes

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NoiseSplit:
    """The variance of single runs in two parts, in squared units of the metric.

    ``parameters``: variance of the expected outcome between points. The estimate is unbiased and so can fall below 0
    where the factors do nothing. ``noise``: mean variance of a run around its point's expectation, i.e. luck.
    ``share`` = noise / (noise + parameters), in [0, 1], with its interval from ``low`` to ``high``: NaN where luck
    cannot be told, with one replicate a point. ``replicates`` a point (their harmonic mean). ``paired``: the points
    share luck, so the part of it that moves all points alike was told apart before.
    """

    parameters: float
    noise: float
    share: float
    low: float
    high: float
    points: int
    replicates: float
    paired: bool

    @property
    def share_in_means(self) -> float:
        """The share of luck left in the means over a point's replicates, in [0, 1]."""
        left = self.noise / self.replicates
        return left / (left + max(self.parameters, 0.0)) if left > 0.0 else self.share


def noise_split(table: pd.DataFrame, outcome: str, *, level: float = 0.95) -> NoiseSplit:
    """Split the variance of ``outcome`` over all finished runs of a run table; see :func:`split`."""
    found = outcomes(table, [], outcome)
    return split(found.values, paired=found.paired, level=level)


def split(values: Floats, *, paired: bool, level: float = 0.95) -> NoiseSplit:
    """Split the variance of runs into what the points and what the replicates explain.

    Parameters
    ----------
    values : an outcome, shape [point, replicate], NaN where there is no run.
    paired : whether a column is one luck, shared by all points; otherwise every run has its own.
    level : of the interval, in (0, 1). It takes outcomes for near normal and points for a random sample of the design.

    Source: one-way random effects, ANOVA estimators and F interval (Searle, Casella & McCulloch 1992, *Variance
    Components*, §3.6), with unweighted means where the replicates differ in number (Thomas & Hultquist 1978, *Annals of
    Statistics* 6). Paired: two-way random effects, with the interval of ICC(A,1) (McGraw & Wong 1996, *Psychological
    Methods* 1).
    """
    counts = np.isfinite(values).sum(axis=1)
    values, counts = values[counts > 0], counts[counts > 0]
    whole = values[:, np.isfinite(values).all(axis=0)]
    if len(values) < 2 or not (counts > 1).any():
        mean_count = float(counts.mean()) if len(counts) else 0.0
        return NoiseSplit(math.nan, math.nan, math.nan, math.nan, math.nan, len(values), mean_count, paired)
    if paired and whole.shape[1] > 1:
        return _two_way(whole, level)
    return _one_way(values, counts, level)


def product(first: Floats, second: Floats) -> Floats:
    """The product of two expectations, unbiased, from replicates along the last axis of either.

    The mean of all products of *different* replicates: the luck of one cannot meet itself.
    """
    u, v = first.mean(axis=-1), second.mean(axis=-1)
    product = np.asarray(u * v)
    n = first.shape[-1]
    if n > 1:
        product = product - ((first - u[..., None]) * (second - v[..., None])).sum(axis=-1) / (n - 1) / n
    return product


def _one_way(values: Floats, counts: NDArray[np.int64], level: float) -> NoiseSplit:
    n, k = len(values), len(counts) / float((1 / counts).sum())
    means = np.nanmean(values, axis=1)
    degrees = float(counts.sum()) - n
    within = float(np.nansum((values - means[:, None]) ** 2)) / degrees
    between = k * float(means.var(ddof=1))
    ends = (0.0, 0.0)
    if within > 0.0:
        ratio = between / within
        least = ratio / _f((1 + level) / 2, n - 1, degrees)
        most = ratio * _f((1 + level) / 2, degrees, n - 1)
        ends = ((least - 1) / (least + k - 1), (most - 1) / (most + k - 1))
    elif between > 0.0:
        ends = (1.0, 1.0)
    return _result((between - within) / k, within, ends, n, k, paired=False)


def _two_way(values: Floats, level: float) -> NoiseSplit:
    n, k = values.shape
    rows, columns = values.mean(axis=1), values.mean(axis=0)
    residual = values - rows[:, None] - columns + values.mean()
    error = float((residual**2).sum()) / ((n - 1) * (k - 1))
    between, luck = k * float(rows.var(ddof=1)), n * float(columns.var(ddof=1))
    parameters, noise = (between - error) / k, error + max(luck - error, 0.0) / n
    if noise <= 0.0:
        return _result(parameters, 0.0, (1.0, 1.0), n, k, paired=True)
    icc = min(max(parameters, 0.0) / (max(parameters, 0.0) + noise), 1.0)
    a, b = k * icc, n * (1 - icc) + k * icc * (n - 1)  # the source's a and b, both times n (1 - icc)
    degrees = (a * luck + b * error) ** 2 / ((a * luck) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    spread = k * luck + (k * n - k - n) * error
    low, high = _f((1 + level) / 2, n - 1, degrees), _f((1 + level) / 2, degrees, n - 1)
    least = n * (between - low * error) / (low * spread + n * between)
    most = n * (high * between - error) / (spread + n * high * between)
    return _result(parameters, noise, (least, most), n, k, paired=True)


def _result(
    parameters: float, noise: float, ends: tuple[float, float], n: int, k: float, *, paired: bool
) -> NoiseSplit:
    """``ends`` are of the share of the factors, which is the rest of the share of luck."""
    total = max(parameters, 0.0) + noise
    if total <= 0.0:
        return NoiseSplit(parameters, noise, math.nan, math.nan, math.nan, n, k, paired)
    least, most = (min(max(end, 0.0), 1.0) for end in ends)
    return NoiseSplit(parameters, noise, noise / total, 1 - most, 1 - least, n, k, paired)


def _f(p: float, first: float, second: float) -> float:
    """The F quantile. From scipy.special, imported on use: scipy.stats takes seconds."""
    from scipy.special import fdtri

    return float(fdtri(first, second, p))
