"""``carrier`` (载体): where the community lives."""

from __future__ import annotations

from sim.scenario.parameter import Section, block, par


class Groups(Section):
    """Chat groups: a cap each, and how many there may be."""

    cap: int = par(500, "people", 2, 10_000_000, "largest size of one group", "单群人数上限", "WeChat: 500")
    limit: int = par(0, "groups", 0, 10_000_000, "groups that may exist (0: no limit)", "群数量上限（0为不限）")
    cost_month: float = par(0.0, "currency/month", 0, 1e9, "running cost of one group", "单群每月成本")


class Platform(Section):
    """What the second stage of the rocket, a platform or app, gives once it is ignited."""

    visit_lift: float = par(0.35, "logit", -5, 5, "ease of use: what it adds to the chance of a daily visit", "易用性：对每日到访的加成")
    relevance: float = par(
        0.4, "share", 0, 1, "share of noise that its data and search filter out", "数据与搜索过滤掉的噪声占比",
        "personalised moderation: Ren & Kraut 2014",
    )
    use_value: float = par(
        0.25, "experience", 0, 1, "use value a member draws when all friends are members", "好友全部加入时成员获得的使用价值",
        "direct network effects: Rohlfs 1974",
    )
    cost_per_member: float = par(0.1, "currency/month", 0, 1e5, "running cost per member", "每名成员每月成本")


class Carrier(Section):
    """Carrier (载体)."""

    groups: Groups = block(Groups, "chat groups", "群")
    platform: Platform = block(Platform, "what the platform stage gives", "平台阶段带来的能力")
