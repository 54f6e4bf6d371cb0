"""A plan scaled with its market leaves shares of people alike, where groups are small against it.

The largest group does not grow with the market: with the default cap of 500, members of a market of 2,000 share one
group and those of 8,000 have four, which fill at other times; members a head then differ (.209 and .194, ± .009).
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.lab.runs.replicates import run_each
from sim.model.counts import Counts
from sim.model.tables import Run
from sim.scenario import load, with_changes
from sim.scenario.scale import scaled

pytestmark = pytest.mark.science

REPLICATES = 20


def shares(run: Run) -> tuple[float, float, float, float]:
    """Members and strong ties a head of the market, active members and satisfaction a member, on the last day."""
    counts = Counts(run)
    members = float(counts["members"][-1])
    return (
        members / run.people,
        float(counts["strong"][-1]) / run.people,
        float(counts["active"][-1]) / members,
        float(counts.mean("satisfaction_sum")[-1]),
    )


def measured(people: int) -> NDArray[np.float64]:
    """The shares under the base plan scaled to a market, float64[replicate, share]."""
    plan = scaled(with_changes(load("base").scenario, {"market.people": 5000, "carrier.groups.cap": 40}), people / 5000)
    return np.array(run_each([plan], range(REPLICATES), shares))


def test_shares_do_not_know_the_size_of_the_market() -> None:
    small, large = measured(2000), measured(8000)
    names = ("members", "strong", "active", "satisfaction")
    for name, a, b in zip(names, small.T, large.T, strict=True):
        half = stats.t.ppf(0.975, REPLICATES - 1) * np.sqrt(a.var(ddof=1) / REPLICATES + b.var(ddof=1) / REPLICATES)
        print(f"{name:<14} {a.mean():.4f} {b.mean():.4f}  difference {b.mean() - a.mean():+.4f} ± {half:.4f}")  # noqa: T201
        assert abs(b.mean() - a.mean()) <= half, name
