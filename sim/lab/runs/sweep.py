"""A sweep: every point of a design, every replicate, none lost and none twice.

>>> results = run_sweep(Design("dedao", ["mechanism.content.quality=0,0.5,1"]), Path("results/quality"))
>>> results.runs.groupby("mechanism.content.quality")["strong"].mean()

What is to be done is always all that is wanted less what is on the disk. So a sweep that was stopped, killed or
unplugged goes on where it was, more replicates can be asked for later, and runs of other sweeps are taken over.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.lab.designs import Design, Points
from sim.lab.executors import Executor, Job, Limits, Task, check, opened
from sim.lab.progress import SILENT, Progress
from sim.lab.runs.declared import Setting, declare, record
from sim.lab.runs.replicates import LARGE_MARKET, cores, people, warm_up
from sim.lab.statistics.intervals import interval
from sim.lab.store.adoption import finished_elsewhere, neighbours
from sim.lab.store.ledger import Ledger, read_ledger
from sim.lab.store.parts import PartWriter, Row
from sim.lab.store.query import read_daily, read_runs, results_digest
from sim.lab.store.version import model_version

if TYPE_CHECKING:
    import pandas as pd

#: Most replicates of a point that ``until_width`` asks for (design choice), unless the design has more.
MOST_REPLICATES = 1000
#: For a rough estimate before anything was run: seconds a run, people drawn and user-days lived a second.
RUN_SECONDS, PEOPLE_DRAWN, USER_DAYS = 0.0025, 80_000, 20e6
BASIS = 3  # finished runs a worker that an estimate needs
ROW_BYTES = 90  # of a day of a run on disk, roughly


@dataclass(frozen=True)
class Width:
    """Replicate until, at every point, the 90 % interval of a metric's mean is at most so wide (in its unit)."""

    metric: str
    width: float


@dataclass(frozen=True)
class Settings:
    """How a sweep is carried out; none of it changes a number.

    ``workers``: None for one a core (one in all for a large market, with all threads inside). ``retries``: more
    attempts at a run that fails, and at those that failed before. ``stop_on_failure``: at the first failed run.
    ``cluster``: the address of a Dask scheduler. ``reuse``: folders of sweeps whose runs may be taken over, besides
    those beside it. ``runner``: see :class:`sim.lab.executors.Job`.
    """

    executor: Executor = "process"
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)
    retries: int = 0
    stop_on_failure: bool = False
    cluster: str | None = None
    reuse: tuple[Path, ...] = ()
    runner: str | None = None

    def __post_init__(self) -> None:
        """Refuse what an executor cannot heed."""
        check(self.executor, self.limits, self.cluster)

    def shared_out(self, largest: int) -> tuple[int, int]:
        """Worker processes, and threads in each, for markets of up to ``largest`` people."""
        large = largest > LARGE_MARKET
        workers = self.workers or (1 if large else cores())
        here = self.cluster is None  # a cluster's workers have cores that we do not know
        return workers, max(1, cores() // workers) if large and here else 1


@dataclass(frozen=True)
class Results:
    """What a sweep has made so far: its runs on the disk, and what a user should know."""

    ledger: Ledger
    notes: tuple[str, ...] = ()
    stopped: str = ""

    @cached_property
    def runs(self) -> pd.DataFrame:
        """The run table: one row per run."""
        return read_runs(self.ledger)

    @cached_property
    def daily(self) -> pd.DataFrame:
        """One row per finished run and day."""
        return read_daily(self.ledger)

    @cached_property
    def digest(self) -> str:
        """See :func:`sim.lab.store.query.results_digest`."""
        return results_digest(self.ledger)


class Sweep:
    """Points in a folder; :meth:`run` does what is not done yet.

    Parameters
    ----------
    points : what to run, or the design of it. folder : its parent is made if need be.
    settings : how. command : the arguments after ``run.py`` that go on with it, for the folder.

    Raises
    ------
    InputError : the points cannot be made, or the folder holds something else.
    """

    def __init__(
        self, points: Points | Design, folder: Path, settings: Settings | None = None, command: Sequence[str] = ()
    ) -> None:
        self.points = Points.of(points) if isinstance(points, Design) else points
        self.folder, self.settings = folder.resolve(), settings or Settings()
        self.declared: list[Setting] = declare(self.points, folder, command)
        self.wanted = [self.points.replicates] * len(self.declared)
        self.adopted = 0
        self.ledger = read_ledger(self.folder, model_version())
        self.notes = [*self.points.notes, *self.ledger.notes]

    @property
    def workers(self) -> int:
        """Worker processes."""
        return self._shared_out[0]

    @cached_property
    def _shared_out(self) -> tuple[int, int]:
        return self.settings.shared_out(self._people)

    @cached_property
    def _people(self) -> int:
        """The largest market among the points, as far as a few of them tell."""
        step = max(1, len(self.points) // 16)
        chosen = (point for point in range(0, len(self.points), step) if self.declared[point].market)
        return max((people(self.points.scenario(point)) for point in chosen), default=0)

    @cached_property
    def job(self) -> Job:
        """What all tasks share."""
        design = self.points.design
        bare = Design(
            design.scenario, design.factors, seed=design.seed, seeds=design.seeds, outcomes=design.outcomes
        )  # without constraints and listed points: they have done their part
        job = Job(bare, self.folder, model_version(), self._shared_out[1], self.settings.retries)
        return replace(job, runner=self.settings.runner) if self.settings.runner else job

    def todo(self) -> list[Task]:
        """The runs that are wanted and not on the disk.

        All points of a replicate come together, those with one market next to each other, so that it is drawn once; and
        a sweep that is stopped half-way has every point.
        """
        order = sorted(range(len(self.declared)), key=lambda point: (self.declared[point].market, point))
        known = self.ledger.entries
        tasks = []
        for replicate in range(max(self.wanted, default=0)):
            for point in order:
                if replicate >= self.wanted[point]:
                    continue
                task = Task(point, self.declared[point].values, replicate, self.declared[point].key)
                entry = known.get((task.run_id, point))
                if entry is None or (entry.status == "failed" and self.settings.retries):
                    tasks.append(task)
        return tasks

    def adopt(self) -> int:
        """Take over runs that other sweeps have finished; how many."""
        missing: dict[str, list[Task]] = {}
        for task in self.todo():
            missing.setdefault(task.run_id, []).append(task)
        others = neighbours(self.folder, self.settings.reuse)
        if not missing or not others:
            return 0
        writer, taken = PartWriter(self.folder, self.job.layout, model_version()), 0
        for found in finished_elsewhere(missing, self.job.layout, model_version(), others):
            for task in missing[found.run_id]:
                seed = self.declared[task.point].seed
                fixed = (task.run_id, task.point, task.replicate, seed, task.values, found.seconds)
                writer.add(Row(*fixed, found.metrics, found.daily))
                taken += 1
            if taken % 1000 == 0:
                writer.commit()
        writer.commit()
        self.look()
        return taken

    def seconds(self, tasks: Sequence[Task]) -> float:
        """Roughly how long tasks will take, from the runs that are there if they are enough, else from their size.

        The first run of each worker also loads the model: as many of the slowest do not count.
        """
        if not tasks:
            return 0.0
        runs = read_runs(self.ledger) if self.ledger.parts else None
        known = [] if runs is None else sorted(runs.loc[runs["status"] == "done", "seconds"])[: -self.workers]
        if len(known) >= BASIS * self.workers:
            each = float(sum(known)) / len(known)
        else:
            days = self.points.design.scenario.run.days
            each = RUN_SECONDS + self._people * (1 / PEOPLE_DRAWN + days / USER_DAYS)
        return len(tasks) * each / self.workers

    def megabytes(self, tasks: Sequence[Task]) -> float:
        """Roughly what tasks will take on the disk."""
        return len(tasks) * self.points.design.scenario.run.days * ROW_BYTES / 1e6

    def run(self, progress: Progress = SILENT, until: Width | None = None) -> Results:
        """Do what is not done, and enter into the manifest what came out. Ctrl-C keeps what is finished.

        Raises
        ------
        InputError : the disk is full, workers cannot start, and the like. KeyboardInterrupt : soon after Ctrl-C.
        """
        hours = self.points.design.budget.hours
        deadline = math.inf if hours is None else time.monotonic() + hours * 3600
        stopped, before = "", 0
        while not stopped:
            if tasks := self.todo():
                if len(tasks) == before:
                    message = f"{before} runs were made and are not on the disk"
                    raise RuntimeError(message)
                warm_up("sweep", progress, batches=True)
                record(self.folder)
                stopped, before = self._carry_out(tasks, progress, deadline), len(tasks)
                self.look()
                self.settings = replace(self.settings, retries=0)  # those that failed have had their attempts
            elif until is None or not self._widen(until):
                break
            else:
                before = 0
        results = Results(self.ledger, tuple(dict.fromkeys(self.notes)), stopped)
        if not self.todo():
            counts = {status: self.ledger.count(status) for status in ("done", "failed")}
            record(self.folder, results.digest, counts, float(results.runs["seconds"].sum()))
        return results

    def _carry_out(self, tasks: Sequence[Task], progress: Progress, deadline: float) -> str:
        """Execute tasks; why it stopped before they were done, if it did."""
        chosen = self.settings
        progress.begin("runs", len(tasks))
        try:
            with opened(chosen.executor, self.job, self.workers, chosen.limits, chosen.cluster) as crew:
                for receipt in crew.run(tasks):
                    progress.advance(receipt.runs)
                    if receipt.failed and chosen.stop_on_failure:
                        return "a run has failed"
                    if time.monotonic() > deadline:
                        return "the hours of its budget are over"
        finally:
            progress.end()
        return ""

    def look(self) -> None:
        """See what is on the disk by now."""
        self.ledger = read_ledger(self.folder, model_version())
        self.notes += self.ledger.notes

    def _widen(self, until: Width) -> bool:
        """Ask for more replicates where the interval is too wide; whether any were added."""
        known = read_runs(self.ledger) if self.ledger.parts else None
        if known is None:
            return False
        budget, before = self.points.design.budget.runs, list(self.wanted)
        for point, rows in known[known["status"] == "done"].groupby("point"):
            number = int(str(point))
            self.wanted[number] = max(self.wanted[number], _replicates(rows[until.metric].to_numpy(), until.width))
        if budget is not None and sum(self.wanted) > budget:
            self.wanted = before
            self.notes.append(f"intervals of {until.metric} are not all as narrow as asked for: the budget is used up")
        elif any(wanted >= MOST_REPLICATES for wanted in self.wanted):
            self.notes.append(f"{until.metric}: no point gets more than {MOST_REPLICATES} replicates")
        return self.wanted != before


def run_sweep(
    points: Points | Design,
    folder: Path,
    settings: Settings | None = None,
    progress: Progress = SILENT,
    until: Width | None = None,
) -> Results:
    """Run a sweep, or go on with it, runs of other sweeps taken over.

    Parameters: see :class:`Sweep`. ``until``: replicate until intervals are so narrow.

    Raises
    ------
    InputError : see :class:`Sweep` and :meth:`Sweep.run`. KeyboardInterrupt : after Ctrl-C; the same call goes on.
    """
    sweep = Sweep(points, folder, settings)
    sweep.adopt()
    return sweep.run(progress, until)


def _replicates(values: Iterable[float], width: float) -> int:
    """Replicates that should make an interval so narrow: from its width now, at most twice as many as there are."""
    found = interval(values)  # type: ignore[arg-type]
    have = found.n + found.missing
    if found.n < 2:
        return min(max(5, have), MOST_REPLICATES)
    if found.high - found.low <= width:
        return have
    needed = math.ceil(have * ((found.high - found.low) / width) ** 2)
    return min(max(have + 1, min(needed, 2 * have)), max(MOST_REPLICATES, have))


def parsed_width(text: str, known: Mapping[str, object] | Sequence[str]) -> Width:
    """The width in ``METRIC=WIDTH``.

    Raises
    ------
    InputError : it is none, or about an unknown metric.
    """
    from sim.scenario.catalogue import did_you_mean  # noqa: PLC0415

    name, _, number = text.partition("=")
    place = f"--until-width {text}"
    if name.strip() not in known:
        hint = did_you_mean(name.strip(), list(known))
        raise InputError(f"unknown metric '{name.strip()}'", place=place, expected="METRIC=WIDTH", hint=hint)
    try:
        width = float(number)
    except ValueError:
        width = math.nan
    if not 0 < width < math.inf:
        raise InputError(f"the width is '{number}'", place=place, expected="a number above 0, in the metric's unit")
    return Width(name.strip(), width)
