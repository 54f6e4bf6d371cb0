"""``carrier.groups``: the chat groups."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Groups(Section, scope="group"):
    """Chat groups: a cap each, and how many there may be."""

    cap: int = par(500, "people", 2, 10_000_000, "largest size of one group", "单群人数上限", "WeChat: 500")
    limit: int = par(0, "groups", 0, 10_000_000, "groups that may exist (0: no limit)", "群数量上限（0为不限）", scope="plan")
    cost_month: float = par(0.0, "currency/month", 0, 1e9, "running cost of one group", "单群每月成本")
