"""The runs of a sweep on disk: written in parts, each there whole or not at all.

A part is two Parquet files in ``parts/``: ``NAME.daily.parquet`` with a row a day of each finished run and, renamed
into place after it, ``NAME.runs.parquet`` with a row a run. So a run is done exactly when its row stands in such a
file, and whoever is killed at any moment loses only what was not committed. Every process writes a series of parts of
its own; nobody locks, and two commands on one folder at worst make the same run twice, which readers notice by its id.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.lab.store.folder import write_file

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

Status: TypeAlias = Literal["done", "failed"]
Floats: TypeAlias = NDArray[np.float64]

PARTS = "parts"
RUNS, DAILY = ".runs.parquet", ".daily.parquet"
#: A part is written after so many seconds, or so many runs once they have taken a second: a crash costs little work,
#: and small runs do not wait for the disk.
SECONDS, MANY_RUNS, AT_LEAST_SECONDS = 5.0, 64, 1.0

#: The key in a file's metadata under which the model's version stands.
VERSION_KEY = b"model"
_ARROW = {"number": "float64", "integer": "int64", "switch": "bool_"}


def point_key(parameters: Mapping[str, Any], version: str) -> str:
    """What all replicates of one setting share: SHA-256 (hex) of the model's version and the resolved parameters.

    ``parameters``: plain values as :meth:`Scenario.plain` gives them, without what changes no number.
    """
    # Not canonical_json, which looks at every value: these come from the schema, and a plan may have 10⁵ points.
    text = json.dumps([version, parameters], sort_keys=True, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def run_id(key: str, replicate: int) -> str:
    """The name by content of one run: 24 hex digits. ``key``: see :func:`point_key`."""
    return hashlib.sha256(f"{key} {replicate}".encode()).hexdigest()[:24]


class Layout(NamedTuple):
    """The columns of a sweep besides the fixed ones: (key, kind) of its factors, its metrics, its daily columns."""

    factors: tuple[tuple[str, str], ...]
    metrics: tuple[str, ...]
    daily: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One run as it is stored.

    ``factors``: the values of its point. ``metrics``: at the horizon; ``daily`` of shape [column, day]; both float64,
    NaN where undefined, and empty if the run failed. ``seconds``: wall time. ``error``, ``error_type``: what went
    wrong, and ``trace``: the name of the traceback in ``errors/``; empty if nothing did.
    """

    run_id: str
    point: int
    replicate: int
    seed: int
    factors: tuple[Any, ...]
    seconds: float
    metrics: Floats = field(default_factory=lambda: np.empty(0))
    daily: Floats = field(default_factory=lambda: np.empty((0, 0)))
    error: str = ""
    error_type: str = ""
    trace: str = ""

    @property
    def status(self) -> Status:
        """``failed`` if something went wrong."""
        return "failed" if self.error_type else "done"

    @property
    def digest(self) -> str:
        """128 bits of SHA-256 (hex) over every number of the run; empty if it failed."""
        if self.error_type:
            return ""
        found = hashlib.sha256()
        for values in (self.metrics, self.daily):
            plain = np.where(np.isnan(values), np.nan, values + 0.0)  # one NaN, one zero
            found.update(f"{plain.shape}".encode())
            found.update(plain.astype("<f8").tobytes())
        return found.hexdigest()[:32]


class PartWriter:
    """Collects finished runs and commits them as parts. Not for two threads at once.

    Parameters
    ----------
    folder : the sweep's folder. layout : its columns. version : of the model, see :mod:`sim.lab.store.version`.
    series : the beginning of the parts' names, different for every writer that ever writes; None makes one.
    """

    def __init__(self, folder: Path, layout: Layout, version: str, series: str | None = None) -> None:
        self.folder, self.layout, self.version = folder / PARTS, layout, version
        self.series = series or f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._waiting: list[Row] = []
        self._number = 0
        self._since = time.monotonic()

    def add(self, row: Row) -> None:
        """Take in a run; it is on disk only after the next :meth:`commit`."""
        if not self._waiting:
            self._since = time.monotonic() - row.seconds
        self._waiting.append(row)

    @property
    def is_due(self) -> bool:
        """Whether it is time to commit."""
        waited = time.monotonic() - self._since
        many = len(self._waiting) >= MANY_RUNS and waited >= AT_LEAST_SECONDS
        return bool(self._waiting) and (many or waited >= SECONDS)

    def commit(self) -> list[Row]:
        """Write what is waiting as one part, down to the disk; return it.

        Raises
        ------
        InputError : the disk is full, or the folder cannot be written; nothing is half-written, the runs still wait.
        """
        rows = self._waiting
        if rows:
            name = f"{self.series}-{self._number:05d}"
            done = [row for row in rows if row.status == "done"]
            write_file(self.folder / f"{name}{DAILY}", self._bytes(_daily_columns(done, self.layout)))
            write_file(self.folder / f"{name}{RUNS}", self._bytes(_run_columns(rows, self.layout)))
            self._number += 1
            self._waiting = []
        return rows

    def _bytes(self, columns: Mapping[str, pa.Array]) -> bytes:
        import pyarrow as pa
        import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

        table = pa.table(dict(columns)).replace_schema_metadata({VERSION_KEY: self.version.encode()})
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
        content: bytes = sink.getvalue().to_pybytes()
        return content


def _run_columns(rows: Sequence[Row], layout: Layout) -> dict[str, pa.Array]:
    import pyarrow as pa

    columns = {
        "run_id": pa.array([row.run_id for row in rows], pa.string()),
        "point": pa.array([row.point for row in rows], pa.int64()),
        "replicate": pa.array([row.replicate for row in rows], pa.int64()),
        "seed": pa.array([row.seed for row in rows], pa.int64()),
        "status": pa.array([row.status for row in rows], pa.string()),
    }
    for place, (key, kind) in enumerate(layout.factors):
        named = getattr(pa, _ARROW.get(kind, "string"))()
        columns[key] = pa.array([row.factors[place] for row in rows], named)
    for place, name in enumerate(layout.metrics):
        values = [float(row.metrics[place]) if row.status == "done" else math.nan for row in rows]
        columns[name] = pa.array(np.array(values), from_pandas=True)  # undefined is null: SQL passes over it
    return columns | {
        "digest": pa.array([row.digest for row in rows], pa.string()),
        "error_type": pa.array([row.error_type for row in rows], pa.string()),
        "error": pa.array([row.error for row in rows], pa.string()),
        "trace": pa.array([row.trace for row in rows], pa.string()),
        "seconds": pa.array([row.seconds for row in rows], pa.float64()),
    }


def _daily_columns(rows: Sequence[Row], layout: Layout) -> dict[str, pa.Array]:
    import pyarrow as pa

    days = [row.daily.shape[1] for row in rows]
    columns = {
        "run_id": pa.array(np.repeat(np.array([row.run_id for row in rows], object), days), pa.string()),
        "point": pa.array(np.repeat(np.array([row.point for row in rows], np.int64), days)),
        "replicate": pa.array(np.repeat(np.array([row.replicate for row in rows], np.int64), days)),
        "day": pa.array(np.concatenate([np.empty(0, np.int64), *(np.arange(each) for each in days)])),
    }
    for place, name in enumerate(layout.daily):
        values = np.concatenate([np.empty(0), *(row.daily[place] for row in rows)])
        columns[name] = pa.array(values, from_pandas=True)
    return columns
