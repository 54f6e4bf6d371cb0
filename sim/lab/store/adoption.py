"""Runs that another sweep has made already: found by their ids, read out of its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.lab.store.ledger import Ledger, read_ledger
from sim.lab.store.parts import DAILY, PARTS, RUNS, Floats, Layout


class Found(NamedTuple):
    """The numbers of a finished run; see :class:`sim.lab.store.parts.Row`."""

    run_id: str
    seconds: float
    metrics: Floats
    daily: Floats


def neighbours(folder: Path, named: Sequence[Path] = ()) -> list[Path]:
    """The folders of other sweeps: those named, then those beside ``folder``, by name."""
    beside = sorted(path.parent for path in folder.resolve().parent.glob(f"*/{PARTS}"))
    others = dict.fromkeys(path.resolve() for path in (*named, *beside))
    return [path for path in others if path != folder.resolve() and (path / PARTS).is_dir()]


def finished_elsewhere(
    wanted: Collection[str], layout: Layout, version: str, folders: Sequence[Path]
) -> Iterator[Found]:
    """Those of the wanted runs (by run_id) that stand finished in other sweeps, each once.

    Runs of which not all columns of ``layout`` were kept are passed over, and so is what cannot be read.
    """
    left = set(wanted)
    for folder in folders:
        if not left:
            return
        ledger = read_ledger(folder, version, mend=False)
        by_part: dict[str, set[str]] = defaultdict(set)
        for entry in ledger.entries.values():
            if entry.status == "done" and entry.run_id in left:
                by_part[entry.part].add(entry.run_id)
        for part, ids in sorted(by_part.items()):
            for found in _of_part(ledger, part, ids, layout):
                left.discard(found.run_id)
                yield found


def _of_part(ledger: Ledger, part: str, ids: set[str], layout: Layout) -> Iterator[Found]:
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

    try:
        with pq.ParquetFile(ledger.path(part, RUNS)) as file, pq.ParquetFile(ledger.path(part, DAILY)) as days:
            kept = set(file.schema_arrow.names), set(days.schema_arrow.names)
            if not set(layout.metrics) <= kept[0] or not set(layout.daily) <= kept[1]:
                return
            runs = file.read(["run_id", "seconds", *layout.metrics]).to_pandas()
            daily = days.read(["run_id", *layout.daily]).to_pandas()
    except (OSError, ValueError):
        return
    groups = daily[daily["run_id"].isin(ids)].groupby("run_id", sort=False)
    series = {run_id: rows[list(layout.daily)].to_numpy(dtype=np.float64).T for run_id, rows in groups}
    chosen = runs[runs["run_id"].isin(ids)].drop_duplicates("run_id")
    metrics = chosen[list(layout.metrics)].to_numpy(dtype=np.float64)
    for run_id, seconds, values in zip(chosen["run_id"], chosen["seconds"], metrics, strict=True):
        if run_id in series:
            yield Found(run_id, float(seconds), values, series[run_id])
