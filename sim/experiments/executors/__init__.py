"""Executors: who makes the runs of a sweep. All commit to the same store, and no number depends on which it was."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Literal, TypeAlias, get_args

from sim.errors import InputError
from sim.experiments.executors.process import Limits, run_in_processes
from sim.experiments.executors.serial import run_serially
from sim.experiments.executors.work import Job, Receipt, Task

__all__ = ["EXECUTORS", "Executor", "Job", "Limits", "Receipt", "Task", "execute"]

Executor: TypeAlias = Literal["process", "serial", "dask"]
EXECUTORS: tuple[Executor, ...] = get_args(Executor)


def execute(
    kind: Executor, job: Job, tasks: Sequence[Task], workers: int, limits: Limits, cluster: str | None
) -> Generator[Receipt, None, None]:
    """Make the runs; a receipt for each commit. Closing the iterator stops the work, and keeps what is finished.

    Parameters
    ----------
    workers : processes, for ``process`` and a ``dask`` cluster on this machine.
    limits : of one run, for ``process`` only. cluster : the address of a Dask scheduler, for ``dask`` only.

    Raises
    ------
    InputError : limits or a cluster that this executor cannot heed; or see the executors.
    """
    if kind != "process" and limits != Limits():
        place = "--run-seconds" if limits.seconds is not None else "--run-memory"
        raise InputError(f"the executor {kind} cannot end a run", place=place, hint="Take --executor process.")
    if kind != "dask" and cluster is not None:
        raise InputError(f"the executor is {kind}", place="--cluster", hint="Add --executor dask.")
    if kind == "serial":
        return run_serially(job, tasks)
    if kind == "process":
        return run_in_processes(job, tasks, workers, limits)
    from sim.experiments.executors.dask import run_on_dask  # noqa: PLC0415 - an extra

    return run_on_dask(job, tasks, cluster, workers)
