"""Patterns of the literature, part two: what friends, groups, moderation and meetings do."""

from __future__ import annotations

from sim.lab.evidence.pattern import Pattern, Text

FRIENDS: tuple[Pattern, ...] = (
    Pattern(
        id="P19a", group="published", low=1.16, source="Schmitt, Skiera & Van den Bulte 2011", mark="V",
        title=Text("Those who were referred are worth more", "被推荐的客户价值更高"),
        what=Text(
            "Money spent in the year after joining by those whom a member brought, relative to all others.",
            "经成员推荐加入者在加入后一年内的消费，与其他加入者之比。",
        ),
    ),
    Pattern(
        id="P19b", group="published", low=0.7, high=0.95, source="Schmitt, Skiera & Van den Bulte 2011", mark="M",
        title=Text("Those who were referred stay longer", "被推荐的客户留得更久"),
        what=Text(
            "Share that has left within half a year of those whom a member brought, relative to all others "
            "(seen: −18 %).",
            "经成员推荐加入者半年内退出的比例，与其他加入者之比（实测低18%）。",
        ),
    ),
    Pattern(
        id="P20", group="published", low=1.5, high=2.5, source="Villanueva, Yoo & Hanssens 2008", mark="V",
        title=Text("Word of mouth brings twice the value of advertising", "口碑带来的价值是广告的两倍"),
        what=Text(
            "Money spent in the year after joining by those whom friends brought, relative to those whom "
            "advertisements brought.",
            "经好友加入者在加入后一年内的消费，与经广告加入者之比。",
        ),
    ),
    Pattern(
        id="P21a", group="published", low=1.3, high=1.8, source="Bapna & Umyarov 2015", mark="V",
        title=Text("Paying friends make people pay", "好友付费会带动付费"),
        what=Text(
            "Odds of a first purchase within a month for members with a friend who has paid, relative to those "
            "without (seen: 1.5 to 1.6).",
            "有好友已付费的成员一个月内首次购买的几率，与无此类好友者之比（实测1.5至1.6）。",
        ),
    ),
    Pattern(
        id="P21b", group="published", low=1.0, strict=True, source="Bapna & Umyarov 2015", mark="V",
        title=Text("Paying friends count more for those who have few", "好友少的人更受付费好友影响"),
        what=Text(
            "The same odds ratio among the half with fewer friends, relative to that among the half with more.",
            "好友较少的一半成员的上述几率比，与好友较多的一半之比。",
        ),
    ),
    Pattern(
        id="P22", group="published", source="Aral & Walker 2011", mark="V",
        title=Text("Share features", "分享功能"),
        what=Text(
            "Adoption through passive sharing (+246 %) and active invitations (+98 % more).",
            "被动分享带来的采纳（+246%）与主动邀请（再+98%）。",
        ),
        cannot=Text(
            "No share feature can be given to some users and withheld from others.",
            "无法把分享功能给一部分用户而不给另一部分。",
        ),
    ),
    Pattern(
        id="P23", group="published", source="Manchanda, Packard & Pattabhiramaiah 2015; Algesheimer et al. 2010",
        mark="V",
        title=Text("Selection: the naive gap is far above the randomised one", "选择偏差：朴素差距远大于随机化差距"),
        what=Text(
            "What members spend more than others, naively and after randomised invitations.",
            "成员比非成员多花的钱：直接比较与随机邀请后比较。",
        ),
        cannot=Text(
            "Nobody outside can buy, and no arm of people can be invited at random.",
            "圈外人无法购买，也无法随机邀请一部分人。",
        ),
    ),
)  # fmt: skip

PLACES: tuple[Pattern, ...] = (
    Pattern(
        id="P15", group="published", source="Ren & Kraut 2014", mark="V",
        title=Text("Personalised moderation", "个性化管理"),
        what=Text(
            "Contributions under personalised moderation, relative to community-level (+50 %) and none (+36 %).",
            "个性化管理下的发言量，相对社群级管理（+50%）与无管理（+36%）。",
        ),
        cannot=Text(
            "Moderation removes off-topic messages for all alike; none is personal.",
            "管理对所有人同样地移除跑题消息，没有个性化。",
        ),
    ),
    Pattern(
        id="P16", group="published", source="Foote et al. 2020", mark="V",
        title=Text("Sizes of groups have a heavy tail", "群规模呈重尾"),
        what=Text(
            "Inequality of group sizes, only where exposure and expected benefit both act.",
            "群规模的不平等，仅在曝光与预期收益同时起作用时出现。",
        ),
        cannot=Text("There is one community; nobody chooses among many.", "只有一个社群，人们无法在多个社群间选择。"),
    ),
    Pattern(
        id="P17", group="published", source="Cottica, Melançon & Renoust 2017", mark="V",
        title=Text("Onboarding bends the in-degree's power law", "迎新使入度偏离幂律"),
        what=Text(
            "In-degree of the network of answers leaves the power law at low degree where newcomers are welcomed.",
            "有迎新时，回复网络的入度分布在低度处偏离幂律。",
        ),
        cannot=Text(
            "Who answers whom is not recorded: an answer is granted by the group, not by a person.",
            "不记录谁回复了谁：回复来自群体而非某个人。",
        ),
    ),
    Pattern(
        id="P24", group="published", source="Sessions 2010; McCully et al. 2011", mark="V",
        title=Text("Meetings bond those who come and loosen the others", "线下聚会：到场者更近，缺席者更远"),
        what=Text(
            "Ties among those who attended (up) and with those who did not (down).",
            "到场者之间的关系（增强）与其和缺席者的关系（减弱）。",
        ),
        cannot=Text(
            "Activities are online; ties to those who were absent do not change.",
            "活动均为线上，与缺席者的关系不受影响。",
        ),
    ),
)  # fmt: skip
