"""The command line. Here: from an error to a message and an exit status; the commands are in the modules below.

Exit status: 0 done, 1 a failed run or a fault of the program (with a traceback), 2 bad input (a message), 130 stopped
with Ctrl-C. What a program reads goes to stdout, progress and notes to stderr.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from sim.cli.app import app
from sim.errors import InputError

__all__ = ["main"]

STOPPED = (
    "Stopped. Nothing is half-written; the same command begins anew, and with fewer --replicates it takes less time."
)


def main(arguments: Sequence[str] | None = None, program: str = "community-growth") -> int:
    """Run a command line (by default that of this process) and return its exit status."""
    gc.set_threshold(200_000, 20, 100)  # loading and compiling make many objects and hardly a cycle: 7 % less waiting
    _set_streams()
    try:
        status = app.main(arguments, prog_name=program, standalone_mode=False, obj=list(arguments or sys.argv[1:]))
        with suppress(AttributeError):  # closed by the caller
            sys.stdout.flush()
    except InputError as error:
        return _refuse(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        return _refuse(error.format_message(), getattr(error, "ctx", None))
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"\n{STOPPED}", err=True)
        return 130
    except (BrokenPipeError, SystemExit):  # the reader has seen enough, as in `list | head`; click then exits
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python fails once more on its way out
        return 0
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "sim":
            raise
        return _refuse(
            f"the package '{error.name}' is missing. Install what is needed: "
            "python -m pip install -c constraints.txt -e ."
        )
    return status if isinstance(status, int) else 0


def _refuse(problem: str, context: click.Context | None = None) -> int:
    for line in problem.splitlines():
        click.echo(f"error: {line}", err=True)
    if context is not None:
        click.echo(f"'{context.command_path} --help' shows what there is.", err=True)
    return 2


def _set_streams() -> None:
    """Write UTF-8 into files and pipes; on a terminal that cannot show a letter, write ``?`` rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")
