"""Who comes first where not everybody can be served."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.compiled import compiled
from sim.draws import key_of, uniform


@compiled
def in_turn(candidates: Any, key: Any, purpose: Any) -> Any:
    """The candidates (int32) in order of a priority drawn for each: nobody is favoured, and no order of rows matters."""
    priority = np.empty(len(candidates), np.float64)
    for k in range(len(candidates)):
        priority[k] = uniform(key_of(key, candidates[k]), purpose)
    return candidates[np.argsort(priority)]
