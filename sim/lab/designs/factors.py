"""A factor: one thing that a sweep varies, by levels or over a range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from functools import cached_property
from typing import Any, Literal, TypeAlias

from sim.scenario.catalogue import number
from sim.scenario.schema import Scenario

Value: TypeAlias = float | int | bool | str | None
Kind: TypeAlias = Literal["number", "integer", "switch", "choice", "file", "plan"]

PLAN = "plan"
"""The key that stands for a whole plan: all levers of a scenario, whose market included."""

#: Decimal's logarithm is correctly rounded everywhere; that of a platform's C library is not, and the same design would
#: have other points on another machine. Twenty-five digits leave a double no doubt.
_EXACT = Context(prec=25)


@dataclass(frozen=True)
class Factor:
    """What is varied, and over which values. Made by :func:`sim.lab.designs.vary.parse_vary`, which checks it.

    Parameters
    ----------
    key : a dotted key of the scenario, or ``plan``.
    kind : what its values are; ``file`` is the path of a network's file as the user wrote it, ``plan`` a plan's name.
    levels : its values, in the order given; empty for a range.
    low, high : inclusive range, in the parameter's unit; None for levels.
    log : whether equal ratios, not equal differences, are equally likely; then ``low`` is above 0.
    meant : for files and plans, value → what the scenario gets: an absolute path, or the whole plan.
    place : where it was stated, for messages.
    """

    key: str
    kind: Kind
    levels: tuple[Value, ...] = ()
    low: float | None = None
    high: float | None = None
    log: bool = False
    meant: Mapping[Value, Scenario | str] = field(default_factory=dict)
    place: str = field(default="", compare=False)

    @property
    def is_range(self) -> bool:
        """Whether values are drawn from a range, not picked from levels."""
        return not self.levels

    @property
    def spec(self) -> str:
        """Its values as ``--vary`` takes them: ``0.1,0.2``, ``1:10``, ``0.01:1:log``."""
        if self.low is not None and self.high is not None:
            return f"{number(self.low)}:{number(self.high)}" + (":log" if self.log else "")
        return ",".join(written(level) for level in self.levels)

    def value(self, share: float) -> Value:
        """The value at a share in [0, 1] of the way: from low to high, or through the levels, each as likely.

        Whole numbers of a range are as likely as each other, but for ``log``, where their ratios count.
        """
        if self.low is None or self.high is None:
            return self.levels[min(int(share * len(self.levels)), len(self.levels) - 1)]
        if self.kind == "integer":
            return max(int(self.low), min(int(self.high), int(self._between(share, self.low, self.high + 1))))
        return max(self.low, min(self.high, self._between(share, self.low, self.high)))

    def read(self, cell: Any) -> Value:
        """A value as it was, from the cell of a table that keeps it; NaN stands for null."""
        if cell is None or cell != cell:  # noqa: PLR0124
            return None
        convert: Any = {"number": float, "integer": int, "switch": bool}.get(self.kind, str)
        return convert(cell)  # type: ignore[no-any-return]

    def _between(self, share: float, low: float, high: float) -> float:
        if not self.log:
            return low + share * (high - low)
        start, ratio = self._logarithms
        return float(_EXACT.exp(_EXACT.fma(Decimal(share), ratio, start)))

    @cached_property
    def _logarithms(self) -> tuple[Decimal, Decimal]:
        """Of the low end, and of the ratio between the ends."""
        assert self.low is not None
        assert self.high is not None
        start = _EXACT.ln(Decimal(self.low))
        end = _EXACT.ln(Decimal(self.high + (self.kind == "integer")))
        return start, _EXACT.subtract(end, start)


def written(value: Value) -> str:
    """A value as one writes it in YAML: true, null, 0.05, name."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else number(value)
