"""The run table: what of it can be used, and refusals that say which runs are missing and how to get them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.scenario.catalogue import did_you_mean

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Without these a table is no run table.
RUN_COLUMNS = ("point", "replicate", "seed", "status")

#: How many points a message names before it counts the rest.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One outcome of a sweep.

    ``factors``: one row a design point, index ``point``, ascending. ``values`` of shape [point, replicate]: the outcome
    in the metric's unit, NaN where there is none. ``paired``: the points share luck, replicate by replicate (common
    random numbers). ``left_out``: runs that failed or whose outcome is undefined.
    """

    factors: pd.DataFrame
    values: Floats
    paired: bool
    left_out: int

    @property
    def means(self) -> Floats:
        """The mean over each point's replicates, shape [point]."""
        return np.asarray(np.nanmean(self.values, axis=1))


@dataclass(frozen=True, slots=True)
class Strata:
    """A factor's values put into classes.

    ``codes`` of shape [point]: the class of each point, 0 to k - 1. ``labels``: k levels, or the mean of each bin.
    ``ordered``: the factor is a number.
    """

    codes: Ints
    labels: tuple[object, ...]
    ordered: bool


def outcomes(table: pd.DataFrame, factors: Sequence[str], outcome: str) -> Outcomes:
    """One outcome by point and replicate, of all runs that have one; points without any are left out.

    Raises
    ------
    InputError : an unknown column, a point whose factors differ between its runs, or no run at all.
    """
    check_columns(table, [*RUN_COLUMNS, *factors, outcome])
    done = table[table["status"] == "done"].drop_duplicates(["point", "replicate"])
    numbers = pd.to_numeric(done[outcome], errors="coerce")
    used = done[np.isfinite(numbers.to_numpy(dtype=np.float64))]
    if used.empty:
        raise InputError(f"no finished run has a value of '{outcome}'", expected="at least one", hint="Run the sweep.")
    values = used.pivot_table(index="point", columns="replicate", values=outcome, aggfunc="first").sort_index()
    settings = used[["point", *factors]].drop_duplicates()
    if len(settings) != len(values):
        point = settings["point"][settings["point"].duplicated()].iloc[0]
        raise InputError(f"the runs of point {point} differ in their factors", expected="one setting a point")
    left_out = int(len(table.drop_duplicates(["point", "replicate"])) - len(used))
    sharing = used.groupby(["seed", "replicate"])["point"].nunique()
    return Outcomes(
        settings.set_index("point").sort_index(), values.to_numpy(dtype=np.float64), bool(sharing.max() > 1), left_out
    )


def complete(
    table: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    *,
    points: int | None = None,
    replicates: int | None = None,
    command: str = "",
) -> Outcomes:
    """One outcome of a design that allows no gaps: points 0 to ``points`` - 1, each with the same replicates.

    Parameters
    ----------
    points, replicates : how many the design has, both numbered from 0; all that the table knows of where not given.
    command : what makes the missing runs, for the message.

    Raises
    ------
    InputError : runs are missing or failed, or the outcome is undefined in some.
    """
    check_columns(table, [*RUN_COLUMNS, *factors, outcome])
    numbers = range(replicates) if replicates is not None else sorted(table["replicate"].unique())
    points = points if points is not None else int(table["point"].max()) + 1 if len(table) else 0
    wanted = table[table["replicate"].isin(numbers) & (table["point"] < points)]
    _refuse_gaps(wanted, outcome, points, len(numbers), command)
    return outcomes(wanted, factors, outcome)


def _refuse_gaps(table: pd.DataFrame, outcome: str, points: int, replicates: int, command: str) -> None:
    keys = ["point", "replicate"]
    done = table[table["status"] == "done"].drop_duplicates(keys)
    lacking = replicates - done.groupby("point").size().reindex(range(points), fill_value=0)
    if lacking.any():
        failed = len(table.drop_duplicates(keys)) - len(done)
        raise InputError(
            f"{lacking.sum()} of {points * replicates} runs are missing, {failed} of them failed "
            f"({_named(lacking.index[lacking > 0])})",
            expected="every run of the design, because its points are compared with each other",
            hint=f"This makes them: {command}" if command else "The same sweep command on the same folder makes them.",
        )
    undefined = done[~np.isfinite(pd.to_numeric(done[outcome], errors="coerce").to_numpy(dtype=np.float64))]
    if len(undefined):
        raise InputError(
            f"'{outcome}' is undefined in {len(undefined)} of {len(done)} runs ({_named(undefined['point'].unique())})",
            expected="a number in every run",
            hint="Choose an outcome that always exists, such as 'strong' for 'cost_per_strong'.",
        )


def check_columns(table: pd.DataFrame, wanted: Sequence[str]) -> None:
    """Refuse a column that the table does not have, with the nearest that it has."""
    for name in wanted:
        if name not in table.columns:
            names = [str(column) for column in table.columns]
            hint = did_you_mean(name, names) or f"There are: {', '.join(names)}."
            raise InputError(f"the run table has no column '{name}'", expected="a factor or a metric of it", hint=hint)


def strata(column: pd.Series, most: int = 10) -> Strata:
    """A factor in at most ``most`` classes: its levels if they are so few, otherwise bins of equal numbers of points.

    What is no number, and switches, are always taken by level, sorted by name.
    """
    ordered = is_number(column)
    found, distinct = pd.factorize(column, use_na_sentinel=False)
    if not ordered or len(distinct) <= most:
        levels = distinct.tolist()
        order = sorted(range(len(levels)), key=lambda number: levels[number] if ordered else str(levels[number]))
        return Strata(np.argsort(order)[found], tuple(levels[number] for number in order), ordered)
    values = column.to_numpy(dtype=np.float64)
    edges = np.unique(np.quantile(values, np.arange(1, most) / most))
    # Tied values fall into one bin together, so that a bin may be empty: number those that are not.
    kept, codes = np.unique(np.searchsorted(edges, values, side="right"), return_inverse=True)
    means = np.bincount(codes, weights=values) / np.bincount(codes)
    return Strata(codes.astype(np.int64), tuple(means[: len(kept)].tolist()), ordered)


def is_number(column: pd.Series) -> bool:
    """Whether a factor is a number, never null, so that its levels have an order and distances."""
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return bool(numeric and not column.isna().any())


def _named(points: object) -> str:
    numbers = [str(point) for point in np.asarray(points).tolist()]
    rest = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"point{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:_NAMED])}{rest}"
