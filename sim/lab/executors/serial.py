"""One run after the other in this process: for a debugger, and the yardstick of the other executors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.lab.executors.work import Job, Receipt, Task, Work
from sim.lab.store.parts import PartWriter


class Serial:
    """The present process. See :class:`sim.lab.executors.Crew`."""

    def __init__(self, job: Job) -> None:
        self._work, self._writer = Work(job), PartWriter(job.folder, job.layout, job.version)

    def run(self, tasks: Sequence[Task]) -> Iterator[Receipt]:
        """Make runs; a receipt for each commit.

        Raises
        ------
        InputError : the disk is full, or the folder cannot be written.
        """
        for row in self._work.perform(tasks):
            self._writer.add(row)
            if self._writer.is_due:
                yield Receipt.of(self._writer.commit())
        if rest := self._writer.commit():
            yield Receipt.of(rest)

    def close(self) -> None:
        """Commit what is finished."""
        self._writer.commit()
