"""Compiling ahead, on two processes, when nothing is compiled yet: a newcomer waits half as long.

Numba compiles on one core at a time within a process. A child process compiles the evening into the disk cache while
this one compiles the morning and the people's day; then the driver finds both.
"""

from __future__ import annotations

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


def is_warm() -> bool:
    """Whether the compiled driver lies in the cache (or there is nothing to compile)."""
    return not ENABLED or any(Path(config.CACHE_DIR).glob("*/sweep.sweep-*.nbi"))


def warm() -> None:
    """Compile the core unless it is compiled; without a second process it just takes longer."""
    if is_warm():
        return
    try:
        child = subprocess.Popen(
            [sys.executable, "-c", "from sim.warm import warm_evening; warm_evening()"],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        child = None
    world, number = typeof(_smallest()), typeof(0)
    try:
        morning.compile((world, number))
        live_blocks.compile((world, number, number))
    finally:
        if child is not None:
            child.wait()
    sweep.compile((world, number, number))


def warm_evening() -> None:
    """The child's part."""
    evening.compile((typeof(_smallest()),))


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
