"""What is recorded each day: every column once, with kind, unit and meaning in two languages.

``COUNTS`` are the integers that people's days and the evening add up (flows of the day, sums in fixed point);
``SERIES`` are the columns of ``series.parquet``, which :mod:`sim.model.tables` derives from them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

#: Sums of fractions are kept as integers in units of 2**-32, so that they do not depend on the order of adding.
FIXED = 4294967296.0
#: Ages in days at which a cohort is looked at.
AGES = (1, 7, 14, 30, 60, 90, 120, 180, 365)


class Column(NamedTuple):
    """A column of the daily series."""

    name: str
    kind: str  # "level" at the end of the day, "flow" of the day, "ratio" to date, "money" flow in currency
    unit: str
    en: str
    zh: str


SERIES: tuple[Column, ...] = (
    Column("none", "level", "people", "people without a tie", "无关系人数"),
    Column("weak", "level", "people", "people with a weak tie", "弱关系人数"),
    Column("strong", "level", "people", "people with a strong tie", "强关系人数"),
    Column("none_to_weak", "flow", "people", "ties from none to weak", "无→弱"),
    Column("weak_to_strong", "flow", "people", "ties from weak to strong", "弱→强"),
    Column("strong_to_weak", "flow", "people", "ties from strong to weak", "强→弱"),
    Column("weak_to_none", "flow", "people", "ties from weak to none", "弱→无"),
    Column("aware", "level", "people", "people who have heard of the community", "知晓人数"),
    Column("members", "level", "people", "members", "成员数"),
    Column("active", "level", "people", "members who came within the last 7 days", "近7天活跃成员"),
    Column("active_30", "level", "people", "members who came within the last 30 days", "近30天活跃成员"),
    Column("visitors", "flow", "people", "members who came today", "当日到访成员"),
    Column("joined", "flow", "people", "people who joined", "新加入"),
    Column("left", "flow", "people", "members who left", "退出"),
    Column("returned", "flow", "people", "people who joined again", "回归"),
    Column("lapsed", "level", "people", "members without a visit for long", "沉默成员"),
    Column("fans", "level", "people", "members with at least a weak tie to a KOL", "粉丝（与 KOL 至少弱关系的成员）"),
    Column("partners", "level", "people", "members who have earned a commission", "合伙人（获得过佣金的成员）"),
    Column(
        "shareholders",
        "level",
        "people",
        "members who hold equity (no equity scheme is modelled: always 0)",
        "股东（尚未建模，恒为0）",
    ),
    Column("posts", "flow", "posts", "posts by the firm and KOLs", "品牌与 KOL 发文"),
    Column("activities", "flow", "events", "activities held", "举办活动数"),
    Column("attendance", "flow", "people", "people who attended", "活动到场人数"),
    Column("member_posts", "flow", "messages", "messages by members", "成员发言"),
    Column("contributors", "level", "people", "people who ever wrote a message", "曾发言人数"),
    Column("promos", "flow", "messages", "selling messages sent to each member", "向每位成员推送的销售信息"),
    Column("invitations", "flow", "invitations", "invitations sent", "发出邀请"),
    Column("warnings", "flow", "warnings", "warnings passed on to friends", "负面口碑"),
    Column("referral_joins", "flow", "people", "people who joined by invitation", "经邀请加入"),
    Column("rocket_stage", "level", "stages", "highest stage lit", "已点火的最高阶段"),
    Column("purchases", "flow", "purchases", "purchases", "购买数"),
    Column("buyers", "level", "people", "people who ever bought", "曾购买人数"),
    Column("revenue", "money", "currency", "revenue", "收入"),
    Column("cost_content", "money", "currency", "cost of content", "内容成本"),
    Column("cost_activities", "money", "currency", "cost of activities", "活动成本"),
    Column("cost_incentives", "money", "currency", "cost of incentives", "激励成本"),
    Column("cost_operators", "money", "currency", "wages of operators", "运营者工资"),
    Column("cost_acquisition", "money", "currency", "cost of channels", "获客渠道成本"),
    Column("cost_goods", "money", "currency", "cost of goods sold", "商品成本"),
    Column("cost_platform", "money", "currency", "cost of platform, groups and stages", "平台、群与阶段成本"),
    Column("profit", "money", "currency", "profit", "利润"),
    Column("tie_strength_mean", "level", "strength", "mean tie strength of members", "成员平均关系强度"),
    Column("tie_firm_mean", "level", "strength", "mean tie of members to the firm", "成员对品牌的平均关系"),
    Column("tie_kol_mean", "level", "strength", "mean of members' closest tie to a KOL", "成员对最亲近 KOL 的平均关系"),
    Column("tie_members_mean", "level", "strength", "mean tie among members", "成员间平均关系"),
    Column("satisfaction_mean", "level", "satisfaction", "mean satisfaction of members", "成员平均满意度"),
    Column("expectation_mean", "level", "experience", "mean expectation of members", "成员平均期望"),
    Column(
        "k_factor",
        "ratio",
        "people",
        "people brought in per member who ever joined, to date",
        "K 因子：人均带来人数（累计）",
    ),
    Column("cac", "ratio", "currency", "channels and incentives per person who joined, to date", "获客成本（累计）"),
    Column("ltv", "ratio", "currency", "revenue less goods per person who ever joined, to date", "人均毛利（累计）"),
    Column("aov", "ratio", "currency", "sales per purchase, to date (entrance fees apart)", "客单价（累计，不含入会费）"),
    Column("repurchase", "ratio", "share", "share of buyers who bought again, to date", "复购率（累计）"),
    Column(
        "retention_30",
        "ratio",
        "share",
        "share of the last 30 cohorts still active 30 days after joining",
        "30日留存率",
    ),
    Column("staff", "level", "people", "operators", "运营者人数"),
    Column("hours_wanted", "flow", "hours", "operators' hours asked for", "所需工时"),
    Column("hours_done", "flow", "hours", "operators' hours worked", "实际工时"),
    Column("member_ties_weak", "level", "people", "members with a weak tie to other members", "与成员弱关系的人数"),
    Column("member_ties_strong", "level", "people", "members with a strong tie to other members", "与成员强关系的人数"),
    Column("network_value", "level", "index", "sum of tie strengths", "关系强度总和"),
    Column("messages_per_group", "level", "messages", "messages a group saw yesterday", "单群昨日消息数"),
    Column("groups", "level", "groups", "groups", "群数量"),
)

#: Integers that people's days add up, in one record per block of people.
COUNTS: tuple[str, ...] = (
    *("none_to_weak", "weak_to_strong", "strong_to_weak", "weak_to_none", "weak", "strong"),
    *("members", "members_strong", "active", "active_30", "visitors", "lapsed", "fans", "left"),
    *("attendance", "member_posts", "new_contributors", "new_buyers", "repeat_buyers", "purchases"),
    *("revenue", "cost_goods", "cost_attendance", "cost_points"),
    *("tie_sum", "firm_sum", "kol_sum", "member_sum", "satisfaction_sum", "expectation_sum", "strength_sum"),
    *("member_ties_weak", "member_ties_strong"),
)
#: Integers that the morning and the evening add.
EVENTS_OF_DAY: tuple[str, ...] = (
    *("joined", "returned", "fees", "referral_joins", "new_aware", "new_partners"),
    *("invitations", "warnings", "posts", "activities", "promos", "rocket_stage", "groups", "staff"),
    *("cost_content", "cost_activities", "cost_incentives", "cost_operators", "cost_acquisition", "cost_platform"),
)
#: Numbers with fractions that the evening notes.
NUMBERS: tuple[str, ...] = ("hours_wanted", "hours_done", "messages_per_group")

TALLY = np.dtype([(name, np.int64) for name in COUNTS])
DAY = np.dtype([(name, np.int64) for name in COUNTS + EVENTS_OF_DAY] + [(name, np.float64) for name in NUMBERS])


def describe(name: str, lang: str) -> str:
    """The meaning of a series column in ``lang`` ("en" or "zh")."""
    column = next(c for c in SERIES if c.name == name)
    return column.zh if lang == "zh" else column.en
