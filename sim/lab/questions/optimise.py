"""The question ``optimize``: which plan is best for a budget of runs, and whether it beats the start on fresh seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from sim.errors import InputError
from sim.lab.designs import Design, Points
from sim.lab.designs.samplers import listed
from sim.lab.designs.specification import factors_of
from sim.lab.progress import SILENT, Progress
from sim.lab.questions.answer import Answer, kept
from sim.lab.questions.asked import Asked, check_known, metrics
from sim.lab.questions.base import base_values
from sim.lab.questions.loading import Given
from sim.lab.runs.sweep import Settings
from sim.lab.search.laboratory import is_search
from sim.lab.search.optimum import Optimum, best_plan
from sim.lab.search.planfile import plan_text, write_plan
from sim.lab.search.question import Objective, Question, Requirement
from sim.lab.store.folder import chosen_folder
from sim.lab.store.ledger import read_ledger
from sim.lab.store.manifest import remake
from sim.lab.store.version import model_version
from sim.scenario.schema import Scenario

#: Runs of a search where none are stated, and replicates of the proof (design choices).
BUDGET, REPLICATES = 600, 20
#: The scenario file of the best plan, and its title.
BEST = "best.yaml"
TITLES = {"en": "{plan}, best plan found", "zh": "{plan}（找到的最优方案）"}


@dataclass(frozen=True, kw_only=True)
class OptimumAnswer(Answer):
    """The best plan for a budget of runs, and its proof.

    ``found``: the search and the proofs. ``design``: the factors, then what is uncertain. ``plan``: the best plan as a
    scenario; the start where nothing better was found. ``best``: its file, which states only what differs from the
    scenario that was varied; None where the start stays the best. ``parent`` and ``name``: of that scenario.
    """

    kind: ClassVar[str] = "optimum"
    found: Optimum
    design: Design
    plan: Scenario
    best: Path | None
    parent: Path | None
    name: str

    def text(self, comment: str) -> str:
        """The text of :attr:`best` with a comment at its head."""
        return plan_text(self.folder, self.parent, self.plan, comment, _titles(self.design.scenario, self.name))


def optimise(
    scenario: Given, *, maximise: Sequence[str] = (), minimise: Sequence[str] = (), requirements: Sequence[str] = (),
    assume: Sequence[str] = (), vary: Sequence[str] = (), budget: int = BUDGET, replicates: int = REPLICATES,
    constraints: Sequence[str] = (), seed: int | None = None, days: int | None = None, overrides: Sequence[str] = (),
    settings: Settings | None = None, out: str | Path | None = None, progress: Progress = SILENT,
    command: Sequence[str] = (),
) -> OptimumAnswer:  # fmt: skip
    """Find the best plan for a budget of runs, prove it on fresh seeds, and write it as ``best.yaml``.

    Parameters
    ----------
    scenario : what is varied and where the search starts, or a design file. vary : ``KEY=SPEC`` each.
    maximise, minimise : metrics, such as ``strong`` or ``worst_tenth(profit)``; two give a front.
    requirements : what outcomes must meet, such as ``cost <= 100000``.
    assume : ``KEY=SPEC`` of what is uncertain: every replicate meets another value of it.
    budget : runs of the search; the proof comes on top. replicates : fresh ones that the proof rests on, at least 5.
    constraints, seed, days, overrides, settings, out, command : see :func:`sim.lab.questions.sweep.sweep`.

    Raises
    ------
    InputError, InputErrors : something cannot be used, the folder holds another search, Optuna is missing, or all runs
        have failed.
    Interrupted : after Ctrl-C; the same question goes on.
    """
    asked = Asked(scenario, vary=vary, constraints=constraints, seed=seed, days=days, overrides=overrides)
    wanted = question_of(asked.design, maximise, minimise, requirements, assume, budget)
    folder = chosen_folder(out, f"{asked.name}-optimize")
    design = Design(asked.design.scenario, [*wanted.factors, *wanted.uncertain], seed=asked.design.seed)
    before = _made(folder)
    with kept(folder, command):
        found = best_plan(
            wanted, design, folder, fresh=replicates, settings=settings, progress=progress, command=command
        )
    if failed := int((found.runs["status"] == "failed").sum()):
        progress.failed(failed, folder)
    plan = _plan(design, found)
    best = folder / BEST
    line = remake(command) if command else ""
    if found.proof is None:
        best.unlink(missing_ok=True)
    else:
        write_plan(best, asked.file, plan, line, _titles(design.scenario, asked.name))
    return OptimumAnswer(
        folder=folder, tables={"tried": found.tried, "runs": found.runs}, remake=line,
        made=len(found.runs) - before, failed=failed, found=found, design=design, plan=plan,
        best=best if found.proof else None, parent=asked.file, name=asked.name,
    )  # fmt: skip


def question_of(
    design: Design, maximise: Sequence[str], minimise: Sequence[str], requirements: Sequence[str],
    assume: Sequence[str], budget: int,
) -> Question:  # fmt: skip
    """What is searched.

    Raises
    ------
    InputError : nothing is wanted, or the same twice, or of an unknown metric; an assumption that is varied too.
    """
    objectives: list[Objective] = []
    for option, way, texts in (("--maximize", "max", maximise), ("--minimize", "min", minimise)):
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
    check_known(made.metric, metrics(), "metric", place)
    return made


def _made(folder: Path) -> int:
    """How many runs of a search are on the disk."""
    return len(read_ledger(folder, model_version()).entries) if is_search(folder) else 0


def _plan(design: Design, found: Optimum) -> Scenario:
    """The answer as a scenario."""
    values = {**base_values(design), **found.setting}
    point = tuple(values[factor.key] for factor in design.factors)
    return Points(design, listed([point], design.factors)).scenario(0)


def _titles(scenario: Scenario, name: str) -> dict[str, str]:
    """The title of the best plan in each language."""
    return {lang: text.format(plan=getattr(scenario.title, lang) or name) for lang, text in TITLES.items()}
