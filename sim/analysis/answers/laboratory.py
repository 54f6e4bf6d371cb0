"""The runs of a search: plans that are not known beforehand, made in this process and kept in the store of sweeps."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.optimise import Job as Wanted
from sim.analysis.question import Question, Setting
from sim.errors import InputError
from sim.experiments.declared import key_of
from sim.experiments.design import Design, Value
from sim.experiments.executors import Job, Task
from sim.experiments.executors.work import ERRORS, Work
from sim.experiments.progress import SILENT, Progress
from sim.experiments.replicates import LARGE_MARKET, Stopped, cores, warm_up
from sim.store.ledger import read_ledger
from sim.store.parts import PARTS, PartWriter, Row, model_version, point_key
from sim.store.query import read_runs

if TYPE_CHECKING:
    import pandas as pd


class Laboratory:
    """Makes the runs that a search asks for, each once.

    Replicates are dealt out to threads, so that each draws its markets once for all plans and rounds: in a search, the
    same few replicates come again and again. A round is committed as a whole, so a search that was killed goes on just
    as it would have.

    Parameters
    ----------
    question : what is searched; its uncertain factors get the values of each replicate's world.
    design : the scenario, with the question's factors and then the uncertain ones.
    folder : made if need be. threads : at most so many runs at once; None: one for each core.
    """

    def __init__(self, question: Question, design: Design, folder: Path, threads: int | None = None) -> None:
        self.question, self.folder = question, folder.resolve()
        threads = threads or cores()
        large = design.scenario.market.people > LARGE_MARKET
        self.workers, inside = (1, threads) if large else (threads, 1)
        for each in (self.folder, self.folder / PARTS, self.folder / ERRORS):
            each.mkdir(parents=True, exist_ok=True)
        self.job = Job(design, self.folder, model_version(), inside)
        self._work = [Work(self.job) for _ in range(self.workers)]
        self._points: dict[tuple[Value, ...], int] = {}
        self._keys: dict[int, str] = {}

    @property
    def table(self) -> pd.DataFrame:
        """All runs on the disk, by point and replicate; empty at the beginning."""
        import pandas as pd  # noqa: PLC0415 - loaded with the runs

        ledger = read_ledger(self.folder, model_version())
        return read_runs(ledger) if ledger.parts else pd.DataFrame()

    def make(self, wanted: Sequence[Wanted], progress: Progress = SILENT) -> pd.DataFrame:
        """Make runs that are not on the disk yet and commit them together; all runs on the disk.

        Raises
        ------
        InputError : the disk is full. KeyboardInterrupt : after Ctrl-C; the round is made again the next time.
        """
        known = self._known
        tasks = [
            task
            for job in wanted
            for replicate in job.replicates
            if (task := self._task(job.setting, replicate)).run_id not in known
        ]
        if tasks:
            warm_up("sweep", progress)
            writer = PartWriter(self.folder, self.job.layout, self.job.version)
            for row in self._performed(tasks, progress):
                writer.add(row)
                known.add(row.run_id)
            writer.commit()
        return self.table

    @cached_property
    def _known(self) -> set[str]:
        """The run_ids on the disk; and the numbers of their points are learned."""
        table = self.table
        if table.empty:
            return set()
        keys = [factor.key for factor in self.job.design.factors]
        for row in table.drop_duplicates("point").to_dict("records"):
            self._points[self._values(row, keys)] = int(row["point"])
        return set(table["run_id"])

    def _values(self, row: Mapping[Any, Any], keys: Sequence[str]) -> tuple[Value, ...]:
        kinds: dict[str, Any] = {"number": float, "integer": int, "switch": bool}
        return tuple(kinds.get(factor.kind, str)(row[key])
                     for key, factor in zip(keys, self.job.design.factors, strict=True))  # fmt: skip

    def _task(self, setting: Setting, replicate: int) -> Task:
        met = {**setting, **self.question.world(replicate)}
        values = tuple(met[factor.key] for factor in self.job.design.factors)
        point = self._points.setdefault(values, len(self._points))
        task = Task(point, values, replicate, "")
        if point not in self._keys:
            try:
                self._keys[point] = key_of(self.job.scenario(task))
            except InputError:  # its runs will fail, each with the reason
                self._keys[point] = point_key({"contradiction": list(values)}, self.job.version)
        return task._replace(key=self._keys[point])

    def _performed(self, tasks: Sequence[Task], progress: Progress) -> list[Row]:
        stop = threading.Event()

        def share(number: int) -> list[Row]:
            rows = []
            for task in tasks:
                if task.replicate % self.workers != number:
                    continue
                if stop.is_set():
                    raise Stopped
                rows.append(self._work[number].perform(task))
                progress.advance(1)
            return rows

        progress.begin("runs", len(tasks))
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="run")
        try:
            made = list(pool.map(share, range(self.workers)))
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
            progress.end()
        return [row for rows in made for row in rows]
