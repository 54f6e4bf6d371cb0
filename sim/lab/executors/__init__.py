"""Executors: who makes runs. All commit to the same store, and no number depends on which it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing
from typing import Literal, Protocol, TypeAlias, get_args

from sim.errors import InputError
from sim.lab.executors.process import Limits, Pool
from sim.lab.executors.serial import Serial
from sim.lab.executors.work import Job, Receipt, Task

__all__ = ["EXECUTORS", "Crew", "Executor", "Job", "Limits", "Receipt", "Task", "check", "opened"]

Executor: TypeAlias = Literal["process", "serial", "dask"]
EXECUTORS: tuple[Executor, ...] = get_args(Executor)


class Crew(Protocol):
    """What makes the runs of a job. It starts what it needs with the first run, and keeps it until it is closed."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Receipt]:
        """Make runs; a receipt for each commit, and at the end all are on the disk. One call after the other.

        Raises
        ------
        InputError : the disk is full, workers cannot start, and the like; see the executors.
        """

    def close(self) -> None:
        """Stop, whatever is under way; what is finished is committed."""


def opened(kind: Executor, job: Job, workers: int, limits: Limits, cluster: str | None) -> AbstractContextManager[Crew]:
    """A crew for a ``with`` statement, which closes it.

    Parameters
    ----------
    workers : processes (≥ 1), for ``process`` and a ``dask`` cluster on this machine.
    limits : of one run, for ``process`` only. cluster : the address of a Dask scheduler, for ``dask`` only.

    Raises
    ------
    InputError : see :func:`check`.
    """
    check(kind, limits, cluster)
    if kind == "serial":
        return closing(Serial(job))
    if kind == "process":
        return closing(Pool(job, workers, limits))
    from sim.lab.executors.dask import Cluster  # noqa: PLC0415 - an extra

    return closing(Cluster(job, cluster, workers))


def check(kind: Executor, limits: Limits, cluster: str | None) -> None:
    """Refuse what can be known to fail before anything is run or written.

    Raises
    ------
    InputError : limits or a cluster that this executor cannot heed.
    """
    if kind != "process" and limits != Limits():
        place = "--run-seconds" if limits.seconds is not None else "--run-memory"
        raise InputError(f"the executor {kind} cannot end a run", place=place, hint="Take --executor process.")
    if kind != "dask" and cluster is not None:
        raise InputError(f"the executor is {kind}", place="--cluster", hint="Add --executor dask.")
