"""A pool of worker processes that heals itself: one that dies is replaced, and what it had not committed is run again.

A run under which workers die twice becomes a failed row, and so does one that exceeds its time or memory; no other run
is affected. No result depends on the number of workers.
"""

from __future__ import annotations

import math
import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import sim
from sim.errors import InputError
from sim.lab.executors.work import Batches, Job, Receipt, Task, failed, resident
from sim.lab.executors.worker import Committed, Ended, Ready, Refused
from sim.lab.store.parts import PartWriter

#: Deaths under a run by itself that make it a failed one: the first may have been anybody's fault.
STRIKES = 2
#: Workers in a row that may be killed by somebody before they are ready.
MOST_KILLED = 10
#: Seconds of work in a batch (design choice): telling of it takes about a millisecond.
BATCH_SECONDS = 0.5
#: Seconds between two looks at limits, and for workers to commit what they have when they are to stop.
LOOK, GRACE = 0.1, 10.0


@dataclass(frozen=True)
class Limits:
    """What one run may take; None for no limit.

    ``seconds`` of wall time. ``memory`` of its worker process in MB, of which the program itself needs some 250; it is
    watched ten times a second.
    """

    seconds: float | None = None
    memory: float | None = None


@dataclass(eq=False)
class _Child:
    """The parent's side of a worker. ``batch``: under way ``since`` then; ``pending``: sent and not yet committed."""

    process: subprocess.Popen[bytes]
    complaints: IO[bytes]
    listener: threading.Thread = field(default_factory=threading.Thread)
    ready: bool = False
    pid: int = 0
    batch: list[Task] = field(default_factory=list)
    pending: dict[tuple[str, int], Task] = field(default_factory=dict)
    idle: bool = False
    since: float = 0.0
    condemned: tuple[str, str] | None = None

    @property
    def under_way(self) -> list[Task]:
        """The tasks of the batch that are not committed yet."""
        return [task for task in self.batch if (task.run_id, task.point) in self.pending]

    def send(self, message: object) -> None:
        """Send a batch or the job; if it has died meanwhile, its end will be heard of."""
        with suppress(OSError):
            assert self.process.stdin is not None
            pickle.dump(message, self.process.stdin)
            self.process.stdin.flush()

    def part(self) -> None:
        """Tell it to commit and end."""
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.close()

    def close(self) -> None:
        """Let go of one that has ended."""
        self.part()
        self.listener.join()
        self.complaints.close()

    def last_words(self) -> str:
        """The end of what it wrote to stderr."""
        self.complaints.seek(0)
        lines = self.complaints.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"exit status {self.process.returncode}"


class Pool:
    """Worker processes of this machine, ``workers`` (≥ 1) at most. See :class:`sim.lab.executors.Crew`."""

    def __init__(self, job: Job, workers: int, limits: Limits) -> None:
        self.job, self.workers, self.limits = job, workers, limits
        self.batches = Batches((), workers, BATCH_SECONDS)
        self.strikes: Counter[tuple[str, int]] = Counter()
        self.heard: queue.SimpleQueue[tuple[_Child, Any]] = queue.SimpleQueue()
        self.children: list[_Child] = []
        self.stillborn = 0
        self.writer = PartWriter(job.folder, job.layout, job.version)

    def run(self, tasks: Sequence[Task]) -> Iterator[Receipt]:
        """Make runs; a receipt for each commit.

        Raises
        ------
        InputError : the disk is full, or workers cannot start.
        """
        seconds = min(BATCH_SECONDS, (self.limits.seconds or math.inf) / 2)
        self.batches = Batches(tasks, max(1, min(self.workers, len(tasks))), seconds)
        while self.batches or self.busy:
            while len(self.children) < min(self.workers, len(self.batches) + self.busy):
                self.children.append(self.started())
            for child in self.children:
                if child.idle and self.batches:
                    self.occupy(child)
            try:
                child, message = self.heard.get(timeout=LOOK)
            except queue.Empty:
                pass
            else:
                yield from self.hear(child, message)
            self.watch()

    @property
    def busy(self) -> int:
        """Workers that have not told yet that their batch is done, or not committed it."""
        return sum(bool(child.batch or child.pending) for child in self.children)

    def hear(self, child: _Child, message: Any) -> Iterator[Receipt]:
        """Take in what a worker tells; None is its end."""
        match message:
            case Ready(pid):
                child.pid = pid
                child.ready, self.stillborn = True, 0
                self.check_memory(child)
                self.occupy(child)
            case Ended(seconds):
                self.batches.took(len(child.batch), seconds)
                self.occupy(child)
            case Committed(keys, receipt):
                for key in keys:
                    child.pending.pop(key, None)
                yield receipt
            case Refused(problem):
                raise InputError(problem)
            case None:
                yield from self.bury(child)

    def occupy(self, child: _Child) -> None:
        """Give a worker its next batch, which is empty if there is nothing: then it commits what it has."""
        child.batch = self.batches.next()
        child.idle, child.since = not child.batch, time.monotonic()
        child.pending |= {(task.run_id, task.point): task for task in child.batch}
        child.send(child.batch)

    def bury(self, child: _Child) -> Iterator[Receipt]:
        """A worker has died: have its runs made again, each by itself that may have killed it."""
        child.process.wait()
        self.children.remove(child)
        words = child.last_words()
        child.close()
        if not child.ready:
            self.stillborn += 1
            if self.stillborn > (self.workers + 1 if child.process.returncode > 0 else MOST_KILLED):
                problem = f"worker processes end as soon as they start: {words}"
                raise InputError(problem, hint="Does --executor serial work?")
        suspects = child.under_way
        self.batches.again([task for task in child.pending.values() if task not in suspects])
        if len(child.batch) == 1 and suspects:
            yield from self.judge(child, suspects[0], words)
        else:
            self.batches.again(suspects, alone=True)

    def judge(self, child: _Child, guilty: Task, words: str) -> Iterator[Receipt]:
        """A worker has died under a run by itself: once is an accident, unless it exceeded a limit."""
        key = (guilty.run_id, guilty.point)
        self.strikes[key] += 1
        kind, text = child.condemned or ("WorkerDied", f"the worker process died under it: {words}")
        if child.condemned is None and self.strikes[key] < STRIKES:
            self.batches.again([guilty], alone=True)
            return
        self.writer.add(failed(self.job, guilty, kind, text, time.monotonic() - child.since))
        yield Receipt.of(self.writer.commit())

    def watch(self) -> None:
        """End workers whose run takes too long or too much; what they had finished and not committed is run again."""
        for child in self.children:
            if not child.batch or child.condemned is not None:
                continue
            limit = self.limits.seconds
            if limit is not None and time.monotonic() - child.since > limit:
                child.condemned = ("TimeLimit", f"it took longer than {limit:g} s")
            most = self.limits.memory
            if most is not None and resident(child.pid) > most * 1e6:
                child.condemned = ("MemoryLimit", f"its worker took more than {most:g} MB")
            if child.condemned is not None:
                child.process.kill()

    def check_memory(self, child: _Child) -> None:
        """Refuse a limit that a worker exceeds before its first run."""
        most = self.limits.memory
        if most is not None and (before := resident(child.pid)) > most * 1e6:
            expected = f"more than {before / 1e6:.0f}, which a worker takes before its first run"
            raise InputError(f"{most:g} MB is too little", place="--run-memory", expected=expected)

    def started(self) -> _Child:
        """A new worker, with the job on its way to it."""
        root = str(Path(sim.__file__).resolve().parents[1])
        paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the worker is buried
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from sim.lab.executors.worker import main; main()"],
            env=os.environ | {"PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
        child = _Child(process, complaints)
        child.listener = threading.Thread(target=self.listen, args=(child,), daemon=True)
        child.listener.start()
        child.send(self.job)
        return child

    def listen(self, child: _Child) -> None:
        """Pass on what a worker says, in a thread: the one way to wait for several pipes on every system."""
        assert child.process.stdout is not None
        with child.process.stdout as told, suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                self.heard.put((child, pickle.load(told)))  # noqa: S301 - our own child
        self.heard.put((child, None))

    def close(self) -> None:
        """Have workers commit what they have finished, and end; kill those that do not."""
        for child in self.children:
            child.part()
        until = time.monotonic() + GRACE
        for child in self.children:
            try:
                child.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
            child.close()
        self.children.clear()
