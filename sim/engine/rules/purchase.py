"""Buying, and the fatigue that selling brings."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def price_shift(price: float, sensitivity: float, power: float, tie: float, tie_price: float) -> float:
    """Logits taken by the price: sensitivity per 100 of currency, less for the wealthy.

    ``tie_price`` makes a tie lessen it too (0: no such effect; the essays claim there is one). Design choice.
    """
    return -sensitivity * price / 100.0 / power * (1.0 - tie_price * tie)


@compiled(inline=True)
def herd_shift(weight: float, buyers: int) -> float:
    """Logits added by friends who bought: weight·log(1 + buyers) (Bapna & Umyarov 2015: odds × 1.5 to 1.6)."""
    return weight * math.log(1.0 + float(buyers))


@compiled(inline=True)
def irritated(fatigue: float, kept: float, promos: float, irritation: float, patience: float, tie: float) -> float:
    """Selling fatigue after a day: what is kept of it, plus ``irritation`` a message, less for those with a tie.

    A stock that wears off, as goodwill does (Nerlove & Arrow 1962), with the sign turned: design choice.
    """
    return fatigue * kept + promos * irritation * (1.0 - patience * tie)


@compiled(inline=True)
def weighing(organic: float, push: float, promos: float) -> float:
    """Chance of weighing a purchase on a visit: by oneself, or by one of the day's selling messages.

    Design choice.
    """
    return 1.0 - (1.0 - organic) * math.exp(-push * promos)
