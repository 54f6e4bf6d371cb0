"""How long a newcomer waits for the first comparison after installation, and how long for the next one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from record import HERE, Answer, finished, spread, table

PROGRAM = HERE.parent / "run.py"
PLANS = ("base", "hard_selling")
#: What the command does before it runs anything, as a program of its own.
IMPORTS = "import sim.cli, sim.lab.questions.comparison, sim.model.tables, sim.views.told, sim.views.pages.page"
COLUMNS = {
    "cache": "cache", "total": "in all, s", "import": "import", "compile": "compile", "runs": "runs",
    "attribution": "explanation", "rest": "tables, report, rest",
}  # fmt: skip


def measure(
    quick: bool = False,
    pythons: Sequence[str] = (),  # noqa: ARG001 - every benchmark takes it
    plans: Sequence[str] = PLANS,
    repetitions: int = 3,
    options: Sequence[str] = (),
) -> Answer:
    """Time ``run.py compare`` with an empty cache of compiled code, and again; and ``run.py --help``."""
    waits = [_newcomer(plans, options) for _ in range(1 if quick else repetitions)]
    help_s = spread(_seconds([str(PROGRAM), "--help"], {}) for _ in range(2 if quick else 5))
    rows = [
        {"cache": cache, **{part: spread(wait[cache][part] for wait in waits) for part in waits[0][cache]}}
        for cache in ("empty", "filled")
    ]
    command = " ".join(["python run.py compare", *plans, *options])
    table(f"first result: {command}", rows, COLUMNS)
    print(f"\n--help: {help_s['median']:.2f} s")
    return finished("first_result", quick, command=command, rows=rows, help_s=help_s)


def _newcomer(plans: Sequence[str], options: Sequence[str]) -> dict[str, dict[str, float]]:
    """Seconds by part with an empty cache and with the cache that this filled."""
    with tempfile.TemporaryDirectory() as place:
        environment = {"COMMUNITY_GROWTH_CACHE": str(Path(place) / "cache")}
        return {cache: _compared(plans, options, Path(place) / cache, environment) for cache in ("empty", "filled")}


def _compared(plans: Sequence[str], options: Sequence[str], out: Path, environment: dict[str, str]) -> dict[str, float]:
    command = [str(PROGRAM), "compare", *plans, *options, "--out", str(out), "--quiet"]
    total = _seconds(command, environment)
    timings = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["timings"]
    parts = {"import": _seconds(["-c", IMPORTS], environment)}
    parts |= {part: float(timings.get(part, 0.0)) for part in ("compile", "runs", "attribution")}
    return {"total": total, **parts, "rest": total - sum(parts.values())}


def _seconds(arguments: Sequence[str], environment: dict[str, str]) -> float:
    """How long a Python process takes.

    Raises
    ------
    RuntimeError : it failed; the end of what it said is in the message.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    taken = time.perf_counter() - start
    if done.returncode:
        message = f"{' '.join(arguments)} ended with status {done.returncode}\n{done.stderr[-2000:]}"
        raise RuntimeError(message)
    return taken
