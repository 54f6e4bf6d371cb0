"""What the size of an event does."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def intimacy(people: float, intimate: float, exponent: float) -> float:
    """Share of an event's bonding that is left among ``people``: min(1, (intimate/people)**exponent); 1 at exponent 0.

    Up to about a dozen everybody talks with everybody (sympathy group: Zhou, Sornette, Hill & Dunbar 2005); beyond,
    relations fall behind the pairs there are. The power form is a design choice.
    """
    return (intimate / people) ** exponent if people > intimate and exponent > 0.0 else 1.0
