"""``sensitivity``: from options to an answer and its page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sim.cli.asking import Asked, begin, flat, print_answer, print_json, ran, records
from sim.cli.options import Language
from sim.cli.pages import outcome_of
from sim.cli.progress import listener
from sim.cli.result import RESULTS
from sim.cli.sweeping import settings
from sim.errors import InputError
from sim.lab.designs import Design, Points
from sim.lab.questions import inquiry as sensitivities
from sim.lab.questions.inquiry import Inquiry, Method, Sensitivity
from sim.lab.store import write_file
from sim.lab.store.manifest import remake
from sim.views.language.metrics import metric
from sim.views.pages.sweeps import sensitivity as page_of
from sim.views.sweep import View

#: The method that a design's own sampler is made for.
METHODS: Mapping[str, Method] = {
    "saltelli": "sobol",
    "morris": "morris",
    "lhs": "pawn",
    "sobol": "pawn",
    "grid": "pawn",
}


def ask_sensitivity(
    scenario: str, *, method: Method | None, second_order: bool, outcome: str | None, runs: int | None,
    replicates: int | None, making: Mapping[str, Any], out: str | None, lang: Language, quiet: bool, as_json: bool,
    **stated: Any,
) -> int:  # fmt: skip
    """Answer which factors matter; the exit status.

    Raises
    ------
    InputError : an option cannot be used, or runs are missing; with the command that makes them.
    """
    asked = Asked(scenario, replicates=replicates, **stated)
    method = _method(asked, method, second_order=second_order)
    name = outcome_of(asked.design, outcome)
    _check_constraints(asked.design, method)
    design = _sampled(asked, method, runs, second_order=second_order)
    sensitivities.check_points(method, design, runs, second_order=second_order)
    command: list[str] = click.get_current_context().obj
    folder = Path(out) if out is not None else RESULTS / f"{asked.name}-{method}{'-second-order' * second_order}"
    inquiry = Inquiry(
        method, design, folder, settings(**making), command, fill=remake([*command, "--on-error", "retry=1"]),
        second_order=second_order,
    )  # fmt: skip
    if second_order and not quiet:
        _tell_cost(design)
    begin(inquiry.sweeps, quiet=quiet)
    if not ran(lambda: inquiry.run(listener(quiet=quiet)), command):
        return 130
    lowest = metric(name).better < 0
    found = inquiry.answer(name, lowest=lowest)
    view = View(inquiry.design, found.sample, name, lang, remake(command), found.runs)
    following = _following(asked, found) if method == "screen" else ""
    page = folder / "sensitivity.html"
    write_file(page, page_of.render(view, found, following))
    said = page_of.summary(view, found, following)
    if as_json:
        print_json({
            "result": str(folder), "page": str(page), "method": method, "outcome": name, "answer": flat(said),
            "scores": records(found.scores.reset_index()), "pairs": records(found.pairs),
            "tornado": records(found.bars),
            "turning": {key: asdict(each) | {"shape": each.shape.value} for key, each in found.turning.items()},
            "noise": asdict(found.noise) if found.noise else None,
            "runs": sum(len(sweep.ledger.entries) for sweep in inquiry.sweeps),
        })  # fmt: skip
    else:
        print_answer(said, page)
    return 0


def _method(asked: Asked, stated: Method | None, *, second_order: bool) -> Method:
    """The method stated, else the one that has indices of pairs if these are wanted, else what suits the design."""
    if second_order and stated not in {None, "sobol"}:
        raise InputError(
            f"{stated} has no indices of pairs", place="--second-order", expected="--method sobol, or none"
        )  # fmt: skip
    if stated or second_order:
        return stated or "sobol"
    suited = METHODS.get(asked.design.sampler) if asked.designed else None
    return suited or sensitivities.default_method(len(asked.design.factors))


def _check_constraints(design: Design, method: Method) -> None:
    """Refuse constraints with a method whose points only count together."""
    if design.constraints and method in {"sobol", "morris"}:
        raise InputError(
            f"{method} cannot keep constraints: its points only count together", place=design.constraints[0].place,
            hint="Take --method pawn or delta, without --second-order: their points can be left out.",
        )  # fmt: skip


def _tell_cost(design: Design) -> None:
    """What pairs cost, beside the indices without them."""
    wide = len(design.factors)
    rows = len(Points.of(design).sample.layout) // (wide + 2)
    click.echo(
        f"second order: N (2 k + 2) = {rows:,} × {2 * wide + 2} = {rows * (2 * wide + 2):,} points, "
        f"instead of N (k + 2) = {rows * (wide + 2):,}",
        err=True,
    )  # fmt: skip


def _sampled(asked: Asked, method: Method, runs: int | None, *, second_order: bool = False) -> Design:
    """The design that the method needs: the design file's own where that is one.

    With indices of pairs ``runs`` are the points of the longer form, which is made from this design.
    """
    own, count = asked.design, len(asked.design.factors)
    replicates = None if asked.states_replicates else sensitivities.REPLICATES
    if method == "tornado":
        return asked.with_sampler(replicates=replicates)
    if second_order and runs is not None:
        runs = math.ceil(runs / (2 * count + 2)) * (count + 2)
    sampler = sensitivities.SAMPLERS[method]
    suits = own.sampler == sampler or (method in sensitivities.GIVEN_DATA and own.sampler != "morris")
    if suits and asked.designed:
        return asked.with_sampler(runs=runs, replicates=replicates)
    points = runs or sensitivities.default_points(method, count)
    return asked.with_sampler(sampler=sampler, runs=points, replicates=replicates)


def _following(asked: Asked, found: Sensitivity) -> str:
    """The command that looks closer at the factors that matter, all else as it was asked."""
    kept = [str(key) for key in found.scores.index if found.scores.loc[key, "matters"]]
    if not kept:
        return ""
    design = asked.design
    specs = {factor.key: factor.spec for factor in design.factors}
    options = [("--vary", f"{key}={specs[key]}") for key in kept]
    options += [("--constraint", each.text) for each in design.constraints if {*each.keys} <= {*kept}]
    options += [("--set", change) for change in asked.changes]
    options += [("--seed", str(design.seed)), ("--outcome", found.outcome), ("--method", "sobol")]
    base = str(asked.file) if asked.designed else asked.named
    return remake(["sensitivity", base, *(word for option in options for word in option)])
