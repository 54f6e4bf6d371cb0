"""``run``: how long, how often, with which luck."""

from __future__ import annotations

from sim.scenario.parameter import Section, par, word


class Run(Section, scope="plan"):
    """How to run."""

    days: int = par(365, "days", 1, 36500, "days simulated", "模拟天数")
    replicates: int = par(
        20, "runs", 1, 100000, "repetitions with different luck and a different market", "重复次数：每次换一批人、换一种运气"
    )
    seed: int = par(7, "number", 0, 2**53, "seed of all luck: the same seed gives the same numbers", "随机种子：相同种子结果完全相同")
    users_per_agent: int = par(
        1, "people", 1, 1_000_000, "people for whom one agent stands: faster, and less exact the fewer agents are left (at least 50)",
        "每个主体代表的人数：越多越快，主体越少越不精确（至少50个）",
    )
    currency: str = word("RMB", "currency of all amounts", "货币单位", unit="name")
