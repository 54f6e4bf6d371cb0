"""What a lived run has counted, as the formulas of measures read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.engine.state.measures import AGES, FIXED, RECRUITING

Array = NDArray[Any]
Floats = NDArray[np.float64]

#: Days of joining over which retention is taken.
WINDOW = 30


class Lived(Protocol):
    """What measures are made of: Day[day] and int64[day, AGES, 2] of one run.

    Several runs may be one: then arrays, and what is made of them, have the runs as their first axis.
    """

    @property
    def people(self) -> int:
        """People in the market, on its fullest day."""

    @property
    def days(self) -> NDArray[np.void]:
        """The records of the days."""

    @property
    def cohorts(self) -> NDArray[np.int64]:
        """Members and active members at set ages, by the day on which they reach them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a run, ``counts["members"]``, and the arithmetic of formulas. Arrays: [day], of a batch [run, day].

    Counts are whole numbers (money: cents), which add up exactly: a formula sums first and divides last.
    """

    run: Lived

    def __getitem__(self, name: str) -> Array:
        return self.run.days[name]

    @property
    def people(self) -> Array:
        """People in the market."""
        return self["people"]

    def total(self, names: Iterable[str]) -> Array:
        """Some counts together."""
        return np.asarray(np.sum([self[name] for name in names], axis=0))

    def fraction(self, name: str) -> Floats:
        """A sum of fractions, which is counted in fixed point."""
        return np.asarray(self[name] / FIXED)

    @staticmethod
    def fraction_of(values: Array) -> Floats:
        """Sums in fixed point as numbers."""
        return np.asarray(values / FIXED)

    def mean(self, name: str) -> Floats:
        """A sum of fractions per member; NaN without members."""
        return self.over(self.fraction(name), self["members"])

    def recruits(self) -> Floats:
        """K: people brought in within 90 days of joining, per person who joined at least so long ago; NaN before."""
        brought, joined = np.zeros_like(self["joined"]), np.zeros_like(self["joined"])
        last = max(0, joined.shape[-1] - RECRUITING)
        brought[..., RECRUITING:], joined[..., RECRUITING:] = self["recruited"][..., :last], self["joined"][..., :last]
        return self.over(self.to_date(brought), self.to_date(joined))

    def retention(self, age: int) -> Floats:
        """Share of those who joined ``age`` days before who came in the week before that age, over 30 such cohorts."""
        joined = self["joined"]
        due = np.zeros_like(joined)
        due[..., age:] = joined[..., : max(0, joined.shape[-1] - age)]
        return self.over(self._lately(self.run.cohorts[..., AGES.index(age), 1]), self._lately(due))

    def _lately(self, values: Array) -> Array:
        """Sums over the last days, today included."""
        total = self.to_date(values)
        total[..., WINDOW:] -= total[..., :-WINDOW].copy()
        return total

    @staticmethod
    def to_date(values: ArrayLike) -> Array:
        """Sums from day 0."""
        return np.asarray(np.cumsum(values, axis=-1))

    @staticmethod
    def highest(values: ArrayLike) -> Array:
        """The highest so far."""
        return np.asarray(np.maximum.accumulate(values, axis=-1))

    def days_lived(self) -> Array:
        """Days so far, today among them."""
        return np.arange(1, self["people"].shape[-1] + 1)

    @staticmethod
    def money_to_date(values: ArrayLike) -> Floats:
        """Sums of amounts from day 0. Sums of cents are cents; adding floats leaves a trace below them."""
        return np.asarray(np.round(np.cumsum(np.asarray(values, np.float64), axis=-1), 2))

    @staticmethod
    def over(part: Array, whole: Array | int) -> Floats:
        """The ratio ``part`` / ``whole``, NaN where ``whole`` is 0."""
        shape = np.shape(part)
        return np.asarray(np.divide(part, whole, out=np.full(shape, np.nan), where=np.not_equal(whole, 0)))

    @staticmethod
    def lowest(cash: ArrayLike) -> Floats:
        """The lowest point so far of cash, ≤ 0: every plan starts at zero, so minus this is the cash it needs."""
        return np.asarray(np.minimum.accumulate(np.minimum(np.asarray(cash, np.float64), 0.0), axis=-1))

    @staticmethod
    def back_since(cash: ArrayLike) -> Floats:
        """The day since which cash is at or above 0: what was put in has come back, for good if days end here.

        0 where nothing had to be put in, NaN while it is below 0.
        """
        below = np.asarray(cash, np.float64) < 0.0
        last = np.maximum.accumulate(np.where(below, np.arange(below.shape[-1]), -1), axis=-1)
        return np.where(below, np.nan, last + 1.0)
