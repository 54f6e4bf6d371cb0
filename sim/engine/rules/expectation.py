"""Expectation against experience: losses count more than gains, and the bar moves."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def disconfirmation(experience: float, expectation: float, loss_aversion: float) -> float:
    """Experience minus expectation; a shortfall counts ``loss_aversion`` times (Tversky & Kahneman 1992: 2.25)."""
    gap = experience - expectation
    return gap if gap >= 0.0 else loss_aversion * gap


@compiled(inline=True)
def satisfaction_next(
    satisfaction: float, memory: float, expectation: float, expectation_weight: float, gap: float, gap_weight: float
) -> float:
    """Satisfaction (0 to 1) after a day: a running mean of the day's judgement, S = .5 + α(E − .5) + βD.

    α weighs the expectation itself (assimilation), β the disconfirmation D (Oliver 1980). With E = .5 and D = 0 the
    judgement is .5, the middle of the scale.
    """
    judged = 0.5 + expectation_weight * (expectation - 0.5) + gap_weight * gap
    return satisfaction + memory * (min(1.0, max(0.0, judged)) - satisfaction)


@compiled(inline=True)
def expectation_next(expectation: float, experience: float, rise: float, fall: float) -> float:
    """The bar after a day: moves towards the experience, up at ``rise``, down at ``fall``; fixed when both are 0.

    Adaptive expectations (Nerlove 1958); two speeds: design choice.
    """
    gap = experience - expectation
    return expectation + (rise if gap > 0.0 else fall) * gap
