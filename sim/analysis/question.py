"""What an optimisation asks: which factors may move, what is wanted, what is allowed, and for how many runs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws import plain_mix, root_key
from sim.errors import InputError
from sim.experiments.statistics import worst_tenth

Floats = NDArray[np.float64]

_OBJECTIVE = re.compile(r"\s*(max|min)\s+(?:(worst_tenth)\(\s*(\w+)\s*\)|(\w+))\s*")
_CONSTRAINT = re.compile(
    r"\s*(?:(worst_tenth)\(\s*(\w+)\s*\)|(\w+))\s*(<=|>=)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*"
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A factor that may move: a number from ``low`` to ``high`` (both included), or one of ``levels``.

    ``integer``: whole numbers only. ``log``: searched by its logarithm (``low`` > 0). Levels are numbers, texts or
    switches.
    """

    key: str
    low: float = math.nan
    high: float = math.nan
    integer: bool = False
    log: bool = False
    levels: tuple[str | int | float | bool, ...] = ()

    def __post_init__(self) -> None:
        if not self.levels and not self.low <= self.high:
            raise InputError(f"'{self.key}' from {self.low} to {self.high}", expected="a range, or levels")
        if self.log and not self.low > 0.0:
            raise InputError(f"'{self.key}' by its logarithm from {self.low}", expected="a range above 0")

    def plain(self, value: Any) -> Any:
        """A value as Python's own type, the same however a table held it."""
        if self.levels:
            return next((level for level in self.levels if level == value), value)
        return int(value) if self.integer else float(value)

    def holds(self, value: Any) -> bool:
        """Whether a value lies in the dimension."""
        if self.levels:
            return value in self.levels
        return self.low <= value <= self.high and (not self.integer or float(value).is_integer())

    def at(self, u: float) -> Any:
        """The value at the quantile ``u`` in [0, 1), each number or level as likely as any other."""
        if self.levels:
            return self.levels[int(u * len(self.levels))]
        if self.integer:
            return int(self.low) + int(u * (int(self.high) - int(self.low) + 1))
        if self.log:
            return float(self.low * (self.high / self.low) ** u)
        return float(self.low + (self.high - self.low) * u)


@dataclass(frozen=True, slots=True)
class Objective:
    """What is wanted of one metric: its mean over runs, or the mean of its worst tenth, as large or small as can be."""

    metric: str
    maximise: bool = True
    worst: bool = False

    @classmethod
    def parse(cls, text: str) -> Objective:
        """Read ``max strong``, ``min cost`` or ``max worst_tenth(profit)``."""
        match = _OBJECTIVE.fullmatch(text)
        if not match:
            raise InputError(f"cannot read the objective '{text}'", expected="such as 'max strong' or 'min cost'")
        way, worst, inner, plain = match.groups()
        return cls(inner or plain, way == "max", worst is not None)

    def __str__(self) -> str:
        name = f"worst_tenth({self.metric})" if self.worst else self.metric
        return f"{'max' if self.maximise else 'min'} {name}"

    def of(self, values: Floats) -> float:
        """The statistic of one plan's runs, in the metric's unit; NaN of none."""
        return _statistic(values, worst=self.worst, higher_is_better=self.maximise)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What is allowed: the mean over runs (or of the worst tenth) of a metric stays on one side of a limit."""

    metric: str
    at_most: bool
    limit: float
    worst: bool = False

    @classmethod
    def parse(cls, text: str) -> Constraint:
        """Read ``cost <= 100000`` or ``worst_tenth(cash_low) >= -50000``."""
        match = _CONSTRAINT.fullmatch(text)
        if not match:
            raise InputError(f"cannot read the constraint '{text}'", expected="such as 'cost <= 100000'")
        worst, inner, plain, sign, number = match.groups()
        return cls(inner or plain, sign == "<=", float(number), worst is not None)

    def __str__(self) -> str:
        name = f"worst_tenth({self.metric})" if self.worst else self.metric
        return f"{name} {'<=' if self.at_most else '>='} {self.limit:g}"

    def of(self, values: Floats) -> float:
        """The statistic of one plan's runs, in the metric's unit; NaN of none."""
        return _statistic(values, worst=self.worst, higher_is_better=not self.at_most)

    def violation(self, values: Floats) -> float:
        """How far the limit is passed, as a share of it (of 1 where it is 0): > 0 where it is broken."""
        beyond = self.of(values) - self.limit
        return (beyond if self.at_most else -beyond) / (abs(self.limit) or 1.0)


@dataclass(frozen=True, slots=True)
class Question:
    """An optimisation, whole: the same question and the same finished runs always lead to the same next runs.

    Parameters
    ----------
    dimensions : what may move.
    objectives : one, or several for a front.
    constraints : all must hold.
    budget : runs for the search, all replicates counted, > 0; verification comes on top.
    start : the plan to beat, a value for every dimension; it is tried first.
    uncertain : what the world decides. Replicate r of every plan meets the same draw of these: world r.
    first, most : replicates of a new plan, and of those that prove themselves.
    factor : how much a promotion multiplies the replicates by; one plan in ``factor`` is promoted. At least 2.
    seed : of suggestions and worlds, ≥ 0.
    """

    dimensions: tuple[Dimension, ...]
    objectives: tuple[Objective, ...]
    budget: int
    start: Mapping[str, Any]
    constraints: tuple[Constraint, ...] = ()
    uncertain: tuple[Dimension, ...] = ()
    first: int = 4
    most: int = 36
    factor: int = 3
    seed: int = 0
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(dimension.key for dimension in self.dimensions))
        if not self.dimensions or not self.objectives:
            raise InputError("nothing may move, or nothing is wanted", expected="a dimension and an objective")
        missing = [key for key in self.keys if key not in self.start]
        if missing:
            raise InputError(f"the start has no '{missing[0]}'", expected="a value for every dimension")
        if not 1 <= self.first <= self.most or self.factor < 2 or self.budget < self.first:
            raise InputError(
                f"first {self.first}, most {self.most}, factor {self.factor}, budget {self.budget}",
                expected="1 <= first <= most, factor >= 2, budget >= first",
            )

    @property
    def asked(self) -> tuple[Objective | Constraint, ...]:
        """The objectives and then the constraints."""
        return (*self.objectives, *self.constraints)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric asked about, each once."""
        return tuple(dict.fromkeys(each.metric for each in self.asked))

    def world(self, replicate: int) -> dict[str, Any]:
        """The uncertain factors that replicate ``replicate`` (≥ 0) of every plan meets."""
        key = int(root_key(self.seed, replicate))
        words = [plain_mix(np.uint64((key + number) % 2**64)) for number in range(1, len(self.uncertain) + 1)]
        return {each.key: each.at(int(word) / 2**64) for each, word in zip(self.uncertain, words, strict=True)}


def _statistic(values: Floats, *, worst: bool, higher_is_better: bool) -> float:
    known = values[np.isfinite(values)]
    if not known.size:
        return math.nan
    return worst_tenth(known, higher_is_better=higher_is_better) if worst else float(known.mean())
