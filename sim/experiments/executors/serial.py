"""One run after the other in this process: for a debugger, and the yardstick of the other executors."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from sim.experiments.executors.work import Job, Receipt, Task, Work
from sim.store.parts import PartWriter


def run_serially(job: Job, tasks: Sequence[Task]) -> Generator[Receipt, None, None]:
    """Make the runs; a receipt after each commit. What is finished is committed also when it is stopped half-way.

    Raises
    ------
    InputError : the disk is full, or the folder cannot be written.
    """
    work, writer = Work(job), PartWriter(job.folder, job.layout, job.version)
    try:
        for task in tasks:
            writer.add(work.perform(task))
            if writer.is_due:
                yield Receipt.of(writer.commit())
    finally:
        rest = writer.commit()
    if rest:
        yield Receipt.of(rest)
