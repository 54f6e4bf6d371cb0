"""``carrier.groups``: the chat groups."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Groups(Section, scope="group"):
    """Chat groups: a cap each, and how many there may be."""

    cap: int = par(500, "people", 2, 10_000_000, "largest size of one group", "单群人数上限", "WeChat: 500")
    limit: int = par(0, "groups", 0, 10_000_000, "groups that may exist (0: no limit)", "群数量上限（0为不限）", scope="plan")
    split_loss: float = par(
        0.5, "share", 0, 1, "share of their ties to members that those lose who are moved when a lower cap splits their group (0: none)",
        "下调上限拆群时，被迁出者失去的成员间关系占比（0为无）",
    )
    cost_month: float = par(0.0, "currency/month", 0, 1e9, "running cost of one group", "单群每月成本")
