"""Many small runs, set-up included: our sweeps, on the adoption workload or whole, or Mesa's ``batch_run``."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workload import Workload, answer, peak_mb


def models(runs: int, threads: int, workload: Workload) -> float:
    """Our engine on the adoption workload, a model with a market of its own for every run, ``threads`` at a time."""
    from ours import reduced

    from sim.model.community import CommunityModel

    scenario = reduced(workload)

    def one(replicate: int) -> int:
        with CommunityModel(scenario, replicate=replicate) as model:
            model.run_model()
            return int(model.world.records.days["members"][-1])

    one(0)
    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, range(runs)))
    return time.perf_counter() - start


def swept(scenario: Any, vary: list[str], runs: int, replicates: int, workers: int, **stated: Any) -> float:
    """Seconds for a whole sweep: its plan, its processes, its runs, down to the disk and back."""
    from sim.lab.designs import Design
    from sim.lab.progress import SILENT
    from sim.lab.runs.replicates import warm_up
    from sim.lab.runs.sweep import Settings, run_sweep

    warm_up("sweep", SILENT, batches=True)
    points = max(1, runs // replicates)
    with tempfile.TemporaryDirectory() as made:
        start = time.perf_counter()
        design = Design(scenario, vary, sampler="lhs", runs=points, replicates=replicates, **stated)
        found = run_sweep(design, Path(made) / "sweep", Settings(workers=workers)).runs
        seconds = time.perf_counter() - start
    assert len(found) == points * replicates
    assert set(found["status"]) == {"done"}
    return seconds / len(found) * runs


#: What the sweeps vary, and how often each point is run.
WORKLOAD, PLAN, REPLICATES = (
    ["mechanism.word_of_mouth.visible=0.05:0.1", "mechanism.leaving.hazard=0.005:0.02"],
    ["mechanism.content.quality=0:1", "mechanism.content.posts_per_week=1:14"],
    25,
)


def sweep(runs: int, threads: int, workload: Workload) -> float:
    """A sweep of the adoption workload; the points of a replicate share its market."""
    from ours import reduced

    return swept(reduced(workload), WORKLOAD, runs, REPLICATES, threads)


def sweep_of_markets(runs: int, threads: int, workload: Workload) -> float:
    """A sweep of the adoption workload in which every run draws people and network of its own."""
    from ours import reduced

    return swept(reduced(workload), WORKLOAD, runs, 1, threads, seeds="independent")


def sweep_of_wholes(runs: int, threads: int, workload: Workload, replicates: int = REPLICATES) -> float:
    """A sweep of our whole model with its defaults."""
    from sim.scenario.keys import with_changes
    from sim.scenario.schema import Scenario

    changes = {"market.people": workload.people, "run.days": workload.days}
    return swept(with_changes(Scenario(), changes), PLAN, runs, replicates, threads)


def sweep_of_plans(runs: int, threads: int, workload: Workload) -> float:
    """The same, every run under a plan of its own."""
    return sweep_of_wholes(runs, threads, workload, replicates=1)


def mesa_batch(runs: int, threads: int, workload: Workload, told: bool = False) -> float:
    """Mesa's ``batch_run`` of the adoption workload; ``threads`` are processes here."""
    import mesa
    from mesa_agents import Adoption

    fixed = {"people": workload.people, "imitation": workload.imitation, "told": told, "rng": list(range(runs))}
    start = time.perf_counter()
    mesa.batch_run(
        Adoption,
        fixed,
        number_processes=threads,
        iterations=1,
        max_steps=workload.days,
        data_collection_period=-1,
        display_progress=False,
    )
    return time.perf_counter() - start


def mesa_counted(runs: int, threads: int, workload: Workload) -> float:
    """The same with the faster agents."""
    return mesa_batch(runs, threads, workload, told=True)


KINDS: dict[str, Callable[[int, int, Workload], float]] = {
    "sweep": sweep,
    "sweep, a market a run": sweep_of_markets,
    "sweep, whole model": sweep_of_wholes,
    "sweep, whole model, a plan a run": sweep_of_plans,
    "models": models,
    "mesa": mesa_batch,
    "mesa counted": mesa_counted,
}

if __name__ == "__main__":
    kind, asked = sys.argv[1], json.loads(sys.argv[2])
    many, abreast, work = asked.pop("runs"), asked.pop("threads"), Workload(**asked)
    seconds = KINDS[kind](many, abreast, replace(work, threads=1))
    answer(runs=many, run_s=seconds, runs_per_s=many / seconds, peak_mb=peak_mb())
