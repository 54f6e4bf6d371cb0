"""The plan as it stands among the factors of a design: where one-at-a-time designs and searches start."""

from __future__ import annotations

import numpy as np

from sim.lab.designs import Design, Factor, Value
from sim.lab.designs.factors import PLAN
from sim.scenario.keys import flat


def base_values(design: Design) -> dict[str, Value]:
    """The value of every factor in the design's scenario; of whole plans the first one."""
    stated = flat(design.scenario)
    return {factor.key: _base(factor, stated.get(factor.key)) for factor in design.factors}


def levels_of(factor: Factor, most: int) -> tuple[Value, ...]:
    """Levels of a factor, ends included: its own, of a number at most ``most`` (≥ 2) of them, or spread evenly."""
    if not factor.is_range:
        if factor.kind not in {"number", "integer"} or len(factor.levels) <= most:
            return factor.levels
        ordered = sorted(factor.levels, key=lambda level: float(level) if isinstance(level, int | float) else 0.0)
        chosen = np.unique(np.linspace(0, len(ordered) - 1, most).round().astype(np.int64))
        return tuple(ordered[number] for number in chosen)
    return tuple(dict.fromkeys(factor.value(float(share)) for share in np.linspace(0.0, 1.0, most)))


def _base(factor: Factor, stated: Value) -> Value:
    if factor.key == PLAN:
        return factor.levels[0]
    if factor.kind == "file":
        return next((value for value, path in factor.meant.items() if path == stated), factor.levels[0])
    return float(stated) if factor.kind == "number" and isinstance(stated, int | float) else stated
