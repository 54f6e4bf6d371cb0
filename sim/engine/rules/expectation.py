"""A day is judged by what it was and by what was expected of it; losses count more than gains."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def perceived(experience: float, will: float, assimilation: float) -> float:
    """Experience as it is felt: drawn towards what one thought it *would* be, by the share ``assimilation``.

    Will-expectation raises perception (Boulding, Kalra, Staelin & Zeithaml 1993). Neutral at 0.
    """
    return experience + assimilation * (will - experience)


@compiled(inline=True)
def should(promised: float, will: float, promise: float) -> float:
    """What the community *ought* to give: the promise, by the share ``promise``, and else what one is used to.

    Should-expectation comes from promises and acts against perception (Boulding et al. 1993). At 0 a promise is
    forgotten at once, at 1 it is the only standard. The mixture is a design choice.
    """
    return promise * promised + (1.0 - promise) * will


@compiled(inline=True)
def disconfirmation(experience: float, expected: float, tolerance: float, loss_aversion: float) -> float:
    """Experience minus expectation where it leaves the zone of tolerance; a shortfall counts ``loss_aversion`` times.

    Zone of tolerance: Zeithaml, Berry & Parasuraman (1993); losses: Tversky & Kahneman (1992), 2.25; for satisfaction
    Anderson & Sullivan (1993). Zero within ``tolerance`` on both sides.
    """
    gap = experience - expected
    if gap > tolerance:
        return gap - tolerance
    if gap < -tolerance:
        return loss_aversion * (gap + tolerance)
    return 0.0


@compiled(inline=True)
def judgement(felt: float, gap: float, weight: float) -> float:
    """How a day is judged, 0 to 1: what was felt, plus ``weight`` times the gap (Anderson & Sullivan 1993)."""
    return min(1.0, max(0.0, felt + weight * gap))


@compiled(inline=True)
def adapted(level: float, towards: float, speed: float) -> float:
    """A level after it has moved towards another by the share ``speed``; fixed at 0.

    Adaptive expectations (Nerlove 1958); one speed up and down.
    """
    return level + speed * (towards - level)


@compiled(inline=True)
def faded(satisfaction: float, kept: float) -> float:
    """Satisfaction after a time of which ``kept`` remains: it fades towards indifference, .5. Design choice."""
    return 0.5 + (satisfaction - 0.5) * kept
