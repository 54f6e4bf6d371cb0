"""Many small runs, all that belongs to them included: our sweeps against Mesa's ``batch_run``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from record import Answer, Case, finished, ratio, spread, table, take_turns

COLUMNS = {
    "name": "runs of", "workers": "processes", "runs_per_s": "runs/s", "times_mesa": "× Mesa",
    "times_mesa_counted": "× Mesa counted", "peak_mb": "peak, MB",
}  # fmt: skip
#: Kind of runs → runs in all; the slow ones need fewer for the same precision.
KINDS = {
    "sweep": 20_000,
    "sweep, a market a run": 4_000,
    "sweep, whole model": 10_000,
    "sweep, whole model, a plan a run": 5_000,
    "models": 1_000,
    "mesa": 200,
    "mesa counted": 400,
}


def measure(
    quick: bool = False,
    pythons: Sequence[str] = (),  # noqa: ARG001 - every benchmark takes it
    people: int = 500,
    repetitions: int = 3,
    days: int = 50,
    kinds: Mapping[str, int] = MappingProxyType(KINDS),
) -> Answer:
    """Time small runs in one process and in two, the start of processes included.

    A sweep is timed from its design to the last run on the disk and read back. "mesa", "models" and the first two
    sweeps run the adoption workload, the others far more in each run.
    """
    cases = {}
    for kind, runs in kinds.items():
        for workers in (1, 2):
            work: dict[str, Any] = {"people": people, "days": days, "threads": workers}
            work["runs"] = max(4, runs // 10) if quick else runs
            cases[kind, workers] = Case(f"{kind}, {workers} processes", "rivals/many_runs.py", (kind, work))
    answers = take_turns(list(cases.values()), 2 if quick else repetitions, _as_is)
    speed = {key: [each["runs_per_s"] for each in answers[case.name]] for key, case in cases.items()}
    rows = [
        {
            "name": kind,
            "workers": workers,
            "runs_per_s": spread(speed[kind, workers]),
            "times_mesa": _times(speed, kind, "mesa", workers),
            "times_mesa_counted": _times(speed, kind, "mesa counted", workers),
            "peak_mb": max(each["peak_mb"] for each in answers[case.name]),
        }
        for (kind, workers), case in cases.items()
    ]
    table(f"sweep: {people} people × {days} days, set-up included", rows, COLUMNS)
    print("\nThe whole model does far more in a run than the adoption workload of the others.")
    return finished("sweep", quick, people=people, days=days, rows=rows)


def _times(speed: dict[tuple[str, int], list[float]], kind: str, rival: str, workers: int) -> dict[str, float] | None:
    if (rival, workers) not in speed:
        return None
    return ratio(speed[kind, workers], speed[rival, workers])


def _as_is(case: Case, repetition: int) -> Case:  # noqa: ARG001 - every run in a sweep has luck of its own
    return case
