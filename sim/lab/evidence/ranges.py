"""Plausible ranges: where figures of real communities lie, and those of the shipped base scenario should."""

from __future__ import annotations

from sim.lab.evidence.pattern import Pattern, Text

_TRAVEL = "travel forum; student community"
_MASTODON = "Mastodon wave 2022; student community"
_DEDAO = "得到 prospectus 2020"

RANGES: tuple[Pattern, ...] = (
    Pattern(
        id="R01", group="range", low=0.25, high=0.47, unit="share", source="travel forum; health forums", mark="V",
        fits=True,
        title=Text("Registered who ever contribute", "注册者中曾发言的比例"),
        what=Text("Wrote a message, among all who ever joined, after a year.", "一年后，曾加入者中发过言的比例。"),
    ),
    Pattern(
        id="R02", group="range", low=0.10, high=0.27, unit="share", source=_TRAVEL, mark="V",
        title=Text("Contributors who write again a month later", "发言者次月再发言的比例"),
        what=Text(
            "Of those who wrote their first message in a month, those who write in the next one.",
            "某月首次发言者中，次月再发言的比例。",
        ),
    ),
    Pattern(
        id="R03", group="range", low=0.03, high=0.13, unit="share", source="travel forum, half to double", mark="V",
        title=Text("Contributors who write half a year later", "发言者半年后仍发言的比例"),
        what=Text(
            "Of those who wrote their first message in a month, those who write in the sixth month after it "
            "(seen: 6.5 %).",
            "某月首次发言者中，其后第6个月仍发言的比例（实测6.5%）。",
        ),
    ),
    Pattern(
        id="R04", group="range", low=0.27, high=0.65, unit="share", source=_MASTODON, mark="V",
        title=Text("Newcomers still there after 30 days", "新人30天后仍在"),
        what=Text("Came in the month after the first 30 days.", "加入满30天后的一个月内来过的比例。"),
    ),
    Pattern(
        id="R05", group="range", low=0.10, high=0.43, unit="share", source=_MASTODON, mark="V",
        title=Text("Newcomers still there after 90 days", "新人90天后仍在"),
        what=Text("Came in the month after the first 90 days.", "加入满90天后的一个月内来过的比例。"),
    ),
    Pattern(
        id="R06", group="range", low=0.60, high=0.95, unit="share", source="Bilibili, quoted", mark="M",
        title=Text("Members behind an entrance exam after a year", "入会考试后的成员一年留存"),
        what=Text(
            "Came in the twelfth month after joining, where only well-matched people are let in (quoted: about 80 %).",
            "只接纳高度匹配者时，加入后第12个月仍来过的比例（引述约80%）。",
        ),
    ),
    Pattern(
        id="R07", group="range", low=0.04, high=0.16, unit="share", source=f"{_DEDAO}, half to double", mark="V",
        fits=True,
        title=Text("Daily actives among users", "日活占用户的比例"),
        what=Text(
            "Members who come on a day, among all who ever joined, last 30 days (seen: 8 %).",
            "最后30天内，每日到访成员占曾加入者的比例（实测8%）。",
        ),
    ),
    Pattern(
        id="R08", group="range", low=0.08, high=0.32, unit="share", source=f"{_DEDAO}, half to double", mark="V",
        fits=True,
        title=Text("Monthly actives among registered", "月活占注册用户的比例"),
        what=Text(
            "Members who came within 30 days, among all who ever joined, last 30 days (seen: 16 %).",
            "最后30天内，近30天到访成员占曾加入者的比例（实测16%）。",
        ),
    ),
    Pattern(
        id="R09", group="range", low=0.01, unit="share", source=_DEDAO, mark="V", fits=True,
        title=Text("Payers among registered", "付费者占注册用户的比例"),
        what=Text("Ever bought, among all who ever joined, after a year.", "一年后，曾加入者中购买过的比例。"),
    ),
    Pattern(
        id="R10", group="range", low=116.0, high=464.0, unit="money", source=f"{_DEDAO}, half to double", mark="V",
        title=Text("Revenue a payer and year", "每位付费者年收入"),
        what=Text("Revenue of the year over buyers (seen: 232 RMB).", "全年收入与购买人数之比（实测232元）。"),
    ),
    Pattern(
        id="R11", group="range", low=0.63, high=0.93, source="forums and chats, data/baselines", mark="V",
        title=Text("Inequality of contributions", "发言的不平等程度"),
        what=Text("Gini coefficient of messages among those who ever wrote.", "曾发言者消息数的基尼系数。"),
    ),
    Pattern(
        id="R12", group="range", low=0.10, high=0.67, unit="share", source="forums and chats, data/baselines", mark="V",
        title=Text("What the top 1 % of contributors write", "最活跃1%发言者的占比"),
        what=Text("Of all messages, among those who ever wrote.", "曾发言者中最活跃1%所写消息的比例。"),
    ),
    Pattern(
        id="R13", group="range", low=0.41, high=0.88, unit="share", source="forums and chats, data/baselines", mark="V",
        title=Text("What the top 10 % of contributors write", "最活跃10%发言者的占比"),
        what=Text("Of all messages, among those who ever wrote.", "曾发言者中最活跃10%所写消息的比例。"),
    ),
    Pattern(
        id="R14", group="range", low=7.0, high=15.0, unit="people", source="friend networks, data/networks", mark="C",
        title=Text("Friends a person has", "人均好友数"),
        what=Text("Mean degree of the market's network.", "市场社交网络的平均度。"),
    ),
    Pattern(
        id="R15", group="range", low=0.14, high=0.36, source="friend networks, data/networks", mark="C",
        title=Text("Friends of friends are friends", "好友的好友也是好友"),
        what=Text("Clustering of the market's network.", "市场社交网络的聚集系数。"),
    ),
    Pattern(
        id="R16", group="range", low=2.6, high=4.9, source="friend networks, data/networks", mark="C",
        title=Text("Tail of the number of friends", "好友数的尾部指数"),
        what=Text(
            "Exponent of the power law that fits the best connected tenth (Hill).",
            "人脉最广的十分之一的幂律指数（Hill估计）。",
        ),
    ),
    Pattern(
        id="R17", group="range", low=0.34, high=0.90, unit="share", source="student community, half to 90 %", mark="V",
        title=Text("Newcomers whom a member reached first", "首次接触来自成员的新人"),
        what=Text("Brought or attracted by friends inside, among all who joined (seen: 68 %).",
                  "由圈内好友带来或吸引的新人比例（实测68%）。"),
    ),
    Pattern(
        id="R18", group="range", low=0.2, high=0.8, source="ten invitations at 2 to 8 %", mark="C", fits=True,
        title=Text("K of invitations", "邀请的K因子"),
        what=Text("People brought in per person who joined, over the year.", "全年人均带来的新人数。"),
    ),
    Pattern(
        id="R19", group="range", low=0.21, high=0.84, unit="share", source="得到 2018–19, half to double", mark="V",
        title=Text("Growth, then stall", "先增长，后停滞"),
        what=Text(
            "How far newcomers of the second year's last quarter lie below the best quarter (seen: −42 % in a year).",
            "第二年最后一季的新人比最好一季少的幅度（实测一年内−42%）。",
        ),
    ),
    Pattern(
        id="R20", group="range", source=_DEDAO, mark="V",
        title=Text("Subscribers who open a column", "订阅者打开专栏的比例"),
        what=Text("In a week 63 %, on a day 29 %.", "一周内63%，一天内29%。"),
        cannot=Text("There are no columns that one subscribes to.", "没有可订阅的专栏。"),
    ),
)  # fmt: skip
