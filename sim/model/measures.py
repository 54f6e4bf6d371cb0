"""What a run is measured by: each measure once, with its kind, unit, names in two languages and formula.

Everything that shows measures reads :data:`MEASURES`: ``series.parquet``, the summary, goals, sweeps, ``list metrics``,
pages and the description of the model. A new line makes a new measure everywhere.

Names alone are needed to check a scenario, so this module loads nothing; the arithmetic is in :mod:`sim.model.counts`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.model.counts import Counts

#: "level" at the end of a day, "flow" of a day, "ratio" at the end of a day or to date, "money" that flows on a day.
Kind: TypeAlias = Literal["level", "flow", "ratio", "money"]
#: How numbers are written; shares are from 0 to 1, money is in the scenario's currency.
Form: TypeAlias = Literal["people", "share", "money", "ratio", "day"]
Formula: TypeAlias = "Callable[[Counts], NDArray[Any]]"

#: The costs of the ledger, all of them.
COSTS = (
    *("cost_content", "cost_activities", "cost_incentives", "cost_operators"),
    *("cost_acquisition", "cost_goods", "cost_platform"),
)
#: Hours a day of a full-time employee: a definition.
WORKDAY = 8.0
_FORMS: dict[str, Form] = {"people": "people", "share": "share", "currency": "money", "day": "day"}


class Measure(NamedTuple):
    """A measure of a run.

    ``better`` is +1 where more is better, −1 where less is, 0 where that depends on the aim. ``en`` and ``zh`` name it
    in short; ``meaning_en`` and ``meaning_zh`` say more where the name does not say all. ``formula`` gives its value on
    every day.

    Where it shows: ``column`` in the daily series; ``headline`` among the headline metrics, in which place (0: it is
    none); in goals always.
    """

    name: str
    kind: Kind
    unit: str
    better: int
    en: str
    zh: str
    formula: Formula
    meaning_en: str = ""
    meaning_zh: str = ""
    column: bool = True
    headline: int = 0

    @property
    def form(self) -> Form:
        """How its numbers are written."""
        return _FORMS.get(self.unit, "ratio")

    @property
    def accumulates(self) -> bool:
        """Whether it stands to date as the sum of its days, as money among the headline metrics does.

        All else stands as on the day: a goal about a single cost is about the cost of its day.
        """
        return self.kind == "money" and self.headline > 0

    def to_date(self, counts: Counts) -> NDArray[np.float64]:
        """How it stands at the end of every day, so on the last one for the whole run; NaN where undefined."""
        values = self.formula(counts)
        return counts.money_to_date(values) if self.accumulates else values.astype("f8")

    def label(self, lang: str) -> str:
        """Its short name in ``lang`` ("en" or "zh")."""
        return self.zh if lang == "zh" else self.en

    def meaning(self, lang: str) -> str:
        """What it is, in ``lang`` ("en" or "zh")."""
        return (self.meaning_zh if lang == "zh" else self.meaning_en) or self.label(lang)


def _cost(c: Counts) -> NDArray[Any]:
    return c.total(COSTS) / 100.0


def _spending(c: Counts) -> NDArray[Any]:
    return c.to_date(c.total(cost for cost in COSTS if cost != "cost_goods")) / 100.0


def _profit(c: Counts) -> NDArray[Any]:
    return (c["revenue"] - c.total(COSTS)) / 100.0


def _cash(c: Counts) -> NDArray[np.float64]:
    return c.money_to_date(_profit(c))


#: In the order of ``series.parquet``. Formulas may only be changed with an entry in the changelog: numbers move.
MEASURES: tuple[Measure, ...] = (
    # Ties
    Measure("none", "level", "people", -1, "no tie", "无关系人数", lambda c: c.people - c["weak"] - c["strong"], "people without a tie"),
    Measure("weak", "level", "people", 0, "weak ties", "弱关系人数", lambda c: c["weak"], "people with a weak tie", headline=3),
    Measure("strong", "level", "people", 1, "strong ties", "强关系人数", lambda c: c["strong"], "people with a strong tie", headline=1),
    Measure("strong_share", "ratio", "share", 1, "share with a strong tie", "强关系占比", lambda c: c.over(c["strong"], c.people),
            "people with a strong tie among all people in the market", "强关系人数占市场总人数的比例", column=False, headline=2),
    Measure("none_to_weak", "flow", "people", 1, "no tie → weak", "无→弱", lambda c: c["none_to_weak"], "ties from none to weak"),
    Measure("weak_to_strong", "flow", "people", 1, "weak → strong", "弱→强", lambda c: c["weak_to_strong"], "ties from weak to strong"),
    Measure("strong_to_weak", "flow", "people", -1, "strong → weak", "强→弱", lambda c: c["strong_to_weak"], "ties from strong to weak"),
    Measure("weak_to_none", "flow", "people", -1, "weak → no tie", "弱→无", lambda c: c["weak_to_none"], "ties from weak to none"),
    # People
    Measure("aware", "level", "people", 1, "people who have heard of the community", "知晓人数", lambda c: c.to_date(c["new_aware"])),
    Measure("members", "level", "people", 1, "members", "成员数", lambda c: c["members"], headline=4),
    Measure("active", "level", "people", 1, "active within 7 days", "近7天活跃成员", lambda c: c["active"], "members who came within the last 7 days"),
    Measure("active_share", "ratio", "share", 0, "active members", "活跃占比", lambda c: c.over(c["active"], c["members"]),
            "members who came within the last 7 days, among all members", "近7天到访成员占全部成员的比例", column=False, headline=5),
    Measure("active_30", "level", "people", 1, "active within 30 days", "近30天活跃成员", lambda c: c["active_30"], "members who came within the last 30 days"),
    Measure("visitors", "flow", "people", 1, "visitors", "当日到访成员", lambda c: c["visitors"], "members who came today"),
    Measure("joined", "flow", "people", 1, "people who joined", "新加入", lambda c: c["joined"]),
    Measure("left", "flow", "people", -1, "members who left", "退出", lambda c: c["left"]),
    Measure("returned", "flow", "people", 0, "people who joined again", "回归", lambda c: c["returned"]),
    Measure("beyond", "flow", "people", -1, "visitors overloaded", "信息过载的到访者", lambda c: c["beyond"], "members who came and met more than they can take in"),
    Measure("muted", "level", "people", -1, "members who muted their group", "设为免打扰的成员", lambda c: c["muted"]),
    Measure("followers", "level", "people", 1, "followers outside", "圈外关注者", lambda c: c["followers"], "people outside who follow the public posts"),
    Measure("lapsed", "level", "people", -1, "silent members", "沉默成员", lambda c: c["lapsed"],
            "members without a visit for 30 days", "30天未到访的成员"),
    Measure("fans", "level", "people", 1, "fans", "粉丝", lambda c: c["fans"], "members with at least a weak tie to a KOL", "粉丝（与 KOL 至少弱关系的成员）"),
    Measure("partners", "level", "people", 0, "partners", "合伙人", lambda c: c.to_date(c["new_partners"]),
            "members who have earned a commission", "合伙人（获得过佣金的成员）"),
    Measure("shareholders", "level", "people", 0, "shareholders", "股东", lambda c: 0 * c["members"],
            "members who hold equity (no equity scheme is modelled: always 0)", "股东（尚未建模，恒为0）"),
    # Doing
    Measure("posts", "flow", "posts", 0, "posts by the firm and KOLs", "品牌与 KOL 发文", lambda c: c["posts"]),
    Measure("posts_dropped", "flow", "posts", -1, "posts dropped", "因精力不足未发的内容", lambda c: c["posts_dropped"], "posts that were planned and that KOLs had no energy for"),
    Measure("activities", "flow", "events", 0, "activities held", "举办活动数", lambda c: c["activities"]),
    Measure("attendance", "flow", "people", 1, "people who attended", "活动到场人数", lambda c: c["attendance"]),
    Measure("member_posts", "flow", "messages", 0, "messages by members", "成员发言", lambda c: c["member_posts"]),
    Measure("posters", "flow", "people", 1, "members who wrote", "当日发言成员", lambda c: c["posters"]),
    Measure("contributors", "level", "people", 1, "people who ever wrote a message", "曾发言人数", lambda c: c.to_date(c["new_contributors"])),
    Measure("promos", "flow", "messages", 0, "selling messages", "向每位成员推送的销售信息", lambda c: c["promos"], "selling messages sent to each member"),
    Measure("invitations", "flow", "invitations", 0, "invitations sent", "发出邀请", lambda c: c["invitations"]),
    Measure("warnings", "flow", "warnings", -1, "warnings passed on to friends", "负面口碑", lambda c: c["warnings"]),
    Measure("referral_joins", "flow", "people", 1, "people who joined by invitation", "经邀请加入", lambda c: c["referral_joins"]),
    Measure("complaints", "flow", "complaints", -1, "complaints", "投诉数", lambda c: c["complaints"]),
    Measure("complaints_heard", "flow", "people", -1, "people who heard complaints", "听到投诉的人次", lambda c: c["complaints_heard"]),
    Measure("reputation", "level", "share", 1, "reputation (0 to 1)", "口碑声誉（0–1）", lambda c: c["reputation"],
            "good words among all words that are remembered", "被记住的评价中好评的比例"),
    # The rocket
    Measure("rocket_stage", "level", "stages", 1, "highest stage lit", "已点火的最高阶段", lambda c: c["rocket_stage"]),
    # Money
    Measure("purchases", "flow", "purchases", 1, "purchases", "购买数", lambda c: c["purchases"]),
    Measure("bought_search", "flow", "purchases", 0, "purchases by search", "自发需求购买数", lambda c: c["bought_search"],
            "purchases for a need of one's own", "源于自身需求的购买数"),
    Measure("bought_discovery", "flow", "purchases", 0, "purchases by discovery", "推送带来的购买数", lambda c: c["bought_discovery"],
            "purchases after a selling message", "看到销售信息后的购买数"),
    Measure("bought_sharing", "flow", "purchases", 0, "purchases by sharing", "好友带来的购买数", lambda c: c["bought_sharing"],
            "purchases after friends who bought", "受已购好友影响的购买数"),
    Measure("bought_outside", "flow", "purchases", 0, "purchases outside", "群外购买数", lambda c: c["bought_outside"],
            "purchases by people who are no members: followers, and those whom an advertisement sells to", "非成员的购买数：关注者，以及被广告直接成交的人"),
    Measure("buyers", "level", "people", 1, "people who ever bought", "曾购买人数", lambda c: c.to_date(c["new_buyers"])),
    Measure("revenue", "money", "currency", 1, "revenue", "收入", lambda c: c["revenue"] / 100.0,
            "revenue (in headline metrics and goals: over all days)", "收入（关键指标与目标中为全程合计）", headline=7),
    Measure("cost", "money", "currency", 0, "cost", "成本", _cost,
            "all costs over all days, goods included", "全程成本合计，含商品成本", column=False, headline=8),
    Measure("cost_content", "money", "currency", 0, "cost of content", "内容成本", lambda c: c["cost_content"] / 100.0),
    Measure("cost_activities", "money", "currency", 0, "cost of activities", "活动成本", lambda c: c["cost_activities"] / 100.0),
    Measure("cost_incentives", "money", "currency", 0, "cost of incentives", "激励成本", lambda c: c["cost_incentives"] / 100.0),
    Measure("cost_operators", "money", "currency", 0, "wages of operators", "运营者工资", lambda c: c["cost_operators"] / 100.0),
    Measure("cost_acquisition", "money", "currency", 0, "cost of channels", "获客渠道成本", lambda c: c["cost_acquisition"] / 100.0),
    Measure("cost_goods", "money", "currency", 0, "cost of goods", "商品成本", lambda c: c["cost_goods"] / 100.0, "cost of goods sold"),
    Measure("cost_platform", "money", "currency", 0, "cost of platform", "平台成本", lambda c: c["cost_platform"] / 100.0, "cost of platform, groups and stages", "平台、群与阶段成本"),
    Measure("profit", "money", "currency", 1, "profit", "利润", _profit,
            "revenue less all costs (in headline metrics and goals: over all days)", "收入减全部成本（关键指标与目标中为全程合计）", headline=9),
    Measure("cost_per_strong", "ratio", "currency", -1, "cost per strong tie", "每个强关系成本", lambda c: c.over(c.money_to_date(_cost(c)), c["strong"]),
            "total cost divided by people with a strong tie on the last day", "总成本除以最后一天的强关系人数", column=False, headline=6),
    Measure("cash_low", "level", "currency", 1, "lowest cash", "现金最低点", lambda c: c.lowest(_cash(c)),
            "lowest point of cumulative profit, at most 0", "累计利润的最低点，不高于0", column=False),
    Measure("payback_day", "level", "day", -1, "payback", "回本日", lambda c: c.back_since(_cash(c)),
            "day from which cumulative profit stays at or above 0", "累计利润从该日起不再为负", column=False),
    Measure("spending", "level", "currency", 0, "spending to date", "累计支出", _spending,
            "all costs so far but goods, which are paid from their sale: what a budget limits", "迄今除商品成本外的全部支出（商品成本随销售收入支付），即预算所限", column=False),
    Measure("rest_spent", "money", "currency", 0, "spent from the rest of the total", "总预算节余的支出", lambda c: c["rest_spent"] / 100.0,
            "spent where the rest of the budget's total goes, beyond the plan", "总预算节余中追加花掉的部分（计划之外）"),
    Measure("profit_discounted", "level", "currency", 1, "discounted profit to date", "累计贴现利润", lambda c: c.money_to_date(_profit(c) * c["worth"]),
            "profit of all days so far, each as much as it is worth on day 0 (see budget.discount)", "迄今各日利润折算到第0天之和（贴现率见 budget.discount）", column=False),
    # Worth
    Measure("tie_strength_mean", "level", "strength", 1, "mean tie strength of members", "成员平均关系强度", lambda c: c.mean("tie_sum")),
    Measure("tie_firm_mean", "level", "strength", 1, "mean tie of members to the firm", "成员对品牌的平均关系", lambda c: c.mean("firm_sum")),
    Measure("tie_kol_mean", "level", "strength", 1, "mean of members' closest tie to a KOL", "成员对最亲近 KOL 的平均关系", lambda c: c.mean("kol_sum")),
    Measure("tie_members_mean", "level", "strength", 1, "mean tie among members", "成员间平均关系", lambda c: c.mean("member_sum")),
    Measure("satisfaction_mean", "level", "satisfaction", 1, "satisfaction (0 to 1)", "满意度（0–1）", lambda c: c.over(c.fraction("satisfaction_sum"), c["judging"]),
            "mean satisfaction of members who came at least once", "到访过的成员的平均满意度", headline=14),
    Measure("expectation_mean", "level", "experience", 0, "mean expectation of members", "成员平均期望", lambda c: c.mean("expectation_sum")),
    Measure("k_factor", "ratio", "people per member", 1, "K: word of mouth", "K 因子（口碑）",
            lambda c: c.recruits(),
            "people brought in within 90 days of joining, per person who joined at least 90 days ago", "加入满90天者在加入后90天内人均带来的新人数", headline=12),
    Measure("cac", "ratio", "currency", 0, "paid acquisition per newcomer (CAC)", "付费获客成本（CAC）",
            lambda c: c.over(c.to_date(c["cost_acquisition"] + c["cost_incentives"]) / 100.0, c.to_date(c["joined"])),
            "channels and incentives, without content and wages, per person who joined", "每位加入者分摊的渠道与激励费用（不含内容与工资）", headline=10),
    Measure("ltv", "ratio", "currency", 1, "margin per newcomer (LTV)", "人均毛利（LTV）",
            lambda c: c.over(c.to_date((c["revenue"] - c["cost_goods"]) * c["worth"]) / 100.0, c.to_date(c["joined"])),
            "revenue less goods per person who ever joined, discounted", "每位曾加入者带来的收入减商品成本（按贴现率折现）", headline=11),
    Measure("aov", "ratio", "currency", 1, "sales per purchase", "客单价",
            lambda c: c.over(c.to_date(c["revenue"] - c["fees"]) / 100.0, c.to_date(c["purchases"])),
            "sales per purchase, to date (entrance fees apart)", "客单价（累计，不含入会费）"),
    Measure("repurchase", "ratio", "share", 1, "repurchase rate", "复购率",
            lambda c: c.over(c.to_date(c["repeat_buyers"]), c.to_date(c["new_buyers"])),
            "share of buyers who bought again, to date", "复购率（累计）"),
    Measure("retention_30", "ratio", "share", 1, "active after 30 days", "30日留存率", lambda c: c.retention(30),
            "share of the latest cohorts still active 30 days after joining", "最近各批次加入30天后仍活跃的比例", headline=13),
    # Yardsticks
    Measure("cac_full", "ratio", "currency", -1, "full cost of a newcomer (CAC)", "全口径获客成本", lambda c: c.over(_spending(c), c.to_date(c["joined"])),
            "all costs but goods, wages and content included, per person who ever joined", "除商品成本外的全部支出（含工资与内容）除以累计加入人数", column=False),
    Measure("strong_per_joiner", "ratio", "share", 1, "strong ties per person who joined", "加入者的强关系率", lambda c: c.over(c["members_strong"], c.to_date(c["joined"])),
            "members with a strong tie among all who ever joined, those who left included", "强关系成员占所有曾加入者（含已退出者）的比例", column=False),
    Measure("satisfaction_joined", "ratio", "satisfaction", 1, "satisfaction of all who joined", "全体加入者满意度",
            lambda c: c.over(c.fraction_of(c["satisfaction_sum"] + c.to_date(c["left_satisfaction_sum"])), c["judging"] + c.to_date(c["left_judging"])),
            "mean satisfaction of all who joined and came: of members today, of others as they left (once for each time)",
            "所有加入并到访过的人的平均满意度：成员取当日值，退出者取退出时的值（多次退出分别计入）", column=False),
    Measure("profit_per_buyer", "ratio", "currency", 1, "profit per customer", "客均利润", lambda c: c.over(_cash(c), c.to_date(c["new_buyers"])),
            "profit so far per person who ever bought", "累计利润除以曾购买人数", column=False),
    Measure("profit_per_product", "ratio", "currency", 1, "profit per product", "单品利润", lambda c: c.over(_cash(c), c.highest(c["on_sale"])),
            "profit so far per product that has been on sale", "累计利润除以上架过的产品数", column=False),
    Measure("profit_per_staff", "ratio", "currency", 1, "profit per full-time employee", "人均利润（按全职折算）",
            lambda c: c.over(_cash(c), c.to_date(c["hours_paid"]) / c.days_lived() / WORKDAY),
            "profit so far per operator of 8 hours a day, on average over the days", "累计利润除以平均在岗人数（每日8小时折合1人）", column=False),
    Measure("joins_bought_share", "ratio", "share", 0, "share of joins that was bought", "付费获客占比", lambda c: c.over(c.fraction_of(c.to_date(c["joined_bought"])), c.to_date(c["joined"])),
            "people who joined through contacts that were paid for, among all who joined, to date", "经付费触达加入的人数占累计加入人数的比例"),
    Measure("joins_friends_share", "ratio", "share", 0, "share of joins through friends", "好友带来的加入占比", lambda c: c.over(c.to_date(c["joined_friends"]), c.to_date(c["joined"])),
            "people who joined by invitation or since friends are members, among all who joined, to date", "受邀或因好友在内而加入的人数占累计加入人数的比例"),
    Measure("joins_posts_share", "ratio", "share", 0, "share of joins through posts", "内容带来的加入占比", lambda c: c.over(c.to_date(c["joined_posts"]), c.to_date(c["joined"])),
            "people who joined through posts of the firm and KOLs, among all who joined, to date", "经品牌与 KOL 内容加入的人数占累计加入人数的比例"),
    Measure("sales_search_share", "ratio", "share", 0, "share of sales by search", "自发需求购买占比", lambda c: c.over(c.to_date(c["bought_search"]), c.to_date(c["purchases"])),
            "purchases for a need of one's own among all purchases, to date", "源于自身需求的购买占累计购买数的比例"),
    Measure("sales_discovery_share", "ratio", "share", 0, "share of sales by discovery", "推送购买占比", lambda c: c.over(c.to_date(c["bought_discovery"]), c.to_date(c["purchases"])),
            "purchases after a selling message among all purchases, to date", "看到销售信息后的购买占累计购买数的比例"),
    Measure("sales_sharing_share", "ratio", "share", 0, "share of sales by sharing", "好友带动购买占比", lambda c: c.over(c.to_date(c["bought_sharing"]), c.to_date(c["purchases"])),
            "purchases after friends who bought among all purchases, to date", "受已购好友影响的购买占累计购买数的比例"),
    Measure("messages_per_member", "ratio", "messages per member", 0, "messages per member", "成员人均发言", lambda c: c.over(c["member_posts"], c["members"])),
    # Load
    Measure("staff", "level", "people", 0, "operators", "运营者人数", lambda c: c["staff"]),
    Measure("hours_wanted", "flow", "hours", 0, "operators' hours asked for", "所需工时", lambda c: c["hours_wanted"]),
    Measure("hours_done", "flow", "hours", 0, "operators' hours worked", "实际工时", lambda c: c["hours_done"]),
    # Ties among members, groups
    Measure("member_ties_weak", "level", "people", 0, "weak ties to other members", "与成员弱关系的人数", lambda c: c["member_ties_weak"],
            "members with a weak tie to other members"),
    Measure("member_ties_strong", "level", "people", 1, "strong ties to other members", "与成员强关系的人数", lambda c: c["member_ties_strong"],
            "members with a strong tie to other members"),
    Measure("network_value", "level", "index", 1, "sum of tie strengths", "关系强度总和", lambda c: c.fraction("strength_sum")),
    Measure("messages_per_group", "level", "messages", 0, "messages a group saw yesterday", "单群昨日消息数", lambda c: c["messages_per_group"]),
    Measure("groups", "level", "groups", 0, "groups", "群数量", lambda c: c["groups"]),
)


def columns() -> tuple[Measure, ...]:
    """The columns of the daily series, in their order."""
    return tuple(each for each in MEASURES if each.column)


def headline() -> tuple[Measure, ...]:
    """The headline metrics, in the order of every table."""
    return tuple(sorted((each for each in MEASURES if each.headline), key=lambda each: each.headline))


def metrics() -> tuple[Measure, ...]:
    """What is kept of every run and can be aimed at: the headline metrics, then what stands in no table of days."""
    return (*headline(), *(each for each in MEASURES if not each.headline and not each.column))


def find(name: str) -> Measure | None:
    """The measure called ``name``; None if there is none."""
    return next((each for each in MEASURES if each.name == name), None)
