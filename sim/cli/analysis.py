"""``sensitivity``, ``optimize`` and ``discover``; and ``report``, which also renders the folders of sweeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from sim.cli import options
from sim.cli.options import Language


def question(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that ask a question of a scenario and run what the answer needs."""
    added = [
        click.option("--vary", multiple=True, metavar="KEY=SPEC",
                     help="What varies: a,b,c · low:high:step · low:high · low:high:log; repeatable."),
        click.option("--constraint", "constraints", multiple=True, metavar="EXPR",
                     help="Only points where it holds, e.g. 'market.people <= 500'; repeatable."),
        click.option("--seed", type=int, help="Instead of run.seed: other people, other luck."),
        click.option("--days", type=int, help="Instead of run.days."),
        options.overrides,
        click.option("--out", type=click.Path(), metavar="DIR", help="Folder. [default: results/NAME-COMMAND]"),
        options.lang, options.quiet, options.as_json,
    ]  # fmt: skip
    made = options.making(command)
    for option in reversed(added):
        made = option(made)
    return made


@click.command("sensitivity")
@click.argument("scenario", metavar="SCENARIO|DESIGN.yaml")
@click.option("--method", type=click.Choice(["sobol", "morris", "pawn", "delta", "screen", "tornado"]),
              help="How. [default: sobol for up to six factors, else screen]")  # fmt: skip
@click.option("--second-order", is_flag=True,
              help="With sobol: also which factors work together; N (2 k + 2) points, not N (k + 2).")  # fmt: skip
@click.option("--outcome", metavar="METRIC", help="What is moved. [default: the design's first outcome, else strong]")
@click.option("--runs", type=click.IntRange(1), metavar="N", help="Points wanted.")
@click.option(
    "--replicates", type=click.IntRange(1), metavar="R", help="Runs of each point. [default: the design's, else 4]"
)
@options.reuse
@question
def sensitivity_command(**given: Any) -> None:
    """Say which factors matter for an outcome, how sure that is, and where more of one starts to hurt.

    The same command on the same folder goes on where it was; a finished one runs nothing.
    """
    from sim.cli.sensitivity import ask_sensitivity

    click.get_current_context().exit(ask_sensitivity(**given))


@click.command("optimize")
@click.argument("scenario", metavar="SCENARIO|DESIGN.yaml")
@click.option("--maximize", "maximise", multiple=True, metavar="METRIC",
              help="E.g. strong, or 'worst_tenth(profit)'; repeatable.")  # fmt: skip
@click.option("--minimize", "minimise", multiple=True, metavar="METRIC",
              help="E.g. cost; two objectives give a front; repeatable.")  # fmt: skip
@click.option("--constraint-on", "requirements", multiple=True, metavar="EXPR",
              help="What outcomes must meet, e.g. 'cost <= 100000'; repeatable.")  # fmt: skip
@click.option("--assume", multiple=True, metavar="KEY=SPEC",
              help="What is uncertain: every replicate meets another value of it; repeatable.")  # fmt: skip
@click.option("--budget-runs", "budget", type=click.IntRange(1), default=600, show_default=True, metavar="N",
              help="Runs of the search; the proof comes on top.")  # fmt: skip
@click.option("--replicates", type=click.IntRange(5), default=20, show_default=True, metavar="R",
              help="Fresh replicates that the proof rests on.")  # fmt: skip
@question
def optimize_command(**given: Any) -> None:
    """Find the best plan for a budget of runs, and prove on fresh seeds that it beats the start.

    Writes best.yaml, a scenario that extends its parent and states only what differs.
    """
    from sim.cli.optimum import ask_optimum

    click.get_current_context().exit(ask_optimum(**given))


@click.command("discover")
@click.argument("given", metavar="DIR|SCENARIO|DESIGN.yaml")
@click.option("--where", required=True, metavar="EXPR", help="What to look for, e.g. 'profit < 0'.")
@click.option("--density", type=click.FloatRange(0, 1), metavar="SHARE",
              help="The least share of such points in a box. [default: a balance with coverage]")  # fmt: skip
@click.option("--runs", type=click.IntRange(1), metavar="N", help="Points wanted, for a scenario. [default: 200]")
@click.option(
    "--replicates", type=click.IntRange(1), metavar="R", help="Runs of each point. [default: the design's, else 4]"
)
@options.reuse
@question
def discover_command(**given: Any) -> None:
    """Say in which region of the factors something happens, where the plan fails or shines.

    DIR: the folder of a sweep that has been run; a scenario or design file is swept first.
    """
    from sim.cli.discovery import ask_discovery

    click.get_current_context().exit(ask_discovery(**given))


@click.command("report")
@click.argument("results", nargs=-1, required=True, metavar="RESULT...")
@click.option(
    "--outcome", metavar="METRIC", help="Of a sweep: what it is about. [default: its first outcome, else strong]"
)
@options.lang
def report_command(results: tuple[str, ...], outcome: str | None, lang: Language) -> None:
    """Write report.html of finished studies and sweeps again. RESULT: a result folder, or its name in ./results."""
    from sim.cli.pages import render_again

    for result in results:
        click.echo(render_again(result, outcome, lang))
