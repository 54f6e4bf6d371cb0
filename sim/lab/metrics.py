"""The catalogue of headline metrics: what each is called, means, is measured in, and which way is better."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["people", "share", "money", "ratio", "day"]


class Metric(NamedTuple):
    """A headline metric.

    ``kind`` says how it is written; shares are from 0 to 1, money is in the scenario's currency. ``better`` is +1 where
    more is better, −1 where less is, 0 where that depends on the aim. Short names and meanings in two languages.
    """

    name: str
    kind: Kind
    better: int
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str


#: In the order of every table. All are defined to date, so on any day; the horizon is the last one.
METRICS: tuple[Metric, ...] = (
    Metric("strong", "people", 1, "strong ties", "强关系人数",
           "people with a strong tie on the last day", "最后一天的强关系人数"),
    Metric("strong_share", "share", 1, "share with a strong tie", "强关系占比",
           "people with a strong tie among all people in the market", "强关系人数占市场总人数的比例"),
    Metric("weak", "people", 0, "weak ties", "弱关系人数",
           "people with a weak tie on the last day", "最后一天的弱关系人数"),
    Metric("members", "people", 1, "members", "成员数",
           "members on the last day", "最后一天的成员数"),
    Metric("active_share", "share", 0, "active members", "活跃占比",
           "members who came within the last 7 days, among all members", "近7天到访成员占全部成员的比例"),
    Metric("cost_per_strong", "money", -1, "cost per strong tie", "每个强关系成本",
           "total cost divided by people with a strong tie on the last day", "总成本除以最后一天的强关系人数"),
    Metric("revenue", "money", 1, "revenue", "收入",
           "revenue over all days", "全程收入合计"),
    Metric("cost", "money", 0, "cost", "成本",
           "all costs over all days, goods included", "全程成本合计，含商品成本"),
    Metric("profit", "money", 1, "profit", "利润",
           "revenue less all costs over all days", "全程收入减全部成本"),
    Metric("cac", "money", 0, "paid acquisition per newcomer (CAC)", "付费获客成本（CAC）",
           "channels and incentives, without content and wages, per person who joined",
           "每位加入者分摊的渠道与激励费用（不含内容与工资）"),
    Metric("ltv", "money", 1, "margin per newcomer (LTV)", "人均毛利（LTV）",
           "revenue less goods per person who ever joined", "每位曾加入者带来的收入减商品成本"),
    Metric("k_factor", "ratio", 1, "K: word of mouth", "K 因子（口碑）",
           "people brought in per member who ever joined", "每位曾加入的成员带来的新人数"),
    Metric("retention_30", "share", 1, "active after 30 days", "30日留存率",
           "share of the latest cohorts still active 30 days after joining", "最近各批次加入30天后仍活跃的比例"),
    Metric("satisfaction_mean", "ratio", 1, "satisfaction (0 to 1)", "满意度（0–1）",
           "mean satisfaction of members", "成员平均满意度"),
)  # fmt: skip

#: Also for goals: ``cash_low >= -200000``, ``payback_day <= 365``.
CASH: tuple[Metric, ...] = (
    Metric("cash_low", "money", 1, "lowest cash", "现金最低点",
           "lowest point of cumulative profit, at most 0", "累计利润的最低点，不高于0"),
    Metric("payback_day", "day", -1, "payback", "回本日",
           "day from which cumulative profit stays at or above 0", "累计利润从该日起不再为负"),
)  # fmt: skip
