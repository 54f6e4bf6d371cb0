"""``mechanism.word_of_mouth``: what members tell their friends."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class WordOfMouth(Section, scope="person"):
    """What members say to friends, good and bad. That it follows satisfaction and ties is put in; how far is not."""

    visible: float = par(
        0.004, "share/day", 0, 1, "chance of noticing the community on a day when all friends are members", "好友皆为成员时每日注意到社群的概率",
        "linear in the adopting share of neighbours: Karsai et al. 2014",
    )
    at_joining: float = par(
        0.259, "invitations", 0, 100, "invitations a newcomer sends on joining", "加入时发出的邀请数", "K of invitations .2 to .8"
    )
    good: float = par(
        0.0486, "invitations/visit", 0, 50, "invitations on a visit of somebody indifferent and without a tie (0: none)", "无感且无关系者每次到访发出的邀请数（0为无）"
    )
    good_satisfaction: float = par(
        3.95, "log multiple", -10, 10, "how steeply good words rise with satisfaction (0: not at all)", "好口碑随满意度上升的陡度（0为无关）",
        "de Matos & Rossi 2008: satisfaction goes with positive word of mouth",
    )
    good_tie: float = par(
        0.279, "log multiple", -10, 10, "how much a full tie multiplies good words (0: not at all)", "满强度关系对好口碑的加成（0为无关）",
        "de Matos & Rossi 2008: loyalty and word of mouth",
    )
    bad: float = par(
        0.16, "warnings/visit", 0, 50, "warnings on a visit of somebody indifferent and without a tie (0: none)", "无感且无关系者每次到访传出的负面口碑数（0为无）",
        "about three good words to a bad one: East, Hammond & Wright 2007",
    )
    bad_dissatisfaction: float = par(
        1.01, "log multiple", -10, 10, "how steeply warnings rise with dissatisfaction (0: not at all)", "负面口碑随不满上升的陡度（0为无关）",
        "de Matos & Rossi 2008",
    )
    bad_tie: float = par(
        0.373, "log multiple", -10, 10, "how much a full tie holds warnings back (0: not at all)", "满强度关系对负面口碑的抑制（0为无关）",
        "de Matos & Rossi 2008: loyalty holds negative word of mouth back more",
    )
    negative_weight: float = par(
        2.0, "multiple", 0, 20, "how much more a warning counts than an invitation", "负面口碑相对正面的权重", "negative counts more: East, Hammond & Lomax 2008"
    )
    shaken: float = par(0.03, "satisfaction", 0, 1, "satisfaction a member loses by one warning", "成员每收到一条负面口碑的满意度损失")
