"""Who comes first where not everybody can be served."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import key_of, uniform
from sim.engine.state.arrays import Floats, Small


@compiled
def in_turn(picked: Small, rank: Floats, n: int, key: np.uint64, purpose: int) -> None:
    """Put the first ``n`` of ``picked`` (int32) in order of a priority drawn for each; ``rank`` (float64) is scratch.

    Nobody is favoured, and the order of rows does not matter. Shell's sort (1959): in place, no memory to manage.
    """
    for k in range(n):
        rank[k] = uniform(key_of(key, picked[k]), purpose)
    gap = n // 2
    while gap > 0:
        for k in range(gap, n):
            person, drawn, at = picked[k], rank[k], k
            while at >= gap and rank[at - gap] > drawn:
                picked[at], rank[at] = picked[at - gap], rank[at - gap]
                at -= gap
            picked[at], rank[at] = person, drawn
        gap //= 2
