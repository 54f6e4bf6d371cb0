"""For authors of scenarios: ``check``, ``show``, ``schema`` and ``init``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.cli import options
from sim.cli.options import Language
from sim.errors import InputErrors


@click.command("check")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@options.overrides
@options.quiet
@options.as_json
def check_command(scenarios: tuple[str, ...], overrides: tuple[str, ...], quiet: bool, as_json: bool) -> None:
    """Check scenario files and tell all mistakes at once, each with its line; exit status 2 if there is any."""
    from sim.lab.questions.loading import loaded

    found = []
    for scenario in scenarios:
        errors: list[str] = []
        notes: list[str] = []
        try:
            notes = list(loaded([scenario], overrides, {})[0].notes)
        except InputErrors as mistakes:
            errors = [str(error) for error in mistakes.errors]
        found.append({"file": scenario, "errors": errors, "notes": notes})
        for line in [*(f"error: {error}" for error in errors), *(f"note: {note}" for note in notes if not quiet)]:
            click.echo(line, err=True)
        if not errors and not as_json:
            click.echo(f"{scenario}: fine")
    if as_json:
        click.echo(json.dumps(found, indent=1))
    if any(each["errors"] for each in found):
        click.get_current_context().exit(2)


@click.command("show")
@click.argument("scenario")
@click.option(
    "--resolved", is_flag=True, help="Every parameter, defaults too; else only what differs from the defaults."
)
@options.overrides
@options.lang
def show_command(scenario: str, resolved: bool, overrides: tuple[str, ...], lang: Language) -> None:
    """Show a scenario as YAML, its parents and options laid together, with the meaning of each value.

    The output is a scenario file itself.
    """
    from sim.scenario.explain import to_yaml
    from sim.scenario.load import load

    click.echo(to_yaml(load(scenario, overrides).scenario, lang, defaults=resolved), nl=False)


@click.command("schema")
@options.lang
def schema_command(lang: Language) -> None:
    """Print the JSON Schema (draft 7) of scenario files: save it, and an editor completes and checks as you type."""
    from sim.scenario.explain import json_schema

    click.echo(json.dumps(json_schema(lang), ensure_ascii=False, indent=1))


@click.command("init")
@click.argument("file", type=click.Path(path_type=Path), default=Path("scenario.yaml"))
@options.lang
def init_command(file: Path, lang: Language) -> None:
    """Write a commented scenario to start from (by default scenario.yaml). Never overwrites a file."""
    from sim.cli.starter import write_starter

    write_starter(file, lang)
    program = click.get_current_context().find_root().info_name
    click.echo(f"{file}: written. Next: {program} run {file}")
