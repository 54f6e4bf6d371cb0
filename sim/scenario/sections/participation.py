"""``mechanism.participation``: what members write."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Participation(Section, scope="person"):
    """Members' own messages."""

    posts: float = par(0.243, "posts/visit", 0, 100, "messages a typical visitor writes", "典型到访者每次发言数")
    drive: float = par(
        1.56, "exponent", 0, 5, "how steeply messages rise with the propensity to be active", "发言数随活跃倾向上升的陡度", "measured: top 1 % write 10 to 67 %"
    )
    tie: float = par(1.5, "multiple", 0, 20, "extra messages of people with the strongest tie", "最强关系者额外的发言倍数")
    off_topic: float = par(0.2, "share", 0, 1, "share of messages off topic under a narrow theme", "窄主题下的跑题占比", scope="group")
    off_topic_breadth: float = par(0.4, "share", 0, 1, "additional share off topic under the broadest theme", "最宽主题下额外的跑题占比", scope="group")
    question: float = par(0.3, "probability", 0, 1, "chance that a message asks for an answer; a first message always does", "发言需要回复的概率；首条必定需要")
    peer_reply: float = par(
        0.5,
        "probability",
        0,
        1,
        "chance that other members of a lively group answer a question, so that operators need not (0: never)",
        "热闹的群里由其他成员代为解答的概率（0为从不）",
        "newcomers whose first contact came from a member: 68 %; threads unanswered: 40 %",
        scope="group",
    )
    bearable: float = par(
        8.18, "messages/day", 0.1, 1e9, "messages a day in one's group at which the wish to write falls to 1/e (very many: never)",
        "群内日消息数达到此值时发言意愿降至1/e（极大为不受影响）", "volume damps contribution: Jones, Ravid & Rafaeli 2004; Ren & Kraut 2014", scope="person",
    )
    buzz_half: float = par(
        3.0, "messages/day", 0, 1000, "messages a day in a group at which half of the liveliness is felt", "群内热闹感达到一半所需的日消息数",
        scope="group",
    )
    contagion: float = par(
        0.5, "multiple", 0, 1, "how far the mood of those who write colours what a lively group gives (0: not at all, 1: from nothing to twice)",
        "发言者情绪对群体验的感染程度（0为无，1为从零到加倍）", "emotional contagion in groups: Barsade 2002; size by design, 0 to 1", scope="person",
    )
    buzz: float = par(0.15, "experience", 0, 1, "experience of a lively group", "热闹的群带来的体验")
