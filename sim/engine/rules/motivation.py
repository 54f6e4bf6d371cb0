"""Inner motivation and pay."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def effort(pay: float, crowding: float, gain: float, half: float) -> float:
    """Effort relative to that of the unpaid (1): (1 − χ) + gain·pay/(pay + half) with pay, 1 without.

    Any pay takes the share χ of inner motivation away at once; what pay brings grows from nothing, so a little pay can
    be worse than none (Gneezy & Rustichini 2000: 28.4 unpaid, 23.1 small pay, 34.7 large pay, of 50; Deci, Koestner &
    Ryan 1999). The jump is put in; whether a scheme pays is not. Neutral: χ = 0 and gain = 0.
    """
    if pay <= 0.0:
        return 1.0
    return (1.0 - crowding) + gain * pay / (pay + half)


@compiled(inline=True)
def doubted(most: float, pay: float, half: float) -> float:
    """Logits of doubt raised by an invitation that is paid: ``most``·pay/(pay + half), nothing without pay.

    That friends of paid recommenders trust them less: Verlegh, Ryu, Tuk & Feick (2013); saturating form: design choice.
    """
    return most * pay / (pay + half) if pay > 0.0 else 0.0
