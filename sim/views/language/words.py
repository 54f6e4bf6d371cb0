"""The report's texts in two languages: names and captions here, the sentences of the summary in ``phrases``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.views.language.arm_words import ARM_WORDS
from sim.views.language.phrases import PHRASES

#: Key → (English, Chinese).
TEXTS: Mapping[str, tuple[str, str]] = {
    # Names of things
    "day": ("day", "天"),
    "people": ("people", "人数"),
    "plan": ("plan", "方案"),
    "never": ("never", "未点火"),
    "of_replicates": ("{part} of {n}", "{part} / {n}"),
    "at_the_end": ("At the end: {values}", "期末：{values}"),
    "metric": ("metric", "指标"),
    # What lines and bands mean: appended to captions, one sentence in all
    "band": (
        "; lines are means of {n} replicates, bands hold the middle 90 % of them.",
        "；线为{n}次重复的均值，色带为其中间90%。",
    ),
    "band.dotted": (
        "; areas are means of {n} replicates, dotted lines hold the middle 90 % of them.",
        "；面积为{n}次重复的均值，虚线之间为其中间90%。",
    ),
    "band.whiskers": (
        "; values are means of {n} replicates, whiskers and bands hold the middle 90 % of them.",
        "；数值为{n}次重复的均值，误差线与色带为其中间90%。",
    ),
    "means": ("; means of {n} replicates.", "；{n}次重复的均值。"),
    "band.one": ("; one replicate only, so no band can be drawn.", "；仅1次重复，无法给出区间。"),
    "weeks.whole": (" The days after the last whole week are left out.", "末尾不足一周的天数未计入。"),
    # Ties
    "ties": ("Ties", "关系"),
    "ties.intro": (
        "Everybody in the market has no tie, a weak tie or a strong tie to the community, and moves between the three.",
        "市场中的每个人与社群或无关系，或为弱关系，或为强关系，并在三者之间转化。",
    ),
    "ties.stacked": ("Ties over time", "关系随时间的变化"),
    "ties.stacked.caption": (
        "The darker the area, the closer the tie: a plan works when dark grows upwards",
        "颜色越深关系越近：深色向上扩大，说明方案有效",
    ),
    "ties.stacked.cut": (
        " The axis ends above the ties; all further people have none.",
        "纵轴止于有关系者之上，其余人均无关系。",
    ),
    "ties.levels": ("Strong and weak ties", "强关系与弱关系"),
    "ties.levels.caption": (
        "People with a strong and people with a weak tie, each on its own scale",
        "强关系人数与弱关系人数，各用各的刻度",
    ),
    "ties.differences": ("How far ahead in strong ties", "强关系的领先幅度"),
    "ties.differences.caption": (
        "Above zero a plan has more strong ties than {first}, compared run by run under the same luck",
        "高于零表示强关系多于方案{first}，按相同运气逐次比较",
    ),
    "ties.conversions": ("How fast ties convert", "关系转化速度"),
    "ties.conversions.caption": (
        "Of 100 people at the start of each arrow, how many make the step in 30 days (averaged over {length})",
        "每100位处于起点关系的人，30天内有多少人转化（按{length}平均）",
    ),
    "ties.rate": ("per 100 people, 30 days", "每百人每30天"),
    # Growth
    "growth": ("Growth", "增长"),
    "growth.intro": (
        "Who joins, who is active, and who stays.",
        "拉新、促活与留存：谁加入、谁活跃、谁留下。",
    ),
    "growth.levels": ("Members, and those who are active", "成员数与活跃成员数"),
    "growth.levels.caption": (
        "The wider the gap between members and active ones, the more are silent",
        "成员数与活跃数差距越大，沉默成员越多",
    ),
    "growth.joins": ("Where newcomers come from", "新成员来源"),
    "growth.joins.caption": ("People who join a week, by what brought them", "每周新加入人数，按来源区分"),
    "growth.per_week": ("people a week", "人／周"),
    "origin.own_posts": ("the firm's own posts", "品牌自有内容"),
    "origin.friends": ("friends", "朋友介绍"),
    "origin.seed": ("founding members", "种子成员"),
    "origin.other": ("others", "其他"),
    "kind.channel": ("channel", "渠道"),
    "kind.friends": ("word of mouth", "口碑"),
    "kind.kol": ("KOL", "KOL"),
    "kind.seed": ("start", "起始"),
    "channels": ("Channels compared", "渠道对比"),
    "channels.origin": ("came by", "来源"),
    "channels.kind": ("kind", "类型"),
    "channels.noticed": ("noticed", "注意到"),
    "channels.joined": ("joined", "加入"),
    "channels.rate": ("joined / noticed", "加入率"),
    "channels.cost": ("cost", "费用"),
    "channels.each": ("cost per newcomer", "单人费用"),
    "channels.caption": (
        "All days together, best source first within each plan; what KOLs, content and incentives cost is told "
        "under Money",
        "全程合计，各方案内按加入人数排序；KOL、内容与激励的费用见“资金”",
    ),
    "retention": ("How long newcomers stay", "留存"),
    "retention.active": ("came within the last 7 days", "近7天到访过"),
    "retention.members": ("still a member", "仍为成员"),
    "retention.age": ("days since joining", "加入后天数"),
    "retention.share": ("share of those who joined", "占加入者比例"),
    "retention.caption": (
        "All cohorts old enough at each age taken together: the flatter the line, the better people stay",
        "合并所有达到该天数的批次：曲线越平，留存越好",
    ),
    # The rocket
    "rocket": ("The three-stage rocket", "三级火箭"),
    "rocket.intro": (
        "Free content gathers a pool of people, a platform serves them, paid products close the loop.",
        "免费内容聚集用户池，平台承接需求，付费产品完成闭环。",
    ),
    "rocket.funnel": ("Pool, use and buyers", "用户池、使用与付费"),
    "rocket.funnel.caption": (
        "Upright lines mark the median day on which stage 1, 2 and 3 ignited, grey strips the middle 90 % of ignitions",
        "竖线为第1、2、3级点火日的中位数，灰带为点火日的中间90%",
    ),
    "rocket.members": ("pool: members", "用户池：成员"),
    "rocket.active": ("use: active within 7 days", "使用：近7天活跃"),
    "rocket.buyers": ("paid: ever bought", "付费：曾购买"),
    "stage": ("stage", "阶段"),
    "stage.free_content": ("free content", "免费内容"),
    "stage.platform": ("platform", "平台"),
    "stage.paid_products": ("paid products", "付费产品"),
    "stages": ("Ignition", "点火"),
    "stages.ignited": ("replicates in which it ignited", "点火的重复次数"),
    "stages.day": ("day (median)", "点火日（中位数）"),
    "stages.spread": ("middle 90 %", "中间90%"),
    "stages.pool": ("members then (mean)", "当时成员数（均值）"),
    "stages.caption": (
        "Days and members of those replicates in which the stage ignited.",
        "点火日与成员数只统计已点火的重复。",
    ),
    # Money
    "money": ("Money", "资金"),
    "money.intro": (
        "Where the money comes from, where it goes, and when it is back.",
        "钱从哪里来，到哪里去，何时回本。",
    ),
    "money.waterfall": ("From revenue to profit", "从收入到利润"),
    "money.waterfall.caption": (
        "Each cost takes its part of what is left; the last bar is the profit over all days",
        "各项成本依次扣减，最后一条为全程利润",
    ),
    "money.cumulative": ("Cumulative profit", "累计利润"),
    "money.cumulative.caption": (
        "The lowest point is the cash a plan needs; a diamond marks the median day on which it is paid "
        "back, a dotted line that on which its budget is used up, if there is one",
        "最低点为所需垫付的现金；菱形为回本日的中位数（若回本），点线为预算用尽日的中位数（若用尽）",
    ),
    "money.limit": ("Where the budget was used up", "预算用尽之处"),
    "money.limit.caption": (
        "What ended for want of money, and when it first did: the median day, of the replicates in which it happened.",
        "因资金不足而停止的项目及其首次停止日（仅统计发生的重复，取中位数）。",
    ),
    "money.limit.mark": ("budget used up", "预算用尽"),
    # Word of mouth
    "word_of_mouth": ("Word of mouth", "口碑裂变"),
    "word_of_mouth.intro": (
        "K is how many people each member brings in. Above 1 a community would grow by itself, below 1 "
        "each wave dies out.",
        "K 为每位成员带来的人数：高于1可自行增长，低于1则一波波衰减。",
    ),
    "word_of_mouth.k": ("K over time", "K 因子随时间的变化"),
    "word_of_mouth.k.caption": (
        "People brought in per member who ever joined, to date; the dashed line is K = 1",
        "截至当日，每位曾加入成员带来的人数；虚线为 K = 1",
    ),
    "word_of_mouth.generations": ("Generation by generation", "逐代裂变"),
    "word_of_mouth.generations.caption": (
        "Generation 0 came without an invitation, each next one was brought in by the one before; K is "
        "the next divided by this one",
        "第0代非经邀请而来，其后各代由上一代带来；K 为下一代与本代人数之比",
    ),
    "word_of_mouth.joined": ("people who joined", "加入人数"),
    "word_of_mouth.k_generation": ("K of each generation", "各代的 K"),
    "word_of_mouth.generation": ("generation", "代"),
    # Load
    "load": ("Load on operators and KOLs", "运营者与 KOL 的负荷"),
    "load.intro": (
        "Energy is finite: what is asked for beyond the hours there are stays undone.",
        "精力有限：超出工时的需求无法完成。",
    ),
    "load.hours": ("Operators' hours", "运营工时"),
    "load.hours.caption": (
        "Where the dashed line leaves the solid one, members go unserved",
        "虚线高出实线之处，成员的需求未被满足",
    ),
    "load.wanted": ("hours asked for", "所需工时"),
    "load.done": ("hours worked", "实际工时"),
    "load.hours_day": ("hours a day", "小时／天"),
    "load.undone": ("Work left undone", "未完成的工作"),
    "load.undone_share": ("share of the hours asked for", "占所需工时比例"),
    "load.undone.caption": ("The longer the bar, the more of this work nobody did", "条越长，该项工作未完成的越多"),
    "load.energy": ("KOLs' energy", "KOL 精力"),
    "load.energy.caption": (
        "1 is rested, 0 is worn out: a tired KOL's posts are worse",
        "1为精力充沛，0为耗尽：疲惫会降低内容质量",
    ),
    "load.energy.unit": ("energy (0 to 1)", "精力（0–1）"),
    "load.posts": ("KOLs' posts", "KOL 发文"),
    "load.posts.caption": ("Posts a week of each KOL", "各 KOL 每周发文数"),
    "load.posts.unit": ("posts a week", "篇／周"),
    "load.most_kols": (
        " Shown are the {shown} of {all} KOLs with most posts.",
        "仅显示{all}位 KOL 中发文最多的{shown}位。",
    ),
    "task.onboarding": ("welcoming newcomers", "迎新"),
    "task.replying": ("replying", "回复"),
    "task.activities": ("running activities", "办活动"),
    "task.moderating": ("moderating", "维护秩序"),
    "task.advising": ("advising before a sale", "售前咨询"),
    "task.supporting": ("helping after a sale", "售后支持"),
    # Drivers
    "drivers": ("What drove the difference", "差异从何而来"),
    "drivers.intro": (
        "The plans differ only in the levers below; people and luck are the same.",
        "各方案仅在下列参数上不同，人群与运气完全相同。",
    ),
    "drivers.levers": ("Levers: where the plans differ", "杠杆：方案间的不同参数"),
    "drivers.levers.fold": ("Show all {n} levers", "展开全部{n}项"),
    "drivers.levers.caption": (
        "The groups are those of the plot below, where there is one.",
        "“组”对应下图中的分组（若有）。",
    ),
    "drivers.lever": ("lever", "参数"),
    "drivers.value": ("value in {plan}", "{plan} 的值"),
    "drivers.value_plan": ("value in the plan", "该方案的值"),
    "drivers.group": ("group", "组"),
    "drivers.groups": ("Each group's share of the difference", "各组对差异的贡献"),
    "drivers.groups.caption": (
        "Bars add up to the whole difference (Shapley values: a group's effect averaged over all orders "
        "of switching groups); "
        "whiskers are 95 % intervals, and faint bars cannot be told from zero.",
        "各条之和等于总差异（Shapley 值：对所有切换顺序取平均）；误差线为95%区间，浅色条无法与零区分。",
    ),
    "drivers.mechanisms": ("What each mechanism adds to the difference", "各机制对差异的作用"),
    "drivers.mechanisms.caption": (
        "How much of the difference disappears when one mechanism is switched off in both plans; "
        "whiskers are 95 % intervals, "
        "and faint bars cannot be told from zero.",
        "在两个方案中同时关闭某一机制后，差异减少了多少；误差线为95%区间，浅色条无法与零区分。",
    ),
    "drivers.caution": ("Read with caution:", "请谨慎解读："),
    "drivers.caution.text": (
        "these shares say what moves the outcome in this model, with these people and these plans. "
        "Mechanisms work together, "
        "so their bars do not add up, and none of this proves a cause in the real world.",
        "这些数值只说明在本模型、这群人与这些方案下什么影响结果。机制彼此配合，其作用不可相加，也不证明现实中的因果。",
    ),
}


class Words:
    """Texts in one language: ``words("key", name=value)``.

    ``tables``: key → (English, Chinese), looked through in their order; a room with texts of its own puts them first.

    Parameters
    ----------
    lang : "en" or "zh".
    """

    tables: ClassVar[tuple[Mapping[str, tuple[str, str]], ...]] = (TEXTS, PHRASES, ARM_WORDS)

    def __init__(self, lang: str) -> None:
        self.lang = lang
        place = 1 if lang == "zh" else 0
        self._texts = {key: pair[place] for table in reversed(self.tables) for key, pair in table.items()}

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with its gaps filled; a number is kept on one line with its per cent sign.

        Raises KeyError where there is no such text, which is an error of the program.
        """
        return self._texts[key].format(**values).replace(" %", "\u00a0%")

    def days(self, n: int) -> str:
        """A number of days in words."""
        return self("days.one") if n == 1 else self("days", n=f"{n:,}")

    def known(self, key: str, otherwise: str) -> str:
        """The text of ``key``, or ``otherwise`` for names that only the model knows."""
        return self(key) if key in self._texts else otherwise
