"""Tables on disk: Parquet files of equal bytes for equal frames, and a digest of what tables say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.store.folder import write_file
from sim.lab.store.manifest import table_hint

if TYPE_CHECKING:
    import pandas as pd


def write_table(folder: Path, name: str, frame: pd.DataFrame) -> Path:
    """Write ``frame`` to ``folder/name.parquet``, whole or not at all: equal frames give equal bytes.

    Parameters
    ----------
    folder, name : where; the name without its ending.
    frame : columns of booleans, numbers (NumPy dtypes) or strings, categories of strings among them; missing strings
        are allowed, and missing numbers are NaN in float columns. The index is not kept.

    Raises
    ------
    TypeError : a column of another kind. InputError : see :func:`write_file`.
    """
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

    # Without pandas' own metadata, which names its version.
    columns = {label: pa.array(values, pa.string() if _is_text(values) else None) for label, values in _plain(frame)}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd", compression_level=3, row_group_size=1 << 20)
    path = folder / f"{name}.parquet"
    write_file(path, sink.getvalue().to_pybytes())
    return path


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """The table ``folder/name.parquet``, as :func:`write_table` got it; strings come back as pandas strings.

    Raises
    ------
    InputError : the file is missing or damaged.
    """
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

    path = folder / f"{name}.parquet"
    try:
        # A ParquetFile, because read_table makes columns of folders that are named like a=1.
        with pq.ParquetFile(path) as file:
            frame: pd.DataFrame = file.read().to_pandas()
    except FileNotFoundError:
        raise InputError("there is no such table", place=str(path), hint=table_hint(folder)) from None
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"the table is damaged ({error})", place=str(path), hint=table_hint(folder)) from error
    return frame


def digest(frames: Mapping[str, pd.DataFrame]) -> str:
    """SHA-256 (hex) of what tables say: names, columns, dtypes and values.

    The order of tables, columns and rows does not count, nor how a table is stored, the sign of a zero, or whether
    strings are held as categories. Columns are of the kinds of :func:`write_table`.
    """
    result = hashlib.sha256()
    for name, frame in sorted(frames.items()):
        columns = sorted(_plain(frame))
        result.update(json.dumps([name, len(frame), [label for label, _ in columns]]).encode())
        coded = [_coded(values) for _, values in columns]
        order: Any = np.lexsort([values for _, values in reversed(coded)]) if coded else []
        for kind, values in coded:
            result.update(kind.encode() + b"\n")
            result.update(values[order].tobytes())
    return result.hexdigest()


def _plain(frame: pd.DataFrame) -> Iterator[tuple[str, NDArray[Any]]]:
    """Each column as a NumPy array: booleans and numbers little-endian, strings as objects with None where missing."""
    if not frame.columns.is_unique or not all(isinstance(label, str) for label in frame.columns):
        raise TypeError(f"columns need different names, all of them strings: {list(frame.columns)}")
    for label in frame.columns:
        column = frame[label]
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":
            yield label, column.to_numpy().astype(column.dtype.newbyteorder("<"), copy=False)
            continue
        values = column.astype(object).to_numpy(copy=True)
        values[column.isna().to_numpy()] = None
        if not all(value is None or isinstance(value, str) for value in values):
            raise TypeError(f"column {label!r} is {column.dtype}; only NumPy booleans, numbers and strings are stored")
        yield label, values


def _is_text(values: NDArray[Any]) -> bool:
    return values.dtype.kind == "O"


def _coded(values: NDArray[Any]) -> tuple[str, NDArray[Any]]:
    """A column as (what its numbers mean, numbers): strings become ranks in their sorted list, -1 where missing."""
    if not _is_text(values):
        if values.dtype.kind == "f":  # one zero, one NaN
            values = np.where(np.isnan(values), np.array(np.nan, values.dtype), values + values.dtype.type(0))
        return values.dtype.str, values
    words = sorted({value for value in values if value is not None})
    rank = {word: number for number, word in enumerate(words)}
    codes = [-1 if value is None else rank[value] for value in values]
    return json.dumps(words), np.array(codes, dtype="<i8")
