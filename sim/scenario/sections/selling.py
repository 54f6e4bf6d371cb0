"""``business.selling``: how hard is sold."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Selling(Section, scope="person"):
    """How hard is sold."""

    promos_per_week: float = par(1.0, "messages/week", 0, 500, "selling messages to every member a week", "每周向成员推送的销售信息数", scope="plan")
    push: float = par(0.2, "probability", 0, 1, "chance that a selling message seen makes somebody weigh a purchase", "看到销售信息后考虑购买的概率")
    organic: float = par(0.03, "probability", 0, 1, "chance of weighing a purchase on a visit without any message", "无推送时到访考虑购买的概率")
    staged: float = par(
        0.0, "buyers/day", 0, 1e6, "staged buyers (托) shown to members a day once products are on sale (0: none)", "开售后每天安排的“托”的人数（0为无）", scope="plan"
    )
    irritation: float = par(0.10, "fatigue/message", 0, 10, "fatigue one selling message adds to somebody without a tie (0: none)", "每条销售信息给无关系者增加的疲劳（0为无）")
    half_life: float = par(20.0, "days", 0.1, 1e6, "days in which selling fatigue halves", "推销疲劳减半天数")
    patience: float = par(0.5, "share", 0, 1, "share of the irritation that a full tie takes away", "满强度关系所抵消的烦躁占比")
