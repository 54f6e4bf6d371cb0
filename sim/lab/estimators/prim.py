"""Where a plan fails or shines: boxes of factor values in which the cases of interest are dense (PRIM).

Source: patient rule induction, Friedman & Fisher (1999), *Statistics and Computing* 9; as used to discover scenarios,
with coverage, density and quasi-p-values, by Bryant & Lempert (2010), *Technological Forecasting & Social Change* 77.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.estimators.table import is_number, outcomes, strata

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_CONDITION = re.compile(
    r"\s*(?P<metric>[A-Za-z_]\w*)\s*(?P<sign>>=|<=|>|<)\s*(?P<value>[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*",
    re.IGNORECASE,
)
_COMPARE: Mapping[str, Callable[[Floats, float], Mask]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


#: Limits with a larger quasi-p-value are dropped (Bryant & Lempert 2010).
_BY_CHANCE = 0.05

_TRAJECTORY = ["box", "step", "coverage", "density", "mass", "points", "limited", "chosen"]


@dataclass(frozen=True, slots=True)
class Limit:
    """What a box allows of one factor.

    ``low`` and ``high``: both included, None where the box leaves that side open; or ``levels`` of a choice.
    ``quasi_p``: the chance of a density as high if the limit did nothing, at most about 0.05: others are dropped.
    """

    factor: str
    low: float | None
    high: float | None
    levels: tuple[object, ...]
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its limits, and what is in it.

    ``coverage``: the share of all cases that is inside. ``density``: the share of cases inside. ``mass``: the share of
    all points inside. Each in [0, 1]; ``points`` and ``cases`` are the counts inside.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    points: int
    cases: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """Boxes, each found among the points outside those before it.

    ``trajectory``: the steps of every search, one row a step: ``box`` (from 0), ``step``, ``coverage``, ``density``,
    ``mass``, ``points``, ``limited`` (number of factors limited), ``chosen``. ``base_density``: the share of cases in
    all points. ``coverage``: the share of cases that the boxes hold together.
    """

    boxes: tuple[Box, ...]
    trajectory: pd.DataFrame
    base_density: float
    coverage: float
    points: int
    cases: int


def metric_of(condition: str) -> str:
    """The metric of a condition such as ``profit < 0``.

    Raises
    ------
    InputError : a condition that cannot be read.
    """
    return _read(condition)["metric"]


def _read(condition: str) -> re.Match[str]:
    match = _CONDITION.fullmatch(condition)
    if not match:
        raise InputError(f"cannot read the condition '{condition}'", expected="such as 'profit < 0' or 'strong >= 500'")
    return match


def cases_of(
    table: pd.DataFrame, factors: Sequence[str], condition: str, *, share: float = 0.5
) -> tuple[pd.DataFrame, Mask]:
    """The points of a run table, and which of them are cases: ``condition`` holds in at least ``share`` of their runs.

    Parameters
    ----------
    condition : a metric, ``>=``, ``<=``, ``>`` or ``<``, and a number, such as ``profit < 0``.
    share : in (0, 1]. Points, not runs, are counted, because runs at one point are no independent evidence.

    Raises
    ------
    InputError : a condition that cannot be read, or an unknown metric or factor.
    """
    match = _read(condition)
    found = outcomes(table, factors, match["metric"])
    known = np.isfinite(found.values)
    holds = _COMPARE[match["sign"]](found.values, float(match["value"])) & known
    return found.factors, holds.sum(axis=1) >= share * known.sum(axis=1)


def discover(
    factors: pd.DataFrame,
    cases: Mask,
    *,
    peel: float = 0.05,
    paste: float = 0.05,
    least_mass: float = 0.05,
    density: float | None = None,
    most_boxes: int = 3,
) -> Discovery:
    """Find up to ``most_boxes`` boxes dense in cases.

    Parameters
    ----------
    factors : one row a point. Numbers are limited by intervals, switches and choices by sets of levels.
    cases : which points are of interest, shape [point].
    peel, paste : the share of a box's points that a step takes off or tries to add, in (0, 0.5).
    least_mass : the least share of all points in a box, in (0, 1).
    density : of all steps of the peeling, each without the limits that may be there by chance, take the one of largest
        coverage that is at least so dense; by default the one with the largest harmonic mean of coverage and density
        (F1; design choice).

    Raises
    ------
    InputError : no cases, nothing but cases, or columns that differ in length.
    """
    if len(factors) != len(cases) or not 0 < cases.sum() < len(cases):
        raise InputError(
            f"{int(cases.sum())} of {len(cases)} points are cases", expected="some, and not all, of the points",
            hint="Move the number in the condition.",
        )  # fmt: skip
    space = _Space(factors, np.asarray(cases, dtype=bool), max(math.ceil(least_mass * len(cases)), 2))
    left = np.ones(len(cases), dtype=bool)
    boxes: list[Box] = []
    steps: list[dict[str, object]] = []
    while len(boxes) < most_boxes and left.sum() >= space.least and space.cases[left].any():
        found = list(_peeled(space, left, peel))
        pruned = [_pruned(space, each, left) for each in found]
        chosen = _chosen(space, pruned, left, density)
        region = _pasted(space, pruned[chosen], left, paste)
        inside = space.inside(region) & left
        # A box no denser than all points tells nothing.
        if space.cases[inside].mean() <= space.cases.mean():
            break
        steps += [
            {"box": len(boxes), "step": number, **space.measures(each, left), "chosen": number == chosen}
            for number, each in enumerate(found)
        ]
        boxes.append(_described(space, region, left))
        left &= ~inside
    covered = float(space.cases[~left].sum() / space.cases.sum())
    trajectory = pd.DataFrame(steps, columns=_TRAJECTORY)
    return Discovery(tuple(boxes), trajectory, float(space.cases.mean()), covered, len(cases), int(space.cases.sum()))


@dataclass(frozen=True, slots=True, eq=False)
class _Region:
    """Limits by factor: ``low`` and ``high`` of shape [factor], and of each choice the levels allowed [level]."""

    low: Floats
    high: Floats
    allowed: tuple[Mask, ...]

    def limited(self, factor: int) -> bool:
        return bool(np.isfinite([self.low[factor], self.high[factor]]).any() or not self.allowed[factor].all())

    def changed(
        self, factor: int, *, low: float | None = None, high: float | None = None, allowed: Mask | None = None
    ) -> _Region:
        lows, highs, levels = self.low.copy(), self.high.copy(), list(self.allowed)
        lows[factor] = lows[factor] if low is None else low
        highs[factor] = highs[factor] if high is None else high
        levels[factor] = levels[factor] if allowed is None else allowed
        return _Region(lows, highs, tuple(levels))

    def without(self, factor: int) -> _Region:
        return self.changed(factor, low=-np.inf, high=np.inf, allowed=np.ones_like(self.allowed[factor]))


class _Space:
    """The points as numbers, choices by the code of their level, and which of them are cases."""

    def __init__(self, factors: pd.DataFrame, cases: Mask, least: int) -> None:
        self.cases, self.least = cases, least
        self.names = [str(name) for name in factors]
        self.levels: list[tuple[object, ...]] = []
        columns = []
        for name in factors:
            # A number's values are their own codes; it has no levels.
            kind = None if is_number(factors[name]) else strata(factors[name])
            self.levels.append(kind.labels if kind else ())
            columns.append(kind.codes if kind else factors[name].to_numpy(dtype=np.float64))
        self.columns = np.array(columns, dtype=np.float64)

    def whole(self) -> _Region:
        unlimited = np.full(len(self.columns), np.inf)
        return _Region(-unlimited, unlimited, tuple(np.ones(len(levels), dtype=bool) for levels in self.levels))

    def inside(self, region: _Region) -> Mask:
        inside = np.asarray(
            ((self.columns >= region.low[:, None]) & (self.columns <= region.high[:, None])).all(axis=0)
        )
        for column, allowed in zip(self.columns, region.allowed, strict=True):
            if not allowed.all():
                inside &= allowed[column.astype(np.int64)]
        return inside

    def measures(self, region: _Region, left: Mask) -> dict[str, float]:
        inside = self.inside(region) & left
        return {
            "coverage": float(self.cases[inside].sum() / self.cases.sum()),
            "density": float(self.cases[inside].mean()),
            "mass": float(inside.mean()),
            "points": int(inside.sum()),
            "limited": sum(region.limited(factor) for factor in range(len(self.columns))),
        }


def _peeled(space: _Space, left: Mask, share: float) -> Iterator[_Region]:
    """The whole space and what is left of it step by step, each taking off what raises density most per point lost."""
    region = space.whole()
    yield region
    while True:
        inside = space.inside(region) & left
        count, density = int(inside.sum()), float(space.cases[inside].mean())
        best: tuple[float, _Region] | None = None
        for smaller in _smaller(space, region, inside, share):
            kept = space.inside(smaller) & left
            lost = count - int(kept.sum())
            if kept.sum() >= space.least and lost:
                gain = (float(space.cases[kept].mean()) - density) / lost
                if best is None or gain > best[0]:
                    best = (gain, smaller)
        if best is None or density == 1.0:
            return
        region = best[1]
        yield region


def _smaller(space: _Space, region: _Region, inside: Mask, share: float) -> Iterator[_Region]:
    for factor, column in enumerate(space.columns):
        values = column[inside]
        if space.levels[factor]:
            for level in np.unique(values).astype(np.int64):
                fewer = region.allowed[factor].copy()
                fewer[level] = False
                yield region.changed(factor, allowed=fewer)
            continue
        above = values[values > np.quantile(values, share, method="inverted_cdf")]
        below = values[values < np.quantile(values, 1 - share, method="inverted_cdf")]
        if len(above):
            yield region.changed(factor, low=float(above.min()))
        if len(below):
            yield region.changed(factor, high=float(below.max()))


def _pruned(space: _Space, region: _Region, left: Mask) -> _Region:
    """Drop limit after limit that may be there by chance: each side of a number by itself, the likeliest first."""
    while True:
        inside = space.inside(region) & left
        open_sides = list(_opened(space, region))
        chances = [_quasi_p(space, inside, space.inside(each) & left) for each in open_sides]
        if not chances or max(chances) <= _BY_CHANCE:
            return region
        region = open_sides[int(np.argmax(chances))]


def _opened(space: _Space, region: _Region) -> Iterator[_Region]:
    for factor in range(len(space.columns)):
        if np.isfinite(region.low[factor]):
            yield region.changed(factor, low=-np.inf)
        if np.isfinite(region.high[factor]):
            yield region.changed(factor, high=np.inf)
        if not region.allowed[factor].all():
            yield region.without(factor)


def _pasted(space: _Space, region: _Region, left: Mask, share: float) -> _Region:
    """Give back, as long as it raises density, what peeling took too much."""
    while True:
        inside = space.inside(region) & left
        best, density = None, float(space.cases[inside].mean())
        for larger in _larger(space, region, left, max(round(share * inside.sum()), 1)):
            now = float(space.cases[space.inside(larger) & left].mean())
            if now > density:
                best, density = larger, now
        if best is None:
            return region
        region = best


def _larger(space: _Space, region: _Region, left: Mask, count: int) -> Iterator[_Region]:
    for factor, column in enumerate(space.columns):
        if not region.limited(factor):
            continue
        near = column[space.inside(region.without(factor)) & left]
        for level in np.flatnonzero(~region.allowed[factor]):
            if (near == level).any():
                more = region.allowed[factor].copy()
                more[level] = True
                yield region.changed(factor, allowed=more)
        below, above = np.sort(near[near < region.low[factor]])[::-1], np.sort(near[near > region.high[factor]])
        if len(below):
            yield region.changed(factor, low=float(below[:count][-1]) if len(below) > count else -np.inf)
        if len(above):
            yield region.changed(factor, high=float(above[:count][-1]) if len(above) > count else np.inf)


def _chosen(space: _Space, found: list[_Region], left: Mask, wanted: float | None) -> int:
    cases = int(space.cases[left].sum())
    inside = [space.inside(each) & left for each in found]
    coverage = np.array([space.cases[each].sum() / cases for each in inside])
    density = np.array([space.cases[each].mean() for each in inside])
    if wanted is None:
        return int(np.argmax(2 * coverage * density / np.maximum(coverage + density, 1e-300)))
    dense = density >= wanted
    return int(np.argmax(np.where(dense, coverage, -1.0)) if dense.any() else np.argmax(density))


def _described(space: _Space, region: _Region, left: Mask) -> Box:
    limits = [_limit(space, region, factor, left) for factor in range(len(space.names)) if region.limited(factor)]
    measures = space.measures(region, left)
    points = int(measures["points"])
    cases = int(space.cases[space.inside(region) & left].sum())
    return Box(tuple(limits), measures["coverage"], measures["density"], measures["mass"], points, cases)


def _limit(space: _Space, region: _Region, factor: int, left: Mask) -> Limit:
    chance = _quasi_p(space, space.inside(region) & left, space.inside(region.without(factor)) & left)
    low, high = (float(side[factor]) if np.isfinite(side[factor]) else None for side in (region.low, region.high))
    levels = space.levels[factor]
    kept = tuple(level for level, allowed in zip(levels, region.allowed[factor], strict=True) if allowed)
    return Limit(space.names[factor], low, high, kept, chance)


def _quasi_p(space: _Space, inside: Mask, around: Mask) -> float:
    """The chance of at least so many cases inside if points fell into the box at the density around it."""
    from scipy.special import bdtrc

    cases = int(space.cases[inside].sum())
    return float(bdtrc(cases - 1, int(inside.sum()), float(space.cases[around].mean()))) if cases else 1.0
