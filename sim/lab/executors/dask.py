"""Runs on a Dask cluster: the way past one machine.

Tasks commit to the sweep's folder, which all machines must share, and send back receipts only: whatever Dask forgets,
repeats or loses, the runs on the disk are what counts. What is missing in the end is submitted again, alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any

from sim.errors import InputError
from sim.lab.executors.work import Batches, Job, Receipt, Task, Work, failed
from sim.lab.store.ledger import read_part
from sim.lab.store.parts import PartWriter
from sim.lab.store.version import model_version

EXTRA = "python -m pip install 'community-growth[cluster]'"
#: Seconds of work in a task (design choice): Dask spends about a millisecond on each.
BATCH_SECONDS = 5.0
#: Times that what is missing is submitted; a run that is still missing after them has killed its workers.
ROUNDS = 3


class Cluster:
    """A Dask cluster. See :class:`sim.lab.executors.Crew`.

    Parameters
    ----------
    address : of a scheduler, such as ``tcp://10.0.0.1:8786``; None starts a cluster on this machine, reachable from
        this machine only.
    workers : processes of that one.
    """

    def __init__(self, job: Job, address: str | None, workers: int) -> None:
        self._job, self._address, self._workers = job, address, workers
        self._held = ExitStack()

    @cached_property
    def _client(self) -> Any:
        return self._held.enter_context(_connected(self._address, self._workers))

    def run(self, tasks: Sequence[Task]) -> Iterator[Receipt]:
        """Make runs; a receipt for each batch.

        Raises
        ------
        InputError : Dask is not installed, the scheduler cannot be reached or is gone, a worker runs another version of
            the program, or workers do not share the folder.
        """
        job, left = self._job, list(tasks)
        for turn in range(ROUNDS):
            lost: list[Task] = []
            yield from _round(self._client, job, left, lost, alone=turn > 0)
            left = lost
            if not left:
                return
        writer = PartWriter(job.folder, job.layout, job.version)
        for task in left:
            writer.add(failed(job, task, "WorkerDied", "workers died under it again and again", 0.0))
        yield Receipt.of(writer.commit())

    def close(self) -> None:
        """Leave the cluster; one of our own ends."""
        self._held.close()


def perform(job: Job, tasks: Sequence[Task]) -> tuple[str, Receipt]:
    """What a Dask worker does: make a batch of runs and commit them as one part; the part's name and a receipt.

    The name is a hash of the batch: a task that is run twice finds its part and does nothing.
    """
    if model_version() != job.version:
        hint = "Install the same version on every machine, and restart the workers."
        raise InputError("a worker of the cluster runs another version of the program", hint=hint)
    named = "\n".join(f"{task.run_id} {task.point}" for task in tasks)
    series = "dask-" + hashlib.sha256(named.encode()).hexdigest()[:20]
    found = read_part(job.folder, f"{series}-00000", job.version)
    if len(found) == len(tasks) and all(entry.status == "done" for entry in found):
        return series, Receipt(len(found), 0, 0.0)
    work, writer = Work(job), PartWriter(job.folder, job.layout, job.version, series)
    for row in work.perform(tasks):
        writer.add(row)
    return series, Receipt.of(writer.commit())


def _round(client: Any, job: Job, tasks: Sequence[Task], lost: list[Task], *, alone: bool) -> Iterator[Receipt]:
    """Submit tasks in batches, a few ahead of the workers; what fails with its worker is added to ``lost``."""
    batches = Batches(tasks, _threads(client), 0.0 if alone else BATCH_SECONDS)
    ahead: dict[Any, list[Task]] = {}

    def submit() -> Any:
        batch = batches.next()
        future = client.submit(perform, job, batch, pure=False, retries=0)
        ahead[future] = batch
        return future

    running = _distributed().as_completed([submit() for _ in range(2 * _threads(client)) if batches])
    for future in running:
        batch = ahead.pop(future)
        yield from _settled(job, future, batch, lost, batches)
        future.release()
        while batches and len(ahead) < 2 * _threads(client):  # workers come and go
            running.add(submit())


def _threads(client: Any) -> int:
    """Threads of all workers that there are now."""
    return max(1, sum(map(int, client.nthreads().values())))


def _settled(job: Job, future: Any, batch: list[Task], lost: list[Task], batches: Batches) -> Iterator[Receipt]:
    error = future.exception() if future.status == "error" else None
    if isinstance(error, InputError):
        raise error
    if error is not None and not isinstance(error, _distributed().KilledWorker):
        raise InputError(f"the cluster has failed: {error}", hint="The same command goes on from what is on disk.")
    if future.status != "finished":  # its worker has died, or it was cancelled
        lost.extend(batch)
        return
    series, receipt = future.result()
    if not read_part(job.folder, f"{series}-00000", job.version):
        problem = f"the workers' results do not appear in {job.folder}"
        raise InputError(problem, expected="a folder that all machines share", hint="Choose one with --out.")
    batches.took(receipt.runs, receipt.seconds)
    yield receipt


@contextmanager
def _connected(address: str | None, workers: int) -> Iterator[Any]:
    distributed = _distributed()
    import dask

    # A run that has killed its worker once is sent to one more, then given up in this round.
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        if address is None:
            # A scheduler runs code for whoever reaches it: this one is bound to this machine, without a dashboard.
            with (
                distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=0,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any free port, or it warns of a taken one
                ) as cluster,
                distributed.Client(cluster) as client,
            ):  # fmt: skip
                yield client
            return
        try:
            client = distributed.Client(address, timeout=10)
        except (OSError, TimeoutError, ValueError) as error:
            problem = f"no scheduler answers at {address} ({error})"
            raise InputError(problem, place="--cluster", expected="such as tcp://10.0.0.1:8786") from error
        with client:
            if not client.nthreads():
                raise InputError(f"the scheduler at {address} has no workers", place="--cluster", hint="Start some.")
            yield client


def _distributed() -> Any:
    """The library, which has no types, and which not everybody has."""
    try:
        import distributed
    except ModuleNotFoundError:
        raise InputError("Dask is not installed", place="--executor dask", hint=f"Install it: {EXTRA}") from None
    return distributed
