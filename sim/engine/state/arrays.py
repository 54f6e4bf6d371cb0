"""How the arrays of a world are declared: dtype and shape once, beside the static type; and a world made of them.

A group of arrays is a named tuple whose fields have an :class:`Array` as default, or are groups themselves::

    class People(NamedTuple):
        rows: Rows[Person] = array(Person, "people")
        bonds: Floats = array("f8", "people", "voices")

Sizes are names until a world is made, see :func:`blank`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias, get_type_hints

import numpy as np
from numpy.typing import NDArray

from sim.engine.records import Record

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.uint8]
Words: TypeAlias = NDArray[np.uint64]
#: Arrays by dotted name, such as ``people.bonds``.
Arrays: TypeAlias = dict[str, NDArray[Any]]


class Array(NamedTuple):
    """One array: its dtype or record, its axes (names of sizes, or numbers), and the value it is filled with."""

    kind: type[Record] | str
    axes: tuple[str | int, ...]
    fill: int

    def made(self, sizes: Mapping[str, int]) -> NDArray[Any]:
        """The array as it is before day 0."""
        shape = [sizes[axis] if isinstance(axis, str) else axis for axis in self.axes]
        if isinstance(self.kind, str):
            return np.full(shape, self.fill, self.kind)
        return self.kind.blank(int(np.prod(shape))).reshape(shape)


def array(kind: type[Record] | str, *axes: str | int, fill: int = 0) -> Any:  # the default of a field of any type
    """Declare an array, see :class:`Array`."""
    return Array(kind, axes, fill)


def declared(group: type[Any], prefix: str = "") -> Iterator[tuple[str, Array]]:
    """The arrays of a group and of the groups in it, with their dotted names."""
    for name in group._fields:
        own = group._field_defaults.get(name)
        if isinstance(own, Array):
            yield prefix + name, own
        else:
            yield from declared(get_type_hints(group)[name], f"{prefix}{name}.")


def assembled(group: type[Any], arrays: Mapping[str, Any], prefix: str = "") -> Any:  # the group
    """A group of these arrays, by dotted name."""
    return group(*(
        arrays[prefix + name] if name in group._field_defaults
        else assembled(get_type_hints(group)[name], arrays, f"{prefix}{name}.")
        for name in group._fields
    ))  # fmt: skip


def mapped(group: Any, change: Any) -> Any:  # a group, a function of any array, a group
    """The same group with every array changed."""
    return type(group)(*(mapped(part, change) if isinstance(part, tuple) else change(part) for part in group))
