"""From the options of ``sensitivity``, ``optimize`` and ``discover`` to an answer and its page."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from sim.analysis.answers import sensitivity as sensitivities
from sim.analysis.answers.base import base_values
from sim.analysis.answers.optimisation import Optimum, optimise
from sim.analysis.answers.planfile import write_plan
from sim.analysis.answers.sensitivity import Inquiry, Method, Sensitivity
from sim.analysis.prim import cases_of, discover
from sim.analysis.question import Objective, Question, Requirement
from sim.cli.loading import loaded
from sim.cli.options import Language
from sim.cli.pages import found_folder, outcome_of, view_of
from sim.cli.progress import listener
from sim.cli.result import RESULTS
from sim.errors import InputError
from sim.experiments.declared import DESIGN
from sim.experiments.design import Design, Plan, load_study
from sim.experiments.design.samplers import listed
from sim.experiments.design.specification import factors_of
from sim.experiments.metrics import CASH, METRICS
from sim.experiments.sweep import Settings, Sweep
from sim.report.metrics import metric
from sim.report.sweeps import discovery as discovery_page
from sim.report.sweeps import optimisation as optimisation_page
from sim.report.sweeps import sensitivity as sensitivity_page
from sim.report.sweeps.view import View
from sim.report.sweeps.words import SweepWords
from sim.scenario.catalogue import did_you_mean
from sim.scenario.load import find_scenario
from sim.scenario.yaml12 import read
from sim.store import write_file
from sim.store.manifest import remake

#: The method that a study's own sampler is made for.
METHODS: Mapping[str, Method] = {"saltelli": "sobol", "morris": "morris", "lhs": "pawn", "sobol": "pawn", "grid": "pawn"}
#: Points of a discovery where none are asked for (design choice).
POINTS = 200
RUNNER = "COMMUNITY_GROWTH_RUNNER"


class Asked:
    """What a command line asks about: a scenario and options, or a study file and options.

    ``file``: of the scenario that is varied. ``name``: for folders. ``design``: as stated, with no sampler of ours yet.
    """

    def __init__(
        self, named: str, *, vary: Sequence[str], constraints: Sequence[str], seed: int | None, days: int | None,
        overrides: Sequence[str], replicates: int | None = None,
    ) -> None:  # fmt: skip
        self.named, self.vary, self.constraints = named, vary, constraints
        self.changes = [*overrides] if days is None else [*overrides, f"run.days={days}"]
        self.stated: dict[str, Any] = {"seed": seed, "replicates": replicates}
        tree = read(Path(named)) if Path(named).is_file() else None
        self.study = tree is not None and tree.child("scenario") is not None
        if self.study and tree is not None:
            self.name = Path(named).stem
            self.states_replicates = replicates is not None or tree.child("replicates") is not None
            self.file = find_scenario(str(tree.child("scenario").value), Path(named).parent)  # type: ignore[union-attr]
        else:
            self.states_replicates = replicates is not None
            self.file = find_scenario(named)
            self.name = self.file.stem
        self.design = self.with_sampler()

    def with_sampler(self, **chosen: Any) -> Design:
        """The design with a sampler, points and replicates instead of those stated."""
        given = {**self.stated, **{name: value for name, value in chosen.items() if value is not None}}
        if self.study:
            return load_study(self.named, self.changes, vary=self.vary, constraints=self.constraints, **given)
        found = loaded([self.named], self.changes, {})[0]
        stated = {name: value for name, value in given.items() if value is not None}
        sources = {name: f"--{name}" for name in ("runs", "replicates", "seed")} | {"factors": "--vary"}
        return Design(found.scenario, self.vary, constraints=self.constraints, sources=sources, **stated)


def ask_sensitivity(
    scenario: str, *, method: Method | None, outcome: str | None, runs: int | None, replicates: int | None,
    retries: int, workers: int | None, out: str | None, lang: Language, quiet: bool, as_json: bool, **stated: Any,
) -> int:  # fmt: skip
    """Answer which factors matter; the exit status.

    Raises
    ------
    InputError : an option cannot be used, or runs are missing; with the command that makes them.
    """
    asked = Asked(scenario, replicates=replicates, **stated)
    method = method or METHODS.get(asked.design.sampler if asked.study else "") or sensitivities.default_method(
        len(asked.design.factors)
    )
    name = outcome_of(asked.design, outcome)
    design = _sampled(asked, method, runs)
    command: list[str] = click.get_current_context().obj
    folder = Path(out) if out is not None else RESULTS / f"{asked.name}-{method}"
    inquiry = Inquiry(
        method, design, folder, _settings(workers, retries), command, fill=remake([*command, "--retries", "1"])
    )
    _tell_plan(inquiry.sweeps, quiet=quiet)
    if not _ran(lambda: inquiry.run(listener(quiet=quiet)), command):
        return 130
    lowest = metric(name).better < 0
    found = inquiry.answer(name, lowest=lowest)
    view = View(inquiry.design, found.sample, name, lang, remake(command), found.runs)
    following = _following(asked, found) if method == "screen" else ""
    page = folder / "sensitivity.html"
    write_file(page, sensitivity_page.render(view, found, following))
    said = sensitivity_page.summary(view, found, following)
    if as_json:
        _print_json({
            "result": str(folder), "page": str(page), "method": method, "outcome": name, "answer": _flat(said),
            "scores": _records(found.scores.reset_index()), "tornado": _records(found.bars),
            "turning": {key: asdict(each) | {"shape": each.shape.value} for key, each in found.turning.items()},
            "noise": asdict(found.noise) if found.noise else None, "runs": sum(len(s.ledger.entries) for s in inquiry.sweeps),
        })  # fmt: skip
    else:
        _print_answer(said, page)
    return 0


def ask_optimum(
    scenario: str, *, maximize: Sequence[str], minimize: Sequence[str], requirements: Sequence[str],
    assume: Sequence[str], budget: int, replicates: int, workers: int | None, out: str | None, lang: Language,
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
    heard = listener(quiet=quiet)
    if not _ran(lambda: found.append(optimise(wanted, design, folder, fresh=replicates, threads=workers, progress=heard)),
                command):  # fmt: skip
        return 130
    optimum = found[0]
    table = optimum.runs
    view = View(design, table, wanted.objectives[0].metric, lang, remake(command))
    said = optimisation_page.summary(view, optimum)
    file = _best_file(asked, design, optimum, view, folder)
    page = folder / "optimize.html"
    write_file(page, optimisation_page.render(view, optimum, file.read_text(encoding="utf-8") if file else ""))
    if as_json:
        proof = optimum.proof
        _print_json({
            "result": str(folder), "page": str(page), "best": str(file) if file else None, "answer": _flat(said),
            "beats": proof.beats if proof else False, "setting": optimum.setting, "changes": list(optimum.changes),
            "proofs": [asdict(each) | {"beats": each.beats} for each in optimum.proofs],
            "plans": len(optimum.tried), "searched": optimum.searched, "fresh": optimum.fresh,
        })  # fmt: skip
    else:
        _print_answer(said, *([file] if file else []), page)
    return 0


def question_of(
    design: Design, maximize: Sequence[str], minimize: Sequence[str], requirements: Sequence[str],
    assume: Sequence[str], budget: int,
) -> Question:  # fmt: skip
    """What is searched, from the options.

    Raises
    ------
    InputError : nothing is wanted, or of an unknown metric; an assumption that is varied too.
    """
    objectives = [_parsed(Objective, f"max {text}", "--maximize") for text in maximize]
    objectives += [_parsed(Objective, f"min {text}", "--minimize") for text in minimize]
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
        raise InputError(f"unknown metric '{made.metric}'", place=place, expected="one of " + ", ".join(known), hint=hint)
    return made


def _best_file(asked: Asked, design: Design, found: Optimum, view: View, folder: Path) -> Path | None:
    """``best.yaml``: the plan found, as a change of the scenario it came from; None where the start stays the best."""
    path = folder / "best.yaml"
    if found.proof is None:
        path.unlink(missing_ok=True)
        return None
    values = {**base_values(design), **found.setting}
    target = Plan(design, listed([tuple(values[factor.key] for factor in design.factors)], design.factors)).scenario(0)
    comment = view.words("best.file", command=remake(click.get_current_context().obj))
    said = dict(optimisation_page.summary(view, found)[:2])
    comment += "".join(f"\n{text}" for texts in said.values() for text in texts)
    titles = {name: SweepWords(name)("best.title", plan=getattr(design.scenario.title, name) or asked.name)
              for name in ("en", "zh")}  # fmt: skip
    write_plan(path, asked.file, target, comment, titles)
    return path


def ask_discovery(
    named: str, *, where: str, density: float | None, runs: int | None, replicates: int | None, retries: int,
    workers: int | None, out: str | None, lang: Language, quiet: bool, as_json: bool, **stated: Any,
) -> int:  # fmt: skip
    """Answer where something happens; the exit status.

    Raises
    ------
    InputError : the condition cannot be read, is about an unknown metric, or no point or every point meets it.
    """
    command: list[str] = click.get_current_context().obj
    folder = found_folder(named)
    if not (folder / DESIGN).is_file():
        asked = Asked(named, replicates=replicates, **stated)
        folder = Path(out) if out is not None else RESULTS / f"{asked.name}-discover"
        sweep = Sweep(Plan.of(_for_discovery(asked, runs)), folder, _settings(workers, retries), command)
        sweep.adopt()
        _tell_plan([sweep], quiet=quiet)
        if not _ran(lambda: sweep.run(listener(quiet=quiet)), command):
            return 130
    view = replace(view_of(folder, where_metric(where), lang), remake=remake(command))
    if not view.factors:
        raise InputError(f"{folder} varies nothing", expected="a sweep with points that differ")
    factors, cases = cases_of(view.table, view.factors, where)
    found = discover(factors, cases, density=density)
    page = folder / "discover.html"
    write_file(page, discovery_page.render(view, found, factors, cases, where))
    said = discovery_page.summary(view, found, where)
    if as_json:
        _print_json({
            "result": str(folder), "page": str(page), "where": where, "answer": _flat(said),
            "boxes": [asdict(each) for each in found.boxes], "base_density": found.base_density,
            "coverage": found.coverage, "points": found.points, "cases": found.cases,
        })  # fmt: skip
    else:
        _print_answer(said, page)
    return 0


def _for_discovery(asked: Asked, runs: int | None) -> Design:
    replicates = None if asked.states_replicates else sensitivities.REPLICATES
    if asked.study and asked.design.sampler not in {"morris", "saltelli"}:
        return asked.with_sampler(runs=runs, replicates=replicates)
    return asked.with_sampler(sampler="lhs", runs=runs or POINTS, replicates=replicates)


def where_metric(where: str) -> str:
    """The metric of a condition such as ``profit < 0``; what is no condition is refused where it is read."""
    return re.split(r"[<>=\s]", where.strip(), maxsplit=1)[0]


def _sampled(asked: Asked, method: Method, runs: int | None) -> Design:
    """The design that the method needs: the study's own where that is one."""
    own, count = asked.design, len(asked.design.factors)
    replicates = None if asked.states_replicates else sensitivities.REPLICATES
    if method == "tornado":
        return asked.with_sampler(replicates=replicates)
    sampler = sensitivities.SAMPLERS[method]
    suits = own.sampler == sampler or (method in {"pawn", "screen"} and asked.study and own.sampler != "morris")
    if suits and asked.study:
        return asked.with_sampler(runs=runs, replicates=replicates)
    points = runs or sensitivities.default_points(method, count)
    return asked.with_sampler(sampler=sampler, runs=points, replicates=replicates)


def _following(asked: Asked, found: Sensitivity) -> str:
    """The command that looks closer at the factors that matter."""
    program = click.get_current_context().find_root().info_name
    kept = [str(key) for key in found.scores.index if found.scores.loc[key, "matters"]]
    factors = {factor.key: factor.spec for factor in asked.design.factors}
    if not kept:
        return ""
    base = str(asked.file) if asked.study else asked.named
    return f"{program} sensitivity {base} " + " ".join(f"--vary {key}={factors[key]}" for key in kept) + " --method sobol"


def _settings(workers: int | None, retries: int) -> Settings:
    return Settings(workers=workers, retries=retries, runner=os.environ.get(RUNNER))


def _tell_plan(sweeps: Sequence[Sweep], *, quiet: bool) -> None:
    if quiet:
        return
    todo = sum(len(sweep.todo()) for sweep in sweeps)
    wanted = sum(sweep.plan.runs for sweep in sweeps)
    click.echo(f"plan: {wanted:,} runs, {todo:,} of them to do", err=True)
    for note in dict.fromkeys(note for sweep in sweeps for note in sweep.notes):
        click.echo(f"note: {note}", err=True)


def _ran(work: Any, command: Sequence[str]) -> bool:
    """Do it; False after Ctrl-C, with the line that goes on."""
    try:
        work()
    except KeyboardInterrupt:
        click.echo(f"\nstopped: Ctrl-C; what is finished is kept. To go on: {remake(command)}", err=True)
        return False
    return True


def _print_answer(said: Sequence[tuple[str, Sequence[str]]], *paths: Path) -> None:
    for lead, texts in said:
        click.echo(f"{lead} {' '.join(texts)}")
    click.echo()
    for path in paths:
        click.echo(path)


def _flat(said: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    return [text for _, texts in said for text in texts]


def _records(frame: Any) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _print_json(content: Mapping[str, Any]) -> None:
    click.echo(json.dumps(_plain(content), ensure_ascii=False, allow_nan=False, indent=1))


def _plain(value: Any) -> Any:
    """Plain values for JSON; what is not finite is null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, str | int | bool) else str(value)

