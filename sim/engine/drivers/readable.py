"""The world as plain Python sees it: rows with attributes over the same memory.

NumPy's own ``recarray`` hides fields that are named like its attributes (``base``, ``size``), so it cannot serve.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.records import seen
from sim.engine.state.arrays import mapped
from sim.engine.state.world import World


class Table:
    """A structured array whose rows are :class:`sim.engine.records.Record`."""

    def __init__(self, array: NDArray[np.void]) -> None:
        self.array = array
        self.shape = array.shape

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, at: Any) -> Any:  # a row for a place, a column for a name
        part = self.array[at]
        return seen(part) if isinstance(part, np.void) else part


def readable(w: World) -> World:
    """The same world, the same memory, for plain Python."""
    world: World = mapped(w, lambda array: Table(array) if array.dtype.names else array)
    return world
