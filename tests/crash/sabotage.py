"""Runs that go wrong on purpose: what the setting ``runner`` of a sweep, or COMMUNITY_GROWTH_RUNNER, names in tests."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from sim.lab.executors.work import lived
from sim.lab.store import parts
from sim.model.tables import Run
from sim.model.world import MarketDraw
from sim.scenario import Scenario

#: A folder in which runs leave a file each time they begin, if it is set.
BEGUN = "SABOTAGE_BEGUN"


def counted(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """A run that leaves a file behind for every time it was begun."""
    if folder := os.environ.get(BEGUN):
        name = f"{scenario.mechanism.content.quality}-{replicate}-{os.getpid()}-{time.monotonic_ns()}"
        Path(folder, name).touch()
    return lived(scenario, replicate, market, threads)


def slow(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """A run that takes a fiftieth of a second."""
    time.sleep(0.02)
    return lived(scenario, replicate, market, threads)


def slower(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """A run that takes a fifth of a second."""
    time.sleep(0.2)
    return lived(scenario, replicate, market, threads)


def eager(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """A run that takes a tenth of a second, in a process that commits each by itself."""
    parts.SECONDS = 0.0
    time.sleep(0.1)
    return lived(scenario, replicate, market, threads)


def ill(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """At quality 1, replicate 0 raises, 1 hangs, 2 eats memory, 3 kills its process; the others are well."""
    if scenario.mechanism.content.quality == 1.0:
        {0: raises, 1: hangs, 2: eats, 3: kills}.get(replicate, len)(())
    return lived(scenario, replicate, market, threads)


def interrupted(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """Ctrl-C comes in replicate 1."""
    if replicate == 1:
        raise KeyboardInterrupt
    return lived(scenario, replicate, market, threads)


def faulty(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """Replicate 0 raises."""
    if replicate == 0:
        raises(())
    return lived(scenario, replicate, market, threads)


def hopeless(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """Every run raises."""
    raises(())
    return lived(scenario, replicate, market, threads)


def moody(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """Replicate 1 raises until it has been begun as often as the file MOODY_PATIENCE says."""
    if replicate == 1:
        path = Path(os.environ["MOODY_PATIENCE"])
        left = int(path.read_text(encoding="utf-8")) - 1
        path.write_text(str(left), encoding="utf-8")
        if left >= 0:
            raises(())
    return lived(scenario, replicate, market, threads)


def raises(_: object) -> None:
    message = "sabotage"
    raise ArithmeticError(message)


def hangs(_: object) -> None:
    time.sleep(3600)


def eats(_: object) -> None:
    held = b"x" * 1_200_000_000
    time.sleep(3600)
    del held


def kills(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """At quality 1, replicate 3 kills its process."""
    if scenario.mechanism.content.quality == 1.0 and replicate == 3:
        kills(())
    return lived(scenario, replicate, market, threads)
