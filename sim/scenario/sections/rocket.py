"""``business.rocket``: the three stages, and when each ignites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sim.scenario.parameter import Section, block, flag, par, word


class Stage(Section, scope="plan"):
    """One stage of the rocket: it ignites on the first day on which every condition holds."""

    enabled: bool = flag(True, "whether this stage is part of the plan", "是否启用该阶段")
    day: int = par(0, "day", 0, 36500, "earliest day of ignition", "最早点火日")
    min_members: int = par(0, "people", 0, 20_000_000, "members the pool must hold", "点火所需成员数")
    min_strong: float = par(0.0, "share", 0, 1, "share of members with a strong tie that is asked for", "点火所需强关系占比")
    after: Literal["nothing", "free_content", "platform", "paid_products"] = word(
        "nothing", "stage that must be lit before", "须先点火的阶段", unit="choice"
    )
    cost: float = par(0.0, "currency", 0, 1e10, "one-off cost of ignition", "点火一次性成本")
    cost_month: float = par(0.0, "currency/month", 0, 1e9, "running cost once lit", "点火后每月成本")


class FreeContent(Stage):
    """Stage 1: public posts reach people outside."""


class PlatformStage(Stage):
    """Stage 2: what ``carrier.platform`` describes becomes available."""

    day: int = par(90, "day", 0, 36500, "earliest day of ignition", "最早点火日")
    min_members: int = par(150, "people", 0, 20_000_000, "members the pool must hold", "点火所需成员数")
    cost: float = par(12000.0, "currency", 0, 1e10, "one-off cost of ignition", "点火一次性成本")
    cost_month: float = par(800.0, "currency/month", 0, 1e9, "running cost once lit", "点火后每月成本")


class PaidProducts(Stage):
    """Stage 3: products are on sale to members."""

    day: int = par(150, "day", 0, 36500, "earliest day of ignition", "最早点火日")
    cost: float = par(5000.0, "currency", 0, 1e10, "one-off cost of ignition", "点火一次性成本")


class Rocket(Section):
    """The three-stage rocket (三级火箭)."""

    free_content: FreeContent = block(FreeContent, "stage 1: free content reaches people outside", "第一级：免费内容触达圈外")
    platform: PlatformStage = block(PlatformStage, "stage 2: the platform or app opens", "第二级：平台或应用上线")
    paid_products: PaidProducts = block(PaidProducts, "stage 3: products are on sale", "第三级：付费产品开售")

    def contradictions(self, key: str) -> Iterator[str]:
        """A stage cannot wait for one that never ignites, nor for itself through others."""
        stages: dict[str, Stage] = {name: getattr(self, name) for name in type(self).model_fields}
        for name, stage in stages.items():
            if not stage.enabled or stage.after == "nothing":
                continue
            here = f"{key}.{name}.after"
            if not stages[stage.after].enabled:
                yield f"{here}: '{stage.after}' is not enabled, so this stage could never ignite"
            seen, at = {name}, str(stage.after)
            while at != "nothing":
                if at in seen:
                    yield f"{here}: '{stage.after}' waits for '{name}' in turn, so neither could ignite"
                    break
                seen.add(at)
                at = stages[at].after
