"""``switches``: each mechanism can be turned off, so that what it contributes can be measured."""

from __future__ import annotations

from sim.scenario.parameter import Section, flag


class Switches(Section, scope="person"):
    """Mechanisms on or off."""

    channels: bool = flag(True, "channels reach strangers", "渠道触达陌生人", scope="plan")
    kols: bool = flag(True, "KOLs post", "KOL 发文", scope="plan")
    content: bool = flag(True, "the firm posts", "品牌发文", scope="plan")
    activities: bool = flag(True, "activities take place", "举办活动", scope="plan")
    operators: bool = flag(True, "operators welcome, answer and moderate; where hours lack, people are disappointed", "运营服务：迎新、回复、维护秩序，工时不足则令人失望", scope="plan")
    energy: bool = flag(True, "KOLs' energy runs down", "KOL 精力会消耗", scope="plan")
    habituation: bool = flag(True, "people tire of what they have seen", "习惯化")
    overload: bool = flag(True, "too many messages drive people away", "信息过载")
    expectation: bool = flag(True, "the bar rises and falls", "期望会升降")
    company: bool = flag(True, "company of people one is tied to is enjoyed", "好友相伴带来体验")
    belonging: bool = flag(True, "belonging is enjoyed", "归属感带来体验")
    following: bool = flag(True, "people outside follow public posts", "圈外人关注公开内容")
    participation: bool = flag(True, "members write messages", "成员发言")
    member_ties: bool = flag(True, "ties among members form", "成员间关系形成")
    word_of_mouth: bool = flag(True, "friends see, invite and recommend", "口碑与邀请")
    negative_word_of_mouth: bool = flag(True, "the dissatisfied warn their friends", "负面口碑")
    incentives: bool = flag(True, "rewards, points and praise", "激励")
    crowding: bool = flag(True, "pay crowds out inner motivation", "报酬挤出内在动机")
    platform: bool = flag(True, "the platform gives what it promises", "平台作用")
    selling: bool = flag(True, "selling messages are sent", "推送销售信息", scope="plan")
    selling_fatigue: bool = flag(True, "selling tires people", "推销疲劳")
    reputation: bool = flag(True, "the community has a reputation: complaints are heard, good words count", "声誉：投诉会传开，好评会累积", scope="plan")
    leaving: bool = flag(True, "people leave", "成员会退出")
