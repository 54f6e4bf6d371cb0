"""People who come and go: how many in a day, and who they are."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def daily_share(yearly: float) -> float:
    """Share of people replaced a day if ``yearly`` (below 1) are in a year: 1 − (1 − yearly)**(1/365). Definition."""
    return -math.expm1(math.log1p(-yearly) / 365.0) if yearly > 0.0 else 0.0


@compiled(inline=True)
def skipped(u: float, share: float, most: int) -> int:
    """How many people are passed over before the next whom a share (0 to 1) meets: the geometric quantile of ``u``.

    At most ``most``. Sampling by skips: Devroye (1986), chapter XII.
    """
    return int(min(float(most), math.log1p(-u) / math.log1p(-share)))


@compiled(inline=True)
def standard_normal(u: float, v: float) -> float:
    """A standard normal number from two uniform ones (Box & Muller 1958)."""
    return math.sqrt(-2.0 * math.log1p(-u)) * math.cos(6.283185307179586 * v)
