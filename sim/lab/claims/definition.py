"""What a claim is: arms of an experiment, what is looked at, what is expected of it, and what would imply it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from sim.lab.evidence.pattern import Text
from sim.model.counts import Counts
from sim.model.measures import COSTS, Measure, find
from sim.scenario.schema import Scenario

Floats: TypeAlias = NDArray[np.float64]
#: How the outcome is said to go with the arms.
Relation: TypeAlias = Literal["sign", "monotone", "inner_peak", "threshold", "crossing", "interaction"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
#: Relations between named arms, with their names; all others are over the levels of a dose.
ROLES: Mapping[str, tuple[str, ...]] = {
    "sign": ("control", "treatment"),
    "crossing": ("control", "treatment"),
    "interaction": ("neither", "first", "second", "both"),
}
#: "at" the end of a day, or the "mean" or the "sum" of the days from ``since`` to it.
Reading: TypeAlias = Literal["at", "mean", "sum"]
READINGS: tuple[Reading, ...] = get_args(Reading)
#: What a firm chooses to spend; the goods it sells are paid by who buys them.
SPENDING = tuple(cost for cost in COSTS if cost != "cost_goods")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is looked at: a measure after ``day`` days (day 365 is the end of a year), and how it is read."""

    measure: str
    day: int
    read: Reading = "at"
    since: int = 0
    series: bool = False

    @property
    def what(self) -> Measure:
        """The measure."""
        found = find(self.measure)
        if found is None:
            raise KeyError(self.measure)
        return found

    def of(self, counts: Counts) -> Floats:
        """Its value, of shape []; or with ``series`` how it stands on every day, [day]."""
        if self.read == "sum":
            return np.asarray(self.what.formula(counts)[self.since : self.day].sum(), np.float64)
        days = self.what.to_date(counts)[: self.day]
        if self.series:
            return np.asarray(days, np.float64)
        return np.asarray(days[-1] if self.read == "at" else days[self.since :].mean(), np.float64)


@dataclass(frozen=True, slots=True)
class Arm:
    """One plan of the experiment, as shipped and with the implying parameters at neutral (None: there are none).

    ``role``: one of :data:`ROLES`, or a number that orders the levels of a dose; ``at``: that level.
    """

    role: str
    name: Text
    shipped: Scenario
    neutral: Scenario | None = None
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """How spends are made equal, and how far they may be apart, as a share of the largest."""

    tolerance: float
    how: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim, or a part of one.

    ``direction``: +1 where the outcome is said to be higher with the treatment, to rise with the dose or to exceed the
    ``level`` above a dose; −1 for the reverse. ``matters``: the smallest effect that matters, in the outcome's unit.
    ``implied``: parameters whose sign would imply the claim, with their neutral values. ``money``: None where money is
    not the point. ``limits``: what the experiment does not capture.
    """

    id: str
    essays: tuple[str, ...]
    title: Text
    text: Text
    relation: Relation
    arms: tuple[Arm, ...]
    outcome: Outcome
    matters: float
    replicates: int
    limits: Text
    file: Path
    direction: int = 1
    level: float = 0.0
    axis: Text | None = None
    money: Money | None = None
    implied: Mapping[str, float | int | bool] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The number without the letter of its part: C01 of C01b."""
        return self.id.rstrip("abcdefgh")

    @property
    def doses(self) -> tuple[float, ...]:
        """The levels of the dose, in their order; none of a claim with named arms."""
        return tuple(arm.at for arm in self.arms if arm.at is not None)


def spent(counts: Counts) -> float:
    """What the firm has spent over all days, but for the goods it sold."""
    return float(counts.total(SPENDING).sum() / 100.0)
