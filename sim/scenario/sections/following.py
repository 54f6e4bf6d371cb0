"""``mechanism.following``: people who follow the public posts without joining."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Following(Section, scope="person"):
    """People outside who follow, read and can bond and buy without joining (关注而未入群)."""

    chance: float = par(
        0.15, "probability", 0, 1, "chance that somebody with full match who heard of the community and did not join follows it (0: nobody)",
        "完全契合者知晓后未加入而转为关注的概率（0为无人关注）",
    )
    reads: float = par(
        0.15, "probability", 0, 1, "chance of reading on a day for a typical follower without any tie", "毫无关系基础的典型关注者每日阅读概率",
        "subscribers who open a column on a day: 29 % (得到); free posts less",
    )
    joins: float = par(
        0.02, "probability", 0, 1, "chance that a follower who reads thinks of joining again (0: never)", "关注者每次阅读后重新考虑加入的概率（0为从不）"
    )
    stops: float = par(
        0.004, "probability/day", 0, 1, "chance that a follower without a tie stops following on a day (0: nobody)", "无关系的关注者每日取消关注的概率（0为无人）"
    )
