"""Tie strength: growth, decay, and tiers with hysteresis."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled
from sim.engine.state.people import NONE, STRONG, WEAK


@compiled(inline=True)
def kept_share(days: float, half_life: float) -> float:
    """Share of a stock that is left after ``days``: 2**(−days/half_life).

    A half-life of 70 days is the s ← s/1.01 a day of Cottica, Melançon & Renoust (2017).
    """
    return math.exp(-0.6931471805599453 * days / half_life)


@compiled(inline=True)
def grown(tie: float, gain: float) -> float:
    """A tie (0 to 1) after a gain (0 to 1) on what is still missing: s + gain·(1 − s); never above 1.

    Bounded growth, as in learning curves (Bush & Mosteller 1955): design choice.
    """
    return tie + min(1.0, max(0.0, gain)) * (1.0 - tie)


@compiled(inline=True)
def shaken(tie: float, share: float, shortfall: float) -> float:
    """A tie after a disappointment: loses ``share`` times the shortfall (0 to 1). Design choice."""
    return tie * (1.0 - min(1.0, share * shortfall))


@compiled(inline=True)
def combined(firm: float, kol: float, members: float) -> float:
    """Strength of the tie to the community from its (weighted) kinds: 1 − (1 − firm)(1 − kol)(1 − members).

    Any one kind can hold a person. No source fixes how kinds add up: design choice, with a weight for each.
    """
    return 1.0 - (1.0 - firm) * (1.0 - kol) * (1.0 - members)


@compiled(inline=True)
def tier_of(tie: float, tier: int, weak_enter: float, weak_exit: float, strong_enter: float, strong_exit: float) -> int:
    """None, weak or strong, with hysteresis: a tier is entered at one threshold and left at a lower one.

    From none to strong leads through weak: one step a day. Design choice; no source fixes the thresholds.
    """
    if tier == NONE:
        return WEAK if tie >= weak_enter else NONE
    if tier == WEAK:
        if tie >= strong_enter:
            return STRONG
        return NONE if tie < weak_exit else WEAK
    return WEAK if tie < strong_exit else STRONG
