"""Who leaves."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def leave_hazard(
    base: float,
    tie: float,
    tie_weight: float,
    satisfaction: float,
    dissatisfaction_weight: float,
    overload: float,
    overload_weight: float,
    fatigue: float,
    fatigue_weight: float,
) -> float:
    """Chance of leaving on a day: base·exp(−a·tie + b·max(0, .5 − S)·2 + c·overload + d·fatigue), at most 1.

    Independent of friends' leaving (Karsai et al. 2014). Exponential form as in Ren & Kraut (2014); 0 at base 0.
    """
    log = -tie_weight * tie + dissatisfaction_weight * max(0.0, 1.0 - 2.0 * satisfaction)
    log += overload_weight * overload + fatigue_weight * fatigue
    return min(1.0, base * math.exp(min(30.0, log)))
