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


def listener(*, quiet: bool) -> Progress:
    """What suits this process's stderr."""
    if quiet or sys.stderr is None:
        return SILENT
    return Bar() if sys.stderr.isatty() else Lines()


def pace(done: float, total: int, seconds: float) -> str:
    """Rate and time left in words, e.g. ``12.5 runs/s, 3 s left``; empty before there is anything to go by."""
    if done <= 0 or seconds <= 0:
        return ""
    rate = done / seconds
    speed = f"{rate:.1f} runs/s" if rate >= 1 else f"{1 / rate:.1f} s a run"
    return f"{speed}, {duration((total - done) / rate)} left"


def duration(seconds: float) -> str:
    """Seconds as people say them: 8 s, 3 min, 2.5 h."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


class Lines(Progress):
    """A line at the beginning of each stage, every few seconds, and at the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stage, self._total, self._done, self._start, self._told = "", 0, 0.0, 0.0, 0.0

    def begin(self, stage: Stage, total: int) -> None:
        """Name the stage."""
        self._stage, self._total, self._done = STAGES.get(stage, stage), total, 0.0
        self._start = self._told = time.monotonic()
        click.echo(f"{self._stage}: {total}" if total else self._stage, err=True)

    def advance(self, runs: float) -> None:
        """Say how far it is, if the last line is old."""
        with self._lock:
            self._done += runs
            now = time.monotonic()
            if now - self._told < PAUSE:
                return
            self._told = now
            told = pace(self._done, self._total, now - self._start)
        click.echo(f"{self._stage}: {self._done:.0f} of {self._total}, {told}", err=True)

    def end(self) -> None:
        """Say how long it took, or how far it came."""
        took = duration(time.monotonic() - self._start)
        stopped = self._done < self._total - 0.5  # parts of runs are added up
        told = f"stopped at {self._done:.0f} of {self._total} after" if stopped else "done in"
        click.echo(f"{self._stage}: {told} {took}", err=True)


class Bar(Progress):
    """A bar that goes away when its stage is over."""

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._task = TaskID(0)
        self._lock = threading.Lock()
        self._total, self._done, self._start = 0, 0.0, 0.0

    def begin(self, stage: Stage, total: int) -> None:
        """Show the bar."""
        self._total, self._done, self._start = total, 0.0, time.monotonic()
        columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[pace]}")]
        self._bars = Bars(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bars.add_task(STAGES.get(stage, stage), total=total or None, pace="")
        self._bars.start()

    def advance(self, runs: float) -> None:
        """Move the bar."""
        with self._lock:
            self._done += runs
            told = pace(self._done, self._total, time.monotonic() - self._start)
            if self._bars is not None:
                self._bars.update(self._task, completed=self._done, pace=f"{self._done:.0f}/{self._total}  {told}")

    def end(self) -> None:
        """Take the bar away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None
