"""The one way to declare a record: a class body with one column a line.

>>> class Voice(Record):
...     "What the firm or a KOL posts today."
...     energy = f8(1.0, "share", "energy, 0 to 1")
...     posts = f8(0.0, "posts", "posts today")

A line gives dtype, static type, initial value, unit and meaning. The class then is three things: ``Voice.dtype``, which
arrays of it have, with the fields that compiled code reads; the type by which a checker knows ``voice.energy``; and the
row that plain Python sees, a view that reads numbers from the memory of the array and writes them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

V = TypeVar("V", int, float, np.uint64, NDArray[np.int64])
R_co = TypeVar("R_co", covariant=True)


class Column(Generic[V]):
    """One column of a record.

    Parameters
    ----------
    code : NumPy's name of the dtype, such as ``"f8"``.
    initial : the value of a new row.
    unit, meaning : for people who read the model's description.
    shape : of a small array in every row; () for a number.
    """

    def __init__(self, code: str, initial: float, unit: str, meaning: str, shape: tuple[int, ...] = ()) -> None:
        self.code, self.initial, self.unit, self.meaning, self.shape = code, initial, unit, meaning, shape
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, kind: type) -> Self: ...
    @overload
    def __get__(self, row: Record, kind: type) -> V: ...
    def __get__(self, row: Record | None, kind: type) -> Self | V:
        if row is None:
            return self
        value: Any = row.row[self.name]  # NumPy does not know what a field holds
        as_it_is: Any = isinstance(value, np.ndarray | np.uint64)  # keys must wrap around
        return value if as_it_is else value.item()

    def __set__(self, row: Record, value: V) -> None:
        row.row[self.name] = value


def f8(initial: float, unit: str, meaning: str) -> Column[float]:
    """A column of numbers with fractions."""
    return Column("f8", initial, unit, meaning)


def i8(initial: int, unit: str, meaning: str) -> Column[int]:
    """A column of whole numbers: money in cents, sums in fixed point."""
    return Column("i8", initial, unit, meaning)


def i4(initial: int, unit: str, meaning: str) -> Column[int]:
    """A column of whole numbers up to two thousand million: people, days."""
    return Column("i4", initial, unit, meaning)


def i2(initial: int, unit: str, meaning: str) -> Column[int]:
    """A column of small whole numbers, up to 32,767."""
    return Column("i2", initial, unit, meaning)


def u1(initial: int, unit: str, meaning: str) -> Column[int]:
    """A column of codes, bits and switches, 0 to 255."""
    return Column("u1", initial, unit, meaning)


def u8(unit: str, meaning: str) -> Column[np.uint64]:
    """A column of keys of draws."""
    return Column("u8", 0, unit, meaning)


def counts(shape: tuple[int, ...], unit: str, meaning: str) -> Column[NDArray[np.int64]]:
    """A small array of whole numbers in every row."""
    return Column("i8", 0, unit, meaning, shape)


class Record:
    """A row whose fields are attributes; subclasses declare their columns, see the module's text.

    ``row`` is the row of the array. Of a record without declared columns (compiled parameters, which the schema of
    scenarios declares) all fields are attributes too.
    """

    dtype: ClassVar[np.dtype[np.void]] = np.dtype([])
    row: np.void

    def __init__(self, row: np.void) -> None:
        object.__setattr__(self, "row", row)

    def __init_subclass__(cls) -> None:
        if declared := list(cls.columns()):
            cls.dtype = np.dtype([(each.name, each.code, each.shape) for each in declared], align=True)
            KINDS.setdefault(cls.dtype, cls)

    @classmethod
    def columns(cls) -> Iterator[Column[Any]]:  # of whatever types
        """The columns in the order of their lines, those of base classes first."""
        for kind in reversed(cls.__mro__):
            yield from (each for each in vars(kind).values() if isinstance(each, Column))

    @classmethod
    def blank(cls, n: int) -> NDArray[np.void]:
        """``n`` new rows: an array of :attr:`dtype` with initial values."""
        first = np.zeros(1, cls.dtype)
        for column in cls.columns():
            first[column.name] = column.initial
        return np.repeat(first, n)

    def __repr__(self) -> str:
        return f"{type(self).__name__}{dict(zip(self.row.dtype.names or (), self.row.tolist(), strict=True))}"


class Fields(Record):
    """A row without declared columns: every field of its dtype is an attribute."""

    def __getattr__(self, name: str) -> Any:  # the schema of scenarios says what it is
        value = self.row[name]
        if isinstance(value, np.void):
            return seen(value)
        return value if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, name: str, value: float) -> None:
        self.row[name] = value


#: The class of the rows of a dtype.
KINDS: dict[np.dtype[np.void], type[Record]] = {}


def seen(row: np.void) -> Record:
    """A row as plain Python sees it."""
    return KINDS.get(row.dtype, Fields)(row)


class Rows(Protocol[R_co]):
    """A structured array of one axis: under sweep NumPy's own, under walk one whose rows are :class:`Record`."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of rows."""

    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, at: int, /) -> R_co: ...
    @overload
    def __getitem__(self, at: str, /) -> NDArray[Any]: ...  # a column, of its own dtype


class Grid(Protocol[R_co]):
    """A structured array of two axes."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of rows along each axis."""

    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, at: tuple[int, int], /) -> R_co: ...
    @overload
    def __getitem__(self, at: str, /) -> NDArray[Any]: ...  # a column, of its own dtype
