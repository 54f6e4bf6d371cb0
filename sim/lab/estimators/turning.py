"""Where more of a good thing starts to hurt: the turning point of a response curve, or that none is to be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.estimators.table import Outcomes, is_number, outcomes
from sim.lab.statistics.resample import bootstrap_weights, percentiles, permutations

Floats = NDArray[np.float64]

#: A rise and a fall need at least this many levels to be told from chance (design choice).
FEWEST_LEVELS = 5

#: The most parts that are set aside in turn (design choice).
_FOLDS = 10

#: Fewer replicates than this are no sample to draw from (design choice).
_FEWEST_REPLICATES = 3

_STEPS = 400


class Shape(StrEnum):
    """What the data support: a rise and then a fall (or the reverse), one of the two only, or neither."""

    PEAK = "peak"
    TROUGH = "trough"
    RISES = "rises"
    FALLS = "falls"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """The turning point of an outcome over a factor.

    ``at`` with ``low`` and ``high``, in the factor's unit; NaN unless ``shape`` is a peak or a trough. ``before`` and
    ``after``: mean slopes on its two sides, in units of the metric per unit of the factor, from data that had no part
    in placing it; where none is found they are those about the best place. ``p_before`` and ``p_after``: one-sided
    chances of such slopes if there were none.
    """

    shape: Shape
    at: float
    low: float
    high: float
    before: float
    after: float
    p_before: float
    p_after: float


def turning_point(
    table: pd.DataFrame,
    factor: str,
    outcome: str,
    *,
    others: Sequence[str] = (),
    lowest: bool = False,
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> TurningPoint:
    """Where ``outcome`` stops rising with ``factor`` and starts to fall.

    Parameters
    ----------
    factor : a number with at least five levels.
    others : the other factors of the sweep. Where one of them varies, points are what is independent and is resampled;
        otherwise the replicates are, each of which is a curve of its own.
    lowest : look for a trough instead of a peak.
    level : of the interval and of both tests, in (0, 1).

    Returns
    -------
    A peak only if the outcome is shown to rise before it *and* to fall after it. A curve that rises and then stays
    level has none; a quadratic through it would invent one.

    Raises
    ------
    InputError : the factor is no number, or has too few levels.

    Source: cubic regression spline, its highest place, percentile bootstrap. Both slopes as in the two-lines test
    (Simonsohn 2018, *AMPPS* 1), but each run's side is told by a curve fitted without it, so that the choice of the
    place does not favour them (design choice).
    """
    found = outcomes(table, [factor, *others], outcome)
    column = found.factors[factor]
    if not is_number(column) or column.nunique() < FEWEST_LEVELS:
        raise InputError(
            f"'{factor}' has {column.nunique()} levels", expected=f"a number with at least {FEWEST_LEVELS} levels"
        )
    sign = -1.0 if lowest else 1.0
    x, y = _units(found, column.to_numpy(dtype=np.float64), alone=all(found.factors[o].nunique() == 1 for o in others))
    curve = _Curve(x, sign * y)
    sides = _sides(curve, seed)
    before, p_before = _rise(x, sign * y, sides <= 0)
    fall, p_after = _rise(-x, sign * y, sides >= 0)
    turn = (sign * before, -sign * fall, p_before, p_after)
    rises, falls = p_before <= 1 - level, p_after <= 1 - level
    if not (rises and falls):
        shapes = (Shape.FALLS, Shape.RISES) if lowest else (Shape.RISES, Shape.FALLS)
        shape = shapes[0] if rises else shapes[1] if falls else Shape.UNDECIDED
        return TurningPoint(shape, math.nan, math.nan, math.nan, *turn)
    places = [curve.top(weights) for weights in bootstrap_weights(len(x), resamples, seed)]
    low, high = (float(end) for end in percentiles(places, level, len(x)))
    return TurningPoint(Shape.TROUGH if lowest else Shape.PEAK, curve.top(), low, high, *turn)


def _units(found: Outcomes, x: Floats, *, alone: bool) -> tuple[Floats, Floats]:
    """What is independent, one a row: x and y of shape [unit, observation]."""
    whole = found.values[:, np.isfinite(found.values).all(axis=0)]
    if alone and len(np.unique(x)) == len(x) and whole.shape[1] >= _FEWEST_REPLICATES:
        return np.tile(x, (whole.shape[1], 1)), whole.T
    return x[:, None], found.means[:, None]


class _Curve:
    """A cubic regression spline with a knot in the middle; with few levels, a cubic."""

    def __init__(self, x: Floats, y: Floats) -> None:
        self.x, self.low, self.high = x, float(x.min()), float(x.max())
        self.knotted = len(np.unique(x)) > 2 * FEWEST_LEVELS - 3
        basis = self._basis(x)
        self.units = len(x)
        self._squares = np.einsum("uki,ukj->uij", basis, basis)
        self._products = np.einsum("uki,uk->ui", basis, y)
        self._grid = np.linspace(self.low, self.high, _STEPS + 1)
        self._on_grid = self._basis(self._grid)

    def top(self, weights: Floats | None = None) -> float:
        """Where the curve through the units, so weighted, is highest."""
        shares = np.ones(self.units) if weights is None else weights
        squares = np.tensordot(shares, self._squares, axes=1)
        # A resample may hold too few levels for all terms: then the shortest solution.
        terms = np.linalg.lstsq(squares, shares @ self._products, rcond=1e-10)[0]
        return float(self._grid[np.argmax(self._on_grid @ terms)])

    def _basis(self, x: Floats) -> Floats:
        t = 2 * (x - self.low) / (self.high - self.low) - 1
        terms = [np.ones_like(t), t, t * t, t * t * t]
        if self.knotted:
            terms.append(np.maximum(t, 0.0) ** 3)
        return np.stack(terms, axis=-1)


def _sides(curve: _Curve, seed: int) -> Floats:
    """Where each observation lies from the highest place of a curve without its unit: < 0 before it, > 0 after it."""
    folds = np.empty(curve.units, dtype=np.int64)
    folds[next(permutations(curve.units, 1, seed))] = np.arange(curve.units) % min(curve.units, _FOLDS)
    places = np.array([curve.top((folds != fold).astype(np.float64)) for fold in range(folds.max() + 1)])
    return np.asarray(curve.x - places[folds][:, None])


def _rise(x: Floats, y: Floats, here: NDArray[np.bool_]) -> tuple[float, float]:
    """The slope through some observations, and the one-sided chance of it if there were none.

    The error counts whole units (Liang & Zeger 1986, *Biometrika* 73), since observations of one share their luck.
    """
    from scipy.special import stdtr

    units = int(here.any(axis=1).sum())
    if units < _FEWEST_REPLICATES or np.ptp(x[here]) == 0.0:
        return math.nan, 1.0
    away = np.where(here, x - x[here].mean(), 0.0)
    scale = float((away**2).sum())
    slope = float((away * y).sum()) / scale
    residual = y - y[here].mean() - slope * away
    error = math.sqrt(units / (units - 1) * float(((away * residual).sum(axis=1) ** 2).sum())) / scale
    if error == 0.0:
        return slope, 0.0 if slope > 0.0 else 1.0
    return slope, float(stdtr(units - 1, -slope / error))
