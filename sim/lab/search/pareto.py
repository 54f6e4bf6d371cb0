"""Plans that no other beats in everything: the non-dominated set, its volume, its knee, and what luck leaves open."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sim.errors import InputError
from sim.lab.estimators.table import RUN_COLUMNS, check_columns, outcomes
from sim.lab.statistics.intervals import interval

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def non_dominated(values: ArrayLike) -> Mask:
    """Which rows no other row dominates: none is at least as large in every column and larger in one.

    ``values`` of shape [plan, objective], larger is better (turn the sign of costs); rows with NaN are never in the
    set. Equal rows stand or fall together. Shape [plan]. Source: definition (Pareto 1906).
    """
    given = np.asarray(values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(given).any(axis=1))
    # In falling lexicographic order a row is dominated by earlier ones only, and so by one that is kept.
    order = known[np.lexsort(-given[known].T[::-1])]
    kept: list[int] = []
    for row in order:
        rivals = given[kept]
        if not ((rivals >= given[row]).all(axis=1) & (rivals > given[row]).any(axis=1)).any():
            kept.append(int(row))
    mask = np.zeros(len(given), dtype=bool)
    mask[kept] = True
    return mask


def hypervolume(values: ArrayLike, reference: ArrayLike) -> float:
    """How much the plans dominate: the area or volume between them and a reference point that is worse.

    Parameters
    ----------
    values : shape [plan, 2 or 3], larger is better, each objective in its own unit. Rows with NaN, and what lies below
        the reference, count for nothing.
    reference : shape [2 or 3]. Fronts can be compared only with the same one.

    Source: Zitzler & Thiele (1998), *PPSN V*; by slices along the last objective.
    """
    corner = np.asarray(reference, dtype=np.float64)
    given = np.asarray(values, dtype=np.float64).reshape(-1, len(corner)) - corner
    if len(corner) not in {2, 3}:
        raise InputError(f"the hypervolume of {len(corner)} objectives", expected="2 or 3 objectives")
    given = given[(given > 0.0).all(axis=1)]
    front = given[non_dominated(given)]
    return _area(front) if len(corner) == 2 else _volume(front)


def _area(front: Floats) -> float:
    ordered = front[np.lexsort((-front[:, 1], -front[:, 0]))]
    heights = np.maximum.accumulate(ordered[:, 1]) if len(ordered) else ordered[:, 1]
    return float((ordered[:, 0] * np.diff(heights, prepend=0.0)).sum())


def _volume(front: Floats) -> float:
    ordered = front[np.argsort(-front[:, 2], kind="stable")]
    depths = -np.diff(ordered[:, 2], append=0.0)
    return float(sum(_area(ordered[: number + 1, :2]) * depth for number, depth in enumerate(depths) if depth > 0.0))


def knee(values: ArrayLike) -> int | None:
    """The row of a front that bulges most beyond the line or plane through the objectives' best rows.

    ``values`` of shape [plan, objective], larger is better, all non-dominated. A small gain in one objective costs much
    in another on either side of it. None where no row lies beyond the line, or there are fewer than three rows.

    Source: Das (1999), *Structural Optimization* 18, on objectives scaled from 0 to 1, with the distance measured
    towards better values in all of them alike.
    """
    given = np.asarray(values, dtype=np.float64)
    if len(given) < 3:
        return None
    spread = np.ptp(given, axis=0)
    scaled = (given - given.min(axis=0)) / np.where(spread > 0.0, spread, 1.0)
    best = scaled[np.argmax(scaled, axis=0)]
    # The plane w·x = 1 through the best rows; where they do not span one, the plane of equal weights.
    try:
        normal = np.linalg.solve(best, np.ones(len(best)))
    except np.linalg.LinAlgError:
        normal = np.ones(len(best))
    if not (normal > 0.0).all():
        normal = np.ones(len(best))
    beyond = (scaled @ normal - (best @ normal).max()) / float(np.linalg.norm(normal))
    top = int(np.argmax(beyond))
    return top if beyond[top] > 1e-9 else None


def pareto_front(
    table: pd.DataFrame,
    objectives: Mapping[str, int],
    factors: Sequence[str] = (),
    *,
    level: float = 0.95,
) -> pd.DataFrame:
    """The design points as plans: their means, which are best on average, and which luck does not let us exclude.

    Parameters
    ----------
    objectives : metric → +1 to maximise it, -1 to minimise it.
    level : of the intervals, and of the claim that a point is beaten, in (0, 1).

    Returns
    -------
    One row a point, index ``point``: the factors; each metric with ``_low`` and ``_high`` in its own unit; ``n``
    replicates; ``front`` (no other has better means); ``beaten`` (some point on the front dominates it with
    confidence); ``knee`` (the front's knee).

    A point is beaten with confidence where one rival is, replicate by replicate, no worse in any objective and better
    in one, by one-sided t bounds. All bounds must hold (intersection-union, Berger 1982, *Technometrics* 24), and
    ``level`` is shared among the rivals (Bonferroni). With fewer than two replicates in common nothing is beaten.
    """
    if len(objectives) < 2:
        raise InputError(f"{len(objectives)} objective", expected="at least two, for a trade-off")
    check_columns(table, [*RUN_COLUMNS, *factors, *objectives])
    known = np.isfinite(table[list(objectives)].to_numpy(dtype=np.float64)).all(axis=1)
    found = [outcomes(table[known], factors, name) for name in objectives]
    stacked = np.stack([each.values for each in found], axis=2)
    signs = np.array([float(sign) for sign in objectives.values()])
    means = np.nanmean(stacked, axis=1)
    front = non_dominated(means * signs)
    result = found[0].factors.copy()
    for number, name in enumerate(objectives):
        estimates = [interval(row, level) for row in stacked[:, :, number]]
        result[name] = [each.mean for each in estimates]
        result[f"{name}_low"] = [each.low for each in estimates]
        result[f"{name}_high"] = [each.high for each in estimates]
    result["n"] = np.isfinite(stacked).all(axis=2).sum(axis=1)
    result["front"] = front
    result["beaten"] = beaten(stacked * signs, np.flatnonzero(front), level)
    bulge = knee((means * signs)[front])
    result["knee"] = False if bulge is None else np.arange(len(front)) == np.flatnonzero(front)[bulge]
    return result


def beaten(values: Floats, rivals: NDArray[np.int64], level: float = 0.95) -> Mask:
    """Which plans one of ``rivals`` (rows) dominates with confidence, shape [plan]; see :func:`pareto_front`.

    ``values`` of shape [plan, replicate, objective], larger is better, NaN where there is no run.
    """
    from scipy.special import stdtrit

    result = np.zeros(len(values), dtype=bool)
    share = 1 - (1 - level) / max(len(rivals) - 1, 1)
    for rival in rivals:
        differences = values[rival] - values
        known = np.isfinite(differences).all(axis=2, keepdims=True)
        n = known.sum(axis=1)
        mean = np.where(known, differences, 0.0).sum(axis=1) / np.maximum(n, 1)
        square = np.where(known, (differences - mean[:, None]) ** 2, 0.0).sum(axis=1)
        enough = n > 1
        reach = stdtrit(np.maximum(n - 1, 1), share) * np.sqrt(square / np.maximum(n * (n - 1), 1))
        bound = np.where(enough, mean - reach, -math.inf)
        result |= (bound >= 0.0).all(axis=1) & (bound > 0.0).any(axis=1)
    return result
