"""One factor at a time: how far the outcome moves from the base when a factor goes to its lowest and highest level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.estimators.table import Outcomes, is_number, outcomes
from sim.lab.statistics.intervals import paired


def tornado(
    table: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    base: Mapping[str, Any],
    *,
    level: float = 0.95,
) -> pd.DataFrame:
    """The differences from the base of all points that move one factor, the widest bar first.

    Parameters
    ----------
    table : a run table with the base point and points that differ from it in one factor; other points are passed over.
    base : the value of every factor at the base point.
    level : of the intervals, in (0, 1).

    Returns
    -------
    One row a factor and side: ``factor``, ``side`` ("low" or "high"; "other" for each level of a choice), ``value``,
    ``difference`` from the base in the metric's unit with ``low`` and ``high``, ``n`` replicates in common,
    ``verdict`` (see :class:`sim.lab.statistics.intervals.Verdict`), ``width`` (of the factor's whole bar, 0 included).
    Only the outermost levels of a number are bars.

    Raises
    ------
    InputError : no base point in the table, or no factor moved alone.

    Replicates are compared pair by pair. Source: Howard (1988), *Management Science* 34, for the diagram.
    """
    found = outcomes(table, factors, outcome)
    changed = np.column_stack([_moved(found.factors[name], base[name]) for name in factors])
    home = np.flatnonzero(~changed.any(axis=1))
    if not len(home):
        raise InputError("no finished run is at the base point", expected=f"a point with {dict(base)}")
    rows: list[dict[str, Any]] = []
    for number, name in enumerate(factors):
        alone = np.flatnonzero(changed[:, number] & (changed.sum(axis=1) == 1))
        bars = [_bar(found, name, side, int(home[0]), at, level) for side, at in _sides(found, name, base[name], alone)]
        ends = [0.0, *(bar["difference"] for bar in bars)]
        rows += [bar | {"width": max(ends) - min(ends)} for bar in bars]
    if not rows:
        raise InputError("no point moves one factor alone from the base", expected="a one-at-a-time design")
    return pd.DataFrame(rows).sort_values(
        ["width", "factor"], ascending=[False, True], kind="stable", ignore_index=True
    )


def _moved(factor: pd.Series, base: Any) -> NDArray[np.bool_]:
    """Where a factor is not at its base; tables hold null as NaN."""
    moved = factor.notna() if base is None else factor != base
    return moved.to_numpy(dtype=bool)


def _sides(found: Outcomes, name: str, base: Any, points: NDArray[np.int64]) -> list[tuple[str, int]]:
    if not is_number(found.factors[name]):
        return [("other", int(point)) for point in points]
    values = found.factors[name].to_numpy(dtype=np.float64)[points]
    sides = []
    for side, here in (("low", values < base), ("high", values > base)):
        if here.any():
            outermost = values[here].min() if side == "low" else values[here].max()
            sides.append((side, int(points[values == outermost][0])))
    return sides


def _bar(found: Outcomes, name: str, side: str, home: int, at: int, level: float) -> dict[str, Any]:
    difference = paired(found.values[home], found.values[at], level)
    return {
        "factor": name,
        "side": side,
        "value": found.factors[name].iloc[at],
        "difference": difference.mean,
        "low": difference.low,
        "high": difference.high,
        "n": difference.n,
        "verdict": str(difference.verdict),
    }
