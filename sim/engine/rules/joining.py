"""From hearing of a community to joining it: consideration, exposure, expected benefit (Foote et al. 2020)."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def contact_hazard(per_person: float, attention: float, targeting: float, fit: float, lift: float) -> float:
    """Chance that a channel makes a person notice the community on a day.

    ``per_person`` contacts a head of the market, of which ``attention`` are noticed; ``targeting`` of them go by
    interest (``fit`` times ``lift``, one over the market's mean fit), so that the number of contacts paid for stays the
    same. Design choice.
    """
    return per_person * attention * (1.0 - targeting + targeting * fit * lift)


@compiled(inline=True)
def social_proof(weight: float, friends: int) -> float:
    """Logits added by friends inside: weight·log(1 + friends), concave (Backstrom et al. 2006)."""
    return weight * math.log(1.0 + float(friends))


@compiled(inline=True)
def linked_share(pairs: int, friends: int) -> float:
    """Share of the pairs of friends inside who know each other; 0 with fewer than two friends.

    The fewer know each other, the more social contexts they stand for (Ugander, Backstrom, Marlow & Kleinberg 2012).
    """
    return pairs / (0.5 * friends * (friends - 1.0)) if friends > 1 else 0.0


@compiled(inline=True)
def hesitation(each: float, needed: int, friends: int) -> float:
    """Logits lost where a costly step needs several signals: ``each`` for every friend inside that is missing.

    Complex contagion (Centola & Macy 2007); a soft threshold, since later signals raise the odds of joining rather than
    decide it (Centola 2010). The linear form is a design choice.
    """
    return each * (needed - friends) if friends < needed else 0.0


@compiled(inline=True)
def fee_shift(fee: float, deterrence: float, power: float) -> float:
    """Logits taken by an entrance fee, in relation to purchasing power. Design choice."""
    return -deterrence * fee / power


@compiled(inline=True)
def admission(fit: float, threshold: float, softness: float) -> float:
    """Chance of passing the entrance screening: logistic in (fit − threshold)/softness; 1 where the door is open.

    Design choice.
    """
    if threshold <= 0.0:
        return 1.0
    x = (fit - threshold) / softness
    return 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else 0.0
