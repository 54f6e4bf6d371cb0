"""A KOL's energy: it runs down by posting and recovers with rest."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def drain(cost: float, posts: float, exponent: float) -> float:
    """Energy that ``posts`` a day take: cost·posts**exponent. Convex effort cost: design choice."""
    return cost * math.exp(exponent * math.log(posts)) if posts > 0.0 else 0.0


@compiled(inline=True)
def energy_next(energy: float, recovery: float, drained: float) -> float:
    """Energy (0 to 1) the next morning: E + r(1 − E) − drained. Linear recovery: design choice."""
    return min(1.0, max(0.0, energy + recovery * (1.0 - energy) - drained))


@compiled(inline=True)
def quality_with(quality: float, energy: float, craft: float) -> float:
    """Quality of a post made with that energy: the share ``craft`` needs none of it (1: tiredness does not show).

    Design choice.
    """
    return quality * (craft + (1.0 - craft) * energy)
