"""The adoption workload that every rival runs, and how a rival is called.

A person is a member or not, and has a relationship s in [0, 1]. Everybody sees friends as they were yesterday; f is the
share of them who were members. On a day

* somebody outside joins with the probability ``spontaneous`` + ``imitation``·f (Bass 1969, on a network);
* a member's s grows to s + ``gain``·f·(1 − s);
* everybody's s decays: s ← ``kept``·s;
* a member leaves with the probability ``hazard``·exp(−``hold``·s), and may join again.

Who joins on a day is a member from the next one. Day 0 starts without members.

A rival's script calls :func:`main` with its names and, for each, a function that prepares a run (set-up, not timed as
living) and returns a function that lives all days and gives the number of members at the end of each.
Only NumPy is needed, so that this module can be imported wherever a rival is installed.
"""

from __future__ import annotations

import json
import platform
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

Days = Callable[[], Sequence[int]]
#: Short runs are repeated until they have taken so long together, at most so often; their median counts.
ENOUGH_S, MOST_RUNS = 0.3, 20
LINUX = sys.platform == "linux"


@dataclass(frozen=True)
class Workload:
    """Size, luck and parameters; probabilities are per day."""

    people: int = 10_000
    days: int = 50
    threads: int = 1
    seed: int = 1
    mean_degree: float = 10.0
    spontaneous: float = 0.001
    imitation: float = 0.3
    gain: float = 0.05
    half_life: float = 70.0
    hazard: float = 0.02
    hold: float = 3.0

    @property
    def kept(self) -> float:
        """Share of a relationship that a day leaves."""
        return float(0.5 ** (1.0 / self.half_life))

    def rng(self) -> np.random.Generator:
        """The rivals' own luck; the same distribution as ours, other numbers."""
        return np.random.default_rng(self.seed)

    def pairs(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """A random graph G(n, m) (Erdős & Rényi 1959): the two ends of every tie, int64."""
        n, m = self.people, round(self.people * self.mean_degree / 2)
        cells = np.zeros(0, np.int64)
        while cells.size < m:
            drawn = rng.integers(0, n, (2, m - cells.size + 64))
            one, other = drawn.min(axis=0), drawn.max(axis=0)
            cells = np.unique(np.concatenate((cells, (one * n + other)[one != other])))
        cells = rng.permutation(cells)[:m]
        return cells // n, cells % n

    def graph(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The same in compressed sparse rows: ``indptr`` int64 [n + 1], ``friends`` int32 [2 m]."""
        one, other = self.pairs(rng)
        start, end = np.concatenate((one, other)), np.concatenate((other, one))
        indptr = np.concatenate(([0], np.cumsum(np.bincount(start, minlength=self.people))))
        return indptr, end[np.argsort(start, kind="stable")].astype(np.int32)


def peak_mb(*, reset: bool = False) -> float:
    """Highest resident memory of this process so far in MB; on Linux it can be counted anew from now on."""
    if LINUX:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000
        if reset:
            Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
        return peak
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def answer(**found: Any) -> None:
    """Hand a run's figures to the caller: the last line of standard output is one JSON object."""
    print(json.dumps({"python": platform.python_version(), **found}))


def main(rivals: Mapping[str, Callable[[Workload], Days]], library: str) -> None:
    """Run the rival named by the first argument on the workload given as JSON by the second.

    With a third argument, a number, only the curves of so many other runs are given.
    """
    prepare, workload = rivals[sys.argv[1]], Workload(**json.loads(sys.argv[2]))
    if len(sys.argv) > 3:
        others = [replace(workload, seed=1000 + run) for run in range(int(sys.argv[3]))]
        answer(library=library, curves=[shares(prepare(each)(), workload) for each in others])
        return
    tiny = replace(workload, people=min(workload.people, 300), days=2)
    prepare(tiny)()  # imports and compilation are not part of the comparison
    setup_s, run_s, cpu_s = [], [], []
    while sum(run_s) < ENOUGH_S and len(run_s) < MOST_RUNS:
        start = time.perf_counter()
        days = prepare(workload)
        ready, cpu = time.perf_counter(), time.process_time()
        members = days()
        run_s.append(time.perf_counter() - ready)
        cpu_s.append(time.process_time() - cpu)
        setup_s.append(ready - start)
        del days
    answer(
        library=library,
        workload=asdict(workload),
        days=len(members),
        setup_s=median(setup_s),
        run_s=median(run_s),
        busy=sum(cpu_s) / sum(run_s),
        peak_mb=peak_mb(),
        share=shares(members, workload),
    )


def shares(members: Sequence[int], workload: Workload) -> list[float]:
    """Members as shares of the market."""
    return [float(count) / workload.people for count in members]
