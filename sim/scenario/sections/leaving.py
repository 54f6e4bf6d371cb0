"""``mechanism.leaving``: lapse, leave, return."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Leaving(Section, scope="person"):
    """Lapse, leave, return."""

    hazard: float = par(0.002, "probability/day", 0, 1, "chance of leaving on a day without tie, satisfaction in the middle (0: nobody leaves)", "无关系、满意度居中时的每日退出概率（0为无人退出）")
    tie: float = par(3.0, "log hazard", -20, 20, "protection by a full tie", "满强度关系的保护作用")
    dissatisfaction: float = par(4.0, "log hazard", -20, 20, "effect of satisfaction falling from the middle to nil", "满意度从中等降至零的影响")
    overload: float = par(1.0, "log hazard", -20, 20, "effect of one unit of overload", "单位过载的影响")
    fatigue: float = par(0.8, "log hazard", -20, 20, "effect of one unit of selling fatigue", "单位推销疲劳的影响")
    come_back: float = par(0.0003, "probability/day", 0, 1, "chance that somebody who left thinks again on a day", "已退出者每日重新考虑的概率")
