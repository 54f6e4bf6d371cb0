"""``market``: the people who are out there, whom they know, and what they want."""

from __future__ import annotations

from typing import Literal

from sim.scenario.parameter import Section, block, par, word


class Network(Section, scope="plan"):
    """Who knows whom: generated, or read from an edge list."""

    kind: Literal["homophilous", "small_world", "heavy_tailed", "random", "complete", "none"] = word(
        "homophilous",
        "shape of the social network: homophilous and clustered, small-world, heavy-tailed, random, complete (at most 5,000 "
        "people), or none",
        "社交网络的形状：同质聚类、小世界、重尾、随机、全连接（至多5000人）或无",
        "Watts & Strogatz 1998; Barabási & Albert 1999; McPherson, Smith-Lovin & Cook 2001",
        unit="choice",
    )
    mean_degree: float = par(10.0, "friends", 0, 500, "friends a person has on average", "人均好友数", "measured: 7 to 15")
    homophily: float = par(
        0.7, "share", 0, 1, "how much friends share a tribe (0: not at all)", "物以类聚程度：好友同圈层的倾向（0为无）",
        "measured: same-label edges .87 in LastFM Asia (Rozemberczki & Sarkar 2020)",
    )
    clustering: float = par(
        0.25, "share", 0, 0.9, "share of ties made to a friend's friend", "通过朋友的朋友结成的关系占比", "measured: .14 to .36"
    )
    rewiring: float = par(0.1, "share", 0, 1, "small-world only: share of rewired ties", "仅小世界：重连比例", "Watts & Strogatz 1998")
    tail: float = par(
        3.0, "exponent", 2.05, 6, "heavy-tailed only: exponent of the degree distribution", "仅重尾：度分布指数", "measured: 2.6 to 4.9"
    )
    file: str | None = word(
        None, "edge list to read instead (CSV, also .gz; header or none); it then sets the number of people",
        "改为读取边列表文件（CSV 或 .gz，可无表头）；人数由文件决定", unit="file",
    )
    labels: str | None = word(
        None, "file with id,label: labels become tribes", "节点标签文件（id,label）：标签即圈层", unit="file"
    )


class Latent(Section, scope="person"):
    """One hidden propensity per person drives both joining and buying, so that joiners and others are never alike."""

    joining: float = par(
        0.8, "logit per s.d.", -5, 5, "effect of the hidden propensity on joining (0: none)", "潜在倾向对加入的影响（0为无）",
        "selection bias: Manchanda, Packard & Pattabhiramaiah 2015",
    )
    buying: float = par(
        0.8, "logit per s.d.", -5, 5, "effect of the hidden propensity on buying (0: none)", "潜在倾向对购买的影响（0为无）",
        "selection bias: Manchanda, Packard & Pattabhiramaiah 2015",
    )


class Market(Section, scope="plan"):
    """The people of the market."""

    people: int = par(2000, "people", 1, 20_000_000, "people in the market", "市场总人数")
    tribes: int = par(12, "tribes", 1, 1000, "tribes (tags) that people belong to", "圈层（标签）数量")
    tribe_skew: float = par(
        0.6, "exponent", 0, 3, "inequality of tribe sizes: size of the k-th tribe ∝ 1/k^skew (0: equal)", "圈层规模不均程度（0为相等）"
    )
    interest_focus: float = par(
        0.75, "share", 0.5, 1, "mean share of a person's interest that goes to the main tribe", "对主圈层的兴趣占比（均值）"
    )
    activity_sigma: float = par(
        1.53, "log s.d.", 0, 3, "spread of people's propensity to be active (0: all alike; it gives the heavy tail)",
        "活跃倾向的离散度（0为人人相同；产生长尾）", "measured: Gini of contributions .63 to .93",
    )
    purchasing_power_sigma: float = par(
        0.6, "log s.d.", 0, 3, "spread of purchasing power (0: all alike)", "购买力的离散度（0为人人相同）"
    )
    turnover: float = par(
        0.0, "share/year", 0, 0.99, "share of people whose places others take within a year: who comes knows nothing of the community (0: nobody)",
        "每年换人的占比：新来者对社群一无所知（0为无）",
    )
    growth: float = par(
        0.0, "share/year", -0.99, 100, "growth of the market within a year, which has market.people on day 0; below 0 it shrinks (0: it stays)",
        "市场人数每年增长占比，自第0天的 market.people 起；负为收缩（0为不变）",
    )
    inflow: str | None = word(
        None, "file with day,multiple or date,multiple (the first date is day 0): multiplies the contacts of channels and the "
        "audiences of posts from that day on (a season, a shock); none: always 1",
        "日流量倍数文件（day,multiple 或 date,multiple，首个日期为第0天）：自该日起乘以渠道触达与内容受众（季节、冲击）；无则恒为1", unit="file",
    )
    latent: Latent = block(Latent, "hidden propensity behind joining and buying", "加入与购买背后的潜在倾向")
    network: Network = block(Network, "who knows whom", "社交网络")
