"""``mechanism.expectation``: satisfaction, and what it is measured by."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Expectation(Section, scope="person"):
    """Satisfaction: what a day was, and how far it fell outside what was expected; losses count more than gains."""

    memory: float = par(0.15, "share", 0.001, 1, "weight of today's judgement in satisfaction", "当日评价在满意度中的权重")
    fading: float = par(
        90.0, "days", 0.5, 1e6, "days in which the satisfaction of somebody who does not come fades half way to indifference (very long: never)",
        "久不到访者的满意度减半（趋于无感）所需天数（极长为不淡化）",
    )
    assimilation: float = par(
        0.2, "share", 0, 1, "how far a day feels as one thought it would be (0: not at all)", "体验向「预计会有的水平」靠拢的程度（0为无）",
        "will-expectation raises perceived quality: Boulding et al. 1993",
    )
    promise: float = par(
        0.5, "share", 0, 1, "how far the promise, and not what one is used to, says what ought to be (0: it is forgotten, 1: nothing else counts)",
        "「理应如此」的标准中承诺所占比重（0为遗忘承诺，1为只看承诺）", "should-expectation lowers perceived quality: Boulding et al. 1993",
    )
    tolerance: float = par(
        0.08, "experience", 0, 1, "zone of tolerance: a gap up to this size goes unnoticed (0: every gap counts)", "容忍区：不超过此值的落差不被察觉（0为处处计较）",
        "Zeithaml, Berry & Parasuraman 1993",
    )
    disconfirmation: float = par(
        0.249, "weight", 0, 3, "weight of the gap between experience and expectation (0: only experience counts)", "体验与期望之差的权重（0为只看体验）",
        "experience and disconfirmation both: Anderson & Sullivan 1993; r ≈ .50 and .46: Szymanski & Henard 2001 (from memory)",
    )
    loss_aversion: float = par(
        2.25, "multiple", 1, 10, "how much more a shortfall counts than a surplus (1: alike)", "损失厌恶倍数（1为对称）", "Tversky & Kahneman 1992"
    )
    adaptation: float = par(
        0.05, "share", 0, 1, "how fast one gets used to what is given, up and down alike (0: never)", "对所得习以为常的速度，升降同速（0为不变）", "Nerlove 1958"
    )
