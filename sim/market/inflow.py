"""A season or a shock from a file: by how much contacts and audiences are multiplied on each day."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.market.edgelist import Table

_COLUMNS = [("day", "multiple"), ("date", "multiple")]


def inflow(path: str | None, days: int) -> NDArray[np.float64]:
    """The multiple of each day, float64[days]; 1 without a file, and before the first day that it states.

    Raises
    ------
    InputError : the file cannot be read, or a line of it; with file, line and column.
    """
    if path is None:
        return np.ones(days)
    return _spread(path, Path(path).stat().st_mtime if Path(path).exists() else 0.0, days).copy()


@lru_cache(maxsize=8)
def _spread(path: str, _stamp: float, days: int) -> NDArray[np.float64]:
    """The stated multiples over all days, each until the next one (``_stamp``: when the file changed)."""
    found = np.ones(days)
    for day, multiple in read_inflow(path):
        found[day:] = multiple
    return found


def read_inflow(path: str | Path) -> list[tuple[int, float]]:
    """Days, ascending, and the multiple from each on.

    Parameters
    ----------
    path : a text file in UTF-8, plain or gzip: a header and two columns, ``day`` (from 0) or ``date`` (such as
        2026-01-31; the first row is day 0), and ``multiple`` (of at least 0).

    Raises
    ------
    InputError : as :func:`inflow`.
    """
    table = Table(path, _COLUMNS, keys=2, line="a day or a date and a multiple")
    whens, texts = table.values()
    days = [_day(table, row, text) for row, text in enumerate(whens)]
    first = days[0] if "-" in whens[0] else 0
    for row, (before, after) in enumerate(pairwise(days), start=1):
        if after <= before:
            raise table.error(row, 0, f"{whens[row]} comes after {whens[row - 1]}", expected="days in ascending order")
    return [(day - first, _multiple(table, row, text)) for row, (day, text) in enumerate(zip(days, texts, strict=True))]


def _day(table: Table, row: int, text: str) -> int:
    """A day as it is stated, or a date as its number in the calendar."""
    try:
        if "-" in text:
            return date.fromisoformat(text).toordinal()
        if (day := int(text)) >= 0:
            return day
    except ValueError:
        pass
    raise table.error(row, 0, f"the day {text!r}", expected="a day from 0, or a date such as 2026-01-31")


def _multiple(table: Table, row: int, text: str) -> float:
    try:
        if 0.0 <= (value := float(text)) < math.inf:
            return value
    except ValueError:
        pass
    hint = "Write 1 where nothing is out of the ordinary, 2 for twice as many."
    raise table.error(row, 1, f"the multiple {text!r}", expected="a number of at least 0", hint=hint)
