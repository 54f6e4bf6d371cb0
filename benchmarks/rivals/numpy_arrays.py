"""NumPy: whole columns at once, friends' counts kept by index lists of those who changed."""

from __future__ import annotations

import numpy as np
from workload import Days, Workload, main


def prepare(workload: Workload) -> Days:
    """Columns for everybody."""
    w, n, rng = workload, workload.people, workload.rng()
    indptr, friends = w.graph(rng)
    degree = np.diff(indptr)
    per_friend = 1.0 / np.maximum(degree, 1)
    member, tie, inside = np.zeros(n, bool), np.zeros(n), np.zeros(n, np.int64)

    def told(changed: np.ndarray) -> np.ndarray:
        """How many of the changed each person has as friends."""
        count = degree[changed]
        first = np.repeat(indptr[changed] - np.concatenate(([0], np.cumsum(count)[:-1])), count)
        return np.bincount(friends[first + np.arange(first.size)], minlength=n)

    def day() -> int:
        u, share = rng.random(n), inside * per_friend
        joining = np.flatnonzero(~member & (u < w.spontaneous + w.imitation * share))
        here = np.flatnonzero(member)
        tie[here] += w.gain * share[here] * (1.0 - tie[here])
        np.multiply(tie, w.kept, out=tie)
        leaving = here[u[here] < w.hazard * np.exp(-w.hold * tie[here])]
        member[joining], member[leaving] = True, False
        inside[:] += told(joining) - told(leaving)
        return int(np.count_nonzero(member))

    return lambda: [day() for _ in range(w.days)]


if __name__ == "__main__":
    main({"numpy": prepare}, f"numpy {np.__version__}")
