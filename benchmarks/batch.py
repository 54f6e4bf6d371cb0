"""Many small runs, set-up included: our engine against Mesa's ``batch_run``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from record import Answer, Case, finished, ratio, spread, table, take_turns

COLUMNS = {
    "name": "runs of", "threads": "threads or processes", "runs_per_s": "runs/s", "times_mesa": "× Mesa",
    "times_mesa_counted": "× Mesa counted", "peak_mb": "peak, MB",
}  # fmt: skip
#: Kind of runs → runs at a time; the slow ones need fewer for the same precision.
KINDS = {"ours": 1000, "ours, whole model": 500, "mesa": 200, "mesa counted": 400}


def measure(
    quick: bool = False,
    pythons: Sequence[str] = (),  # noqa: ARG001 - every benchmark takes it
    people: int = 500,
    repetitions: int = 3,
    days: int = 50,
    kinds: Mapping[str, int] = MappingProxyType(KINDS),
) -> Answer:
    """Time small runs one after the other and two at a time (Mesa: two processes, their start included).

    "ours" and both kinds of "mesa" run the adoption workload; "ours, whole model" does far more in each run.
    """
    cases = {}
    for kind, runs in kinds.items():
        for threads in (1, 2):
            work: dict[str, Any] = {"people": people, "days": days, "threads": threads}
            work["runs"] = max(4, runs // 10) if quick else runs
            cases[kind, threads] = Case(f"{kind}, {threads} threads", "rivals/many_runs.py", (kind, work))
    answers = take_turns(list(cases.values()), 2 if quick else repetitions, _as_is)
    speed = {key: [each["runs_per_s"] for each in answers[case.name]] for key, case in cases.items()}
    rows = [
        {
            "name": kind,
            "threads": threads,
            "runs_per_s": spread(speed[kind, threads]),
            "times_mesa": _times(speed, kind, "mesa", threads),
            "times_mesa_counted": _times(speed, kind, "mesa counted", threads),
            "peak_mb": max(each["peak_mb"] for each in answers[case.name]),
        }
        for (kind, threads), case in cases.items()
    ]
    table(f"batch: {people} people × {days} days, set-up included", rows, COLUMNS)
    print("\nBoth kinds of Mesa and 'ours' run the adoption workload; the whole model does far more.")
    return finished("batch", quick, people=people, days=days, rows=rows)


def _times(speed: dict[tuple[str, int], list[float]], kind: str, rival: str, threads: int) -> dict[str, float] | None:
    if (rival, threads) not in speed:
        return None
    return ratio(speed[kind, threads], speed[rival, threads])


def _as_is(case: Case, repetition: int) -> Case:  # noqa: ARG001 - every run in a batch has luck of its own
    return case
