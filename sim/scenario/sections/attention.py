"""``mechanism.attention``: who comes, and how much they take in."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Attention(Section, scope="person"):
    """Finite attention: who comes on a day, and how much they can take in."""

    visit: float = par(
        0.0704, "probability", 0, 1, "chance of a daily visit by a typical member without any tie", "毫无关系基础的典型成员每日到访概率",
        "daily actives / users 8 % (得到)",
    )
    drive: float = par(0.874, "logit", 0, 10, "effect of the propensity to be active (log scale)", "活跃倾向的影响")
    tie: float = par(2.0, "logit", -10, 10, "effect of the tie", "关系强度的影响")
    satisfaction: float = par(2.0, "logit", -10, 10, "effect of satisfaction above or below the middle", "满意度的影响")
    forgetting: float = par(
        0.522, "logit", 0, 10, "out of sight, out of mind: loss per log day since the last visit", "久未到访的遗忘效应（按天数取对数）"
    )
    friends: float = par(
        0.4, "logit", -10, 10, "effect of all friends being members", "好友在群内的影响", "reactivation by active members: Ribeiro 2014"
    )
    capacity: float = par(40.0, "messages/day", 0.1, 10000, "messages a person can take in on a day", "每日可接收的消息数", "Jones, Ravid & Rafaeli 2004")
    knee: float = par(40.0, "messages/day", 0, 10000, "messages a day beyond which overload begins", "信息过载的起点", "Jones et al. 2004; Ren & Kraut 2014")
    overload: float = par(0.01, "per message", 0, 1, "growth of overload with each message beyond the knee (0: none)", "超过起点后过载增长速度（0为无）")
    muting: float = par(
        0.2, "per unit", 0, 100, "how readily a chat that is too much is muted, per visit and unit of overload (0: nobody mutes)",
        "群聊过载时设为免打扰的倾向，按每次到访与单位过载计（0为从不）", "people mute before they leave: design choice, range .05 to 1",
    )
    least_signal: float = par(
        0.05, "share", 0.001, 1, "share of signal below which reading costs no more", "有效信息占比低于此值后阅读成本不再上升"
    )
    reading_cost: float = par(
        0.001, "experience/message", 0, 1, "cost of reading one message when everything is signal", "全为有效信息时的单条阅读成本",
        "Ren & Kraut 2014: cost ∝ messages / signal-to-noise",
    )
