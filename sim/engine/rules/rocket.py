"""When a stage of the rocket ignites."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def ignites(day: int, earliest: int, members: int, min_members: int, strong: int, min_strong: float) -> bool:
    """Whether every condition holds: the day, the size of the pool, and the share of members with a strong tie.

    Design choice.
    """
    return day >= earliest and members >= min_members and float(strong) >= min_strong * float(members)
