"""``run``, ``compare`` and ``arms``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.options import Language

if TYPE_CHECKING:
    from sim.lab.questions.comparison import Study


@click.command("run")
@click.argument("scenario")
@options.study
def run_command(scenario: str, **given: Any) -> None:
    """Run the replicates of one SCENARIO (a file, or a name that 'list' shows) and write a result folder.

    A finished identical study is found, not run again.
    """
    from sim.lab.questions.run import run

    _conduct(lambda **asked: run(scenario, **asked), [scenario], **given)


@click.command("compare")
@click.argument("scenarios", nargs=-1, required=True, metavar="A B [C ...]")
@click.option(
    "--attribution-replicates",
    "explaining",
    type=click.IntRange(0),
    metavar="N",
    help="Replicates that explain the difference; 0: none. [default: 5, 0 for large markets]",
)
@click.option(
    "--twin",
    multiple=True,
    metavar="ENTRY",
    help="Compare one plan with itself without this entry of its playbook (its name or number); repeatable.",
)
@options.study
def compare_command(scenarios: tuple[str, ...], twin: tuple[str, ...], **given: Any) -> None:
    """Run plans B, C, ... against A: the same people and the same luck.

    Days, seed and replicates of A hold for all. Plans that are the same are refused before the first run. Of one plan,
    --twin tells what an entry of its playbook did, such as a crisis, and when active members were back.
    """
    from sim.lab.questions.compare import compare

    named = (f"{scenarios[0]} without {', '.join(twin)}", *scenarios) if twin else scenarios
    _conduct(lambda **asked: compare(scenarios, twin=twin, **asked), named, **given)


@click.command("arms")
@click.argument("scenario")
@options.study
def arms_command(scenario: str, **given: Any) -> None:
    """Say what the arms of SCENARIO do, in three ways.

    The plan is run beside twins in which nobody is in an arm, and everybody in one: the same people and the same luck.
    Told are the randomised difference, that among members only, and everybody treated less nobody.
    """
    from sim.lab.questions.arms import arms

    _conduct(lambda **asked: arms(scenario, **asked), [scenario], **given)


def _conduct(
    ask: Callable[..., Study], named: Sequence[str], *, lang: Language, quiet: bool, as_json: bool, **asked: Any
) -> None:
    """Ask, and tell the answer."""
    from sim.cli.teller import StudyTeller, tell_rest, teller

    progress = teller(StudyTeller, quiet=quiet)
    study = ask(**asked, progress=progress, command=click.get_current_context().obj)
    found = (f"found finished in {study.folder}; --force runs it again",)
    tell_rest(progress, study.notes if study.made else found)
    from sim.cli.result import tell_study  # only now: it takes seconds

    entries = study.summary["scenarios"]
    if len(named) != len(entries):  # twins of the plan have no file
        named = [entry["name"] for entry in entries]
    tell_study(study, named, lang, as_json=as_json)
