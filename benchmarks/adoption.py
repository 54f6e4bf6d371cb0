"""One small model, written as an expert of each library would, and our engine reduced to it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from record import Answer, Case, finished, interpreter, ratio, spread, table, take_turns

#: Chance that friends bring somebody in on a day: the community stays small, or takes the whole market.
MARKETS = {"few join": 0.03, "most join": 0.3}
#: Runs of the reference kernel to which every rival's curve is compared.
REFERENCE_RUNS = 16
#: Standard errors beyond which a curve counts as another model's; the largest of many days, so more than 2.
AGREES = 5.0
COLUMNS = {
    "name": "implementation", "threads": "threads", "speed": "M user-days/s", "times_mesa": "× Mesa",
    "of_ceiling": "× ceiling", "ours_times": "ours ÷ it", "setup_s": "set-up, s", "peak_mb": "peak, MB",
    "busy": "cores busy", "same_model": "same curve",
}  # fmt: skip


class Rival(NamedTuple):
    """An implementation: its name, script, the module it needs, the largest market it is asked to run."""

    name: str
    script: str
    needs: str
    largest: int = 10_000_000
    threads: tuple[int, ...] = (1,)


RIVALS = (
    Rival("ours", "rivals/ours.py", "numba", threads=(1, 2)),
    Rival("mesa", "rivals/mesa_agents.py", "mesa", 100_000),
    Rival("mesa counted", "rivals/mesa_agents.py", "mesa", 100_000),
    Rival("starsim", "rivals/starsim_module.py", "starsim"),
    Rival("mesa-frames", "rivals/mesa_frames_polars.py", "mesa_frames"),
    Rival("numpy", "rivals/numpy_arrays.py", "numpy"),
    Rival("numba pull", "rivals/numba_kernels.py", "numba", threads=(1, 2)),
    Rival("numba counted", "rivals/numba_kernels.py", "numba", threads=(1, 2)),
    Rival("ceiling", "rivals/numba_kernels.py", "numba", threads=(1, 2)),
)


def measure(
    quick: bool = False,
    pythons: Sequence[str] = (),
    sizes: Sequence[int] | None = None,
    repetitions: int = 3,
    days: int = 50,
    rivals: Sequence[Rival] = RIVALS,
) -> Answer:
    """Time every rival on every size and both markets; ``pythons`` are interpreters in which rivals are installed.

    ``rivals`` must include "ours" and "ceiling".
    """
    sizes = sizes or ((10_000,) if quick else (10_000, 100_000, 1_000_000))
    found = {rival: interpreter(rival.needs, pythons) for rival in rivals}
    absent = [rival.name for rival, python in found.items() if python is None]
    if absent:
        print(f"Not installed, so left out: {', '.join(absent)} (see benchmarks/README.md)")
    tables = []
    for people in sizes:
        for market, imitation in MARKETS.items():
            workload = {"people": people, "days": days, "imitation": imitation}
            here = [(rival, python) for rival, python in found.items() if python and people <= rival.largest]
            rows = _compared(here, workload, 2 if quick else repetitions)
            tables.append({"people": people, "market": market, "workload": workload, "rows": rows})
            table(f"adoption: {people:,} people × {days} days, {market}", rows, COLUMNS)
    return finished("adoption", quick, absent=absent, tables=tables)


def _compared(rivals: Sequence[tuple[Rival, str]], workload: dict[str, Any], repetitions: int) -> list[Answer]:
    """One row for each rival and number of threads."""
    cases = {
        (rival.name, threads): Case(
            f"{rival.name}, {threads} threads", rival.script, (rival.name, {**workload, "threads": threads}), python
        )
        for rival, python in rivals
        for threads in rival.threads
    }
    answers = take_turns(list(cases.values()), repetitions, _with_seed)
    speed = {key: [_speed(each) for each in answers[case.name]] for key, case in cases.items()}
    asked = ("numba counted", workload, str(REFERENCE_RUNS))
    reference = Case("reference", "rivals/numba_kernels.py", asked).run()["curves"]
    rows = []
    for (name, threads), case in cases.items():
        own = answers[case.name]
        row: Answer = {"name": name, "threads": threads, "library": own[0]["library"], "python": own[0]["python"]}
        row |= {"speed": spread(speed[name, threads])}
        row |= {part: spread(each[part] for each in own) for part in ("setup_s", "busy")}
        row["peak_mb"] = max(each["peak_mb"] for each in own)
        row["of_ceiling"] = ratio(speed[name, threads], speed["ceiling", threads])
        row["ours_times"] = ratio(speed["ours", threads], speed[name, threads])
        row["times_mesa"] = ratio(speed[name, threads], speed["mesa", 1]) if ("mesa", 1) in speed else None
        if name != "ceiling":
            row |= _agreement([each["share"] for each in own], reference)
        rows.append(row)
    return rows


def _speed(answer: Answer) -> float:
    """Million user-days a second, set-up left out."""
    return float(answer["days"] * answer["workload"]["people"] / answer["run_s"] / 1e6)


def _with_seed(case: Case, repetition: int) -> Case:
    name, workload = case.arguments
    return replace(case, arguments=(name, {**dict(workload), "seed": repetition}))  # type: ignore[arg-type]


def _agreement(curves: list[list[float]], reference: list[list[float]]) -> Answer:
    """Whether the mean curve of a rival is that of the reference within noise, on every day.

    ``distance`` is the largest difference of the mean curves in standard errors, ``gap`` the largest in shares of the
    market.
    """
    distance = gap = 0.0
    days = zip(zip(*curves, strict=True), zip(*reference, strict=True), strict=True)
    for own, other in days:
        apart = abs(statistics.fmean(own) - statistics.fmean(other))
        error = statistics.stdev(other) * math.sqrt(1.0 / len(own) + 1.0 / len(other))
        gap = max(gap, apart)
        distance = max(distance, apart / error if error > 0.0 else 0.0)
    return {"same_model": "yes" if distance <= AGREES else "NO", "distance": distance, "gap": gap}
