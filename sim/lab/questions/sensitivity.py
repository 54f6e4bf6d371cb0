"""The question ``sensitivity``: which factors matter, how sure that is, and where more of one starts to hurt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from sim.errors import InputError
from sim.lab.designs import Design, Points
from sim.lab.progress import SILENT, Progress, Workload
from sim.lab.questions.answer import Answer, kept
from sim.lab.questions.asked import Asked, outcome_of
from sim.lab.questions.inquiry import (
    GIVEN_DATA,
    SAMPLERS,
    Inquiry,
    Method,
    Sensitivity,
    check_points,
    default_method,
    default_points,
)  # fmt: skip
from sim.lab.questions.loading import Given
from sim.lab.runs.sweep import Settings
from sim.lab.store.folder import chosen_folder
from sim.lab.store.manifest import remake
from sim.model import measures

#: What makes runs that are missing or failed, where a question is asked from Python.
FILL = "the same question with settings=Settings(retries=1)"
#: The method that a design's own sampler is made for.
SUITED: Mapping[str, Method] = {
    "saltelli": "sobol",
    "morris": "morris",
    "lhs": "pawn",
    "sobol": "pawn",
    "grid": "pawn",
}


@dataclass(frozen=True, kw_only=True)
class SensitivityAnswer(Answer):
    """Which factors matter, and how much.

    ``found``: the scores, bars and turning points. ``design``: of the main runs. ``following``: after a screening the
    command that looks closer at the factors that matter; else empty. ``runs``: all that the answer rests on.
    """

    kind: ClassVar[str] = "sensitivity"
    found: Sensitivity
    design: Design
    following: str
    runs: int


def sensitivity(
    scenario: Given, *, vary: Sequence[str] = (), method: Method | None = None, second_order: bool = False,
    outcome: str | None = None, runs: int | None = None, replicates: int | None = None,
    constraints: Sequence[str] = (), seed: int | None = None, days: int | None = None, overrides: Sequence[str] = (),
    settings: Settings | None = None, out: str | Path | None = None, progress: Progress = SILENT,
    command: Sequence[str] = (),
) -> SensitivityAnswer:  # fmt: skip
    """Say which factors matter for an outcome; runs that are on the disk are not made again.

    Parameters
    ----------
    scenario : what is varied, or a design file. vary : ``KEY=SPEC`` each, see :mod:`sim.lab.designs.vary`.
    method : by default what suits the design file, else Sobol's indices for up to six factors and screening for more.
    second_order : with Sobol's indices also those of pairs. outcome : the metric; by default strong ties.
    runs, replicates : points wanted, and runs of each.
    constraints, seed, days, overrides, settings, out, command : see :func:`sim.lab.questions.sweep.sweep`.

    Raises
    ------
    InputError, InputErrors : something cannot be used, or there are too few points, before the first run; runs are
        missing or failed, with the command that fills them.
    Interrupted : after Ctrl-C; the same question goes on.
    """
    asked = Asked(
        scenario, vary=vary, constraints=constraints, seed=seed, days=days, overrides=overrides, replicates=replicates
    )
    method = _method(asked, method, second_order=second_order)
    name = outcome_of(asked.design, outcome)
    _check_constraints(asked.design, method)
    design = _sampled(asked, method, runs, second_order=second_order)
    check_points(method, design, runs, second_order=second_order)
    folder = chosen_folder(out, f"{asked.name}-{method}{'-second-order' * second_order}")
    fill = remake([*command, "--on-error", "retry=1"]) if command else FILL
    inquiry = Inquiry(method, design, folder, settings, command, fill=fill, second_order=second_order)
    made = _run(inquiry, folder, command, progress)
    lowest = next((each.better < 0 for each in measures.metrics() if each.name == name), False)
    found = inquiry.answer(name, lowest=lowest)
    return SensitivityAnswer(
        folder=folder, tables=_tables(found), remake=remake(command) if command else "",
        notes=tuple(dict.fromkeys(note for sweep in inquiry.sweeps for note in sweep.notes)), made=made, found=found,
        design=inquiry.design, following=_following(asked, found) if method == "screen" else "",
        runs=sum(len(sweep.ledger.entries) for sweep in inquiry.sweeps),
    )  # fmt: skip


def _run(inquiry: Inquiry, folder: Path, command: Sequence[str], progress: Progress) -> int:
    """Make the runs that are missing; how many."""
    with kept(folder, command, *inquiry.sweeps):
        for sweep in inquiry.sweeps:
            sweep.adopt()
        todo = _planned(inquiry, progress)
        inquiry.run(progress)
    return todo


def _planned(inquiry: Inquiry, progress: Progress) -> int:
    """Tell the runs that are to be made; how many."""
    todo = sum(len(sweep.todo()) for sweep in inquiry.sweeps)
    notes = [_cost(inquiry.main.points)] if inquiry.second_order else []
    notes += [note for sweep in inquiry.sweeps for note in sweep.notes]
    wanted = sum(sweep.points.runs for sweep in inquiry.sweeps)
    progress.plan(Workload(runs=wanted, todo=todo, notes=tuple(dict.fromkeys(notes))))
    return todo


def _method(asked: Asked, stated: Method | None, *, second_order: bool) -> Method:
    """The method stated, else the one that has indices of pairs if these are wanted, else what suits the design."""
    if second_order and stated not in {None, "sobol"}:
        raise InputError(
            f"{stated} has no indices of pairs", place="--second-order", expected="--method sobol, or none"
        )
    if stated or second_order:
        return stated or "sobol"
    suited = SUITED.get(asked.design.sampler) if asked.designed else None
    return suited or default_method(len(asked.design.factors))


def _check_constraints(design: Design, method: Method) -> None:
    """Refuse constraints with a method whose points only count together."""
    if design.constraints and method in {"sobol", "morris"}:
        raise InputError(
            f"{method} cannot keep constraints: its points only count together", place=design.constraints[0].place,
            hint="Take --method pawn or delta, without --second-order: their points can be left out.",
        )  # fmt: skip


def _cost(points: Points) -> str:
    """What pairs cost, beside the indices without them; ``points`` are those of the longer form."""
    wide = len(points.design.factors)
    rows = len(points.sample.layout) // (2 * wide + 2)
    return (
        f"second order: N (2 k + 2) = {rows:,} × {2 * wide + 2} = {rows * (2 * wide + 2):,} points, "
        f"instead of N (k + 2) = {rows * (wide + 2):,}"
    )


def _sampled(asked: Asked, method: Method, runs: int | None, *, second_order: bool = False) -> Design:
    """The design that the method needs: the design file's own where that is one.

    With indices of pairs ``runs`` are the points of the longer form, which is made from this design.
    """
    own, count, replicates = asked.design, len(asked.design.factors), asked.replicates
    if method == "tornado":
        return asked.with_sampler(replicates=replicates)
    if second_order and runs is not None:
        runs = math.ceil(runs / (2 * count + 2)) * (count + 2)
    sampler = SAMPLERS[method]
    suits = own.sampler == sampler or (method in GIVEN_DATA and own.sampler != "morris")
    if suits and asked.designed:
        return asked.with_sampler(runs=runs, replicates=replicates)
    return asked.with_sampler(sampler=sampler, runs=runs or default_points(method, count), replicates=replicates)


def _following(asked: Asked, found: Sensitivity) -> str:
    """The command that looks closer at the factors that matter, all else as it was asked; "" of a scenario at hand."""
    kept_keys = [str(key) for key in found.scores.index if found.scores.loc[key, "matters"]]
    base = str(asked.file) if asked.designed else asked.named
    if not kept_keys or base is None:
        return ""
    design = asked.design
    specs = {factor.key: factor.spec for factor in design.factors}
    options = [("--vary", f"{key}={specs[key]}") for key in kept_keys]
    options += [("--constraint", each.text) for each in design.constraints if {*each.keys} <= {*kept_keys}]
    options += [("--set", change) for change in asked.changes]
    options += [("--seed", str(design.seed)), ("--outcome", found.outcome), ("--method", "sobol")]
    return remake(["sensitivity", str(base), *(word for option in options for word in option)])


def _tables(found: Sensitivity) -> dict[str, Any]:
    """The tables of the answer: ``scores``, ``pairs``, ``tornado``, and the runs that it rests on."""
    return {
        "scores": found.scores, "pairs": found.pairs, "tornado": found.bars, "runs": found.runs, "alone": found.alone,
    }  # fmt: skip
