"""The difference that a treatment makes, from sums over units that were assigned to it or not.

Units (persons, circles, tribes) are assigned at random, so the mean of those who were less the mean of those who were
not estimates the effect, and its error is seen in how far units lie apart. Means are of persons; where clusters were
assigned, a cluster's residual counts once, however many people it has: scaled cluster totals (Su & Ding 2021), which
for persons is the variance of Neyman (1923).

Both take for granted that nobody is touched by another's treatment. In one community that is never quite so
(interference: Hudgens & Halloran 2008), which is why ``all_treated`` stands beside them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.lab.statistics.intervals import FEWEST_REPLICATES, interval, quantile_of_t

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference of means with its 95 % interval: ``n`` replicates, ``units`` in the smaller group of the smallest.

    ``by``: what the interval is made from, ``replicates`` (each with people and lots of its own) or, where they are
    fewer than five, ``units`` within them. What is unknown is NaN.
    """

    mean: float
    low: float
    high: float
    n: int
    units: int
    by: str


def effect(treated: Floats, others: Floats, level: float = 0.95) -> Effect:
    """The mean of those who are treated less that of the others, over replicates.

    Parameters
    ----------
    treated, others : sums over units, shape [replicate, 6]: units, people n, total of the outcome y, Σn², Σy², Σny.
    """
    known = (treated[:, 1] > 0) & (others[:, 1] > 0)
    if not known.any():
        return Effect(math.nan, math.nan, math.nan, 0, 0, "units")
    sides = treated[known], others[known]
    means = sides[0][:, 2] / sides[0][:, 1] - sides[1][:, 2] / sides[1][:, 1]
    units, n = int(min(side[:, 0].min() for side in sides)), len(means)
    if n >= FEWEST_REPLICATES:
        found = interval(means, level)
        return Effect(found.mean, found.low, found.high, n, units, "replicates")
    error = math.sqrt(float((squared_error(sides[0]) + squared_error(sides[1])).sum())) / n
    freedom = int(sum(side[:, 0].sum() for side in sides)) - 2 * n
    mean, reach = float(means.mean()), math.nan
    if units > 1 and freedom > 0:
        reach = quantile_of_t(freedom, 0.5 + level / 2) * error
    return Effect(mean, mean - reach, mean + reach, n, units, "units")


def squared_error(sums: Floats) -> Floats:
    """The squared standard error of a mean a person, shape [replicate], robust to what people of a unit share.

    With residuals e = y − mean·n of units: k/(k − 1) · Σe² / (Σn)². NaN of one unit.
    """
    k, n, y, nn, yy, ny = sums.T
    mean = y / n
    residuals = np.maximum(yy - 2.0 * mean * ny + mean * mean * nn, 0.0)
    return np.asarray(np.where(k > 1, k / np.maximum(k - 1, 1), np.nan) * residuals / (n * n))
