"""``budget``: a cap on spending."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.parameter import DESIGN, Section, word


class Budget(Section, scope="plan"):
    """A cap on spending."""

    cap: float | None = Field(
        None,
        ge=0,
        le=1e12,
        description="total spending allowed, goods apart: these are paid from the same sale (none: no cap)",
        json_schema_extra={"unit": "currency", "zh": "总支出上限，不含商品成本（随销售收入支付；无则不限）", "source": DESIGN},
    )
    when_reached: Literal["stop_spending", "go_on"] = word(
        "stop_spending",
        "what happens then: nothing is bought any more that would exceed it (stages and groups, wages, posts, ads, rewards, "
        "activities, in this order of payment), or spending goes on",
        "达到上限后：不再购买会超出上限的任何东西（支付顺序：阶段与群、工资、内容、广告、奖励、活动），或继续支出",
        unit="choice",
    )
