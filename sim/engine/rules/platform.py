"""A platform: what it is worth that others are there."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def conformity(strength: float, share: float) -> float:
    """Logits of doing as others do: J·(2·share − 1), nothing where half of them do.

    Brock & Durlauf (2001): where P = logistic(2βJm) and m = 2P − 1, there is one equilibrium for βJ ≤ 1, three above.
    """
    return strength * (2.0 * share - 1.0)
