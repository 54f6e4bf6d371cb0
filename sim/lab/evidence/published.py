"""Patterns of the literature, part one: exact limits, contagion, participation, retention."""

from __future__ import annotations

from sim.lab.evidence.pattern import Pattern, Text

_BASS = "Bass 1969"
_EPIDEMIC = "Kermack & McKendrick 1927"
_UNEQUAL = "van Mierlo 2014"

LIMITS: tuple[Pattern, ...] = (
    Pattern(
        id="P01a", group="published", low=6.45, high=6.65, source=_BASS, mark="C",
        title=Text("Bass on a complete graph: half have joined", "巴斯扩散（完全图）：半数加入的时间"),
        what=Text(
            "Unit of time at which half of the market has joined, p .03, q .38; exact: 6.55.",
            "p=0.03、q=0.38时，市场半数加入的时间单位；理论值6.55。",
        ),
    ),
    Pattern(
        id="P01b", group="published", low=2.15, high=2.35, source=_BASS, mark="C",
        title=Text("Bass on a complete graph: a tenth has joined", "巴斯扩散（完全图）：一成加入的时间"),
        what=Text("Unit of time at which a tenth has joined; exact: 2.25.", "市场一成加入的时间单位；理论值2.25。"),
    ),
    Pattern(
        id="P01c", group="published", low=11.61, high=11.91, source=_BASS, mark="C",
        title=Text("Bass on a complete graph: nine tenths have joined", "巴斯扩散（完全图）：九成加入的时间"),
        what=Text("Unit of time at which nine tenths have joined; exact: 11.76.",
                  "市场九成加入的时间单位；理论值11.76。"),
    ),
    Pattern(
        id="P01d", group="published", low=0.446, high=0.476, unit="share", source=_BASS, mark="C",
        title=Text("Bass on a complete graph: share at the peak", "巴斯扩散（完全图）：峰值时的加入比例"),
        what=Text("Share that has joined at unit 6.19; exact: .461.", "第6.19单位时的加入比例；理论值0.461。"),
    ),
    Pattern(
        id="P03a", group="published", low=0.568, high=0.598, unit="share", source=_EPIDEMIC, mark="C",
        title=Text("Epidemic final size, R0 1.5", "传播的最终规模，R0=1.5"),
        what=Text(
            "Share reached where each newcomer sends 1.5 invitations on average and all are accepted; exact: .583.",
            "每位新人平均发出1.5次邀请且全部被接受时的最终比例；理论值0.583。",
        ),
    ),
    Pattern(
        id="P03b", group="published", low=0.782, high=0.812, unit="share", source=_EPIDEMIC, mark="C",
        title=Text("Epidemic final size, R0 2", "传播的最终规模，R0=2"),
        what=Text("Share reached with 2 invitations each; exact: .797.", "人均2次邀请时的最终比例；理论值0.797。"),
    ),
    Pattern(
        id="P03c", group="published", low=0.931, high=0.951, unit="share", source=_EPIDEMIC, mark="C",
        title=Text("Epidemic final size, R0 3", "传播的最终规模，R0=3"),
        what=Text("Share reached with 3 invitations each; exact: .941.", "人均3次邀请时的最终比例；理论值0.941。"),
    ),
    Pattern(
        id="P04", group="published", source="Watts 2002", mark="C",
        title=Text("Cascade window of thresholds", "阈值模型的级联窗口"),
        what=Text(
            "Mean degrees between which one adopter sets off a global cascade, by threshold.",
            "不同阈值下，单个采纳者引发全局级联的平均度区间。",
        ),
        cannot=Text(
            "Joining rises smoothly with friends inside; nobody has a threshold as a share of friends.",
            "加入概率随圈内好友数平滑上升，个体没有按好友比例计的阈值。",
        ),
    ),
    Pattern(
        id="P05a", group="published", low=1.9, high=2.1, source="geometric series", mark="C",
        title=Text("Viral loop, K 0.5", "裂变循环，K=0.5"),
        what=Text("All who joined over founders; exact: 1/(1 − K) = 2.", "总加入人数与种子数之比；理论值1/(1−K)=2。"),
    ),
    Pattern(
        id="P05b", group="published", low=4.6, high=5.4, source="geometric series", mark="C",
        title=Text("Viral loop, K 0.8", "裂变循环，K=0.8"),
        what=Text("All who joined over founders; exact: 5.", "总加入人数与种子数之比；理论值5。"),
    ),
    Pattern(
        id="P11", group="published", source="Fader & Hardie 2007", mark="V",
        title=Text("Retention of regular customers (sBG)", "普通客户留存曲线（sBG）"),
        what=Text(
            "Of 1000 customers: 631, 468, 382, 326 after one to four renewals.",
            "1000名客户在1至4次续约后剩631、468、382、326名。",
        ),
        cannot=Text(
            "There is no renewal with a chance of its own for everybody; leaving depends on days and ties.",
            "模型没有因人而异的固定续约概率；退出取决于天数与关系。",
        ),
    ),
    Pattern(
        id="P12", group="published", source="Fader & Hardie 2007", mark="V",
        title=Text("Retention of high-end customers (sBG)", "高端客户留存曲线（sBG）"),
        what=Text(".869 .743 .653 .593 .551 .517 .491 after one to seven renewals.",
                  "1至7次续约后剩0.869、0.743、0.653、0.593、0.551、0.517、0.491。"),
        cannot=Text(
            "There is no renewal with a chance of its own for everybody; leaving depends on days and ties.",
            "模型没有因人而异的固定续约概率；退出取决于天数与关系。",
        ),
    ),
)  # fmt: skip

CONTAGION: tuple[Pattern, ...] = (
    Pattern(
        id="P06a", group="published", low=0.08, high=0.24, unit="points", source="Centola 2010", mark="V",
        title=Text("Complex contagion: clustered beats random", "复杂传播：聚集网络胜过随机网络"),
        what=Text(
            "Share that joins in a clustered ring of 128 people with 6 friends each, less that in the same ring "
            "rewired at random (seen: .54 and .38).",
            "128人、每人6位好友的聚集环网中加入的比例，减去随机重连后的比例（实测0.54与0.38）。",
        ),
    ),
    Pattern(
        id="P06b", group="published", low=2.0, high=6.0, source="Centola 2010", mark="V",
        title=Text("Complex contagion: clustered is faster", "复杂传播：聚集网络更快"),
        what=Text(
            "Days to half of those who join at last in the random network, relative to the clustered one (seen: about "
            "4 times).",
            "随机网络达到最终加入者半数所需天数与聚集网络之比（实测约4倍）。",
        ),
    ),
    Pattern(
        id="P07a", group="published", low=0.2, high=0.75, source="Backstrom et al. 2006", mark="V",
        title=Text("More friends inside, more join, ever more slowly", "圈内好友越多越易加入，但递减"),
        what=Text(
            "Rise of the monthly chance of joining from 3 to 5 friends inside, relative to the rise from 1 to 3 "
            "(straight line: 1; logarithm: .46).",
            "圈内好友由3人增至5人时月加入概率的增量，与由1人增至3人时之比（直线为1，对数为0.46）。",
        ),
    ),
    Pattern(
        id="P07b", group="published", low=1.0, strict=True, source="Backstrom et al. 2006", mark="V",
        title=Text("Friends who know each other pull harder", "彼此相识的好友拉力更强"),
        what=Text(
            "Monthly chance of joining with two friends inside who know each other, relative to two who do not.",
            "圈内两位好友彼此相识时的月加入概率，与彼此不相识时之比。",
        ),
    ),
    Pattern(
        id="P08", group="published", high=1.0, strict=True, source="Backstrom et al. 2006", mark="V",
        title=Text("Closed triads slow growth", "闭合三角减缓增长"),
        what=Text(
            "Members after half a year in a market where most friends of friends are friends, relative to one where "
            "few are.",
            "好友的好友多为好友的市场，半年后成员数与较少如此的市场之比。",
        ),
    ),
    Pattern(
        id="P18", group="published", low=0.9, high=1.0, unit="share", source="Goel, Watts & Goldstein 2012", mark="M",
        title=Text("Most cascades end within one step", "多数传播止于一步之内"),
        what=Text(
            "Cascades no deeper than one step, among all that begin with somebody who came by themselves.",
            "由自行加入者发起的传播链中，深度不超过一步的比例。",
        ),
    ),
    Pattern(
        id="P27", group="published", low=1.0, high=8.0, source="Hinz et al. 2011", mark="V",
        title=Text("Hubs are good seeds, up to eight times", "枢纽种子更有效，至多八倍"),
        what=Text(
            "Newcomers through friends within 90 days from the best connected founders, relative to random founders.",
            "以人脉最广者为种子时90天内经好友加入的人数，与随机种子之比。",
        ),
    ),
)  # fmt: skip

PARTICIPATION: tuple[Pattern, ...] = (
    Pattern(
        id="P09a", group="published", low=0.65, high=0.85, unit="share", source=_UNEQUAL, mark="V", fits=True,
        title=Text("The top 1 % write three quarters", "最活跃的1%写下四分之三"),
        what=Text(
            "Share of all messages written by the most active 1 % of all who ever joined (seen: about 75 %).",
            "曾加入者中最活跃的1%所写消息的比例（实测约75%）。",
        ),
    ),
    Pattern(
        id="P09b", group="published", low=0.15, high=0.33, unit="share", source=_UNEQUAL, mark="V", fits=True,
        title=Text("The next 9 % write a quarter", "其次的9%写下四分之一"),
        what=Text("Share of all messages written by the next 9 % (seen: about 24 %).",
                  "其次的9%所写消息的比例（实测约24%）。"),
    ),
    Pattern(
        id="P09c", group="published", low=0.0, high=0.05, unit="share", source=_UNEQUAL, mark="V", fits=True,
        title=Text("The other 90 % write next to nothing", "其余90%几乎不发言"),
        what=Text("Share of all messages written by the other 90 % (seen: about 1 %).",
                  "其余90%所写消息的比例（实测约1%）。"),
    ),
    Pattern(
        id="P10", group="published", low=0.95, high=0.975, source="van Mierlo, Hyatt & Ching 2015", mark="V",
        title=Text("Messages by rank follow a power law", "发言量按排名近似幂律"),
        what=Text(
            "R² of a straight line through log messages by log rank of those who ever wrote.",
            "曾发言者的消息数与排名取对数后直线拟合的R²。",
        ),
    ),
    Pattern(
        id="P13", group="published", low=0.0, strict=True, unit="points", source="Fader & Hardie 2007", mark="V",
        title=Text("Retention rises with tenure, from heterogeneity alone", "留存率随时长上升，仅因人群差异"),
        what=Text(
            "Rise of the monthly rate of staying active from the second to the ninth month after joining, less the "
            "same rise where all people are alike.",
            "加入后第2个月到第9个月，月度活跃留存率的升幅，减去人人相同时的升幅。",
        ),
    ),
    Pattern(
        id="P14", group="published", low=0.08, high=0.16, unit="points", source="Joyce & Kraut 2006", mark="V",
        fits=True,
        title=Text("An answer brings newcomers back", "得到回复的新人更会再来"),
        what=Text(
            "Newcomers who write again after their first message was answered, less those who do after it was not "
            "(seen: 56 and 44 %).",
            "首条消息得到回复者再次发言的比例，减去未得到回复者（实测56%与44%）。",
        ),
    ),
    Pattern(
        id="P25", group="published", low=0.8, high=1.25, source="Jones et al. 2008", mark="V",
        title=Text("A busy chat has so many posters, however large", "热闹的群，发言人数不随规模增加"),
        what=Text(
            "People who write in a day in one group of a market of 15,000, relative to that of a market of 5,000 "
            "(seen: about 40 in 20 minutes, whatever the size).",
            "15,000人市场中一个大群的每日发言人数，与5,000人市场之比（实测20分钟内约40人，与规模无关）。",
        ),
    ),
    Pattern(
        id="P26", group="published", low=0.0, strict=True, source="Montoya et al. 2017; Leung et al. 2022", mark="V",
        title=Text("Too much of a good thing: an inverted U", "过犹不及：倒U形"),
        what=Text(
            "Strong ties by posts a week of the firm: how far the best dose lies above the least and the largest one, "
            "whichever is nearer, relative to the best.",
            "按品牌每周发文数看强关系：最佳剂量高出最低与最高剂量（取较近者）的幅度，相对最佳值。",
        ),
    ),
)  # fmt: skip
