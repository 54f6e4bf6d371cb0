"""The world as plain Python sees it: rows with attributes over the same memory.

NumPy's own ``recarray`` hides fields that are named like its attributes (``base``, ``size``), so it cannot serve.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.state.board import Scene, World


class Record:
    """One row: fields are attributes; reading gives Python numbers, writing goes to the array."""

    __slots__ = ("_row",)
    _row: np.void

    def __init__(self, row: np.void) -> None:
        object.__setattr__(self, "_row", row)

    def __getattr__(self, name: str) -> Any:
        value = self._row[name]
        if isinstance(value, np.void):
            return Record(value)
        if isinstance(value, np.ndarray | np.uint64):  # keys of draws must wrap around
            return value
        return value.item()

    def __setattr__(self, name: str, value: Any) -> None:
        self._row[name] = value

    def __repr__(self) -> str:
        return f"Record{dict(zip(self._row.dtype.names or (), self._row.tolist(), strict=True))}"


class Rows:
    """A structured array whose elements are :class:`Record`."""

    def __init__(self, array: Any) -> None:
        self.array = array
        self.shape = array.shape

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, str):
            return self.array[index]
        part = self.array[index]
        return Record(part) if isinstance(part, np.void) else Rows(part)


def readable(w: World) -> World:
    """The same world, the same memory, for plain Python."""

    def view(array: Any) -> Any:
        return Rows(array) if array.dtype.names else array

    scene = Scene(*(view(array) for array in w.scene))
    return World(*(scene if isinstance(part, Scene) else view(part) for part in w))
