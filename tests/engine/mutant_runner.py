"""Runs the tests of mutants, each in a fork of a process that has loaded everything: a mutant costs what its tests do.

``python -m tests.engine.mutant_runner``: mutants as lines of JSON on standard input; for each a line of JSON with
whether it was killed, and the seconds. The files of the clone are never written to: in the fork, the functions of the
altered text take the place of the originals.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import sys
import time
import types
from contextlib import redirect_stderr, redirect_stdout

import pytest

from sim.engine.compiled import ENABLED
from tests.engine import scene  # noqa: F401 - loaded once, before all forks
from tests.engine.mutants import ENGINE, Mutant, suite_of
from tests.scenarios import everything

#: Seconds after which a mutant counts as killed: it may never end.
PATIENCE = 60.0
OPTIONS = (
    *("-x", "-q", "--numprocesses=0", "-p", "no:cacheprovider", "--hypothesis-profile=quick"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # hypothesis is loaded before the fork
)


def main() -> None:
    """Read mutants and tell of each."""
    assert not ENABLED, "the compiler must be off: NUMBA_DISABLE_JIT=1"
    everything()
    sound: set[str] = set()
    for line in sys.stdin:
        mutant, began = Mutant(*json.loads(line)), time.monotonic()
        if mutant.file not in sound:
            assert passes(mutant.file), f"the tests of {mutant.file} fail as it is"
            sound.add(mutant.file)
        killed = not passes(mutant.file, mutant)
        print(json.dumps([*mutant, killed, round(time.monotonic() - began, 2)]), flush=True)


def passes(file: str, mutant: Mutant | None = None) -> bool:
    """Whether the tests of a file find nothing, as it is or with a mutant in its place."""
    child = os.fork()
    if child == 0:
        os.setsid()
        os._exit(_live(mutant, [str(path) for path in suite_of(file)]))
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            return status == 0
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _live(mutant: Mutant | None, files: list[str]) -> int:
    quiet = io.StringIO()
    try:
        with redirect_stdout(quiet), redirect_stderr(quiet):
            if mutant is not None:
                infect(mutant)
            return int(pytest.main([*OPTIONS, *files]))
    except BaseException:
        return 1


def infect(mutant: Mutant) -> None:
    """Let the functions and constants of a module be those of the altered text."""
    module = importlib.import_module(f"sim.engine.{mutant.file.replace('/', '.')}")
    altered = {"__name__": module.__name__}
    exec(compile(mutant.source, str(ENGINE / f"{mutant.file}.py"), "exec"), altered)
    for name, new in altered.items():
        old = getattr(module, name, None)
        if isinstance(new, types.FunctionType) and isinstance(old, types.FunctionType):
            if new.__module__ == module.__name__:
                old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        elif not isinstance(new, types.ModuleType | type) and not name.startswith("__"):
            setattr(module, name, new)


if __name__ == "__main__":
    main()
