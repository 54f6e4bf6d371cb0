"""``structure.operators``, ``structure.policy`` and ``structure.service``: who runs the place, and what their work does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import model_validator

from sim.scenario.parameter import Section, par, word


class OperatorPlan(Section, scope="plan"):
    """A person who runs the community."""

    name: str = word("operator", "name of the operator", "运营者名称")
    rank: Literal["specialist", "manager", "director"] = word(
        "specialist", "rank: managers lead up to 6 people, directors up to 12", "职级：经理带6人，总监带12人", unit="choice"
    )
    wage_month: float = par(4000.0, "currency/month", 0, 1e8, "wage by the month (0 where wage_hour is stated instead)", "月薪（改按小时计薪时为0）")
    wage_hour: float = par(
        0.0, "currency/hour", 0, 1e6, "wage by the hour available, instead of wage_month (0: by the month)", "按可用工时计的时薪，可代替月薪（0为按月计薪）"
    )
    hours_day: float = par(4.0, "hours/day", 0, 1e6, "hours available a day (an entry may stand for several people)", "每日可用工时（一条可代表多人）")
    skill: float = par(1.0, "multiple", 0, 5, "work done in an hour, relative to the usual", "相对工作效率")

    @model_validator(mode="before")
    @classmethod
    def _by_the_hour(cls, stated: Any) -> Any:
        """Whoever is paid by the hour and states no wage by the month has none."""
        if isinstance(stated, dict) and stated.get("wage_hour") and "wage_month" not in stated:
            return {**stated, "wage_month": 0.0}
        return stated

    def contradictions(self, key: str) -> Iterator[str]:
        """A wage is by the month or by the hour."""
        if self.wage_hour > 0.0 and self.wage_month > 0.0:
            yield (
                f"{key}.wage_hour: {self.wage_hour:g} an hour, and {key}.wage_month is {self.wage_month:g}; "
                "state one of them (write wage_month: 0 where a parent or the default states it)"
            )


class Policy(Section, scope="plan"):
    """How operators' hours are divided; hours not needed in one task go to the others in this order."""

    onboarding: float = par(0.3, "share", 0, 1, "share of hours for welcoming newcomers", "迎新所占工时")
    replying: float = par(0.4, "share", 0, 1, "share of hours for replies", "回复所占工时")
    activities: float = par(0.15, "share", 0, 1, "share of hours for running activities", "办活动所占工时")
    moderating: float = par(0.15, "share", 0, 1, "share of hours for moderation", "维护秩序所占工时")

    advising: float = par(0.0, "share", 0, 1, "share of hours for advising people before they buy", "售前咨询所占工时")
    supporting: float = par(0.0, "share", 0, 1, "share of hours for helping buyers to use what they bought", "售后支持所占工时")

    def contradictions(self, key: str) -> Iterator[str]:
        """Nobody has more than all of their hours."""
        shares = self.onboarding + self.replying + self.activities + self.moderating + self.advising + self.supporting
        if shares > 1.0 + 1e-9:
            yield f"{key}: the shares of hours add up to {shares:.3f}, more than 1"


class Service(Section, scope="person"):
    """What each piece of work takes, and what it does."""

    onboard_hours: float = par(0.15, "hours", 0.0001, 100, "hours to welcome one newcomer", "欢迎一位新人所需工时", scope="plan")
    reply_hours: float = par(0.06, "hours", 0.0001, 100, "hours for one reply", "一次回复所需工时", scope="plan")
    moderate_hours: float = par(0.01, "hours", 0.0001, 100, "hours to look after one message", "处理一条消息所需工时", scope="plan")
    advise_hours: float = par(0.1, "hours", 0.0001, 100, "hours to advise one person who weighs a purchase", "为一位考虑购买者提供咨询所需工时", scope="plan")
    support_hours: float = par(0.15, "hours", 0.0001, 100, "hours to help one buyer", "帮助一位买家所需工时", scope="plan")
    advice: float = par(
        0.5, "share", 0, 1, "share of the gap between what a product promises and what it is like that advice closes (0: none)", "售前咨询弥合承诺与实际落差的占比（0为无）",
        "realistic previews lower expectations: Phillips 1998 (of jobs); size by design, 0 to .8",
    )
    advice_bond: float = par(0.02, "strength", 0, 1, "growth of the tie to the firm with advice, bought or not (0: none)", "获得售前咨询时（无论购买与否）对品牌关系的增长（0为无）")
    support: float = par(
        0.2, "share", 0, 1, "share of what using a product still lacks that help makes up for (0: none)", "售后支持弥补使用体验缺口的占比（0为无）", "design choice, 0 to .5"
    )
    onboard_lift: float = par(
        0.5, "logit", -5, 5, "what a welcome adds to the chance of a newcomer's visits", "迎新对新人到访的加成",
        "first reply: repost 44 % → 56 % (Joyce & Kraut 2006)",
    )
    reply_lift: float = par(
        0.36, "logit", -5, 5, "what an answer adds to the chance of coming back", "得到回复对再来的加成",
        "first reply: repost 44 % → 56 %, a logit of .48 (Joyce & Kraut 2006)",
    )
    lift_most: float = par(1.5, "logit", 0, 20, "most that welcome and answers together can add", "迎新与回复加成之和的上限")
    lift_half_life: float = par(10.0, "days", 0.1, 1e6, "days in which the lift of a welcome or an answer halves", "迎新与回复的加成减半天数")
    reply_bond: float = par(0.03, "strength", 0, 1, "growth of the tie to the firm with an answer", "得到回复时对品牌关系的增长")
    help_bond: float = par(0.03, "strength", 0, 1, "growth of ties among members when a member answers", "由成员解答时成员间关系的增长")
    unanswered: float = par(0.1, "satisfaction", 0, 1, "satisfaction lost when nobody answers", "无人回复造成的满意度损失")
    moderation: float = par(
        0.7, "share", 0, 1, "share of off-topic messages removed when all are looked after", "全面维护时清除的跑题消息占比",
        "Ren & Kraut 2014", scope="group",
    )
    coordination_loss: float = par(
        0.3, "share", 0, 1, "share of hours lost by those whom nobody leads (0: none)", "无人带领者损失的工时占比（0为无）", scope="plan",
    )
    demand_strong: float = par(
        0.5, "multiple", 0, 20, "extra requests for replies from people with a strong tie (0: none)", "强关系成员额外的回复需求倍数（0为无）",
    )
