"""``sweep``, and what is done with its folder: ``status``, ``errors``, ``replay``, ``export`` and ``query``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.options import Language

FORMATS = ("csv", "parquet", "xlsx")


@click.command("sweep")
@click.argument("scenario", metavar="SCENARIO|DESIGN.yaml")
@click.option("--vary", multiple=True, metavar="KEY=SPEC",
              help="What varies: a,b,c · low:high:step · low:high[:log] (with lhs, sobol); repeatable.")  # fmt: skip
@click.option("--sampler", type=click.Choice(["grid", "lhs", "sobol", "list", "morris", "saltelli"]),
              help="Which points. [default: grid, or list with --points]")  # fmt: skip
@click.option("--runs", type=click.IntRange(1), metavar="N", help="Points wanted, for lhs, sobol, morris and saltelli.")
@click.option("--points", type=click.Path(), metavar="CSV", help="The points themselves: columns are keys.")
@click.option("--constraint", "constraints", multiple=True, metavar="EXPR",
              help="Keep points where it holds, e.g. 'market.people <= 500'; repeatable.")  # fmt: skip
@click.option("--replicates", type=int, metavar="R", help="Runs of each point; may be raised later.")
@click.option("--seed", type=int, help="Instead of run.seed: other people, other luck.")
@click.option("--seeds", type=click.Choice(["paired", "independent"]),
              help="The same luck at every point, or not. [default: paired]")  # fmt: skip
@click.option("--days", type=int, help="Instead of run.days.")
@options.overrides
@click.option("--until-width", metavar="METRIC=WIDTH",
              help="More replicates until the 90 % interval of METRIC's mean is so narrow at every point.")  # fmt: skip
@options.making
@options.reuse
@click.option("--out", type=click.Path(), metavar="DIR", help="Folder. [default: results/NAME-sweep]")
@options.lang
@options.quiet
@options.as_json
def sweep_command(**given: Any) -> None:
    """Run a plan of runs: SCENARIO with --vary KEY=SPEC, or a design file.

    The same command on the same folder goes on where it was. Exit status 1 if runs failed.
    """
    from sim.cli.sweeping import conduct

    click.get_current_context().exit(conduct(**given))


@click.command("status")
@click.argument("folder", metavar="DIR")
@options.lang
@options.as_json
def status_command(folder: str, lang: Language, as_json: bool) -> None:
    """Say how far the sweep in DIR is, and how to go on."""
    from sim.cli.sweepfolder import tell_status

    tell_status(folder, lang, as_json=as_json)


@click.command("errors")
@click.argument("folder", metavar="DIR")
@options.as_json
def errors_command(folder: str, as_json: bool) -> None:
    """Show the failed runs in DIR by what went wrong, each kind with the line that replays one of them."""
    from sim.cli.sweepfolder import tell_errors

    tell_errors(folder, as_json=as_json)


@click.command("replay")
@click.argument("run_id")
@click.argument("folder", metavar="[DIR]", required=False)
@options.as_json
def replay_command(run_id: str, folder: str | None, as_json: bool) -> None:
    """Make one run again, in this process, and say whether its numbers are the stored ones.

    RUN_ID: an id, or its beginning. DIR: its sweep; without it, the sweeps in ./results. A run that fails shows its
    traceback; exit status 1 then, and if a number differs.
    """
    from sim.cli.sweepfolder import tell_replay

    click.get_current_context().exit(tell_replay(run_id, folder, as_json=as_json))


@click.command("export")
@click.argument("folder", metavar="DIR")
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where to. [default: DIR/export]")
def export_command(folder: str, form: str, out: Path | None) -> None:
    """Write the tables of the sweep in DIR: runs, daily and plan (xlsx: runs and plan)."""
    from sim.cli.sweepfolder import write_tables

    for path in write_tables(folder, form, out):
        click.echo(path)


@click.command("query")
@click.argument("folder", metavar="DIR")
@click.argument("sql")
@options.as_json
def query_command(folder: str, sql: str, as_json: bool) -> None:
    """Ask the sweep in DIR in SQL (DuckDB): the tables are runs, daily and plan; nothing else can be read or written.

    \b
      query results/mine 'SELECT "mechanism.content.quality", avg(strong) FROM runs GROUP BY ALL ORDER BY 1'
    """  # noqa: D301 - click reads the backspace as "do not rewrap"
    from sim.cli.sweepfolder import answer

    answer(folder, sql, as_json=as_json)
