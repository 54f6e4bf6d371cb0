"""What people say to friends: the pleased and the close say good things, the disappointed and distant bad ones."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled

#: Most words a visit can bring on average; keeps the tail finite. Design choice.
MOST = 50.0


@compiled(inline=True)
def good_words(rate: float, satisfaction: float, by_satisfaction: float, tie: float, by_tie: float) -> float:
    """Invitations a visit brings: rate·exp(by_satisfaction·(2S − 1) + by_tie·tie).

    Positive word of mouth rises with satisfaction and with loyalty (de Matos & Rossi 2008); exponential form: design
    choice. ``rate`` is that of the indifferent without a tie.
    """
    return min(MOST, rate * math.exp(by_satisfaction * (2.0 * satisfaction - 1.0) + by_tie * tie))


@compiled(inline=True)
def bad_words(rate: float, satisfaction: float, by_dissatisfaction: float, tie: float, by_tie: float) -> float:
    """Warnings a visit brings: rate·exp(by_dissatisfaction·(1 − 2S) − by_tie·tie).

    Negative word of mouth falls with loyalty more than the positive rises with it (de Matos & Rossi 2008).
    """
    return min(MOST, rate * math.exp(by_dissatisfaction * (1.0 - 2.0 * satisfaction) - by_tie * tie))


@compiled(inline=True)
def recalled(warnings: float, days: float, half_life: float) -> float:
    """Warnings still remembered ``days`` after the last was heard: warnings·2**(−days/half_life).

    Exponential forgetting, as of a reputation (Jøsang & Ismail 2002).
    """
    return warnings * math.exp(-0.6931471805599453 * days / half_life) if warnings > 0.0 else 0.0
