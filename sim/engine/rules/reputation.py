"""Reputation: good and bad words that are remembered, and how far a complaint is heard."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def reputation_of(good: float, bad: float) -> float:
    """Share of good words as one expects it, 0 to 1: (good + 1)/(good + bad + 2), one half where nothing is known.

    Mean of a Beta distribution (Jøsang & Ismail 2002).
    """
    return (good + 1.0) / (good + bad + 2.0)


@compiled(inline=True)
def remembered(words: float, kept: float, spoken: float) -> float:
    """Words that are remembered after a day: what is kept of them, and what was said (Jøsang & Ismail 2002)."""
    return kept * words + spoken


@compiled(inline=True)
def audience(u: float, offline: float, online: float, tail: float, most: float) -> float:
    """People who hear a complaint: ``offline`` of them, or with chance ``online`` a heavy-tailed number.

    Pareto from ``offline`` on with exponent ``tail``, at most ``most``; one uniform decides both. Pareto (1896); its
    use for complaints is a design choice.
    """
    if u >= online:
        return min(offline, most)
    return min(most, offline * math.exp(-math.log(1.0 - u / online) / tail))
