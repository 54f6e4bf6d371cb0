"""Replicates: the same plans again and again, with other people and other luck each time.

Every run is decided by scenario, seed and replicate alone, so neither threads nor the order of the work can change a
result. In a replicate, scenarios with the same market and seed share the people, their friends and their luck.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeVar

from sim.lab.progress import SILENT, Progress
from sim.model.community import CommunityModel, Driver
from sim.model.tables import Run
from sim.model.warm import is_warm, warm
from sim.model.world import MarketDraw, draw_market
from sim.scenario.schema import Scenario

T = TypeVar("T")

#: Above this many people, runs come one after the other with all threads inside (design choice): side by side they
#: would need the memory of each other, and a person's state takes about 300 bytes without the friends.
LARGE_MARKET = 200_000
#: People × days between two looks at whether to stop: well below a second.
PATIENCE = 2_000_000


def cores() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_replicates(
    scenarios: Sequence[Scenario],
    replicates: int,
    threads: int | None = None,
    driver: Driver = "sweep",
    progress: Progress = SILENT,
) -> list[Run]:
    """Run replicates 0 to ``replicates`` − 1 of every scenario.

    Parameters
    ----------
    threads : at most so many at once (≥ 1); None: one for each core.

    Returns
    -------
    The records, all replicates of the first scenario first.

    Raises
    ------
    InputError : a scenario cannot be run. KeyboardInterrupt : within about a second of Ctrl-C, all threads ended.
    """
    return run_each(scenarios, range(replicates), _itself, threads, driver, progress)


def run_each(
    scenarios: Sequence[Scenario],
    replicates: range,
    keep: Callable[[Run], T],
    threads: int | None = None,
    driver: Driver = "sweep",
    progress: Progress = SILENT,
) -> list[T]:
    """:func:`run_replicates` where only what ``keep`` makes of each run is kept, so that memory stays small."""
    threads = threads or cores()
    large = max(map(people, scenarios)) > LARGE_MARKET
    workers, inside = (1, threads) if large else (min(threads, len(scenarios) * len(replicates)), 1)
    work = _Work(driver, inside, progress, _Markets(scenarios, replicates))
    kept: dict[tuple[int, int], T] = {}
    pool = ThreadPoolExecutor(workers, thread_name_prefix="run")
    try:
        waiting: dict[Future[T], tuple[int, int]] = {}
        for index, replicate in _order(len(scenarios), replicates, workers):
            while len(waiting) >= 2 * workers:
                _collect(waiting, kept)
            waiting[pool.submit(work, scenarios[index], replicate, keep)] = (index, replicate)
        while waiting:
            _collect(waiting, kept)
    finally:  # after an error or Ctrl-C, runs under way end at their next look
        work.stop.set()
        pool.shutdown(cancel_futures=True)
    return [kept[index, replicate] for index in range(len(scenarios)) for replicate in replicates]


def people(scenario: Scenario) -> int:
    """People in the market; a network from a file says how many."""
    if scenario.market.network.file is None:
        return scenario.market.people
    return len(draw_market(scenario, 0).people)


def warm_up(driver: Driver, progress: Progress, *, batches: bool = False) -> None:
    """Compile the model if this version of it has not been compiled yet, about ten seconds.

    Apart from the runs, so that it can be told, timed and interrupted.
    """
    if driver == "walk" or (is_warm() and (is_warm(batches=True) or not batches)):
        return
    progress.begin("compile", 0)
    warm(batches=batches)
    progress.end()


class Stopped(Exception):  # noqa: N818 - not an error
    """A run was told to stop half-way."""


@dataclass
class _Work:
    """One run, in whichever thread; it looks out for ``stop`` as it goes."""

    driver: Driver
    inside: int
    progress: Progress
    markets: _Markets
    stop: threading.Event = field(default_factory=threading.Event)

    def __call__(self, scenario: Scenario, replicate: int, keep: Callable[[Run], T]) -> T:
        if self.stop.is_set():
            raise Stopped
        try:
            return keep(self._lived(scenario, replicate))
        except Exception as error:
            error.add_note(f"in replicate {replicate} of scenario '{scenario.name}' (seed {scenario.run.seed})")
            raise

    def _lived(self, scenario: Scenario, replicate: int) -> Run:
        market, days = self.markets.take(scenario, replicate), scenario.run.days
        stretch = max(1, min(days, PATIENCE // len(market.people)))
        made = CommunityModel(scenario, replicate=replicate, driver=self.driver, threads=self.inside, market=market)
        with made as model:
            for first in range(0, days, stretch):
                if self.stop.is_set():
                    raise Stopped
                lived = min(stretch, days - first)
                model.run_for(lived)
                self.progress.advance(lived / days)
            return model.record()


def _kind(scenario: Scenario) -> tuple[object, ...]:
    """What two scenarios have in common that share their markets."""
    days = scenario.run.days if scenario.market.growth != 0.0 else 0  # who comes later is drawn with the others
    return scenario.market, scenario.run.seed, scenario.run.users_per_agent, days


class _Markets:
    """Each market is drawn once, by the run that first needs it, and let go when the last one has taken it."""

    def __init__(self, scenarios: Sequence[Scenario], replicates: range) -> None:
        kinds = Counter(_kind(each) for each in scenarios)
        self._left = {(*kind, replicate): count for kind, count in kinds.items() for replicate in replicates}
        self._guard = threading.Lock()
        self._drawing: dict[tuple[object, ...], threading.Lock] = {}
        self._drawn: dict[tuple[object, ...], MarketDraw] = {}

    def take(self, scenario: Scenario, replicate: int) -> MarketDraw:
        """The market of a replicate; one call for each run."""
        key = (*_kind(scenario), replicate)
        with self._guard:
            drawing = self._drawing.setdefault(key, threading.Lock())
        with drawing:
            if key not in self._drawn:
                self._drawn[key] = draw_market(scenario, replicate)
            market = self._drawn[key]
        with self._guard:
            self._left[key] -= 1
            if not self._left[key]:
                del self._drawn[key], self._drawing[key]
        return market


def _order(scenarios: int, replicates: range, workers: int) -> Iterator[tuple[int, int]]:
    """(scenario, replicate) of all runs in the order of the work.

    As many replicates at a time as there are workers, so that markets are drawn side by side and few are held.
    """
    for first in range(0, len(replicates), workers):
        for index in range(scenarios):
            for replicate in replicates[first : first + workers]:
                yield index, replicate


def _collect(waiting: dict[Future[T], tuple[int, int]], kept: dict[tuple[int, int], T]) -> None:
    """Keep what is finished. With a timeout, because Windows notices Ctrl-C only between waits."""
    done, _ = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
    for future in done:
        kept[waiting.pop(future)] = future.result()


def _itself(run: Run) -> Run:
    return run
