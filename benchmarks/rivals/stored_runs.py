"""Runs in the store of sweeps: many made-up ones, written and read as real ones are; or few long ones, really made."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from workload import answer, peak_mb

from sim.lab.designs import Design
from sim.lab.executors.work import Row
from sim.lab.progress import SILENT
from sim.lab.runs.replicates import warm_up
from sim.lab.runs.sweep import Settings, Sweep
from sim.lab.store.ledger import read_ledger
from sim.lab.store.parts import PartWriter
from sim.lab.store.query import ask, read_runs, results_digest
from sim.lab.store.version import model_version
from sim.scenario.keys import with_changes
from sim.scenario.schema import Scenario

#: Runs in a part, as one worker writes them with small runs.
PART = 500
REPLICATES = 10


def merge(folder: Path, runs: int, days: int) -> dict[str, float]:
    """Write made-up runs; read them as a ledger, a table, quantiles by day over replicates and points, a digest."""
    scenario = with_changes(Scenario(), {"run.days": days})
    vary = ["mechanism.content.quality=0:1", "mechanism.content.posts_per_week=1:14"]
    design = Design(scenario, vary, sampler="lhs", runs=runs // REPLICATES, replicates=REPLICATES)
    sweep = Sweep(design, folder)
    layout, rng = sweep.job.layout, np.random.default_rng(0)
    writer, start = PartWriter(folder, layout, model_version()), time.perf_counter()
    for number, task in enumerate(sweep.todo(), 1):
        daily = rng.normal(size=(len(layout.daily), days)).cumsum(axis=1)
        metrics = rng.normal(size=len(layout.metrics))
        writer.add(Row(task.run_id, task.point, task.replicate, 0, task.values, 0.001, metrics, daily))
        if number % PART == 0:
            writer.commit()
    writer.commit()
    steps = {"write_s": time.perf_counter() - start}
    peak_mb(reset=True)
    for name, step in (
        ("ledger_s", lambda: read_ledger(folder, model_version())),
        ("table_s", lambda: read_runs(sweep.ledger)),
        ("quantiles_s", lambda: ask(sweep.ledger, QUANTILES)),
        ("digest_s", lambda: results_digest(sweep.ledger)),
    ):
        start = time.perf_counter()
        found = step()
        steps[name] = time.perf_counter() - start
        if name == "ledger_s":
            sweep.ledger = found
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    return {**steps, "on_disk_mb": size / 1e6}


QUANTILES = "SELECT day, quantile_cont(strong, [0.05, 0.25, 0.5, 0.75, 0.95]) FROM daily GROUP BY day ORDER BY day"


def overhead(folder: Path, runs: int, people: int, days: int) -> dict[str, float]:
    """A sweep of long runs: their seconds, and the share of the whole that they are not."""
    scenario = with_changes(Scenario(), {"market.people": people, "run.days": days})
    warm_up("sweep", SILENT, batches=True)
    design = Design(scenario, ["mechanism.content.quality=0:1"], sampler="lhs", runs=runs, replicates=1)
    start = time.perf_counter()
    results = Sweep(design, folder, Settings(executor="serial")).run()
    whole = time.perf_counter() - start
    seconds = results.runs["seconds"]
    return {"run_s": float(seconds.mean()), "overhead": float(1.0 - seconds.sum() / whole)}


if __name__ == "__main__":
    kind, asked = sys.argv[1], json.loads(sys.argv[2])
    with tempfile.TemporaryDirectory() as made:
        found = {"merge": merge, "overhead": overhead}[kind](Path(made) / "sweep", **asked)
    answer(**found, peak_mb=peak_mb())
