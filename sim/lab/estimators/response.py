"""How an outcome answers to one factor or to two: curves with bands, and heat maps."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.lab.estimators.table import Outcomes, outcomes, strata
from sim.lab.statistics.intervals import interval

Floats = NDArray[np.float64]


def response_curve(
    table: pd.DataFrame, factor: str, outcome: str, *, bins: int = 12, level: float = 0.9
) -> pd.DataFrame:
    """The outcome over one factor, averaged over all the others as the sweep varied them.

    Parameters
    ----------
    bins : the most values of the curve; a number with more levels is put into bins of equal numbers of points.
    level : of the band of the mean and of the spread, in (0, 1).

    Returns
    -------
    One row a level or bin, ascending: ``value`` (level, or mean of the bin), ``mean`` with ``low`` and ``high`` (how
    well it is known), ``spread_low`` and ``spread_high`` (where single runs fall), ``points`` and ``runs``. Bounds are
    NaN where there is one run.
    """
    found = outcomes(table, [factor], outcome)
    kinds = strata(found.factors[factor], bins)
    rows = [{"value": label} | summary(found, kinds.codes == code, level) for code, label in enumerate(kinds.labels)]
    return pd.DataFrame(rows)


def heat_map(
    table: pd.DataFrame, first: str, second: str, outcome: str, *, bins: int = 8, level: float = 0.9
) -> pd.DataFrame:
    """The outcome over two factors: one row a cell that holds points, none for empty cells (nothing is made up).

    Columns ``first`` and ``second`` (level, or mean of the bin) and those of :func:`response_curve`.
    """
    found = outcomes(table, [first, second], outcome)
    one, two = strata(found.factors[first], bins), strata(found.factors[second], bins)
    rows = []
    for code, label in enumerate(one.labels):
        for other, other_label in enumerate(two.labels):
            here = (one.codes == code) & (two.codes == other)
            if here.any():
                rows.append({"first": label, "second": other_label} | summary(found, here, level))
    return pd.DataFrame(rows)


def summary(found: Outcomes, here: NDArray[np.bool_], level: float) -> dict[str, float]:
    """Mean, its interval, and the spread of the runs of some points; ``here`` is a mask of shape [point].

    Points are independent of each other and replicates are, but not runs of one point, nor (with shared luck) of one
    replicate. So means over points and means over replicates both give an interval, and the wider one is taken (design
    choice: the honest side of two-way clustering).
    """
    values = found.values[here]
    runs = values[np.isfinite(values)]
    over_points = interval(np.nanmean(values, axis=1), level)
    known = np.isfinite(values).any(axis=0)
    over_luck = interval(np.nanmean(values[:, known], axis=0), level)
    reaches = [(each.high - each.low) / 2 for each in (over_points, over_luck) if each.n > 1]
    if len(values) > 1 and not found.paired:
        reaches = reaches[:1]
    reach = max(reaches, default=float("nan"))
    mean, spread = over_points.mean, interval(runs, level)
    return {
        "mean": mean,
        "low": mean - reach,
        "high": mean + reach,
        "spread_low": spread.spread_low,
        "spread_high": spread.spread_high,
        "points": len(values),
        "runs": len(runs),
    }
