"""``run``, ``compare`` and ``report``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sim.cli import options


@click.command("run")
@click.argument("scenario")
@options.study
def run_command(scenario: str, **given: Any) -> None:
    """Run the replicates of one SCENARIO (a file, or a name that 'list' shows) and write a result folder.

    A finished identical study is found, not run again.
    """
    _conduct([scenario], explaining=0, **given)


@click.command("compare")
@click.argument("scenarios", nargs=-1, required=True, metavar="A B [C ...]")
@click.option(
    "--attribution-replicates",
    "explaining",
    type=click.IntRange(0),
    metavar="N",
    help="Replicates that explain the difference; 0: none. [default: 5, 0 for large markets]",
)
@options.study
def compare_command(scenarios: tuple[str, ...], **given: Any) -> None:
    """Run plans B, C, ... against A: the same people and the same luck.

    Days, seed and replicates of A hold for all. Plans that are the same are refused before the first run.
    """
    if len(scenarios) < 2:
        message = "compare takes two scenarios or more"
        raise click.UsageError(message)
    _conduct(scenarios, **given)


def _conduct(
    named: Sequence[str],
    *,
    overrides: tuple[str, ...],
    seed: int | None,
    replicates: int | None,
    days: int | None,
    **given: Any,
) -> None:
    from sim.cli.loading import loaded, refuse_same

    changes = {"run.seed": seed, "run.replicates": replicates, "run.days": days}
    scenarios = loaded(named, overrides, changes)
    refuse_same(scenarios, named)
    if given["driver"] == "sweep":
        from sim.warm import start

        start()
    from sim.cli.result import conduct  # only now: it takes seconds

    conduct(scenarios, named, **given)
