"""Buying and using, and the fatigue that selling brings."""

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
def crowd_shift(weight: float, buyers: float, most: float) -> float:
    """Logits added by buyers whom everybody sees: weight·log(1 + buyers), no more beyond ``most``.

    Conformity saturates at 3 to 4 others (Asch 1951; Bond & Smith 1996); its form is a design choice.
    """
    return weight * math.log(1.0 + min(buyers, most))


@compiled(inline=True)
def discovery(push: float, promos: float) -> float:
    """Chance of weighing a purchase because of one of the day's selling messages, ``push`` each.

    At least one of ``promos`` independent trials. Definition.
    """
    return 1.0 - (1.0 - push) ** promos


@compiled(inline=True)
def path_taken(u: float, search: float, discovery: float, sharing: float) -> int:
    """How a purchase comes to be weighed: by search 0, discovery 1, sharing 2; −1 where it is not.

    Independent causes: it is weighed unless all miss, and each takes its share in proportion to its chance. One uniform
    ``u`` decides both. Competing risks (Cox 1959); proportional shares: design choice.
    """
    chance = 1.0 - (1.0 - search) * (1.0 - discovery) * (1.0 - sharing)
    if u >= chance:
        return -1
    point = u / chance * (search + discovery + sharing)
    if point < search:
        return 0
    return 1 if point < search + discovery else 2


@compiled(inline=True)
def inclusive(value: float, more: float, scale: float) -> float:
    """Value of a set of products when one is added: μ·log(exp(value/μ) + exp(more/μ)), the scale μ above 0.

    Nested logit (McFadden 1978). With μ = 1 products add up as under a plain logit; near 0 only the best one counts.
    """
    return max(value, more) + scale * math.log(1.0 + math.exp(-abs(value - more) / scale))


@compiled(inline=True)
def gumbel(u: float) -> float:
    """A Gumbel variate of a uniform: the largest of worth + Gumbel is a logit choice (Luce 1959; Maddison et al. 2014).

    ``u`` = 0 stands for the smallest step of a draw, 2**−53.
    """
    return -math.log(-math.log(max(u, 1.1102230246251565e-16)))


@compiled(inline=True)
def sound(quality: float, fault: float) -> float:
    """Quality that a fault leaves. Definition."""
    return quality * (1.0 - fault)


@compiled(inline=True)
def used(quality: float, friends_use: float, friends: float) -> float:
    """Experience of using a product, at most 1: better by ``friends_use`` when all friends use it (Rohlfs 1974)."""
    return min(1.0, quality * (1.0 + friends_use * friends))


@compiled(inline=True)
def expected_of(promise: float, price_cue: float, price: float) -> float:
    """Experience expected of a product, at most 1: what is promised, and more the dearer it is.

    Price as a cue of quality (Zeithaml 1988): ``price_cue``·log(1 + price/100), nothing of what is free. The
    logarithm is a design choice.
    """
    return min(1.0, promise + price_cue * math.log(1.0 + price / 100.0))
