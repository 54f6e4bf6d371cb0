"""``budget``: how much may be spent, where what a plan saves goes, and what later money is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from sim.scenario.parameter import DESIGN, Section, par, word


def _amount(en: str, zh: str) -> Any:
    """An amount of money, or none."""
    return Field(None, ge=0, le=1e12, description=en, json_schema_extra={"unit": "currency", "zh": zh, "source": DESIGN})


class Budget(Section, scope="plan"):
    """How much may be spent, and on what the rest."""

    cap: float | None = _amount(
        "total spending allowed, goods apart: these are paid from the same sale (none: no cap)",
        "总支出上限，不含商品成本（随销售收入支付；无则不限）",
    )
    when_reached: Literal["stop_spending", "go_on"] = word(
        "stop_spending",
        "what happens then: nothing is bought any more that would exceed it (stages and groups, wages, posts, ads, rewards, "
        "activities, in this order of payment), or spending goes on",
        "达到上限后：不再购买会超出上限的任何东西（支付顺序：阶段与群、工资、内容、广告、奖励、活动），或继续支出",
        unit="choice",
    )
    total: float | None = _amount(
        "total spending, goods apart: never more, and what the plan saves is spent where rest_to says (none: as planned)",
        "总支出，不含商品成本：绝不超出，节余花在 rest_to 指定之处（无则按计划支出）",
    )
    rest_to: str | None = word(
        None,
        "what the rest of the total is spent on: a channel's daily_budget, posts_per_week of the firm or a KOL, or an "
        "activity's per_month",
        "总预算的节余花在哪里：某渠道的 daily_budget、品牌或 KOL 的 posts_per_week，或某活动的 per_month",
        unit="key",
    )
    discount: float = par(
        0.0, "share/year", 0, 10, "discount rate: what is earned or spent a year later counts 1/(1 + rate) as much (0: as much)",
        "年贴现率：一年后的收支按1/(1+贴现率)计（0为不贴现）",
    )

    def contradictions(self, key: str) -> Iterator[str]:
        """One limit, and a total says where its rest goes."""
        if self.total is not None and self.cap is not None:
            yield f"{key}.total: a total is a cap as well, and {key}.cap is {self.cap:g}; write one of them, null for the other"
        if self.total is not None and self.rest_to is None:
            yield (
                f"{key}.total: {key}.rest_to is missing; write on what the rest is spent, "
                "such as entrance.channels.ads.daily_budget"
            )
