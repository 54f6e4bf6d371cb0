"""What a command tells on the way, on stderr: the size of what is to do, notes, and that runs have failed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from sim.cli.progress import listener
from sim.lab.progress import SILENT, Progress, Stage, Workload


class Teller(Progress):
    """Says on stderr what a command is about to run, what a user should know, and that runs have failed."""

    def __init__(self, shown: Progress) -> None:
        self._shown, self._told = shown, set[str]()

    def plan(self, workload: Workload) -> None:
        """The size of what is to do, where it is counted, and the notes."""
        self.tell_workload(workload)
        self.notes(workload.notes)

    def tell_workload(self, workload: Workload) -> None:
        """The size of what is to do."""
        if workload.runs:
            click.echo(f"plan: {workload.runs:,} runs, {workload.todo:,} of them to do", err=True)

    def notes(self, notes: tuple[str, ...]) -> None:
        """Notes, each once."""
        for note in notes:
            if note not in self._told:
                click.echo(f"note: {note}", err=True)
            self._told.add(note)

    def failed(self, runs: int, folder: Path) -> None:
        """Say that runs have failed, and which command tells why."""
        told = "1 run has failed" if runs == 1 else f"{runs:,} runs have failed"
        click.echo(f"note: {told}; what went wrong: {errors_line(folder)}", err=True)

    def begin(self, stage: Stage, total: int) -> None:
        """Show the stage."""
        self._shown.begin(stage, total)

    def advance(self, runs: float) -> None:
        """Show how far it is."""
        self._shown.advance(runs)

    def end(self) -> None:
        """The stage is over."""
        self._shown.end()


def teller(kind: Callable[[Progress], Teller] = Teller, *, quiet: bool) -> Progress:
    """What suits this process's stderr; silent if that is wanted, or there is none."""
    shown = listener(quiet=quiet)
    return shown if shown is SILENT else kind(shown)


class StudyTeller(Teller):
    """Of a study no size is told: the line or bar of its runs tells it."""

    def tell_workload(self, workload: Workload) -> None:
        """Nothing."""


def tell_rest(progress: Progress, notes: tuple[str, ...]) -> None:
    """Tell the notes of an answer that were not told before the runs."""
    if isinstance(progress, Teller):
        progress.notes(notes)


def errors_line(folder: Path) -> str:
    """The line that tells what went wrong in a folder."""
    return f"{click.get_current_context().find_root().info_name} errors {folder}"
