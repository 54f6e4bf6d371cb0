"""What a measurement is: what it sees of each run of its trials, and the figure that is made of that."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.lab.evidence.pattern import Text
from sim.lab.evidence.trials import Lived
from sim.lab.statistics.intervals import interval

Floats = NDArray[np.float64]
#: What was seen: trial → one entry a replicate.
Seen = Mapping[str, Sequence[Any]]
#: Level of all intervals.
LEVEL = 0.95
#: The most dots that a small plot shows.
MOST_DOTS = 60


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve beside the figure: ``y`` over ``x``, and where the source says so ``target`` over ``x``."""

    x: Sequence[float]
    y: Sequence[float]
    x_label: Text
    y_label: Text
    target: Sequence[float] = ()
    log_x: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure with its interval: mean, ends (NaN where unknown), ``n`` replicates, some of them as ``dots``."""

    mean: float
    low: float
    high: float
    n: int
    dots: Sequence[float] = field(default=())
    curve: Curve | None = None
    note: Text | None = None

    def with_(self, curve: Curve | None = None, note: Text | None = None) -> Finding:
        """The same figure with a curve or a note."""
        return Finding(self.mean, self.low, self.high, self.n, self.dots, curve or self.curve, note or self.note)


@dataclass(frozen=True, slots=True)
class Measurement:
    """``see``: trial → what is taken from each of its runs; ``weigh`` makes the figure of all that was seen."""

    see: Mapping[str, Callable[[Lived], Any]]
    weigh: Callable[[Seen], Finding]


def of(values: Sequence[float] | Floats) -> Finding:
    """The mean of one value a replicate; replicates without a value are left out."""
    told = interval(values, LEVEL)
    finite = [float(value) for value in values if math.isfinite(value)]
    return Finding(told.mean, told.low, told.high, told.n, finite[:MOST_DOTS])


def each(trial: str, value: Callable[[Lived], float]) -> Measurement:
    """One value a run of one trial."""
    return Measurement({trial: value}, lambda seen: of(seen[trial]))


def gap(first: str, second: str, value: Callable[[Lived], float]) -> Measurement:
    """The value under ``second`` less that under ``first``, replicate by replicate."""
    return Measurement({first: value, second: value}, lambda seen: of(_floats(seen[second]) - _floats(seen[first])))


def pooled(see: Mapping[str, Callable[[Lived], Any]], figure: Callable[[Floats], float]) -> Measurement:
    """A figure made of sums: what is seen of all trials of a replicate, side by side, summed over replicates.

    The interval is the jackknife's over replicates (Tukey 1958); dots are the figures of single replicates.
    """

    def weigh(seen: Seen) -> Finding:
        n = min(len(rows) for rows in seen.values())
        parts = [np.array([np.ravel(row) for row in rows[:n]], float) for rows in seen.values()]
        return jackknife(np.concatenate(parts, axis=1), figure)

    return Measurement(see, weigh)


def jackknife(sums: Floats, figure: Callable[[Floats], float]) -> Finding:
    """``figure`` of the sums over replicates; ``sums`` of shape [replicate, part]."""
    n, total = len(sums), sums.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = figure(total)
        without = [figure(total - row) for row in sums]
        dots = [value for value in (figure(row) for row in sums[:MOST_DOTS]) if math.isfinite(value)]
    if n < 2 or not np.isfinite([whole, *without]).all():
        return Finding(whole, math.nan, math.nan, n, dots)
    told = interval(n * whole - (n - 1) * np.array(without), LEVEL)
    return Finding(told.mean, told.low, told.high, n, dots)


def over(part: float, whole: float) -> float:
    """A ratio; NaN where the whole is 0."""
    return float(part / whole) if whole else math.nan


def ratio(parts: Floats) -> float:
    """Of two sums, the first over the second."""
    return over(parts[0], parts[1])


def ratio_of_ratios(parts: Floats) -> float:
    """Of four sums a, b, c, d: (a/b) / (c/d)."""
    return over(over(parts[0], parts[1]), over(parts[2], parts[3]))


def difference_of_ratios(parts: Floats) -> float:
    """Of four sums a, b, c, d: a/b − c/d."""
    return over(parts[0], parts[1]) - over(parts[2], parts[3])


def _floats(values: Sequence[Any]) -> Floats:
    return np.asarray(values, np.float64)
