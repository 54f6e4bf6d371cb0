"""``entrance.channels``: ways to reach strangers."""

from __future__ import annotations

from sim.scenario.parameter import Section, par, word


class Channel(Section, scope="plan"):
    """A way to reach strangers that is not a friend's word or a KOL's post."""

    name: str = word("channel", "name of the channel", "渠道名称")
    daily_budget: float = par(0.0, "currency/day", 0, 1e9, "money spent a day", "每日投放预算")
    cost_per_contact: float = par(1.0, "currency", 0.0001, 1e6, "price of one contact", "单次触达成本")
    organic: float = par(
        0.0, "share/day", 0, 1, "share of the market that comes across the community by itself each day", "每日自然触达占比（无需付费）"
    )
    attention: float = par(
        1.0, "share", 0, 1, "share of contacts that are noticed at all (outbound calls: about .01)", "触达后真正注意到的占比（电话外呼约1%）",
        "outbound .01: the essays' estimate of who listens for ten seconds",
    )
    targeting: float = par(
        0.0, "share", 0, 1, "how far contacts go to those whose interest fits (0: to anyone)", "定向程度（0为不定向）"
    )
    sells: float = par(
        0.0, "probability", 0, 1,
        "chance that whoever notices it weighs a purchase at once, without joining (0: it only draws people in)",
        "注意到的人不必加入、当场考虑购买的概率（0：只拉人，不卖货）",
    )
    trust: float = par(0.0, "logit", -10, 10, "what this channel adds to the chance of joining", "该渠道对加入意愿的加成")
