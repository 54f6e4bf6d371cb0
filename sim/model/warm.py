"""Compiling ahead, on two processes, when nothing is compiled yet: a newcomer waits half as long.

Numba compiles on one core at a time within a process. A child process compiles both ends of the day into the disk cache
while this one compiles what people do; then the driver finds both.
"""

from __future__ import annotations

import contextlib
import gc
import subprocess
import sys
from pathlib import Path

from numba import typeof
from numba.core import config

from sim.engine.compiled import ENABLED, compile_for
from sim.engine.day.evening import evening
from sim.engine.day.morning import morning
from sim.engine.drivers.sweep import live_blocks, sweep
from sim.model.batch.runs import SharedMarket, Start, Workspaces, live
from sim.model.world import build
from sim.scenario.schema import Scenario

_children: list[subprocess.Popen[bytes]] = []


def is_warm(*, batches: bool = False) -> bool:
    """Whether the compiled driver, or that of batches, lies in the cache (or there is nothing to compile)."""
    named = "driver.sweep_batch" if batches else "sweep.sweep"
    return not ENABLED or any(Path(config.CACHE_DIR).glob(f"*/{named}-*.nbi"))


def start() -> None:
    """Let the child begin, unless all is compiled: call it early, and import the rest meanwhile."""
    if is_warm() or _children:
        return
    with contextlib.suppress(OSError):  # without a second process it just takes longer
        _children.append(
            subprocess.Popen(
                [sys.executable, "-c", "from sim.model.warm import warm_ends; warm_ends()"],
                cwd=Path(__file__).parents[2],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )


def warm(*, batches: bool = False) -> None:
    """Compile the core unless it is compiled, with the driver of batches if they are to come."""
    if not is_warm():
        start()
        world, number = typeof(build(_smallest())), typeof(0)
        try:
            compile_for(live_blocks, world, number, number)
        finally:
            while _children:
                _children.pop().wait()
        compile_for(sweep, world, number, number)
    if batches and not is_warm(batches=True):
        _live_batch()


def load() -> None:
    """Bring what is compiled into memory, before a clock starts."""
    if ENABLED and is_warm():
        sweep(build(_smallest()), 0, 1)
    if is_warm(batches=True):
        _live_batch()


def _live_batch() -> None:
    shared = SharedMarket(_smallest(), 0)
    plan_row = Workspaces().plan_row(_smallest(), shared.market)
    if plan_row is not None:  # it is, with the compiler off
        live([Start(plan_row, shared)])


def warm_ends() -> None:
    """The child's part: both ends of the day."""
    gc.set_threshold(200_000, 20, 100)
    world = typeof(build(_smallest()))
    compile_for(
        evening,
        world,
    )
    compile_for(morning, world, typeof(0))


def _smallest() -> Scenario:
    """A scenario of the smallest size; the types of its world are those of every world."""
    return Scenario.model_validate(
        {
            "run": {"days": 1},
            "market": {"people": 30, "network": {"kind": "none"}},
            "entrance": {"seeds": {"number": 0}},
        }
    )
