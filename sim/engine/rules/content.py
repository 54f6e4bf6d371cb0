"""How content works, whoever speaks."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def saturation(dose: float, half: float) -> float:
    """Benefit of a dose of content, 0 to 1: dose / (dose + half). Hill (1910) of order 1; 0 at no dose."""
    return dose / (dose + half)


@compiled(inline=True)
def freshness(rate: float, habit: float) -> float:
    """What is left of the effect after ``habit`` recent exposures: exp(−rate·habit); 1 at rate 0.

    With saturation it gives the inverted U of exposure (Montoya et al. 2017, 268 curves).
    """
    return math.exp(-rate * habit)


@compiled(inline=True)
def tone(warmth: float, warmth_bond: float, attitude: float, attitude_bond: float, fit: float) -> float:
    """How much a voice's tone multiplies bonding, never below 0.

    Warmth adds ``warmth_bond·warmth`` for everybody; attitude adds ``attitude_bond·attitude·(2·fit − 1)``: it deepens
    the bond of those whose interests fit and repels the others, so its best level is not put in. The two signs are
    assumed (the essays' claim C01); 0 is neutral for both. Design choice.
    """
    return max(0.0, 1.0 + warmth_bond * warmth + attitude_bond * attitude * (2.0 * fit - 1.0))


@compiled(inline=True)
def price_of(fee: float, quality_cost: float, quality: float) -> float:
    """Price of a post or an event: fee + c₀·q/(1 − q); the last step to perfection costs without end. c₀ = 0: the fee.

    Convex costs of quality (Mussa & Rosen 1978); form: design choice.
    """
    return fee + quality_cost * quality / (1.0 - quality) if quality_cost > 0.0 else fee
