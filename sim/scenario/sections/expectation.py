"""``mechanism.expectation``: satisfaction, and the bar it is measured by."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Expectation(Section, scope="person"):
    """Expectation against experience; losses count more than gains, and the bar rises."""

    memory: float = par(0.15, "share", 0.001, 1, "weight of today's experience in satisfaction", "当日体验在满意度中的权重")
    expectation_weight: float = par(
        0.4, "weight", 0, 2, "weight of the expectation itself (assimilation)", "期望本身的权重（同化）", "r ≈ .50: Szymanski & Henard 2001 (from memory)"
    )
    disconfirmation_weight: float = par(
        0.6, "weight", 0, 2, "weight of experience minus expectation", "体验与期望之差的权重", "r ≈ .46: Szymanski & Henard 2001 (from memory)"
    )
    loss_aversion: float = par(
        2.25, "multiple", 1, 10, "how much more a shortfall counts than a surplus (1: alike)", "损失厌恶倍数（1为对称）", "Tversky & Kahneman 1992"
    )
    rise: float = par(0.05, "share", 0, 1, "how fast the bar rises after a good surprise (0: never)", "惊喜之后期望上升的速度（0为不升）")
    fall: float = par(0.02, "share", 0, 1, "how fast the bar falls after a disappointment", "失望之后期望下降的速度")
