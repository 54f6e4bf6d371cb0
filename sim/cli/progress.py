"""Progress on stderr: a bar on a terminal, now and then a line elsewhere, nothing with ``--quiet``."""

from __future__ import annotations

import sys
import threading
import time

import click
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from sim.lab.progress import SILENT, Progress, Stage

STAGES: dict[Stage, str] = {
    "compile": "compiling the model, 10 to 30 s, once per version",
    "runs": "runs",
    "attribution": "explaining: groups of levers",
    "mechanisms": "explaining: mechanisms",
}
#: Seconds between two lines where there is no terminal.
PAUSE = 5.0
#: Seconds that runs must have flowed before a rate is told (design choice).
BASIS = 3.0


def listener(*, quiet: bool) -> Progress:
    """What suits this process's stderr."""
    if quiet or sys.stderr is None:
        return SILENT
    return Bar() if sys.stderr.isatty() else Lines()


class Pace:
    """How much of a stage is done, how fast, and how long the rest will take.

    Before the first news workers start, load the model and draw markets; that is no part of the rate, which is of what
    comes after. It is told once that has lasted as long as the first news took to come, and :data:`BASIS` seconds.
    """

    def __init__(self, total: int, now: float) -> None:
        self.total, self.start, self.done = total, now, 0.0
        self._first: tuple[float, float] | None = None

    def advance(self, runs: float, now: float) -> str:
        """Take in so much more; rate and time left in words, ``12.5 runs/s, 3 s left``; empty without a basis."""
        self.done += runs
        if self._first is None:
            self._first = now, self.done
        since, before = self._first
        flowing, made = now - since, self.done - before
        if made <= 0 or flowing < max(BASIS, since - self.start):
            return ""
        rate = made / flowing
        speed = f"{rate:.1f} runs/s" if rate >= 1 else f"{1 / rate:.1f} s a run"
        return f"{speed}, {duration(max(self.total - self.done, 0.0) / rate)} left"


def duration(seconds: float) -> str:
    """Seconds as people say them: 8 s, 3 min, 2.5 h."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


class Lines(Progress):
    """A line at the beginning of each stage, every few seconds, and at the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stage, self._pace, self._told = "", Pace(0, 0.0), 0.0

    def begin(self, stage: Stage, total: int) -> None:
        """Name the stage."""
        self._stage, self._told = STAGES.get(stage, stage), time.monotonic()
        self._pace = Pace(total, self._told)
        click.echo(f"{self._stage}: {total}" if total else self._stage, err=True)

    def advance(self, runs: float) -> None:
        """Say how far it is, if the last line is old."""
        with self._lock:
            now = time.monotonic()
            told = self._pace.advance(runs, now)
            if now - self._told < PAUSE:
                return
            self._told = now
        click.echo(f"{self._stage}: {self._pace.done:.0f} of {self._pace.total}{told and ', '}{told}", err=True)

    def end(self) -> None:
        """Say how long it took, or how far it came."""
        done, total = self._pace.done, self._pace.total
        took = duration(time.monotonic() - self._pace.start)
        stopped = done < total - 0.5  # parts of runs are added up
        told = f"stopped at {done:.0f} of {total} after" if stopped else "done in"
        click.echo(f"{self._stage}: {told} {took}", err=True)


class Bar(Progress):
    """A bar that goes away when its stage is over."""

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._task = TaskID(0)
        self._lock = threading.Lock()
        self._pace = Pace(0, 0.0)

    def begin(self, stage: Stage, total: int) -> None:
        """Show the bar."""
        self._pace = Pace(total, time.monotonic())
        columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[pace]}")]
        self._bars = Bars(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bars.add_task(STAGES.get(stage, stage), total=total or None, pace="")
        self._bars.start()

    def advance(self, runs: float) -> None:
        """Move the bar."""
        with self._lock:
            told = self._pace.advance(runs, time.monotonic())
            done, total = self._pace.done, self._pace.total
            if self._bars is not None:
                self._bars.update(self._task, completed=done, pace=f"{done:.0f}/{total}  {told}")

    def end(self) -> None:
        """Take the bar away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None
