"""How many people one agent may stand for: figures of one market by ``run.users_per_agent``.

    python benchmarks/convergence.py [--replicates 20]

The base plan scaled to 10,000 people, a year. Prints the table of docs/analysis.md.
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy import stats

from sim.lab.runs.replicates import run_each
from sim.model.counts import Counts
from sim.model.measures import find
from sim.model.tables import Run
from sim.scenario import load, with_changes
from sim.scenario.scale import scaled

PEOPLE, STANDS_FOR = 10_000, (1, 2, 5, 10, 20)


def figures(run: Run) -> tuple[float, float, float]:
    """Share of strong ties, members a head of the market, profit of the year."""
    counts, profit = Counts(run), find("profit")
    assert profit is not None
    members = float(counts["members"][-1]) / run.people
    return float(counts["strong"][-1]) / run.people, members, float(profit.to_date(counts)[-1])


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replicates", type=int, default=20)
    n = options.parse_args().replicates
    base = load("base").scenario
    plan = scaled(base, PEOPLE / base.market.people)
    print(
        "| people an agent | agents | strong ties, share | members, share | profit, thousands |\n|---|---|---|---|---|"
    )
    for u in STANDS_FOR:
        found = np.array(run_each([with_changes(plan, {"run.users_per_agent": u})], range(n), figures))
        mean = found.mean(axis=0)
        half = stats.t.ppf(0.975, n - 1) * found.std(axis=0, ddof=1) / np.sqrt(n)
        strong, members = (f"{mean[k]:.4f} ± {half[k]:.4f}" for k in (0, 1))
        print(f"| {u} | {PEOPLE // u:,} | {strong} | {members} | {mean[2] / 1e3:.0f} ± {half[2] / 1e3:.0f} |")


if __name__ == "__main__":
    main()
