"""What every benchmark shares: cases in processes of their own, repetitions that take turns, ratios, and the record.

A case is a script, its arguments and the interpreter that runs it; it answers with one line of JSON. Each case gets a
process of its own, so that its peak memory is its own. Repetitions take turns (a b c, a b c, …), and a ratio is that of
two cases within one turn, so that a machine that slows down slows both.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Answer = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A script to be run: ``arguments`` are handed over as text, mappings as JSON."""

    name: str
    script: str
    arguments: tuple[str | Mapping[str, Any], ...] = ()
    python: str = sys.executable
    environment: tuple[tuple[str, str], ...] = ()

    def run(self) -> Answer:
        """Run it in a process of its own; returns its answer.

        Raises
        ------
        RuntimeError : the script failed; the end of what it said is in the message.
        """
        texts = [each if isinstance(each, str) else json.dumps(each) for each in self.arguments]
        done = subprocess.run(
            [self.python, str(HERE / self.script), *texts],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, **dict(self.environment)},
        )
        if done.returncode:
            message = f"{self.name}: {self.script} ended with status {done.returncode}\n{done.stderr[-2000:]}"
            raise RuntimeError(message)
        answer: Answer = json.loads(done.stdout.strip().splitlines()[-1])
        return answer


@cache
def has(python: str, module: str) -> bool:
    """Whether that interpreter can import the module."""
    asks = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([python, "-c", asks], check=False, capture_output=True).returncode == 0


def interpreter(module: str, pythons: Iterable[str]) -> str | None:
    """The first interpreter (this one first) in which the module is installed."""
    return next((python for python in (sys.executable, *pythons) if has(python, module)), None)


def take_turns(cases: Sequence[Case], repetitions: int, seeded: Callable[[Case, int], Case]) -> dict[str, list[Answer]]:
    """Run all cases ``repetitions`` times in turns; ``seeded`` gives a case the luck of a repetition (from 1)."""
    answers: dict[str, list[Answer]] = {case.name: [] for case in cases}
    for repetition in range(1, repetitions + 1):
        for case in cases:
            print(f"  {repetition}/{repetitions} {case.name}", file=sys.stderr, flush=True)
            answers[case.name].append(seeded(case, repetition).run())
    return answers


def spread(values: Iterable[float]) -> dict[str, float]:
    """Median, smallest and largest."""
    listed = list(values)
    return {"median": statistics.median(listed), "min": min(listed), "max": max(listed)}


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, float]:
    """How many times ``ours`` is ``theirs``, turn by turn."""
    return spread(a / b for a, b in zip(ours, theirs, strict=True))


def finished(benchmark: str, quick: bool, **found: Any) -> Answer:
    """The record of a benchmark, with the machine it ran on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = {"system": platform.system(), "processor": platform.machine(), "cores": cores}
    return {"benchmark": benchmark, "quick": quick, "machine": machine, "python": platform.python_version(), **found}


def short(value: object) -> str:
    """A figure for a table: three digits; of a spread the median, with the smallest and largest."""
    if isinstance(value, dict):
        return f"{short(value['median'])} ({short(value['min'])}–{short(value['max'])})"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return "–" if value is None else str(value)


def table(title: str, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> None:
    """Print rows as Markdown; ``columns`` maps keys to headings."""
    print(f"\n{title}\n\n| " + " | ".join(columns.values()) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(short(row.get(key)) for key in columns) + " |")
