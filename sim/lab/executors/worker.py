"""A worker process: reads batches of tasks from its stdin, commits parts, and tells on its stdout how far it is.

It is started as a program of its own, not forked: so it starts in the same way on every system, from scripts, notebooks
and tests alike, and inherits neither locks nor open files. When its stdin ends, because it is to stop or because its
parent has died, it commits what is finished and ends, whatever it is doing.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

from sim.errors import InputError
from sim.lab.executors.work import Job, Receipt, Task, Work
from sim.lab.store.parts import PartWriter, Row
from sim.lab.store.version import model_version


class Ready(NamedTuple):
    """It waits for the first batch. ``pid``: its own; a launcher may stand between it and its parent."""

    pid: int


class Ended(NamedTuple):
    """A batch is done, though perhaps not committed; the next one may come."""

    seconds: float


class Committed(NamedTuple):
    """Runs are on the disk: their (run_id, point)."""

    keys: list[tuple[str, int]]
    receipt: Receipt


class Refused(NamedTuple):
    """It cannot go on, for a reason that the user can mend."""

    problem: str


class Worker:
    """The child's side. One thread listens, the main thread runs; a lock keeps commits whole."""

    def __init__(self, given: BinaryIO, told: BinaryIO) -> None:
        self._given, self._told = given, told
        self._lock = threading.Lock()
        self._batches: queue.SimpleQueue[list[Task]] = queue.SimpleQueue()
        job: Job = pickle.load(given)  # noqa: S301 - from the parent that started this process
        self._job = job
        self._work, self._writer = Work(job), PartWriter(job.folder, job.layout, job.version)

    def serve(self) -> None:
        """Work until told to stop; never returns otherwise."""
        if model_version() != self._job.version:
            self._tell(Refused("the program's sources were changed while the sweep was under way; start it again"))
            return
        self._work.load()
        threading.Thread(target=self._listen, daemon=True).start()
        self._tell(Ready(os.getpid()))
        try:
            while True:
                batch = self._batches.get()
                start = time.perf_counter()
                for row in self._work.perform(batch):
                    with self._lock:
                        self._writer.add(row)
                        if self._writer.is_due:
                            self._commit()
                if batch:
                    self._tell(Ended(time.perf_counter() - start))
                else:  # nothing to do for now
                    with self._lock:
                        self._commit()
        except InputError as error:
            self._tell(Refused(str(error)))

    def _listen(self) -> None:
        try:
            while True:
                self._batches.put(pickle.load(self._given))  # noqa: S301
        except (EOFError, OSError):
            with self._lock:
                try:
                    self._writer.commit()
                finally:
                    os._exit(0)

    def _commit(self) -> None:
        rows: list[Row] = self._writer.commit()
        if rows:
            self._tell(Committed([(row.run_id, row.point) for row in rows], Receipt.of(rows)))

    def _tell(self, message: Any) -> None:
        with suppress(OSError):  # the parent has died: the listening thread ends this process, once it has the lock
            pickle.dump(message, self._told)
            self._told.flush()


def main() -> None:
    """Serve the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who tells us
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a run prints must not fall between the messages
    Worker(sys.stdin.buffer, told).serve()
