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

from sim.compiled import ENABLED
from sim.drivers.sweep import live_blocks, sweep
from sim.evening import evening
from sim.morning import morning
from sim.scenario.schema import Scenario
from sim.world import build

_children: list[subprocess.Popen[bytes]] = []


def is_warm() -> bool:
    """Whether the compiled driver lies in the cache (or there is nothing to compile)."""
    return not ENABLED or any(Path(config.CACHE_DIR).glob("*/sweep.sweep-*.nbi"))


def start() -> None:
    """Let the child begin, unless all is compiled: call it early, and import the rest meanwhile."""
    if is_warm() or _children:
        return
    with contextlib.suppress(OSError):  # without a second process it just takes longer
        _children.append(
            subprocess.Popen(
                [sys.executable, "-c", "from sim.warm import warm_ends; warm_ends()"],
                cwd=Path(__file__).parents[1],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )


def warm() -> None:
    """Compile the core unless it is compiled."""
    if is_warm():
        return
    start()
    world, number = typeof(_smallest()), typeof(0)
    try:
        live_blocks.compile((world, number, number))
    finally:
        while _children:
            _children.pop().wait()
    sweep.compile((world, number, number))


def warm_ends() -> None:
    """The child's part: both ends of the day."""
    gc.set_threshold(200_000, 20, 100)
    world = typeof(_smallest())
    evening.compile((world,))
    morning.compile((world, typeof(0)))


def _smallest() -> object:
    """A world of the smallest size; its types are those of every world."""
    plain = Scenario.model_validate(
        {
            "run": {"days": 1},
            "market": {"people": 30, "network": {"kind": "none"}},
            "entrance": {"seeds": {"number": 0}},
        }
    )
    return build(plain)
