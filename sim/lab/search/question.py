"""What an optimisation asks: which factors may move, what is wanted, what is allowed, and for how many runs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import plain_mix, root_key
from sim.errors import InputError
from sim.lab.designs.constraints import Constraint
from sim.lab.designs.factors import Factor, Value
from sim.lab.statistics.intervals import worst_tenth

Floats = NDArray[np.float64]

#: A plan: the value of every factor of a question, by key.
Setting = dict[str, Value]

_OBJECTIVE = re.compile(r"\s*(max|min)\s+(?:(worst_tenth)\(\s*(\w+)\s*\)|(\w+))\s*")
_REQUIREMENT = re.compile(
    r"\s*(?:(worst_tenth)\(\s*(\w+)\s*\)|(\w+))\s*(<=|>=)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*"
)


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
class Requirement:
    """What must be met: the mean over runs (or of the worst tenth) of a metric stays on one side of a limit."""

    metric: str
    at_most: bool
    limit: float
    worst: bool = False

    @classmethod
    def parse(cls, text: str) -> Requirement:
        """Read ``cost <= 100000`` or ``worst_tenth(cash_low) >= -50000``."""
        match = _REQUIREMENT.fullmatch(text)
        if not match:
            expected = "METRIC <= NUMBER or METRIC >= NUMBER, such as 'cost <= 100000'"
            raise InputError(f"cannot read the requirement '{text}'", expected=expected)
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
    factors : what may move.
    objectives : one, or several for a front.
    requirements : what outcomes must meet, all of them.
    constraints : what plans must meet before they are run; conditions on the factors.
    budget : runs for the search, all replicates counted, > 0; verification comes on top.
    start : the plan to beat, a value for every factor; it is tried first.
    uncertain : what the world decides. Replicate r of every plan meets the same draw of these: world r.
    first, most : replicates of a new plan, and of those that prove themselves.
    factor : how much a promotion multiplies the replicates by; one plan in ``factor`` is promoted. At least 2.
    seed : of suggestions and worlds, ≥ 0.
    """

    factors: tuple[Factor, ...]
    objectives: tuple[Objective, ...]
    budget: int
    start: Mapping[str, Value]
    requirements: tuple[Requirement, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    uncertain: tuple[Factor, ...] = ()
    first: int = 4
    most: int = 36
    factor: int = 3
    seed: int = 0
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(factor.key for factor in self.factors))
        if not self.factors or not self.objectives:
            raise InputError("nothing may move, or nothing is wanted", expected="a factor and an objective")
        missing = [key for key in self.keys if key not in self.start]
        if missing:
            raise InputError(f"the start has no '{missing[0]}'", expected="a value for every factor")
        if not 1 <= self.first <= self.most or self.factor < 2 or self.budget < self.first:
            raise InputError(
                f"first {self.first}, most {self.most}, factor {self.factor}, budget {self.budget}",
                expected="1 <= first <= most, factor >= 2, budget >= first",
            )

    def plan(self, row: Mapping[Any, Any]) -> Setting:
        """A row of a table as a plan: its factors, with plain values, the same however the table held them."""
        return {factor.key: _plain(factor, row[factor.key]) for factor in self.factors}

    def holds(self, setting: Setting) -> bool:
        """Whether a plan lies in the ranges and meets the constraints."""
        return all(_lies_in(factor, setting[factor.key]) for factor in self.factors) and all(
            constraint.holds(setting) for constraint in self.constraints
        )

    @property
    def asked(self) -> tuple[Objective | Requirement, ...]:
        """The objectives and then the requirements."""
        return (*self.objectives, *self.requirements)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric asked about, each once."""
        return tuple(dict.fromkeys(each.metric for each in self.asked))

    def world(self, replicate: int) -> dict[str, Value]:
        """The uncertain factors that replicate ``replicate`` (≥ 0) of every plan meets."""
        key = int(root_key(self.seed, replicate))
        words = [plain_mix(np.uint64((key + number) % 2**64)) for number in range(1, len(self.uncertain) + 1)]
        return {each.key: each.value(int(word) / 2**64) for each, word in zip(self.uncertain, words, strict=True)}


def _plain(factor: Factor, value: Any) -> Value:
    if factor.levels:
        null = value is None or value != value  # noqa: PLR0124 - tables hold null as NaN, which differs from itself
        plain: Value = next((level for level in factor.levels if level == value), None if null else value)
        return plain
    return int(value) if factor.kind == "integer" else float(value)


def _lies_in(factor: Factor, value: Value) -> bool:
    if factor.low is None or factor.high is None:
        return value in factor.levels
    return isinstance(value, int | float) and factor.low <= value <= factor.high


def _statistic(values: Floats, *, worst: bool, higher_is_better: bool) -> float:
    known = values[np.isfinite(values)]
    if not known.size:
        return math.nan
    return worst_tenth(known, higher_is_better=higher_is_better) if worst else float(known.mean())
