"""``culture`` (文化): what the community is about, and what it promises."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Culture(Section, scope="plan"):
    """Culture (文化)."""

    theme: int = par(0, "tribe", 0, 999, "tribe at the centre of the theme", "主题所在的圈层")
    breadth: float = par(
        0.35, "share", 0, 1, "breadth of the theme: weight of the next tribe relative to the one before (0: one tribe, 1: all)",
        "主题宽度：相邻圈层的权重比（0为单一圈层，1为全部）",
    )
    promise: float = par(
        0.45, "experience", 0, 1, "what newcomers are promised, on the scale of experience", "对新人的承诺（体验尺度）",
        "expectation and disconfirmation: Oliver 1980", scope="person",
    )
    identity: float = par(
        0.3, "logit", -5, 5, "shared goal: what it adds to a newcomer's visits; it wears off", "共同目标：对新成员到访的加成，随时间减弱", "identity features raise visits most for newcomers: Ren et al. 2012", scope="person",
    )
    identity_half_life: float = par(
        30.0, "days", 0.5, 1e6, "days of membership in which this halves", "该加成减半所需的入会天数", scope="person"
    )
