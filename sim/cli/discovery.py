"""``discover``: from options to the regions where something happens, and their page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from sim.analysis.answers.sensitivity import REPLICATES
from sim.analysis.prim import cases_of, discover, metric_of
from sim.cli.asking import Asked, begin, flat, print_answer, print_json, ran, tell_failed
from sim.cli.options import Language
from sim.cli.pages import found_folder, outcome_of, read_sweep, view_of
from sim.cli.progress import listener
from sim.cli.result import RESULTS
from sim.cli.sweeping import settings
from sim.errors import InputError
from sim.experiments.declared import Declared, is_sweep
from sim.experiments.design import Design, Plan
from sim.experiments.sweep import Results, Sweep
from sim.report.sweeps import discovery as page_of
from sim.scenario.load import find_scenario
from sim.store import write_file
from sim.store.manifest import remake

#: Points of a discovery where none are asked for (design choice).
POINTS = 200


def ask_discovery(
    named: str, *, where: str, density: float | None, runs: int | None, replicates: int | None,
    making: Mapping[str, Any], out: str | None, lang: Language, quiet: bool, as_json: bool, **stated: Any,
) -> int:  # fmt: skip
    """Answer where something happens; the exit status.

    Raises
    ------
    InputError : the condition cannot be read, is about an unknown metric, or no point or every point meets it.
    """
    command: list[str] = click.get_current_context().obj
    metric = _metric_of(where)
    folder = found_folder(named)
    if not is_sweep(folder):
        _check_named(named, folder)
        asked = Asked(named, replicates=replicates, **stated)
        outcome_of(asked.design, metric, "--where")
        folder = Path(out) if out is not None else RESULTS / f"{asked.name}-discover"
        sweep = Sweep(Plan.of(_for_discovery(asked, runs)), folder, settings(**making), command)
        begin([sweep], quiet=quiet)
        made: list[Results] = []
        if not ran(lambda: made.append(sweep.run(listener(quiet=quiet))), command):
            return 130
        if made[0].stopped:
            raise InputError(f"stopped: {made[0].stopped}", hint=f"To go on: {remake(command)}")
        tell_failed(made[0].ledger.count("failed"), folder, quiet=quiet)
    else:
        read_sweep(folder)
    view = replace(view_of(folder, metric, lang, "--where"), remake=remake(command))
    if not view.factors:
        raise InputError(f"{folder} varies nothing", expected="a sweep with points that differ")
    factors, cases = cases_of(view.table, view.factors, where)
    if cases.all() or not cases.any():
        span = view.table[metric].agg(["min", "max"])
        hint = f"Move the number: in these runs it lies between {span['min']:.6g} and {span['max']:.6g}."
        problem = f"{int(cases.sum())} of {len(cases)} points meet '{where}'"
        raise InputError(problem, place="--where", expected="some, and not all, of the points", hint=hint)
    found = discover(factors, cases, density=density)
    page = folder / "discover.html"
    write_file(page, page_of.render(view, found, factors, cases, where))
    said = page_of.summary(view, found, where)
    if as_json:
        print_json({
            "result": str(folder), "page": str(page), "where": where, "answer": flat(said),
            "boxes": [asdict(each) for each in found.boxes], "base_density": found.base_density,
            "coverage": found.coverage, "points": found.points, "cases": found.cases,
        })  # fmt: skip
    else:
        print_answer(said, page)
    return 0


def _for_discovery(asked: Asked, runs: int | None) -> Design:
    replicates = None if asked.states_replicates else REPLICATES
    if asked.study and asked.design.sampler not in {"morris", "saltelli"}:
        return asked.with_sampler(runs=runs, replicates=replicates)
    return asked.with_sampler(sampler="lhs", runs=runs or POINTS, replicates=replicates)


def _metric_of(where: str) -> str:
    """The metric of a condition such as ``profit < 0``."""
    try:
        return metric_of(where)
    except InputError as error:
        raise InputError(error.problem, place="--where", expected=error.expected) from None


def _check_named(named: str, folder: Path) -> None:
    """Refuse what is neither a scenario or study nor the folder of a sweep."""
    try:
        find_scenario(named)
    except InputError as error:
        if folder.is_dir():
            Declared.read(folder)  # says what is wrong with it
        if folder.is_file():
            raise
        expected = "a scenario, a study, or the folder of a sweep"
        problem = f"there is no scenario, study or folder '{named}'"
        raise InputError(problem, expected=expected, hint=error.hint) from None
