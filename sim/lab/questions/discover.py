"""The question ``discover``: where in the space of the factors something happens, where a plan fails or shines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from sim.errors import InputError
from sim.lab.designs import Design, Points
from sim.lab.estimators import prim
from sim.lab.progress import SILENT, Progress, Workload
from sim.lab.questions.answer import Answer, going_on, kept
from sim.lab.questions.asked import Asked, outcome_of
from sim.lab.questions.loading import Given
from sim.lab.questions.standing import Standing
from sim.lab.runs.declared import Declared, is_sweep
from sim.lab.runs.sweep import Settings, Sweep
from sim.lab.store.folder import chosen_folder, found_folder
from sim.lab.store.manifest import remake
from sim.scenario.load import Loaded, find_scenario
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Points of a discovery where none are asked for (design choice).
POINTS = 200


@dataclass(frozen=True, kw_only=True)
class DiscoveryAnswer(Answer):
    """In which region something happens.

    ``found``: the boxes. ``where``: what was looked for, ``outcome`` the metric in it. ``design``: of the sweep.
    ``factors`` and ``cases``: the points, and which of them meet the condition.
    """

    kind: ClassVar[str] = "discovery"
    found: prim.Discovery
    where: str
    outcome: str
    design: Design
    factors: pd.DataFrame
    cases: NDArray[np.bool_]


def discover(
    given: Given, *, where: str, density: float | None = None, vary: Sequence[str] = (), runs: int | None = None,
    replicates: int | None = None, constraints: Sequence[str] = (), seed: int | None = None, days: int | None = None,
    overrides: Sequence[str] = (), settings: Settings | None = None, out: str | Path | None = None,
    progress: Progress = SILENT, command: Sequence[str] = (),
) -> DiscoveryAnswer:  # fmt: skip
    """Say in which region of the factors something happens.

    Parameters
    ----------
    given : the folder of a sweep that has been run; a scenario or design file is swept first, or gone on with.
    where : what to look for, such as ``profit < 0``.
    density : the least share of such points in a box, in [0, 1]; by default a balance with coverage.
    vary, runs, replicates, constraints, seed, days, overrides, settings, out, command : of the sweep, see
        :func:`sim.lab.questions.sweep.sweep`; runs are 200 unless stated.

    Raises
    ------
    InputError, InputErrors : the condition cannot be read, or no point or every point meets it; and as a sweep.
    Interrupted : after Ctrl-C; the same question goes on.
    """
    metric = _metric_of(where)
    folder, made = _folder_of(given), 0
    if folder is not None:
        standing = Standing.read(folder)
        progress.plan(Workload(runs=0, todo=0, notes=standing.notes))
    else:
        asked = Asked(
            given, vary=vary, constraints=constraints, seed=seed, days=days, overrides=overrides,
            replicates=replicates,
        )  # fmt: skip
        outcome_of(asked.design, metric, "--where")
        folder = chosen_folder(out, f"{asked.name}-discover")
        made = _swept(Sweep(Points.of(_sampled(asked, runs)), folder, settings, command), folder, command, progress)
        standing = Standing.read(folder)
    return _answer(standing, metric, where, density, made, command)


def _folder_of(given: Given) -> Path | None:
    """The folder of a sweep that has been run; None for a scenario or design file.

    Raises
    ------
    InputError : it is neither.
    """
    if isinstance(given, Scenario | Loaded):
        return None
    folder = found_folder(given)
    if is_sweep(folder):
        return folder
    try:
        find_scenario(given)
    except InputError as error:
        if folder.is_file():
            raise
        if folder.is_dir():
            Declared.read(folder)  # says what is wrong with it
        expected = "a scenario, a design file, or the folder of a sweep"
        problem = f"there is no scenario, design file or folder '{given}'"
        raise InputError(problem, expected=expected, hint=error.hint) from None
    return None


def _metric_of(where: str) -> str:
    """The metric of a condition such as ``profit < 0``."""
    try:
        return prim.metric_of(where)
    except InputError as error:
        raise InputError(error.problem, place="--where", expected=error.expected) from None


def _sampled(asked: Asked, runs: int | None) -> Design:
    """The design that is swept: the design file's own, unless its points only count together."""
    if asked.designed and asked.design.sampler not in {"morris", "saltelli"}:
        return asked.with_sampler(runs=runs, replicates=asked.replicates)
    return asked.with_sampler(sampler="lhs", runs=runs or POINTS, replicates=asked.replicates)


def _swept(sweep: Sweep, folder: Path, command: Sequence[str], progress: Progress) -> int:
    """Make the runs that are missing; how many."""
    with kept(folder, command, sweep):
        sweep.adopt()
        todo = len(sweep.todo())
        progress.plan(Workload(runs=sweep.points.runs, todo=todo, notes=tuple(dict.fromkeys(sweep.notes))))
        results = sweep.run(progress)
    if results.stopped:
        raise InputError(f"stopped: {results.stopped}", hint=going_on(command))
    if failed := results.ledger.count("failed"):
        progress.failed(failed, folder)
    return todo


def _answer(
    standing: Standing, metric: str, where: str, density: float | None, made: int, command: Sequence[str]
) -> DiscoveryAnswer:
    folder, design, runs = standing.declared.folder, standing.declared.design, standing.runs()
    outcome_of(design, metric, "--where")
    done = runs[(runs["status"] == "done").to_numpy()]
    keys = [factor.key for factor in design.factors if done[factor.key].nunique(dropna=False) > 1]
    if not keys:
        raise InputError(f"{folder} varies nothing", expected="a sweep with points that differ")
    factors, cases = prim.cases_of(runs, keys, where)
    if cases.all() or not cases.any():
        span = runs[metric].agg(["min", "max"])
        hint = f"Move the number: in these runs it lies between {span['min']:.6g} and {span['max']:.6g}."
        problem = f"{int(cases.sum())} of {len(cases)} points meet '{where}'"
        raise InputError(problem, place="--where", expected="some, and not all, of the points", hint=hint)
    found = prim.discover(factors, cases, density=density)
    return DiscoveryAnswer(
        folder=folder, tables=_tables(found, runs), remake=remake(command) if command else "", notes=standing.notes,
        made=made, failed=standing.ledger.count("failed"), found=found, where=where, outcome=metric, design=design,
        factors=factors, cases=cases,
    )  # fmt: skip


def _tables(found: prim.Discovery, runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of the answer: ``limits``, one row a box and factor; ``steps`` of the search; and the ``runs``."""
    limits = [{"box": number, **asdict(limit)} for number, box in enumerate(found.boxes) for limit in box.limits]
    return {"limits": pd.DataFrame(limits), "steps": found.trajectory, "runs": runs}
