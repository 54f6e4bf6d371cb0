"""Options that several commands share."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, TypeVar

import click

Language: TypeAlias = Literal["en", "zh"]
F = TypeVar("F", bound=Callable[..., Any])


def default_language() -> Language:
    """Chinese where the environment is (LC_ALL, LC_MESSAGES, LANG, the first that is set), else English."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if not named and sys.platform == "win32":
        named = locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


lang = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default=default_language,
    show_default="zh if LC_ALL, LC_MESSAGES or LANG begins with zh, else en",
    help="Language of titles, meanings and reports.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON to stdout, for programs.")
overrides = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="KEY=VALUE",
    help="Set a parameter, e.g. market.people=500; repeatable.",
)
quiet = click.option("--quiet", "-q", is_flag=True, help="No progress and no notes.")


def study(command: F) -> F:
    """The options of commands that run studies."""
    options = [
        overrides,
        click.option("--seed", type=int, help="Instead of run.seed: other people, other luck."),
        click.option("--replicates", type=int, help="Instead of run.replicates."),
        click.option("--days", type=int, help="Instead of run.days."),
        click.option(
            "--threads", type=click.IntRange(1, 1024), help="Most threads; changes no number. [default: cores]"
        ),
        click.option(
            "--driver",
            type=click.Choice(["sweep", "walk"]),
            default="sweep",
            show_default=True,
            help="Compiled, or plain Python for a debugger (small markets); both give the same numbers.",
        ),
        click.option("--out", type=click.Path(), metavar="DIR", help="Result folder. [default: results/NAME]"),
        click.option("--force", is_flag=True, help="Replace a result that is already there."),
        lang,
        quiet,
        as_json,
    ]
    for option in reversed(options):
        command = option(command)
    return command
