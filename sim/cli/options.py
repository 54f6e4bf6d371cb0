"""Options that several commands share."""

from __future__ import annotations

import functools
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


reuse = click.option(
    "--reuse",
    multiple=True,
    type=click.Path(),
    metavar="DIR",
    help="Take over runs from this sweep too, besides those beside the folder; repeatable.",
)


def making(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how runs are made, and change no number; the command gets them as one, ``making``.

    See :func:`sim.cli.sweeping.settings`, which takes them; an option ``--reuse`` is one of them.
    """
    options = {
        "executor": click.option("--executor", type=click.Choice(["process", "serial", "dask"]), default="process",
                                 show_default=True, help="Who makes the runs; changes no number."),
        "workers": click.option("--workers", type=click.IntRange(1, 1024),
                                help="Worker processes; changes no number. [default: cores]"),
        "cluster": click.option("--cluster", metavar="ADDRESS",
                                help="Dask scheduler, e.g. tcp://10.0.0.1:8786. [default: one of its own]"),
        "run_seconds": click.option("--run-seconds", type=click.FloatRange(0, min_open=True), metavar="S",
                                    help="A run that takes longer fails."),
        "run_memory": click.option("--run-memory", type=click.FloatRange(0, min_open=True), metavar="MB",
                                   help="A run whose worker takes more memory fails."),
        "on_error": click.option("--on-error", default="continue", show_default=True, metavar="continue|stop|retry=N",
                                 help="When a run fails: go on; stop; or try it, and those that failed before, N times"
                                 " more."),
    }  # fmt: skip

    @functools.wraps(command)
    def gathered(**given: Any) -> Any:
        taken = {name: given.pop(name) for name in (*options, "reuse") if name in given}
        return command(**given, making=taken)

    found: Callable[..., Any] = gathered
    for option in reversed(options.values()):
        found = option(found)
    return found


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
