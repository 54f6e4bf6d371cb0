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
        description="total spending allowed (none: no cap)",
        json_schema_extra={"unit": "currency", "zh": "总预算上限（无则不限）", "source": DESIGN},
    )
    when_reached: Literal["stop_spending", "go_on"] = word(
        "stop_spending",
        "what happens then: paid posts, ads, paid activities, rewards and new stages stop (wages and the platform go on), "
        "or nothing does",
        "达到上限后：停止付费内容、广告、要花钱的活动、奖励和新阶段（工资与平台照付），或继续",
        unit="choice",
    )
