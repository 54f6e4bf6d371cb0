"""Many small runs, set-up included: our engine on the adoption workload or whole, or Mesa's ``batch_run``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workload import Workload, answer, peak_mb


def our_runs(runs: int, threads: int, scenario: Any) -> float:
    """Seconds for ``runs`` replicates of a scenario, each with a market and network of its own."""
    from sim.model import CommunityModel

    def one(replicate: int) -> int:
        with CommunityModel(scenario, replicate=replicate) as model:
            model.run_model()
            return int(model.world.days["members"][-1])

    one(0)
    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, range(runs)))
    return time.perf_counter() - start


def reduced(runs: int, threads: int, workload: Workload) -> float:
    """Our engine on the adoption workload."""
    from ours import reduced as scenario

    return our_runs(runs, threads, scenario(workload))


def whole(runs: int, threads: int, workload: Workload) -> float:
    """Our whole model with its defaults."""
    from sim.scenario.keys import with_changes
    from sim.scenario.schema import Scenario

    changes = {"market.people": workload.people, "run.days": workload.days}
    return our_runs(runs, threads, with_changes(Scenario(), changes))


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
    "ours": reduced, "ours, whole model": whole, "mesa": mesa_batch, "mesa counted": mesa_counted,
}  # fmt: skip

if __name__ == "__main__":
    kind, asked = sys.argv[1], json.loads(sys.argv[2])
    many, abreast, work = asked.pop("runs"), asked.pop("threads"), Workload(**asked)
    seconds = KINDS[kind](many, abreast, replace(work, threads=1))
    answer(runs=many, run_s=seconds, runs_per_s=many / seconds, peak_mb=peak_mb())
