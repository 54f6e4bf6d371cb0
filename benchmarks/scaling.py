"""What a user-day costs as the market grows, at the same share of members."""

from __future__ import annotations

from collections.abc import Sequence

from engine import whole_model
from record import Answer, finished, table

COLUMNS = {
    "people": "people", "threads": "threads", "nanoseconds": "ns a user-day", "times_smallest": "× smallest market",
    "of_ceiling": "× ceiling", "setup_s": "set-up, s", "peak_mb": "peak, MB",
}  # fmt: skip


def measure(
    quick: bool = False,
    pythons: Sequence[str] = (),  # noqa: ARG001 - every benchmark takes it
    sizes: Sequence[int] | None = None,
    repetitions: int = 3,
    days: int = 60,
) -> Answer:
    """Time the whole model on one thread from small markets to large ones."""
    sizes = sizes or ((10_000, 100_000) if quick else (10_000, 30_000, 100_000, 300_000, 1_000_000))
    rows = whole_model({"a tenth are members": 0.1}, sizes, (1,), 2 if quick else repetitions, days)
    smallest = rows[0]["speed"]
    for row in rows:
        speed = row["speed"]
        row["nanoseconds"] = {"median": 1e3 / speed["median"], "min": 1e3 / speed["max"], "max": 1e3 / speed["min"]}
        row["times_smallest"] = smallest["median"] / speed["median"]
    table(f"scaling: the whole model, a tenth are members, {days} days", rows, COLUMNS)
    flat = max(row["times_smallest"] for row in rows) / min(row["times_smallest"] for row in rows)
    print(f"\nThe dearest user-day costs {flat:.2f} times the cheapest.")
    return finished("scaling", quick, rows=rows, flat_within=flat)
