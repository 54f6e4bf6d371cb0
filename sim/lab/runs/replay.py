"""Running one stored run again: to see its traceback, or that its numbers are still the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from sim.errors import InputError
from sim.lab.executors.work import Job, Work
from sim.lab.runs.declared import Declared, is_sweep
from sim.lab.store.ledger import Ledger, read_ledger
from sim.lab.store.parts import run_id
from sim.lab.store.query import read_runs
from sim.lab.store.version import model_version

FEWEST_LETTERS = 6


@dataclass(frozen=True)
class Replayed:
    """A run made again. ``stored``: its row; ``metrics``: name → value now; ``same``: whether every number is the same,
    daily ones included, None where none are stored; ``note``: why it may not be.
    """  # noqa: D205

    stored: pd.Series
    metrics: dict[str, float]
    same: bool | None
    note: str


def find_run(named: str, folders: Sequence[Path]) -> tuple[Path, str]:
    """The folder and the whole id of a run that is named by its id or the beginning of it.

    Raises
    ------
    InputError : there is none, or several begin like that.
    """
    if len(named) < FEWEST_LETTERS:
        raise InputError(f"'{named}' is too short", place="RUN_ID", expected=f"at least {FEWEST_LETTERS} letters")
    found = {entry.run_id: ledger.folder for ledger in _ledgers(folders) for entry in ledger.entries.values()
             if entry.run_id.startswith(named)}  # fmt: skip
    if not found:
        hint = "'errors DIR' shows ids of failed runs, and 'query DIR \"SELECT run_id FROM runs\"' all of them."
        raise InputError(f"there is no run {named}", place="RUN_ID", hint=hint)
    if len(found) > 1:
        raise InputError(f"{len(found)} runs begin with {named}", place="RUN_ID", expected="more letters of the id")
    whole, folder = found.popitem()
    return folder, whole


def replay(folder: Path, whole_id: str, runner: str | None = None) -> Replayed:
    """Make a stored run again, in this process. What goes wrong in it is raised.

    Raises
    ------
    InputError : the folder is damaged, or the run's values contradict each other. Exception : as the run raises it.
    """
    declared, ledger = Declared.read(folder), _ledger_of(folder)
    runs = read_runs(ledger)
    stored = runs[runs["run_id"] == whole_id].iloc[0]
    task = declared.task(int(stored["point"]), int(stored["replicate"]))
    job = Job(declared.design, folder.resolve(), model_version())
    job = replace(job, runner=runner) if runner else job
    note = ""
    if ledger.version != model_version():
        note = f"it was made by another version of the model ({ledger.version}), so its numbers may differ"
    elif run_id(task.key, task.replicate) != whole_id:
        note = "the plan that stands in its folder is not the one it was made from"
    row = Work(job).row(task)
    same = row.digest == stored["digest"] if stored["status"] == "done" else None
    return Replayed(stored, dict(zip(job.layout.metrics, row.metrics.tolist(), strict=True)), same, note)


def _ledgers(folders: Sequence[Path]) -> Iterator[Ledger]:
    for folder in folders:
        if is_sweep(folder):
            yield _ledger_of(folder)


def _ledger_of(folder: Path) -> Ledger:
    """A sweep's ledger as it was left: also where the model has changed since."""
    return read_ledger(folder, Declared.read(folder).version, mend=False)
