"""``mechanism.reputation``: what is said of the community, who hears it, and what that does."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Reputation(Section, scope="person"):
    """The community's good name: the share of good among the words that are remembered, and complaints."""

    half_life: float = par(
        60.0, "days", 0.5, 1e6, "days in which half of what was said is forgotten", "评价被遗忘一半的天数",
        "forgetting of a Beta stock: Jøsang & Ismail 2002; speed by design, 14 to 180", scope="plan",
    )
    complaining: float = par(
        0.1, "probability", 0, 1, "chance that somebody complains of a complete shortfall, or while warning friends (0: nobody does)", "彻底失望者或正在劝退好友者投诉的概率（0为无人投诉）",
        "design choice, 0 to .4: most of the dissatisfied say nothing",
    )
    offline_audience: float = par(6.0, "people", 0, 1e6, "people who hear a complaint by word of mouth", "口头投诉的听众人数", "the essays' claim C07: 6 offline")
    online: float = par(0.1, "probability", 0, 1, "chance that a complaint goes online (0: never)", "投诉发到网上的概率（0为从不）", "design choice, 0 to .5")
    tail: float = par(
        1.2, "exponent", 0.1, 10, "exponent of the audience online: the smaller, the oftener one is heard far and wide", "网上听众的幂律指数，越小越容易大范围扩散",
        "heavy tails of cascades (Pareto); exponent by design, 1 to 2",
    )
    answered: float = par(
        0.5, "share", 0, 1, "share of complaints undone by an answer within the day, while operators have time (0: none)", "运营有余力当日回应时，被化解的投诉占比（0为无）",
        "design choice, 0 to .8", scope="plan",
    )
    joining: float = par(0.0, "logit", -20, 20, "effect of a perfect reputation on joining; none at 1/2 (0: none)", "满分声誉对加入的影响，声誉居中（1/2）时无影响（0为无）", "design choice, 0 to 2")
    buying: float = par(0.0, "logit", -20, 20, "effect of a perfect reputation on buying; none at 1/2 (0: none)", "满分声誉对购买的影响，声誉居中（1/2）时无影响（0为无）", "design choice, 0 to 2")
