"""``structure`` (结构): the soul figures, the people who run the place, and how their hours are divided."""

from __future__ import annotations

from typing import Literal

from sim.scenario.parameter import Section, block, par, table, word


class KolPlan(Section):
    """A key opinion leader (IP figure)."""

    name: str = word("kol", "name of the KOL", "KOL 名称")
    topic: int = par(0, "tribe", 0, 999, "tribe the KOL speaks to", "面向的圈层")
    breadth: float = par(0.35, "share", 0, 1, "breadth of the KOL's topics (0: one tribe)", "话题宽度（0为单一圈层）")
    reach: float = par(
        0.004, "share/post", 0, 1, "share of a fully interested market that notices one public post", "单篇公开内容触达完全感兴趣人群的占比",
        "hubs win because they take part more: Hinz et al. 2011",
    )
    posts_per_week: float = par(4.0, "posts/week", 0, 500, "posts planned a week", "每周计划发文数")
    quality: float = par(0.6, "share", 0, 1, "quality of a post made with full energy", "精力充沛时的内容质量")
    warmth: float = par(0.5, "share", 0, 1, "warmth (温度) of the voice", "温度")
    attitude: float = par(0.4, "share", 0, 1, "attitude (态度): how much the voice takes sides", "态度鲜明程度")
    authenticity: float = par(
        0.7, "share", 0, 1, "authenticity: how far exposure turns into a bond", "真实感：接触转化为情感纽带的程度",
        "parasocial bonds: Tukachinsky, Walter & Saucier 2020",
    )
    fee_per_post: float = par(100.0, "currency", 0, 1e8, "cost of one post", "单篇成本")
    energy_cost: float = par(0.12, "share/post", 0, 1, "energy one post a day takes (0: tireless)", "每日一篇消耗的精力（0为不疲倦）")
    energy_exponent: float = par(1.5, "exponent", 0.1, 5, "how energy use grows with posts a day", "精力消耗随每日篇数增长的指数")
    energy_recovery: float = par(0.08, "share/day", 0, 1, "share of missing energy that comes back in a day", "每日恢复的精力占缺口比例")


class OperatorPlan(Section):
    """A person who runs the community."""

    name: str = word("operator", "name of the operator", "运营者名称")
    rank: Literal["specialist", "manager", "director"] = word(
        "specialist", "rank: managers lead up to 6 people, directors up to 12", "职级：经理带6人，总监带12人", unit="choice"
    )
    wage_month: float = par(4000.0, "currency/month", 0, 1e8, "wage", "月薪")
    hours_day: float = par(4.0, "hours/day", 0, 24, "hours available a day", "每日可用工时")
    skill: float = par(1.0, "multiple", 0, 5, "work done in an hour, relative to the usual", "相对工作效率")


class Policy(Section):
    """How operators' hours are divided; hours not needed in one task go to the others in this order."""

    onboarding: float = par(0.3, "share", 0, 1, "share of hours for welcoming newcomers", "迎新所占工时")
    replying: float = par(0.4, "share", 0, 1, "share of hours for replies", "回复所占工时")
    activities: float = par(0.15, "share", 0, 1, "share of hours for running activities", "办活动所占工时")
    moderating: float = par(0.15, "share", 0, 1, "share of hours for moderation", "维护秩序所占工时")


class Service(Section):
    """What each piece of work takes, and what it does."""

    onboard_hours: float = par(0.15, "hours", 0.0001, 100, "hours to welcome one newcomer", "欢迎一位新人所需工时")
    reply_hours: float = par(0.06, "hours", 0.0001, 100, "hours for one reply", "一次回复所需工时")
    moderate_hours: float = par(0.01, "hours", 0.0001, 100, "hours to look after one message", "处理一条消息所需工时")
    onboard_lift: float = par(
        0.5, "logit", -5, 5, "what a welcome adds to the chance of a newcomer's visits", "迎新对新人到访的加成",
        "first reply: repost 44 % → 56 % (Joyce & Kraut 2006)",
    )
    reply_lift: float = par(
        0.48, "logit", -5, 5, "what an answer adds to the chance of coming back", "得到回复对再来的加成",
        "first reply: repost 44 % → 56 %, a logit of .48 (Joyce & Kraut 2006)",
    )
    lift_half_life: float = par(10.0, "days", 0.1, 1e6, "days in which the lift of a welcome or an answer halves", "迎新与回复的加成减半天数")
    reply_bond: float = par(0.03, "strength", 0, 1, "growth of the tie to the firm with an answer", "得到回复时对品牌关系的增长")
    unanswered: float = par(0.1, "satisfaction", 0, 1, "satisfaction lost when nobody answers", "无人回复造成的满意度损失")
    moderation: float = par(
        0.7, "share", 0, 1, "share of off-topic messages removed when all are looked after", "全面维护时清除的跑题消息占比",
        "Ren & Kraut 2014",
    )
    coordination_loss: float = par(
        0.3, "share", 0, 1, "share of hours lost by those whom nobody leads (0: none)", "无人带领者损失的工时占比（0为无）"
    )
    demand_strong: float = par(
        0.5, "multiple", 0, 20, "extra requests for replies from people with a strong tie (0: none)", "强关系成员额外的回复需求倍数（0为无）",
    )


class Structure(Section):
    """Structure (结构)."""

    kols: list[KolPlan] = table("KOLs (IP figures)", "KOL（IP 人物）", [KolPlan(name="host")])
    operators: list[OperatorPlan] = table("operators", "运营者", [OperatorPlan(name="mei")])
    policy: Policy = block(Policy, "how hours are divided", "工时分配")
    service: Service = block(Service, "what work takes and does", "各项工作的耗时与作用")
