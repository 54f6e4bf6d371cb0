"""The runs of a search: plans that are not known beforehand, made and kept like those of a sweep.

The folder is a sweep's that gets more and more points. What a round wants is written down before its first run, so that
a search that was killed finishes that round and then goes on just as it would have.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.lab.designs import Design, Points, Value
from sim.lab.designs.identity import described, identity
from sim.lab.designs.samplers import listed
from sim.lab.executors import Job, Task, opened
from sim.lab.progress import SILENT, Progress
from sim.lab.runs.declared import PLAN, Declared, declare, is_sweep, key_of, record
from sim.lab.runs.replicates import people, warm_up
from sim.lab.runs.sweep import Settings
from sim.lab.search.question import Question, Setting
from sim.lab.search.rounds import Job as Wanted
from sim.lab.store import canonical_json, read_table, write_file, write_table
from sim.lab.store.ledger import Ledger, read_ledger
from sim.lab.store.manifest import remake
from sim.lab.store.parts import point_key
from sim.lab.store.query import read_runs, results_digest
from sim.lab.store.version import model_version

if TYPE_CHECKING:
    import pandas as pd

QUESTION, ROUND = "question.json", "round.json"


class Laboratory:
    """Makes the runs that a search asks for, each once; to be closed.

    Parameters
    ----------
    question : what is searched; its uncertain factors get the values of each replicate's world.
    design : the scenario, with the question's factors and then the uncertain ones.
    folder : made if need be. settings : how runs are made; ``reuse`` is not heeded.
    command : the arguments after ``run.py`` that go on with it, for the folder.

    Raises
    ------
    InputError : the folder holds other things; or the executor cannot heed the settings.
    """

    def __init__(
        self, question: Question, design: Design, folder: Path, settings: Settings | None = None,
        command: Sequence[str] = (),
    ) -> None:  # fmt: skip
        chosen = settings or Settings()
        self.question, self.folder, self.settings, self.command = question, folder.resolve(), chosen, command
        workers, threads = chosen.shared_out(_largest(design))
        job = Job(design, self.folder, model_version(), threads, chosen.retries)
        self.job = replace(job, runner=chosen.runner) if chosen.runner else job
        self._held = ExitStack()
        self._crew = self._held.enter_context(
            opened(chosen.executor, self.job, workers, chosen.limits, chosen.cluster)
        )  # fmt: skip
        self._points: dict[tuple[Value, ...], Task] = {}
        self._declare(folder)
        self.ledger = read_ledger(self.folder, model_version())

    def close(self) -> None:
        """Stop; what is finished is kept."""
        self._held.close()

    @property
    def table(self) -> pd.DataFrame:
        """All runs on the disk, by point and replicate; empty at the beginning."""
        import pandas as pd  # noqa: PLC0415 - loaded with the runs

        return read_runs(self.ledger) if self.ledger.parts else pd.DataFrame()

    def resume(self, progress: Progress = SILENT) -> None:
        """Finish the round that was under way, and try again what had failed if there are retries.

        Raises
        ------
        InputError, KeyboardInterrupt : see :meth:`make`.
        """
        points, wanted = list(self._points.values()), owed_runs(self.ledger)
        if self.settings.retries:
            entries = self.ledger.entries.values()
            wanted += [(entry.point, entry.replicate) for entry in entries if entry.status == "failed"]
        self._carry_out([points[point]._replace(replicate=replicate) for point, replicate in wanted], progress)

    def make(self, wanted: Sequence[Wanted], progress: Progress = SILENT) -> pd.DataFrame:
        """Make runs that are not on the disk yet; all runs on the disk.

        Raises
        ------
        InputError : the disk is full, workers cannot start, and the like; or a run has failed and that stops it.
        KeyboardInterrupt : after Ctrl-C; what is finished is kept.
        """
        count = len(self._points)
        asked = [
            self._point(self._values(job.setting, replicate))._replace(replicate=replicate)
            for job in wanted
            for replicate in job.replicates
        ]
        tasks = [task for task in asked if (task.run_id, task.point) not in self.ledger.entries]
        if len(self._points) > count:
            self._write_points()
        if tasks:
            runs = [[task.point, task.replicate] for task in tasks]
            write_file(self.folder / ROUND, canonical_json({"version": self.job.version, "runs": runs}) + "\n")
        self._carry_out(tasks, progress)
        return self.table

    def conclude(self) -> None:
        """Enter into the folder's manifest that the search is finished, and what came out."""
        counts = {status: self.ledger.count(status) for status in ("done", "failed")}
        record(self.folder, results_digest(self.ledger), counts, float(self.table["seconds"].sum()))

    def _carry_out(self, tasks: Collection[Task], progress: Progress) -> None:
        if not tasks:
            return
        record(self.folder)
        warm_up("sweep", progress, batches=True)
        progress.begin("runs", len(tasks))
        try:
            # By replicate, because plans share its markets.
            for receipt in self._crew.run(sorted(tasks, key=lambda task: (task.replicate, task.point))):
                progress.advance(receipt.runs)
                if receipt.failed and self.settings.stop_on_failure:
                    hint = f"To go on: {remake(self.command)}" if self.command else ""
                    raise InputError("stopped: a run has failed", hint=hint)
        finally:
            progress.end()
        self.ledger = read_ledger(self.folder, self.job.version)

    def _point(self, values: tuple[Value, ...]) -> Task:
        """A point as the task of its first replicate; one that is new gets the next number."""
        if values not in self._points:
            task = Task(len(self._points), values, 0, "")
            try:
                key = key_of(self.job.scenario(task))
            except InputError:  # its runs will fail, each with the reason
                key = point_key({"contradiction": list(values)}, self.job.version)
            self._points[values] = task._replace(key=key)
        return self._points[values]

    def _values(self, setting: Setting, replicate: int) -> tuple[Value, ...]:
        met = {**setting, **self.question.world(replicate)}
        return tuple(met[factor.key] for factor in self.job.design.factors)

    def _declare(self, folder: Path) -> None:
        """Write what is searched into the folder, or check that it is what stands there, and learn its points.

        A search begins as the sweep of one point, the start; ``question.json`` says that it is one. After a change of
        the model points keep their numbers, under which runs of other versions may lie there.
        """
        about, path, known = dict(_about(self.question, self.job.design)), folder / QUESTION, list[Task]()
        if path.is_file():
            before = _read(path)
            if differing := [name for name, value in about.items() if before.get(name) != value]:
                problem = f"{folder} holds another search: it differs in {', '.join(differing)}"
                hint = f"Keep both with --out {folder}-2, or remove that folder."
                raise InputError(problem, place="--out", hint=hint)
            known = self._stored()
            if is_sweep(folder) and Declared.read(folder).version == self.job.version:
                self._points = {task.values: task for task in known}
                return
        start = self._values(self.question.plan(self.question.start), 0)
        declare(Points(self.job.design, listed([start], self.job.design.factors)), folder, self.command)
        for values in (start, *(task.values for task in known)):
            self._point(values)
        self._write_points()
        write_file(path, canonical_json(about) + "\n")

    def _stored(self) -> list[Task]:
        """The points that stand in the folder, each as the task of its first replicate."""
        rows = read_table(self.folder, PLAN).sort_values("point").to_dict("records")
        factors = self.job.design.factors
        return [
            Task(int(row["point"]), tuple(each.read(row[each.key]) for each in factors), 0, str(row["key"]))
            for row in rows
        ]

    def _write_points(self) -> None:
        points = Points(self.job.design, listed(list(self._points), self.job.design.factors))
        frame = points.table.assign(seed=[points.seed(point) for point in range(len(points))])
        write_table(self.folder, PLAN, frame.assign(key=[task.key for task in self._points.values()]))


def _largest(design: Design) -> int:
    """People in the largest market that the design may ask for."""
    varied = [factor for factor in design.factors if factor.key == "market.people"]
    return int(max([people(design.scenario), *(factor.value(1.0) or 0 for factor in varied)]))


def is_search(folder: Path) -> bool:
    """Whether a folder is a search's."""
    return (folder / QUESTION).is_file()


def owed_runs(ledger: Ledger) -> list[tuple[int, int]]:
    """(point, replicate) of runs that the round under way still wants; none where the folder is no search's.

    Raises
    ------
    InputError : the file is damaged.
    """
    path = ledger.folder / ROUND
    found = _read(path) if path.is_file() else {}
    if found.get("version") != ledger.version:
        return []
    made = {(entry.point, entry.replicate) for entry in ledger.entries.values()}
    try:
        return [(point, replicate) for point, replicate in found["runs"] if (point, replicate) not in made]
    except (KeyError, TypeError, ValueError) as error:
        hint = "Choose another folder, or remove this one."
        raise InputError("the file is damaged (it names no runs)", place=str(path), hint=hint) from error


def _about(question: Question, design: Design) -> Iterator[tuple[str, object]]:
    yield "scenario", identity(design.scenario)
    yield "factors", [described(factor) for factor in question.factors]
    yield "assumptions", [described(factor) for factor in question.uncertain]
    yield "objectives", [str(each) for each in question.objectives]
    yield "requirements", [str(each) for each in question.requirements]
    yield "constraints", [each.text for each in question.constraints]
    yield "seed", design.seed
    yield "budget", question.budget


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        hint = "Choose another folder, or remove this one."
        raise InputError(f"the file is damaged ({error})", place=str(path), hint=hint) from None
