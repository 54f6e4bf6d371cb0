"""The question ``sweep``: what comes out at every point of a design."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sim.lab.designs import Design, Points
from sim.lab.progress import SILENT, Progress, Workload
from sim.lab.questions.answer import Answer, kept
from sim.lab.questions.asked import Asked, metrics, outcome_of
from sim.lab.questions.loading import Given
from sim.lab.questions.standing import Standing
from sim.lab.runs.sweep import Results, Settings, Sweep, parsed_width
from sim.lab.store import read_table
from sim.lab.store.folder import chosen_folder
from sim.lab.store.manifest import Manifest

if TYPE_CHECKING:
    import pandas as pd


class StoredTables(Mapping[str, "pd.DataFrame"]):
    """The tables of a sweep's folder, each read when it is looked up: ``runs``, ``daily`` (maybe large), ``plan``."""

    def __init__(self, results: Results) -> None:
        self._results = results

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name == "plan":
            return read_table(self._results.ledger.folder, name)
        if name not in set(self):
            raise KeyError(name)
        table: pd.DataFrame = getattr(self._results, name)
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(("runs", "daily", "plan"))

    def __len__(self) -> int:
        return 3


@dataclass(frozen=True, kw_only=True)
class SweepAnswer(Answer):
    """The runs of a sweep, however far it is.

    ``design``: what was varied. ``outcome``: the metric that its page is about. ``results``: what is on the disk.
    ``points`` and ``replicates``: wanted; ``missing``: runs that are not made; ``adopted``: taken over from other
    sweeps just now.
    """

    kind: ClassVar[str] = "sweep"
    design: Design
    outcome: str
    results: Results
    points: int
    replicates: int
    missing: int
    adopted: int = 0

    @property
    def done(self) -> int:
        """Finished runs."""
        return self.results.ledger.count("done")

    @property
    def digest(self) -> str:
        """Of the results, see :func:`sim.lab.store.query.results_digest`."""
        return self.results.digest

    @property
    def stopped(self) -> str:
        """Why it ended before all was done; empty if it did not."""
        return self.results.stopped

    @classmethod
    def read(cls, folder: Path, outcome: str | None = None) -> SweepAnswer:
        """The sweep or search in a folder as it was left.

        Raises
        ------
        InputError : there is none, it is damaged, or has no such outcome.
        """
        left = Standing.read(folder)
        declared, results = left.declared, Results(left.ledger)
        return cls(
            folder=folder, tables=StoredTables(results), remake=declared.remake, notes=left.notes,
            failed=left.ledger.count("failed"), design=declared.design, outcome=outcome_of(declared.design, outcome),
            results=results, points=declared.points(), replicates=declared.replicates, missing=left.missing,
        )  # fmt: skip


def sweep(
    scenario: Given, *, vary: Sequence[str] = (), sampler: str | None = None, runs: int | None = None,
    points: str | Path | Sequence[Mapping[str, object]] | None = None, constraints: Sequence[str] = (),
    replicates: int | None = None, seed: int | None = None, seeds: str | None = None, days: int | None = None,
    overrides: Sequence[str] = (), until_width: str | None = None, settings: Settings | None = None,
    out: str | Path | None = None, progress: Progress = SILENT, command: Sequence[str] = (),
) -> SweepAnswer:  # fmt: skip
    """Run every point of a design, or go on with it; runs of other sweeps are taken over.

    Parameters
    ----------
    scenario : what is varied, or a design file. vary : ``KEY=SPEC`` each, see :mod:`sim.lab.designs.vary`.
    sampler, runs, points, constraints, replicates, seed, seeds : see :class:`~sim.lab.designs.Design`.
    days : instead of ``run.days``. overrides : ``KEY=VALUE`` for the scenario.
    until_width : ``METRIC=WIDTH``: more replicates until the 90 % interval of the mean is so narrow at every point.
    settings : how runs are made; it changes no number. out : the folder; by default ``results/NAME-sweep``.
    command : the arguments after ``run.py`` that ask the same, for the folder.

    Raises
    ------
    InputError, InputErrors : something cannot be used, or the folder holds something else.
    Interrupted : after Ctrl-C; the same question goes on.
    """
    asked = Asked(
        scenario, vary=vary, constraints=constraints, days=days, overrides=overrides, sampler=sampler, runs=runs,
        points=points, replicates=replicates, seed=seed, seeds=seeds,
    )  # fmt: skip
    design = asked.design
    name = asked.name if asked.designed else design.scenario.name
    outcome = outcome_of(design, None)
    until = parsed_width(until_width, [*metrics(), *design.outcomes]) if until_width else None
    folder = chosen_folder(out, f"{name}-sweep")
    made = Sweep(Points.of(design), folder, settings, command)
    with kept(folder, command, made):
        made.adopted = made.adopt()
        progress.plan(_workload(made))
        before = len(made.ledger.entries)
        results = made.run(progress, until)
    return _answer(made, results, folder, outcome, before)


def _workload(made: Sweep) -> Workload:
    """What a sweep is about to run."""
    todo, replicates = made.todo(), made.points.replicates
    there = sum(entry.replicate < replicates for entry in made.ledger.entries.values())
    kept_before = Manifest.read(made.folder).replicates
    return Workload(
        runs=made.points.runs, todo=len(todo), points=len(made.points), replicates=replicates, there=there,
        adopted=made.adopted, kept=kept_before if kept_before > replicates else 0, seconds=made.seconds(todo),
        workers=made.workers, megabytes=made.megabytes(todo), notes=tuple(made.notes),
    )  # fmt: skip


def _answer(made: Sweep, results: Results, folder: Path, outcome: str, before: int) -> SweepAnswer:
    return replace(
        SweepAnswer.read(folder), tables=StoredTables(results), notes=results.notes, outcome=outcome, results=results,
        points=len(made.points), replicates=made.points.replicates, missing=len(made.todo()), adopted=made.adopted,
        made=len(results.ledger.entries) - before,
    )  # fmt: skip
