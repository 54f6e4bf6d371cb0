"""``optimize``: from options to the best plan, its file, its proof and its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sim.cli.asking import Asked, flat, print_answer, print_json, ran, tell_failed
from sim.cli.options import Language
from sim.cli.progress import listener
from sim.cli.result import RESULTS
from sim.cli.sweeping import settings
from sim.errors import InputError
from sim.lab.designs import Design, Points
from sim.lab.designs.samplers import listed
from sim.lab.designs.specification import factors_of
from sim.lab.metrics import CASH, METRICS
from sim.lab.questions.base import base_values
from sim.lab.search.optimum import Optimum, optimise
from sim.lab.search.planfile import write_plan
from sim.lab.search.question import Objective, Question, Requirement
from sim.lab.store import write_file
from sim.lab.store.manifest import remake
from sim.scenario.catalogue import did_you_mean
from sim.views.language.sweep_words import SweepWords
from sim.views.pages.sweeps import optimisation as page_of
from sim.views.sweep import View


def ask_optimum(
    scenario: str, *, maximize: Sequence[str], minimize: Sequence[str], requirements: Sequence[str],
    assume: Sequence[str], budget: int, replicates: int, making: Mapping[str, Any], out: str | None, lang: Language,
    quiet: bool, as_json: bool, **stated: Any,
) -> int:  # fmt: skip
    """Find and prove the best plan; the exit status.

    Raises
    ------
    InputError : an option cannot be used, the folder holds another search, or Optuna is missing.
    """
    asked = Asked(scenario, **stated)
    wanted = question_of(asked.design, maximize, minimize, requirements, assume, budget)
    command: list[str] = click.get_current_context().obj
    folder = Path(out) if out is not None else RESULTS / f"{asked.name}-optimize"
    design = Design(asked.design.scenario, [*wanted.factors, *wanted.uncertain], seed=asked.design.seed)
    found: list[Optimum] = []
    asking: dict[str, Any] = {
        "fresh": replicates, "settings": settings(**making), "progress": listener(quiet=quiet), "command": command,
    }  # fmt: skip
    if not ran(lambda: found.append(optimise(wanted, design, folder, **asking)), command):
        return 130
    optimum = found[0]
    table = optimum.runs
    failed = int((table["status"] == "failed").sum())
    tell_failed(failed, folder, quiet=quiet)
    view = View(design, table, wanted.objectives[0].metric, lang, remake(command))
    said = page_of.summary(view, optimum)
    file = _best_file(asked, design, optimum, view, folder)
    page = folder / "optimize.html"
    write_file(page, page_of.render(view, optimum, file.read_text(encoding="utf-8") if file else ""))
    if as_json:
        proof = optimum.proof
        print_json({
            "result": str(folder), "page": str(page), "best": str(file) if file else None, "answer": flat(said),
            "beats": proof.beats if proof else False, "setting": optimum.setting, "changes": list(optimum.changes),
            "proofs": [asdict(each) | {"beats": each.beats} for each in optimum.proofs],
            "plans": len(optimum.tried), "searched": optimum.searched, "fresh": optimum.fresh,
            "failed": failed,
        })  # fmt: skip
    else:
        print_answer(said, *([file] if file else []), page)
    return 0


def question_of(
    design: Design, maximize: Sequence[str], minimize: Sequence[str], requirements: Sequence[str],
    assume: Sequence[str], budget: int,
) -> Question:  # fmt: skip
    """What is searched, from the options.

    Raises
    ------
    InputError : nothing is wanted, or the same twice, or of an unknown metric; an assumption that is varied too.
    """
    objectives: list[Objective] = []
    for option, way, texts in (("--maximize", "max", maximize), ("--minimize", "min", minimize)):
        for text in texts:
            made = _parsed(Objective, f"{way} {text}", option)
            if any((made.metric, made.worst) == (each.metric, each.worst) for each in objectives):
                raise InputError(f"'{text}' is wanted twice", place=option, expected="each outcome once")
            objectives.append(made)
    if not objectives:
        raise InputError("nothing is wanted", expected="--maximize METRIC or --minimize METRIC", place="--maximize")
    required = [_parsed(Requirement, text, "--constraint-on") for text in requirements]
    uncertain = factors_of(list(assume), design.scenario, Path()) or design.assumptions
    if both := {each.key for each in uncertain} & {each.key for each in design.factors}:
        raise InputError(f"'{min(both)}' is varied too", place="--assume", expected="other keys than those of --vary")
    return Question(
        design.factors, tuple(objectives), budget, base_values(design), tuple(required), design.constraints, uncertain,
        seed=design.seed,
    )  # fmt: skip


def _parsed(kind: Any, text: str, place: str) -> Any:
    """An objective or requirement, about a metric that is known."""
    try:
        made = kind.parse(text)
    except InputError as error:
        raise InputError(error.problem, place=place, expected=error.expected) from None
    known = [each.name for each in (*METRICS, *CASH)]
    if made.metric not in known:
        hint = did_you_mean(made.metric, known)
        raise InputError(
            f"unknown metric '{made.metric}'", place=place, expected="one of " + ", ".join(known), hint=hint
        )
    return made


def _best_file(asked: Asked, design: Design, found: Optimum, view: View, folder: Path) -> Path | None:
    """``best.yaml``: the plan found, as a change of the scenario it came from; None where the start stays the best."""
    path = folder / "best.yaml"
    if found.proof is None:
        path.unlink(missing_ok=True)
        return None
    values = {**base_values(design), **found.setting}
    target = Points(design, listed([tuple(values[factor.key] for factor in design.factors)], design.factors)).scenario(
        0
    )
    comment = view.words("best.file", command=remake(click.get_current_context().obj))
    said = dict(page_of.summary(view, found)[:2])
    comment += "".join(f"\n{text}" for texts in said.values() for text in texts)
    titles = {name: SweepWords(name)("best.title", plan=getattr(design.scenario.title, name) or asked.name)
              for name in ("en", "zh")}  # fmt: skip
    write_plan(path, asked.file, target, comment, titles)
    return path
