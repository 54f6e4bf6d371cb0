"""A real social network from a file of ties, and the tribes of its people from a file of labels.

A file is read by NumPy's parser of whole numbers where it can be, and else line by line: the careful reading takes ids
that are text and knows the line and column of whatever is wrong. Both give the same people in the same order, whatever
the order of the lines.
"""

from __future__ import annotations

import difflib
import gzip
import re
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.market.network import Network, ascending_distinct, from_pairs

Ids = NDArray[Any]  # int64, or objects of type str

_INTEGER = re.compile(r"[+-]?[0-9]+")
_WORD = re.compile(r"\S+")
_FIELD = {separator: re.compile(rf' *("(?:[^"]|"")*"|[^{separator}]*)') for separator in ",;\t"}
_MISSING = {"", "nan", "NaN", "NAN", "NA", "N/A", "n/a", "null", "NULL", "None"}
_TIE_COLUMNS = [("src", "dst"), ("source", "target"), ("from", "to"), ("id_1", "id_2"), ("node1", "node2")]
_LABEL_COLUMNS = [("id", "label"), ("id", "tribe"), ("node", "label"), ("node", "tribe")]
_PACKED = {
    b"PK\x03\x04": "a zip or Excel file",
    b"PAR1": "a Parquet file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, eq=False)
class EdgeList:
    """Ties of a file between numbered people.

    Attributes
    ----------
    ids : the id of person 0 … n − 1 in the file: int64 [n] ascending, or str objects [n] in the order of code points.
    src, dst : int64 [m], the two ends of each tie, src < dst, ascending; each tie once.
    notes : what was passed over in reading, in plain English, for people to see.
    """

    ids: Ids
    src: NDArray[np.int64]
    dst: NDArray[np.int64]
    notes: tuple[str, ...] = ()

    def among(self, ids: Ids) -> EdgeList:
        """The same ties numbered among more people: ``ids`` is ascending and contains all of ``self.ids``."""
        number = np.searchsorted(ids, self.ids)
        return EdgeList(ids, number[self.src], number[self.dst], self.notes)

    def network(self) -> Network:
        """The social network of these ties."""
        return from_pairs(self.ids.size, self.src, self.dst)


@dataclass(frozen=True, eq=False)
class Labels:
    """The tribes of people.

    Attributes
    ----------
    ids : everybody's id, those known only from the labels included; same type and order as :attr:`EdgeList.ids`.
    tribe : int32 [n], tribe of each person, 0 … len(names) − 1.
    names : the label of each tribe, in numeric order if all are whole numbers, else in the order of code points.
    notes : as in :class:`EdgeList`.
    """

    ids: Ids
    tribe: NDArray[np.int32]
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_edges(path: str | Path) -> EdgeList:
    """Read the ties of a social network.

    Parameters
    ----------
    path : a text file in UTF-8, plain or gzip, one tie a line: two ids separated by commas, semicolons, tabs or blanks.
        Ids are whole numbers or text. A header is optional; lines that begin with ``#`` or ``%`` are comments; columns
        beyond the first two (or the two that the header names, such as source and target) are ignored.

    Raises
    ------
    InputError : the file cannot be read, or a line is not a tie; with file, line and column.
    """
    table = Table(path, _TIE_COLUMNS, keys=2)
    ends: Ids | list[str] | None = table.integers()
    if ends is None:
        one, other = table.values()
        ends = table.as_ids([*one, *other])
        if isinstance(ends, list) and ends.count(one[0]) == ends.count(other[0]) == 1:
            table.notes.append(
                f"{table.path}: the first line was read as a tie of {one[0]} and {other[0]};"
                " if it is a header, put # before it"
            )
    ids, numbers = _numbered(ends)
    one_end, other_end = np.split(numbers, 2)
    ties = np.minimum(one_end, other_end) * ids.size + np.maximum(one_end, other_end)
    ties = ties[one_end != other_end]
    read, loops = ties.size, numbers.size // 2 - ties.size
    ties = ascending_distinct(ties)
    notes = list(table.notes)
    if loops:
        notes.append(f"{table.path}: left out {_counted(loops, 'tie')} of somebody with themselves")
    if repeated := read - ties.size:
        notes.append(
            f"{table.path}: left out {_counted(repeated, 'repeated tie')} (the same two people, either way round)"
        )
    return EdgeList(ids, ties // ids.size, ties % ids.size, tuple(notes))


def read_labels(path: str | Path, ids: Ids) -> Labels:
    """Read the tribes of the people ``ids`` (as in :attr:`EdgeList.ids`) and of people without ties.

    Parameters
    ----------
    path : a file as for :func:`read_edges`, one person a line: id and label. Where blanks separate the columns, the
        label is the rest of the line.

    Raises
    ------
    InputError : as :func:`read_edges`; also where one of ``ids`` has no label, or somebody has two different ones.
    """
    table = Table(path, _LABEL_COLUMNS, keys=1)
    keys, labels = table.values()
    people, number = _numbered(table.as_ids(keys, like=ids))
    names, tribe_of_line = _tribes(labels)
    tribe = np.zeros(people.size, np.int32)
    tribe[number] = tribe_of_line
    if (other := np.flatnonzero(tribe[number] != tribe_of_line)).size:
        at = int(other[0])
        raise table.error(
            at,
            1,
            f"{keys[at]} has the label {labels[at]!r} here and {names[tribe[number[at]]]!r} further down",
            expected="one label a person",
            hint="Remove one of the two lines.",
        )
    nearest = np.minimum(np.searchsorted(people, ids), people.size - 1)
    if (missing := np.flatnonzero(people[nearest] != ids)).size:
        first, more = ids[missing[0]], f" and {_counted(missing.size - 1, 'other')}" if missing.size > 1 else ""
        raise InputError(
            f"no label for {first}{more}",
            place=table.path,
            expected="a line for everybody who has a tie",
            hint=f"Add a line for {first}, or read the network without labels.",
        )
    return Labels(people, tribe, names, tuple(table.notes))


class Table:
    """The lines of a file and how they are cut: two columns of it are read.

    Parameters
    ----------
    wanted : pairs of header names; the first pair that the header has says which columns are read.
    keys : how many of the two columns are ids.
    line : what a line says, in words.
    """

    def __init__(self, path: str | Path, wanted: list[tuple[str, str]], *, keys: int, line: str = "") -> None:
        self.path, self.keys = str(path), keys
        self.line = line or ("two ids" if keys == 2 else "an id and a label")
        self.lines = _text(Path(path), self.path).split("\n")
        self.at = [i for i, line in enumerate(self.lines) if (bare := line.lstrip()) and bare[0] not in "#%"]
        if not self.at:
            raise InputError("the file is empty", place=self.path, expected="one line for each tie or person")
        first = self.lines[self.at[0]]
        self.separator = next((s for s in "\t,;" if s in first), "")
        names = [value.casefold() for _, value in self._tokens(first)]
        pair = next((pair for pair in wanted if set(pair) <= set(names)), None)
        self.columns = (names.index(pair[0]), names.index(pair[1])) if pair else (0, 1)
        if pair or self._is_header():
            self.at = self.at[1:]
        if not self.at:
            raise InputError("nothing below the header", place=self.path, expected="one line for each tie or person")
        self.notes: list[str] = []

    def _is_header(self) -> bool:
        """Whether the ids are whole numbers, except on the first line."""
        first, second = ([v for _, v in self._tokens(self.lines[i])][: self.keys] for i in (self.at * 2)[:2])
        return not any(map(_INTEGER.fullmatch, first)) and all(map(_INTEGER.fullmatch, second))

    def _tokens(self, line: str) -> list[tuple[int, str]]:
        """Column (from 1) and value of each field; quotes may enclose separators."""
        if not self.separator:
            return [(found.start() + 1, found.group().strip('"')) for found in _WORD.finditer(line)]
        tokens, start = [], 0
        while start >= 0:
            found = _FIELD[self.separator].match(line, start)
            assert found is not None  # the pattern matches the empty text
            value = found.group(1).strip()
            if len(value) > 1 and value[0] == value[-1] == '"':
                value = value[1:-1].replace('""', '"').strip()
            tokens.append((found.start(1) + 1, value))
            start = line.find(self.separator, found.end()) + 1 or -1
        return tokens

    def integers(self) -> NDArray[np.int64] | None:
        """All ids, those of the first column before those of the second; None unless all are plain whole numbers."""
        lines = [self.lines[i] for i in self.at]
        try:
            with warnings.catch_warnings(action="error"):
                pairs = np.loadtxt(
                    lines, np.int64, comments=None, delimiter=self.separator or None, usecols=self.columns, ndmin=2
                )
        except (ValueError, OverflowError, Warning):
            return None
        fields = (
            sum(len(line.split()) for line in lines)
            if not self.separator
            else (len(lines) + sum(line.count(self.separator) for line in lines))
        )
        self._note_others(fields > 2 * len(lines))
        return pairs.T.ravel()

    def values(self) -> tuple[list[str], list[str]]:
        """The two columns as text, checked line by line."""
        first, second = self.columns
        cuts = 1 if self.keys == 1 and not self.separator else -1
        one, other, extra = [], [], False
        for row, at in enumerate(self.at):
            line = self.lines[at]
            if '"' in line:
                fields = [value for _, value in self._tokens(line)]
            else:
                fields = line.split(self.separator or None, cuts)
            if len(fields) <= max(first, second):
                raise self._too_short(row, len(fields))
            extra |= len(fields) > 2
            one.append(fields[first].strip())
            other.append(fields[second].strip())
        for column, values in enumerate((one, other)):
            if not _MISSING.isdisjoint(values):
                row = next(i for i, value in enumerate(values) if value in _MISSING)
                raise self.error(row, column, f"the value {values[row]!r} is missing", expected=self._expected())
        self._note_others(extra)
        return one, other

    def as_ids(self, values: list[str], like: Ids | None = None) -> Ids | list[str]:
        """Whole numbers, if the ids (or those they must be ``like``) are, else text; ``values`` column after column."""
        if like is not None and like.dtype == object:
            return values
        whole = list(map(bool, map(_INTEGER.fullmatch, values)))
        if like is None and 2 * sum(whole) <= len(whole):
            if any(whole):
                self.notes.append(f"{self.path}: some ids are whole numbers, most are not: all are taken as text")
            return values
        if not all(whole):
            raise self._odd_one(values, whole.index(False), "a whole number, as the other ids are")
        try:
            return np.array([int(value) for value in values], dtype=np.int64)
        except OverflowError:
            wrong = next(i for i, value in enumerate(values) if not -(2**63) <= int(value) < 2**63)
            raise self._odd_one(values, wrong, "a whole number from -2**63 to 2**63 - 1") from None

    def error(self, row: int, column: int, problem: str, *, expected: str, hint: str = "") -> InputError:
        """The error for the first (0) or second (1) column read of one row."""
        line = self.lines[self.at[row]]
        tokens = self._tokens(line)
        wanted = self.columns[column]
        place = tokens[wanted][0] if wanted < len(tokens) else len(line.rstrip()) + 1
        hint = hint or "Correct the line, or remove it."
        return InputError(problem, place=f"{self.path}:{self.at[row] + 1}:{place}", expected=expected, hint=hint)

    def _odd_one(self, values: list[str], wrong: int, expected: str) -> InputError:
        column, row = divmod(wrong, len(self.at))
        return self.error(row, column, f"the id {values[wrong]!r}", expected=expected)

    def _too_short(self, row: int, fields: int) -> InputError:
        shown = self.lines[self.at[row]].strip()
        shown = shown if len(shown) <= 60 else shown[:60] + "…"
        column = 0 if fields <= self.columns[0] else 1
        return self.error(row, column, f"only {_counted(fields, 'field')} in {shown!r}", expected=self._expected())

    def _expected(self) -> str:
        return f"{self.line}, separated by {_SEPARATORS[self.separator]}"

    def _note_others(self, extra: bool) -> None:
        if extra:
            one, other = (column + 1 for column in self.columns)
            self.notes.append(f"{self.path}: only columns {one} and {other} are read, the others are ignored")


_SEPARATORS = {"\t": "a tab", ",": "a comma", ";": "a semicolon", "": "blanks"}


def _numbered(values: Ids | list[str]) -> tuple[Ids, NDArray[np.int64]]:
    """The different values in canonical order, and the place of each of ``values`` among them."""
    if isinstance(values, list):
        ids = sorted(set(values))
        number = {value: i for i, value in enumerate(ids)}
        return np.array(ids, dtype=object), np.fromiter(map(number.__getitem__, values), np.int64, len(values))
    different, numbers = np.unique(values, return_inverse=True)
    return different, numbers.astype(np.int64)


def _tribes(labels: list[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    different = set(labels)
    numeric = all(map(_INTEGER.fullmatch, different))
    names = sorted(different, key=lambda name: (int(name), name)) if numeric else sorted(different)
    number = {name: i for i, name in enumerate(names)}
    return tuple(names), np.fromiter(map(number.__getitem__, labels), np.int64, len(labels))


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _text(path: Path, name: str) -> str:
    """The text of a plain or gzip file in UTF-8, with every line ended by a line feed."""
    data = _bytes(path, name)
    kind = next((kind for start, kind in _PACKED.items() if data.startswith(start)), "")
    if data.startswith(_UTF_16):
        kind = "text in UTF-16"
    if kind or b"\0" in data:
        raise InputError(
            f"the file is {kind or 'binary'}", place=name, expected="text", hint="Save it as CSV in UTF-8."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "ignore").replace("\r\n", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise InputError(
            f"the byte 0x{data[error.start]:02x} is not UTF-8",
            place=f"{name}:{line}:{column}",
            expected="text in UTF-8",
            hint="Save the file with the encoding UTF-8.",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bytes(path: Path, name: str) -> bytes:
    if path.exists() and not (path.is_file() or path.is_dir()):  # reading a pipe or a device may never end
        hint = "Save what it gives as a file, and name that."
        raise InputError("this is a pipe, a socket or a device", place=name, expected="a file", hint=hint)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", place=name, expected="a file", hint=_nearest(path)) from None
    except IsADirectoryError:
        raise InputError("this is a folder", place=name, expected="a file", hint="Name a file in it.") from None
    except (OSError, ValueError) as error:  # a ValueError: no file can have such a name
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {reason}", place=name, expected="a file that can be read") from None
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return gzip.decompress(data)
    except (EOFError, OSError, zlib.error) as error:
        hint = "Copy or download the file again."
        raise InputError(f"damaged gzip: {error}", place=name, expected="a whole gzip file", hint=hint) from None


def _nearest(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"There is no folder {folder} either."
    nearest = difflib.get_close_matches(path.name, sorted(entry.name for entry in folder.iterdir()), 1)
    return f"Did you mean {folder / nearest[0]}?" if nearest else f"Look into the folder {folder}."
