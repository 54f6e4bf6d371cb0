"""What an executor has to do, and how one run is done: from a point and a replicate to a row of the store."""

from __future__ import annotations

import hashlib
import importlib
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from sim.errors import InputError
from sim.lab.designs.factors import Value
from sim.lab.designs.points import Points
from sim.lab.designs.samplers import Sample
from sim.lab.designs.specification import Design
from sim.lab.headline import to_date
from sim.lab.store import write_file
from sim.lab.store.parts import Floats, Layout, Row, run_id
from sim.model import measures
from sim.model.batch.runs import SMALL, TOGETHER, PlanRow, Shape, SharedMarket, Start, Workspaces, live
from sim.model.counts import Lived
from sim.model.tables import Run
from sim.model.warm import load
from sim.model.world import MarketDraw
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from numpy.typing import NDArray

Runner: TypeAlias = Callable[[Scenario, int, MarketDraw, int], Run]

ERRORS = "errors"
#: People of the markets that a worker keeps at hand, and plans laid out (design choice): some tens of megabytes.
PEOPLE_AT_HAND, PLANS_AT_HAND = 500_000, 10_000
#: Letters of an error's text that are stored.
MOST_TEXT = 2000


class Task(NamedTuple):
    """One run to make: its point, the point's values in the order of the factors, and the replicate.

    ``key``: what the point's runs are named by, see :func:`sim.lab.store.parts.point_key`.
    """

    point: int
    values: tuple[Value, ...]
    replicate: int
    key: str

    @property
    def run_id(self) -> str:
        """The run's name by content."""
        return run_id(self.key, self.replicate)


class Receipt(NamedTuple):
    """What an executor tells once runs are on the disk: how many, how many of them failed, and their seconds in all."""

    runs: int
    failed: int
    seconds: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Receipt:
        """The receipt for committed rows."""
        return cls(len(rows), sum(row.status == "failed" for row in rows), sum(row.seconds for row in rows))


@dataclass(frozen=True)
class Job:
    """What all tasks of a sweep share; travels to workers, on other machines too.

    ``design``: of the sweep (points travel with the tasks). ``folder``: absolute. ``version``: of the model.
    ``threads``: inside a run. ``retries``: attempts after the first. ``runner``: ``module:function`` that lives through
    one run; see :func:`lived`.
    """

    design: Design
    folder: Path
    version: str
    threads: int = 1
    retries: int = 0
    runner: str = "sim.lab.executors.work:lived"

    @cached_property
    def layout(self) -> Layout:
        """The columns that are kept: the headline metrics always, and what the design declares beside them."""
        headline, known = ([each.name for each in some] for some in (measures.headline(), measures.metrics()))
        further = [name for name in self.design.outcomes if name not in known]
        factors = tuple((factor.key, factor.kind) for factor in self.design.factors)
        return Layout(factors, (*known, *further), (*headline, *further))

    def scenario(self, task: Task) -> Scenario:
        """The scenario of a task.

        Raises
        ------
        InputError : its values contradict each other.
        """
        try:
            return self.point(task).scenario(0)
        except InputError as error:
            raise InputError(error.problem, place=f"point {task.point}") from error

    def point(self, task: Task) -> Points:
        """The task's point alone."""
        return Points(self.design, Sample((task.values,), _FIRST, None, ()))


_FIRST: NDArray[np.int64] = np.zeros(1, np.int64)


def lived(scenario: Scenario, replicate: int, market: MarketDraw, threads: int) -> Run:
    """One run, from the first day to the last."""
    from sim.model.community import CommunityModel  # noqa: PLC0415 - batches do without Mesa

    with CommunityModel(scenario, replicate=replicate, market=market, threads=threads) as model:
        model.run_model()
        return model.record()


class _Laid(NamedTuple):
    """What replicates of a point share. ``market``: named, but for the replicate. ``plan_row``: None for large runs."""

    market: tuple[str, int]
    plan_row: PlanRow | None


class Work:
    """Performs tasks: small runs in batches, others by themselves. What they share, markets and plans, is made once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        module, _, name = job.runner.partition(":")
        self.runner: Runner = getattr(importlib.import_module(module), name)
        self._shared: dict[tuple[tuple[str, int], int], SharedMarket] = {}
        self._workspaces = Workspaces()
        self._laid: dict[int, _Laid] = {}

    def load(self) -> None:
        """Bring into memory what runs need, before a clock starts; Mesa only where runs are likely to go alone."""
        load()
        scenario = self.job.design.scenario
        if not self._may_batch or scenario.market.people * scenario.run.days > SMALL:
            importlib.import_module("sim.model.community")

    @property
    def _may_batch(self) -> bool:
        return self.job.runner == Job.runner and self.job.threads == 1

    def perform(self, tasks: Sequence[Task]) -> Iterator[Row]:
        """Make runs. Whatever goes wrong in one becomes a failed row: the others have nothing to do with it."""
        batches: dict[Shape, list[tuple[Task, Start]]] = {}
        for task in tasks:
            start = self._start(task)
            if start is None:
                yield self._alone(task)
                continue
            batch = batches.setdefault(start.plan_row.shape, [])
            batch.append((task, start))
            if len(batch) * start.plan_row.user_days >= TOGETHER:
                yield from self._together(batches.pop(start.plan_row.shape))
        for batch in batches.values():
            yield from self._together(batch)

    def row(self, task: Task) -> Row:
        """Make one run, by itself. What goes wrong in it is raised."""
        begun = time.perf_counter()
        scenario = self.job.scenario(task)
        market = self._shared_market(scenario, task.replicate).market
        run = self.runner(scenario, task.replicate, market, self.job.threads)
        return _row(self.job, task, time.perf_counter() - begun, *outcomes(run, self.job.layout))

    def _alone(self, task: Task) -> Row:
        for attempt in range(self.job.retries + 1):
            begun = time.perf_counter()
            try:
                return self.row(task)
            except Exception as error:  # a sweep goes on whatever a run does
                if attempt == self.job.retries:
                    return failure(self.job, task, error, time.perf_counter() - begun)
        raise AssertionError  # pragma: no cover

    def _together(self, batch: Sequence[tuple[Task, Start]]) -> Iterator[Row]:
        """The rows of a batch; ``seconds`` is each run's share."""
        begun = time.perf_counter()
        try:
            metrics, daily = outcomes(live([start for _, start in batch]), self.job.layout)
        except Exception as error:  # perhaps the memory was short: none of a run's own making
            warnings.warn(f"a batch of {len(batch)} runs failed, so they go one by one: {error!r}", stacklevel=2)
            yield from (self._alone(task) for task, _ in batch)
            return
        seconds = (time.perf_counter() - begun) / len(batch)
        for place, (task, _) in enumerate(batch):
            yield _row(self.job, task, seconds, metrics[place], daily[place])

    def _start(self, task: Task) -> Start | None:
        """The task as a run of a batch; None if it goes alone, as one in which something is wrong: that tells what."""
        if not self._may_batch:
            return None
        try:
            laid = self._laid.get(task.point) or self._lay(task)
            if laid.plan_row is None:
                return None
            shared = self._shared.get((laid.market, task.replicate))
            return Start(laid.plan_row, shared or self._shared_market(self.job.scenario(task), task.replicate))
        except Exception:  # it is met again, and told
            return None

    def _lay(self, task: Task) -> _Laid:
        if len(self._laid) >= PLANS_AT_HAND or self._workspaces.people > PEOPLE_AT_HAND:
            self._laid.clear()
            self._workspaces = Workspaces()
        scenario = self.job.scenario(task)
        plan_row = self._workspaces.plan_row(scenario, self._shared_market(scenario, task.replicate).market)
        self._laid[task.point] = _Laid(_market(scenario), plan_row)
        return self._laid[task.point]

    def _shared_market(self, scenario: Scenario, replicate: int) -> SharedMarket:
        key = (_market(scenario), replicate)
        if key not in self._shared:
            if sum(len(shared.market.people) for shared in self._shared.values()) > PEOPLE_AT_HAND:
                self._shared.clear()
            self._shared[key] = SharedMarket(scenario, replicate)
        return self._shared[key]


def _market(scenario: Scenario) -> tuple[str, int]:
    """What names a market, but for the replicate."""
    days = scenario.run.days if scenario.market.growth != 0.0 else 0  # who comes later is drawn with the others
    return f"{scenario.market.model_dump_json()} {scenario.run.users_per_agent} {days}", scenario.run.seed


def outcomes(run: Lived, layout: Layout) -> tuple[Floats, Floats]:
    """Metrics at the horizon, shape [metric], and daily columns, shape [column, day], of a finished run.

    Of a batch, both have the runs as their first axis.
    """
    wanted = {*layout.metrics, *layout.daily}
    found = to_date(run, [each for each in measures.MEASURES if each.name in wanted])
    daily = np.stack([found[name] for name in layout.daily], axis=-2)
    return np.stack([found[name][..., -1] for name in layout.metrics], axis=-1), daily


def failure(job: Job, task: Task, error: BaseException, seconds: float) -> Row:
    """The row of a run that failed; its traceback goes to ``errors/``, once for all that failed in the same way."""
    trace = ""
    if not isinstance(error, InputError):
        text = "".join(traceback.format_exception(error))
        places = [(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
        trace = hashlib.sha256(f"{type(error).__name__} {places}".encode()).hexdigest()[:12]
        path = job.folder / ERRORS / f"{trace}.txt"
        if not path.exists():
            write_file(path, text)
    return failed(job, task, type(error).__name__, str(error) or type(error).__name__, seconds, trace)


def failed(job: Job, task: Task, kind: str, text: str, seconds: float, trace: str = "") -> Row:
    """The row of a run that failed, by the name of what went wrong and a text about it."""
    row = _row(job, task, seconds)
    return Row(
        *(row.run_id, row.point, row.replicate, row.seed, row.factors, row.seconds),
        error=text[:MOST_TEXT].encode("utf-8", "replace").decode(), error_type=kind, trace=trace,
    )  # fmt: skip


def _row(job: Job, task: Task, seconds: float, metrics: Floats | None = None, daily: Floats | None = None) -> Row:
    seed = job.design.seed if job.design.seeds == "paired" else job.point(task).seed(0)
    fixed = (task.run_id, task.point, task.replicate, seed, task.values, round(seconds, 6))
    return Row(*fixed) if metrics is None or daily is None else Row(*fixed, metrics, daily)


class Batches:
    """Deals out tasks in batches that take about so many ``seconds``, so that talking about them costs little.

    The last ones are smaller, so that all workers end together. Tasks under which a worker has died go alone.
    """

    def __init__(self, tasks: Sequence[Task], workers: int, seconds: float) -> None:
        self._tasks = iter(tasks)
        self._left = len(tasks)
        self._again: list[Task] = []
        self._alone: list[Task] = []
        self._workers, self._seconds = workers, seconds
        self._size = 1.0

    def __len__(self) -> int:
        return self._left + len(self._again) + len(self._alone)

    def took(self, runs: int, seconds: float) -> None:
        """Learn how long a batch took; a batch is at most four times as large as the last one."""
        if runs:
            self._size = max(1.0, min(self._seconds * runs / max(seconds, 1e-6), 4.0 * runs))

    def again(self, tasks: Sequence[Task], *, alone: bool = False) -> None:
        """Take tasks back that were not done."""
        (self._alone if alone else self._again).extend(tasks)

    def next(self) -> list[Task]:
        """The next batch; empty if nothing is left."""
        size = max(1, min(int(self._size), len(self) // (2 * self._workers)))
        if self._again:
            batch, self._again = self._again[:size], self._again[size:]
        elif self._left:
            batch = list(islice(self._tasks, size))
            self._left -= len(batch)
        else:
            batch, self._alone = self._alone[:1], self._alone[1:]
        return batch


def resident(pid: int) -> int:
    """Bytes of memory that a process holds (resident set); 0 if it has ended."""
    import psutil  # noqa: PLC0415 - only where memory is limited

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
