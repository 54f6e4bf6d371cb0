"""What the store of sweeps costs: beside runs of a second, and with so many runs that one waits for their summary."""

from __future__ import annotations

from collections.abc import Sequence

from record import Answer, Case, finished, spread, table, take_turns

COLUMNS = {
    "runs": "runs", "days": "days", "write_s": "write, s", "ledger_s": "ledger, s", "table_s": "run table, s",
    "quantiles_s": "quantiles, s", "digest_s": "digest, s", "on_disk_mb": "on disk, MB", "peak_mb": "peak, MB",
}  # fmt: skip


def measure(
    quick: bool = False,
    pythons: Sequence[str] = (),  # noqa: ARG001 - every benchmark takes it
    sizes: Sequence[int] = (10_000, 100_000),
    repetitions: int = 3,
    days: int = 50,
    long_runs: int = 10,
    long_people: int = 150_000,
    long_days: int = 180,
) -> Answer:
    """Write, merge and summarise runs; then the share of a sweep of long runs that is not the runs themselves."""
    sizes = [size // 10 for size in sizes] if quick else sizes
    turns = 2 if quick else repetitions
    cases = {
        runs: Case(f"{runs} runs", "rivals/stored_runs.py", ("merge", {"runs": runs, "days": days})) for runs in sizes
    }
    long = Case(
        "long runs",
        "rivals/stored_runs.py",
        ("overhead", {"runs": long_runs, "people": long_people, "days": long_days}),
    )
    answers = take_turns([*cases.values(), long], turns, lambda case, _: case)
    timed = [name for name in COLUMNS if name.endswith("_s")]
    rows = [
        {
            "runs": runs,
            "days": days,
            **{name: spread(each[name] for each in answers[case.name]) for name in timed},
            "on_disk_mb": answers[case.name][0]["on_disk_mb"],
            "peak_mb": max(each["peak_mb"] for each in answers[case.name]),
        }
        for runs, case in cases.items()
    ]
    table("store: runs written, merged and summarised", rows, COLUMNS)
    seconds = spread(each["run_s"] for each in answers[long.name])
    overhead = spread(each["overhead"] for each in answers[long.name])
    print(f"\nA sweep of {long_runs} runs of {seconds['median']:.2f} s: {overhead['median']:.2%} of it is not runs.")
    return finished("store", quick, rows=rows, long_run_s=seconds, overhead=overhead)
