"""The whole model in one large market, beside the ceiling: what this machine can do with that much memory a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from record import Answer, Case, finished, ratio, spread, table, take_turns

#: What is kept of every repetition as median, smallest and largest.
SPREAD = ("speed", "busy", "members", "visitors", "setup_s")
#: Share of the market that founds the community.
MARKETS = {"a tenth are members": 0.1, "everybody is a member": 1.0}
COLUMNS = {
    "market": "market", "threads": "threads", "speed": "M user-days/s", "of_ceiling": "× ceiling",
    "ceiling": "ceiling, M/s", "members": "members", "visitors": "visitors a day", "setup_s": "set-up, s",
    "busy": "cores busy", "peak_run_mb": "peak living, MB", "peak_mb": "peak, MB",
}  # fmt: skip


def measure(
    quick: bool = False,
    pythons: Sequence[str] = (),  # noqa: ARG001 - every benchmark takes it
    people: int | None = None,
    repetitions: int = 3,
    days: int = 60,
) -> Answer:
    """Time the days of a large market with few and with many members, on one thread and on two."""
    people = people or (100_000 if quick else 1_000_000)
    rows = whole_model(MARKETS, (people,), (1, 2), 2 if quick else repetitions, days)
    table(f"engine: {people:,} people × {days} days, the whole model", rows, COLUMNS)
    print("\nSet-up draws the people and generates the network; it is not part of the speed.")
    return finished("engine", quick, rows=rows)


def whole_model(
    markets: dict[str, float], sizes: Sequence[int], threads: Sequence[int], repetitions: int, days: int
) -> list[Answer]:
    """One row for each market, size and number of threads, with the ceiling of the same turns."""
    cases: dict[tuple[Any, ...], Case] = {}
    for people in sizes:
        for t in threads:
            work = {"people": people, "days": 20, "threads": t}
            name = f"ceiling, {people}, {t} threads"
            cases["ceiling", people, t] = Case(name, "rivals/numba_kernels.py", ("ceiling", work))
            for market, share in markets.items():
                whole = {"people": people, "share": share, "days": days, "warm_up": 10, "threads": t}
                cases[market, people, t] = Case(f"{market}, {people}, {t} threads", "rivals/whole_model.py", (whole,))
    answers = take_turns(list(cases.values()), repetitions, _with_seed)
    rows = []
    for market, people, t in cases:
        if market == "ceiling":
            continue
        own, top = answers[cases[market, people, t].name], answers[cases["ceiling", people, t].name]
        ceiling = [each["days"] * people / each["run_s"] / 1e6 for each in top]
        row: Answer = {"market": market, "people": people, "threads": t, "days": days, "library": own[0]["library"]}
        row |= {part: spread(each[part] for each in own) for part in SPREAD}
        row |= {part: max(each[part] for each in own) for part in ("peak_setup_mb", "peak_run_mb")}
        row["peak_mb"] = max(row["peak_setup_mb"], row["peak_run_mb"])
        row["ceiling"] = spread(ceiling)
        row["of_ceiling"] = ratio([each["speed"] for each in own], ceiling)
        rows.append(row)
    return rows


def _with_seed(case: Case, repetition: int) -> Case:
    *name, work = case.arguments
    return replace(case, arguments=(*name, {**dict(work), "seed": repetition}))  # type: ignore[arg-type]
