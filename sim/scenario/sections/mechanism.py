"""``mechanism`` (机制): content, activities, incentives, and how people respond to them."""

from __future__ import annotations

from sim.scenario.parameter import Section, block, par, table, word


class Attention(Section):
    """Finite attention: who comes on a day, and how much they can take in."""

    visit: float = par(
        0.10, "probability", 0, 1, "chance of a daily visit by a typical member without any tie", "毫无关系基础的典型成员每日到访概率",
        "daily actives / users 8 % (得到)",
    )
    drive: float = par(0.9, "logit", 0, 10, "effect of the propensity to be active (log scale)", "活跃倾向的影响")
    tie: float = par(2.0, "logit", -10, 10, "effect of the tie", "关系强度的影响")
    satisfaction: float = par(2.0, "logit", -10, 10, "effect of satisfaction above or below the middle", "满意度的影响")
    forgetting: float = par(
        0.55, "logit", 0, 10, "out of sight, out of mind: loss per log day since the last visit", "久未到访的遗忘效应（按天数取对数）"
    )
    friends: float = par(
        0.4, "logit", -10, 10, "effect of all friends being members", "好友在群内的影响", "reactivation by active members: Ribeiro 2014"
    )
    capacity: float = par(40.0, "messages/day", 0.1, 10000, "messages a person can take in on a day", "每日可接收的消息数", "Jones, Ravid & Rafaeli 2004")
    knee: float = par(40.0, "messages/day", 0, 10000, "messages a day beyond which overload begins", "信息过载的起点", "Jones et al. 2004; Ren & Kraut 2014")
    overload: float = par(0.01, "per message", 0, 1, "growth of overload with each message beyond the knee (0: none)", "超过起点后过载增长速度（0为无）")
    reading_cost: float = par(
        0.001, "experience/message", 0, 1, "cost of reading one message when everything is signal", "全为有效信息时的单条阅读成本",
        "Ren & Kraut 2014: cost ∝ messages / signal-to-noise",
    )


class Content(Section):
    """The firm's own voice, and how content works, whoever speaks."""

    posts_per_week: float = par(3.0, "posts/week", 0, 500, "posts of the firm's own account a week", "品牌账号每周发文数")
    quality: float = par(0.5, "share", 0, 1, "quality of these posts", "品牌内容质量")
    warmth: float = par(0.3, "share", 0, 1, "warmth (温度) of the firm's voice", "品牌内容温度")
    attitude: float = par(0.2, "share", 0, 1, "attitude (态度) of the firm's voice", "品牌内容态度")
    authenticity: float = par(0.5, "share", 0, 1, "authenticity of the firm's voice", "品牌内容真实感")
    cost_per_post: float = par(60.0, "currency", 0, 1e8, "cost of one post", "单篇成本")
    reach: float = par(
        0.001, "share/post", 0, 1, "share of a fully interested market that notices one public post of the firm", "品牌单篇公开内容的触达占比"
    )
    half_saturation: float = par(
        0.6, "good posts", 0.01, 100, "dose of good, fitting content a day that gives half of the possible benefit", "达到一半效用所需的优质内容量",
        "saturating response: Hill form",
    )
    habituation: float = par(
        0.06, "per post", 0, 1, "loss of effect with each post lately seen (0: nobody tires)", "习惯化：近期每多看一篇的效用损失（0为不厌倦）",
        "inverted U of exposure: Montoya et al. 2017",
    )
    rest: float = par(0.85, "share/day", 0, 1, "share of the habituation that is still there after a day", "习惯化每日留存比例")
    warmth_bond: float = par(0.8, "multiple", -5, 5, "how much full warmth adds to bonding (0: nothing)", "温度对结成关系的加成（0为无）")
    attitude_bond: float = par(
        1.2, "multiple", -5, 5, "attitude raises bonding where interests fit and lowers it where they don't, by this much (0: nothing)",
        "态度：契合者加深、不契合者疏远的幅度（0为无）",
    )


class ActivityPlan(Section):
    """An online activity (线上活动)."""

    name: str = word("activity", "name of the activity", "活动名称")
    per_month: float = par(2.0, "events/month", 0, 300, "how often it takes place", "每月次数")
    quality: float = par(0.6, "share", 0, 1, "quality", "活动质量")
    capacity: int = par(100, "people", 1, 10_000_000, "places at one event", "单场名额")
    cost: float = par(300.0, "currency", 0, 1e9, "cost of one event", "单场成本")
    cost_per_head: float = par(2.0, "currency", 0, 1e6, "cost per person who attends", "人均成本")
    hours: float = par(4.0, "hours", 0, 1000, "operators' hours one event takes", "单场所需工时")
    bonding: float = par(0.10, "strength", 0, 1, "growth of ties among members by a perfect event", "满分活动对成员间关系的增长")


class Activities(Section):
    """How people respond to activities."""

    interest: float = par(
        0.35, "probability", 0, 1, "chance that a visitor with full match asks for a place", "完全契合的到访者报名概率"
    )
    show_up: float = par(0.65, "probability", 0, 1, "chance that somebody with a place comes", "报名后到场概率")
    firm_bond: float = par(0.06, "strength", 0, 1, "growth of the tie to the firm by a perfect event", "满分活动对品牌关系的增长")
    habituation: float = par(0.12, "per event", 0, 1, "loss of effect with each event lately attended (0: none)", "近期每多参加一场的效用损失（0为无）")
    rest: float = par(0.95, "share/day", 0, 1, "share of this habituation still there after a day", "该习惯化每日留存比例")


class Expectation(Section):
    """Expectation against experience; losses count more than gains, and the bar rises."""

    memory: float = par(0.15, "share", 0.001, 1, "weight of today's experience in satisfaction", "当日体验在满意度中的权重")
    expectation_weight: float = par(
        0.4, "weight", 0, 2, "weight of the expectation itself (assimilation)", "期望本身的权重（同化）", "r ≈ .50: Szymanski & Henard 2001 (from memory)"
    )
    disconfirmation_weight: float = par(
        0.6, "weight", 0, 2, "weight of experience minus expectation", "体验与期望之差的权重", "r ≈ .46: Szymanski & Henard 2001 (from memory)"
    )
    loss_aversion: float = par(
        2.25, "multiple", 1, 10, "how much more a shortfall counts than a surplus (1: alike)", "损失厌恶倍数（1为对称）", "Tversky & Kahneman 1992"
    )
    rise: float = par(0.05, "share", 0, 1, "how fast the bar rises after a good surprise (0: never)", "惊喜之后期望上升的速度（0为不升）")
    fall: float = par(0.02, "share", 0, 1, "how fast the bar falls after a disappointment", "失望之后期望下降的速度")


class Ties(Section):
    """Tie strength (0 to 1) to the firm, to each KOL and among members, kept apart; tiers with hysteresis."""

    half_life: float = par(
        70.0, "days", 0.5, 1e6, "days in which a tie left alone halves", "无互动时关系减半的天数", "s ← s/1.01 a day: Cottica, Melançon & Renoust 2017"
    )
    firm_gain: float = par(0.02, "strength", 0, 1, "growth of the tie to the firm by a day of perfect content", "满分内容一天对品牌关系的增长")
    kol_gain: float = par(0.035, "strength", 0, 1, "growth of the tie to a KOL by a day of perfect content", "满分内容一天对 KOL 关系的增长")
    member_gain: float = par(
        0.02, "strength", 0, 1, "growth of ties among members by a visit to a lively group or with all friends inside", "群内热闹或好友皆在时一次到访对成员间关系的增长"
    )
    shortfall: float = par(0.08, "share", 0, 1, "share of the tie to the firm lost by a complete disappointment", "彻底失望时品牌关系的损失占比")
    firm_weight: float = par(1.0, "weight", 0, 1, "how far a tie to the firm counts", "品牌关系的计入权重")
    kol_weight: float = par(1.0, "weight", 0, 1, "how far a tie to a KOL counts", "KOL 关系的计入权重")
    member_weight: float = par(1.0, "weight", 0, 1, "how far ties among members count", "成员间关系的计入权重")
    weak_enter: float = par(0.15, "strength", 0, 1, "strength at which none becomes weak", "无→弱的进入阈值", "no source fixes thresholds; vary it")
    weak_exit: float = par(0.10, "strength", 0, 1, "strength below which weak becomes none", "弱→无的退出阈值", "no source fixes thresholds; vary it")
    strong_enter: float = par(0.60, "strength", 0, 1, "strength at which weak becomes strong", "弱→强的进入阈值", "no source fixes thresholds; vary it")
    strong_exit: float = par(0.50, "strength", 0, 1, "strength below which strong becomes weak", "强→弱的退出阈值", "no source fixes thresholds; vary it")


class Participation(Section):
    """Members' own messages."""

    posts: float = par(0.25, "posts/visit", 0, 100, "messages a typical visitor writes", "典型到访者每次发言数")
    drive: float = par(
        1.1, "exponent", 0, 5, "how steeply messages rise with the propensity to be active", "发言数随活跃倾向上升的陡度", "measured: top 1 % write 10 to 67 %"
    )
    tie: float = par(1.5, "multiple", 0, 20, "extra messages of people with the strongest tie", "最强关系者额外的发言倍数")
    off_topic: float = par(0.2, "share", 0, 1, "share of messages off topic under a narrow theme", "窄主题下的跑题占比")
    off_topic_breadth: float = par(0.4, "share", 0, 1, "additional share off topic under the broadest theme", "最宽主题下额外的跑题占比")
    question: float = par(0.3, "probability", 0, 1, "chance that a message asks for an answer; a first message always does", "发言需要回复的概率；首条必定需要")
    peer_reply: float = par(
        0.5,
        "probability",
        0,
        1,
        "chance that other members of a lively group answer a question, so that operators need not (0: never)",
        "热闹的群里由其他成员代为解答的概率（0为从不）",
        "newcomers whose first contact came from a member: 68 %; threads unanswered: 40 %",
    )
    buzz_half: float = par(
        3.0, "messages/day", 0, 1000, "messages a day in a group at which half of the liveliness is felt", "群内热闹感达到一半所需的日消息数"
    )
    buzz: float = par(0.15, "experience", 0, 1, "experience of a lively group", "热闹的群带来的体验")


class WordOfMouth(Section):
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


class Incentives(Section):
    """Money, points and praise; all paid from the ledger."""

    inviter_reward: float = par(0.0, "currency", 0, 1e7, "paid to the inviter for each person who joins", "每成功邀请一人给邀请者的奖励")
    invitee_reward: float = par(0.0, "currency", 0, 1e7, "paid to the person who joins by invitation", "给被邀请者的奖励")
    commission: float = par(0.0, "share", 0, 1, "share of each sale paid to the buyer's inviter", "成交额付给邀请者的佣金比例")
    points_per_post: float = par(0.0, "points", 0, 1e6, "points for a message", "每条发言积分")
    point_value: float = par(0.01, "currency", 0, 1e4, "what a point costs when redeemed", "每积分兑换成本")
    praise: float = par(0.0, "share", 0, 1, "share of messages that are praised in public", "发言获公开表扬的比例")
    praise_gain: float = par(
        0.33, "multiple", -5, 5, "extra messages when every message is praised", "全部表扬时发言的增幅", "d = +.33: Deci, Koestner & Ryan 1999"
    )
    crowding: float = par(
        0.36, "share", 0, 1, "share of inner motivation crowded out once there is pay (0: none)", "有偿后被挤出的内在动机占比（0为无）",
        "d = −.40, −.36, −.28: Deci, Koestner & Ryan 1999",
    )
    pay_gain: float = par(2.5, "multiple", 0, 50, "extra effort that unlimited pay would bring", "报酬无限时额外的投入倍数", "Gneezy & Rustichini 2000")
    pay_half: float = par(15.0, "currency", 0.001, 1e6, "pay that brings half of it", "达到一半增幅所需报酬")
    pay_doubt: float = par(
        0.5, "logit", 0, 10, "doubt raised by an invitation that is known to be paid", "有偿邀请引起的怀疑"
    )


class Leaving(Section):
    """Lapse, leave, return."""

    hazard: float = par(0.002, "probability/day", 0, 1, "chance of leaving on a day without tie, satisfaction in the middle (0: nobody leaves)", "无关系、满意度居中时的每日退出概率（0为无人退出）")
    tie: float = par(3.0, "log hazard", -20, 20, "protection by a full tie", "满强度关系的保护作用")
    dissatisfaction: float = par(4.0, "log hazard", -20, 20, "effect of satisfaction falling from the middle to nil", "满意度从中等降至零的影响")
    overload: float = par(1.0, "log hazard", -20, 20, "effect of one unit of overload", "单位过载的影响")
    fatigue: float = par(0.8, "log hazard", -20, 20, "effect of one unit of selling fatigue", "单位推销疲劳的影响")
    lapse_days: int = par(30, "days", 1, 36500, "days without a visit after which a member counts as lapsed", "多少天不来视为沉默")
    come_back: float = par(0.0003, "probability/day", 0, 1, "chance that somebody who left thinks again on a day", "已退出者每日重新考虑的概率")


class Mechanism(Section):
    """Mechanism (机制)."""

    attention: Attention = block(Attention, "finite attention", "有限注意力")
    content: Content = block(Content, "content", "内容")
    activities: list[ActivityPlan] = table("activities on offer", "活动安排", [ActivityPlan(name="salon")])
    attending: Activities = block(Activities, "how people respond to activities", "对活动的反应")
    expectation: Expectation = block(Expectation, "expectation against experience", "期望与体验")
    ties: Ties = block(Ties, "ties", "关系")
    participation: Participation = block(Participation, "members' own messages", "成员发言")
    word_of_mouth: WordOfMouth = block(WordOfMouth, "word of mouth", "口碑")
    incentives: Incentives = block(Incentives, "incentives", "激励")
    leaving: Leaving = block(Leaving, "lapse, leave, return", "沉默、退出与回归")
