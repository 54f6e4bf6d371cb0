"""The whole model as shipped, in a process of its own: set-up, a warm-up of some days, then the days that are timed."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workload import answer, peak_mb

from sim import __version__
from sim.model.community import CommunityModel
from sim.scenario.keys import with_changes
from sim.scenario.schema import Scenario


def model_of(people: int, founders: int, days: int, threads: int, seed: int) -> CommunityModel:
    """The defaults in a market of that size; the founders are anybody, and everything else is as it is for anyone."""
    changes = {
        "market.people": people,
        "run.days": days,
        "run.seed": seed,
        "entrance.seeds.number": founders,
        "entrance.seeds.choice": "random",
    }
    return CommunityModel(with_changes(Scenario(), changes), threads=threads)


def measure(people: int, share: float, days: int, warm_up: int, threads: int, seed: int) -> None:
    """Live ``warm_up`` + ``days`` days of which the latter are timed; ``share`` of the people are founders."""
    model_of(200, 20, 2, threads, seed).run_for(2)
    start = time.perf_counter()
    model = model_of(people, round(share * people), warm_up + days, threads, seed)
    setup_s = time.perf_counter() - start
    peak_setup_mb = peak_mb(reset=True)
    model.run_for(warm_up)
    start, cpu = time.perf_counter(), time.process_time()
    model.run_for(days)
    run_s, cpu_s = time.perf_counter() - start, time.process_time() - cpu
    lived = model.world.records.days[warm_up:]
    answer(
        library=f"community-growth {__version__}",
        speed=people * days / run_s / 1e6,
        setup_s=setup_s,
        run_s=run_s,
        busy=cpu_s / run_s,
        peak_setup_mb=peak_setup_mb,
        peak_run_mb=peak_mb(),
        members=float(lived["members"].mean() / people),
        visitors=float(lived["visitors"].mean() / people),
    )


if __name__ == "__main__":
    measure(**json.loads(sys.argv[1]))
