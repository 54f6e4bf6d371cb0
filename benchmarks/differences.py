"""Where two sets of tables part, column by column and bit for bit; only NaN equals any NaN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Tables = Mapping[str, pd.DataFrame]
SIDES = ("BEFORE", "AFTER")
#: Columns that say what a row is about.
LABELS = (
    *("scenario", "point", "replicate", "day", "origin", "kind"),
    *("stage", "generation", "kol", "task", "cohort", "age", "id"),
)


def differences(before: Tables, after: Tables) -> Iterator[str]:
    """A line for each table or column that only one side has, and for each column the first row in which it differs."""
    yield from _alone("table {}", before, after)
    for name, table in before.items():
        if name in after:
            yield from (f"table {name}{line}" for line in _parted(table, after[name]))


def _alone(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    for side, names, others in zip(SIDES, (before, after), (after, before), strict=True):
        yield from (f"{what.format(name)} is only in {side}" for name in names if name not in others)


def _parted(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[str]:
    """What differs within a table; where one is longer, the rows that both have are compared."""
    yield from _alone(", column {}", before.columns, after.columns)
    shared, theirs = ([name for name in one if name in other] for one, other in ((before, after), (after, before)))
    if shared != theirs:
        yield ": its columns stand in another order"
    if len(before) != len(after):
        yield f": {len(before)} rows != {len(after)} rows"
    rows = min(len(before), len(after))
    for name in shared:
        yield from _first(before.head(rows), after.head(rows), name)


def _first(before: pd.DataFrame, after: pd.DataFrame, name: str) -> Iterator[str]:
    """The first row in which a column differs, if there is one."""
    one, other = before[name], after[name]
    if one.dtype != other.dtype:
        yield f", column {name}: type {one.dtype} != {other.dtype}"
        return
    parted = np.flatnonzero((_bits(one) != _bits(other)) & ~(one.isna() & other.isna()).to_numpy())
    if parted.size:
        row = int(parted[0])
        labels = ", ".join(f"{label} {before[label].iloc[row]}" for label in LABELS if label in before)
        where = f"row {row} ({labels})" if labels else f"row {row}"
        yield f", column {name}, {where}: {_told(one.iloc[row])} != {_told(other.iloc[row])}"


def _bits(column: pd.Series) -> NDArray[Any]:
    """Floats as the integers of the same bits; all else as it is."""
    values = column.to_numpy()
    return values.view(f"i{values.itemsize}") if values.dtype.kind == "f" else values


def _told(value: object) -> str:
    """A value with all its digits."""
    return repr(value.item() if isinstance(value, np.generic) else value)
