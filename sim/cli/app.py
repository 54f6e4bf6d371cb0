"""The commands and their modules, each loaded when it is used: ``--help`` needs none of them."""

from __future__ import annotations

import importlib
import importlib.metadata
from typing import Any

import click

import sim

#: Command → (module, first line of its help).
COMMANDS = {
    "run": ("studies", "Run one scenario: replicates, a result folder, a report."),
    "compare": ("studies", "Compare plans with the first one under the same luck."),
    "arms": ("studies", "Say what a plan's arms do: randomised, among members, all against none."),
    "report": ("analysis", "Write the report of a result or a sweep again, in either language."),
    "sweep": ("sweeps", "Vary parameters: a plan of runs that can be stopped and goes on."),
    "status": ("sweeps", "Say how far a sweep is."),
    "errors": ("sweeps", "Show a sweep's failed runs."),
    "replay": ("sweeps", "Make one run of a sweep again."),
    "export": ("sweeps", "Write a sweep's tables as CSV, Parquet or a workbook."),
    "query": ("sweeps", "Ask a sweep in SQL."),
    "sensitivity": ("analysis", "Say which factors matter, and where more starts to hurt."),
    "optimize": ("analysis", "Find the best plan, and prove it on fresh seeds."),
    "discover": ("analysis", "Say where a plan fails or shines."),
    "patterns": ("evidence", "Say which patterns of real communities the model shows."),
    "claims": ("claims", "Say what the model says of what strategists believe."),
    "check": ("authors", "Check scenario files; tell all mistakes at once."),
    "show": ("authors", "Show a scenario with the meaning of its values."),
    "list": ("catalogue", "List scenarios, parameters or metrics."),
    "schema": ("authors", "Print the JSON Schema of scenario files, for editors."),
    "init": ("authors", "Write a scenario file to start from."),
}


class Commands(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order of a first visit."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, loaded."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"sim.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As in click, whose search for the nearest name does not see commands that are not loaded."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"there is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, value: Any) -> None:
    if value:
        click.echo(f"community-growth {sim.__version__}")
        ctx.exit()


@click.command(
    cls=Commands,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def app() -> None:
    """Simulate how communities grow: ties, word of mouth, content, incentives and money.

    A first look:

    \b
      compare dedao paid_product_first hard_selling
      list parameters content
      init mine.yaml
    """  # noqa: D301 - click reads the backspace as "do not rewrap"
