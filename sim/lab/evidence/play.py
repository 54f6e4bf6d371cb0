"""Playing the trials: every one is lived once, on several threads, and seen by all measurements that name it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any

from sim.lab.evidence.finding import Measurement
from sim.lab.evidence.judge import Judged, verdict
from sim.lab.evidence.measurements import MEASUREMENTS
from sim.lab.evidence.pattern import Pattern
from sim.lab.evidence.trials import TRIALS, Trial, live
from sim.lab.progress import SILENT, Progress
from sim.lab.runs.replicates import cores
from sim.model.world import MarketDraw, draw_market
from sim.scenario.schema import Scenario

#: What was seen: (pattern, trial) → one entry a replicate.
Views = dict[tuple[str, str], list[Any]]


def needed(patterns: Sequence[Pattern], replicates: int | None = None) -> tuple[Trial, ...]:
    """The trials that patterns name, in the order of all; ``replicates``: instead of their own."""
    names = {name for each in patterns if each.cannot is None for name in MEASUREMENTS[each.id].see}
    found = [trial for name, trial in TRIALS.items() if name in names]
    return tuple(trial if replicates is None else replace(trial, replicates=replicates) for trial in found)


def judged(
    patterns: Sequence[Pattern],
    *,
    replicates: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = SILENT,
) -> list[Judged]:
    """Live the trials of the patterns and judge these, in their order; the number of threads changes no number.

    Raises
    ------
    KeyboardInterrupt : soon after Ctrl-C, all threads ended.
    """
    trials = needed(patterns, replicates)
    measured = {each.id: MEASUREMENTS[each.id] for each in patterns if each.cannot is None}
    progress.begin("runs", sum(trial.replicates for trial in trials))
    try:
        views = _played(trials, measured, seed, threads or cores(), progress)
    finally:
        progress.end()
    found = []
    for each in patterns:
        if each.cannot is not None:
            found.append(Judged(each, verdict(each, None)))
            continue
        seen = {trial: views[each.id, trial] for trial in measured[each.id].see}
        finding = measured[each.id].weigh(seen)
        found.append(Judged(each, verdict(each, finding), finding))
    return found


def _played(
    trials: Sequence[Trial], measured: Mapping[str, Measurement], seed: int | None, threads: int, progress: Progress
) -> Views:
    """What all measurements see of all runs."""
    views: Views = {
        (name, trial.name): [None] * trial.replicates
        for name, each in measured.items()
        for trial in trials
        if trial.name in each.see
    }
    stop = threading.Event()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="trial")
    try:
        for trial in trials:
            eyes = {name: each.see[trial.name] for name, each in measured.items() if trial.name in each.see}
            run = _Run(trial, trial.scenario(seed), eyes, stop)
            waiting = {pool.submit(run, replicate): replicate for replicate in range(trial.replicates)}
            while waiting:
                _collect(waiting, trial, views, progress)
    finally:  # after an error or Ctrl-C, what has not begun does not begin
        stop.set()
        pool.shutdown(cancel_futures=True)
    return views


def _collect(
    waiting: dict[Future[dict[str, Any]], int], trial: Trial, views: Views, progress: Progress
) -> None:  # fmt: skip
    """Keep what is seen of finished runs."""
    done, _ = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
    for future in done:
        replicate = waiting.pop(future)
        for name, value in future.result().items():
            views[name, trial.name][replicate] = value
        progress.advance(1.0)


class _Run:
    """One run of a trial, and what all eyes see of it."""

    def __init__(
        self, trial: Trial, scenario: Scenario, eyes: Mapping[str, Callable[..., Any]], stop: threading.Event
    ) -> None:
        self._trial, self._scenario, self._eyes, self._stop = trial, scenario, eyes, stop
        self._market: MarketDraw | None = draw_market(scenario, 0) if trial.shared else None

    def __call__(self, replicate: int) -> dict[str, Any]:
        if self._stop.is_set():
            return {}
        name = "the run itself"
        try:
            lived, seen = live(self._trial, self._scenario, replicate, self._market), {}
            for name, see in self._eyes.items():
                seen[name] = see(lived)
        except Exception as error:
            error.add_note(f"in replicate {replicate} of trial '{self._trial.name}', {name}")
            raise
        return seen
