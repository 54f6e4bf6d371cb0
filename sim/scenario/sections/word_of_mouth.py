"""``mechanism.word_of_mouth``: what members tell their friends."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class WordOfMouth(Section, scope="person"):
    """What members say to friends, good and bad."""

    visible: float = par(
        0.004, "share/day", 0, 1, "chance of noticing the community on a day when all friends are members", "好友皆为成员时每日注意到社群的概率",
        "linear in the adopting share of neighbours: Karsai et al. 2014",
    )
    at_joining: float = par(
        0.8, "invitations", 0, 100, "invitations a newcomer sends on joining", "加入时发出的邀请数", "K of invitations .2 to .8"
    )
    per_visit: float = par(0.1, "invitations", 0, 100, "invitations per visit of a fully satisfied member", "完全满意者每次到访发出的邀请数")
    pleased_above: float = par(0.55, "satisfaction", 0, 1, "satisfaction above which people recommend", "高于此满意度才会推荐")
    upset_below: float = par(0.35, "satisfaction", 0, 1, "satisfaction below which people warn their friends", "低于此满意度会劝退好友")
    warnings: float = par(0.3, "warnings", 0, 100, "warnings per visit of a completely dissatisfied member (0: none)", "完全不满者每次到访发出的负面口碑数（0为无）")
    negative_weight: float = par(
        2.0, "multiple", 0, 20, "how much more a warning counts than an invitation", "负面口碑相对正面的权重", "negative counts more: East, Hammond & Lomax 2008"
    )
    shaken: float = par(0.03, "satisfaction", 0, 1, "satisfaction a member loses by one warning", "成员每收到一条负面口碑的满意度损失")
