"""Where the value of each behavioural parameter comes from, how far it may lie elsewhere, and whether its sign is put in.

A parameter is *behavioural* if it says how people, groups, voices' energy or operators' work respond. What a strategist
decides (posts, quality, prices, budgets, promises, rewards) and what names a market or its products is a lever, and
listed as one. Every number of a scenario is one or the other: see the test.

This is a table beside the declarations in ``sections``, not part of them: it tells what is known of a value and decides
no run (so the version of the model does not know it), it is read and argued about as a whole, and the search for values
(``docs/choose_values.py``) takes its ranges from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

#: "published": the number itself stands in a source that is named, or is computed from numbers that do. "calibrated":
#: chosen by the search against the patterns that may guide it. "design": all others, however well the direction is known.
Kind: TypeAlias = Literal["published", "calibrated", "design"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of the value of a behavioural parameter.

    Parameters
    ----------
    kind : where the default comes from.
    low, high : the range that somebody who knows the literature would grant; the default lies in it.
    en, zh : why so far and no further.
    neutral : the value at which an effect is nil; None for what is no effect of one thing on another (a rate, a time, a
        threshold, a shape).
    searched : whether the search for values may move it. What it moved is calibrated.
    """

    kind: Kind
    low: float
    high: float
    en: str
    zh: str
    neutral: float | None = None
    searched: bool = False

    @property
    def sign_assumed(self) -> bool:
        """Whether it is an effect and its range lies on one side of the neutral value only: the sign is put in."""
        return self.neutral is not None and not self.low < self.neutral < self.high


def published(
    low: float, high: float, en: str, zh: str, *, neutral: float | None = None, searched: bool = False
) -> Origin:
    """The number itself stands in a source."""
    return Origin("published", low, high, en, zh, neutral, searched)


def calibrated(low: float, high: float, en: str, zh: str, *, neutral: float | None = None) -> Origin:
    """The search chose it."""
    return Origin("calibrated", low, high, en, zh, neutral, searched=True)


def design(
    low: float, high: float, en: str, zh: str, *, neutral: float | None = None, searched: bool = False
) -> Origin:
    """Nobody has published it."""
    return Origin("design", low, high, en, zh, neutral, searched)


_PEOPLE: Mapping[str, Origin] = {
    "market.tribe_skew": design(0.0, 1.2, "from equal tribes to a little more unequal than Zipf's law for cities and words (1)", "从各圈层等大，到略超城市与词频的齐普夫定律（1）"),
    "market.interest_focus": design(0.6, 0.95, "below .6 two tribes share a person almost evenly and themes mean little; at .95 people have one interest", "低于0.6时两个圈层近乎平分一人的兴趣，主题失去意义；0.95已近乎只有一种兴趣"),
    "market.activity_sigma": calibrated(0.9, 2.0, "contributions with a Gini of .63 to .93 are a log-normal of 1.3 to 2.6; part of that comes from what members do, so less is inborn", "贡献的基尼系数0.63至0.93相当于对数标准差1.3至2.6，其中一部分来自行为本身，天生的差异应更小"),
    "market.purchasing_power_sigma": design(0.3, 1.0, "log s.d. of incomes: .3 within one profession, about .6 to .8 in a country, 1 where it is very unequal (from memory)", "收入的对数标准差：同一职业约0.3，一国之内约0.6至0.8，极不平等者约1（凭记忆）"),
    "market.turnover": design(0.0, 0.3, "from a closed market to a city of students or migrants, where three in ten move on within a year", "从封闭市场，到一年走三成人的大学城、外来人口城市"),
    "market.growth": design(-0.2, 0.5, "from a hobby that its generation gives up to a trade in its boom; the model's people are otherwise the same for a year", "从一代人渐渐放弃的爱好，到正处风口的行业；除此之外，一年之内人群不变"),
    "market.latent.joining": design(0.0, 1.5, "from none to odds of 4.5 a standard deviation; four fifths of joiners' later revenue had other causes than joining (Manchanda et al. 2015)", "从无，到每个标准差几率增至4.5倍；加入者日后收入的八成并非加入所致（Manchanda等 2015）", neutral=0.0),
    "market.latent.buying": design(0.0, 1.5, "as for joining: the selection gap needs both", "同「加入」：选择偏差须二者并存", neutral=0.0),
    "market.network.mean_degree": design(7.0, 15.0, "mean degree of the friend networks at hand", "手头各好友网络的平均度数"),
    "market.network.homophily": design(0.3, 0.9, "LastFM Asia has .87 edges of one label; interests that are no country divide friends less", "LastFM Asia 同标签边占0.87（标签为国家），兴趣对朋友圈的分隔弱于国别"),
    "market.network.clustering": design(0.14, 0.36, "clustering of the friend networks at hand", "手头各好友网络的聚类系数"),
    "market.network.rewiring": design(0.01, 0.3, "the small-world region of Watts & Strogatz (1998): short paths and clustering still there", "Watts与Strogatz（1998）的小世界区间：路径已短而聚类犹存"),
    "market.network.tail": published(2.6, 4.9, "3 is that of growth by preferential attachment (Barabási & Albert 1999); friend networks at hand have 2.6 to 4.9", "3为优先连接增长的指数（Barabási与Albert 1999）；手头各好友网络为2.6至4.9"),
    "entrance.channels[].attention": design(0.01, 1.0, "from cold calls (the essays: under 1 % listen) to contacts that are counted only once noticed", "从陌生电话（文章称愿听者不足1%）到只计真正被注意到的触达"),
    "entrance.channels[].sells": design(0.0, 0.3, "from posters that only make known to offers that three in ten who notice them look into; whether they buy is a choice of its own", "从只求知名的海报，到注意者中三成会点开看的优惠；买不买另有一番选择", neutral=0.0),
    "entrance.channels[].trust": design(-1.0, 1.0, "advertising is distrusted, search is somebody's own wish: odds of joining from a third to three times", "广告令人存疑，搜索出于自愿：加入几率从三分之一到三倍", neutral=0.0),
    "entrance.consideration.base": calibrated(0.002, 0.05, "strangers accept at 2 to 10 % with all effects, so at less without", "陌生人在各种影响之下的接受率为2%至10%，不计影响时应更低"),
    "entrance.consideration.match": design(0.5, 4.0, "above 4 hardly anybody outside the theme would join, below .5 screening by interest would be idle", "高于4则主题之外几乎无人加入；低于0.5则兴趣几乎不起作用", neutral=0.0),
    "entrance.consideration.social": design(0.1, 1.0, "joining rises with friends inside, concavely: a tenth to twice the chance with the first friend (Backstrom et al. 2006)", "加入概率随圈内好友数上升并趋缓：第一位好友使几率增加约一成至一倍（Backstrom等 2006）", neutral=0.0),
    "entrance.consideration.linked": design(-1.0, 1.0, "both signs were found (Ugander et al. 2012: negative; Backstrom et al. 2006: positive); one logit either way is much for what nobody agrees on", "正负皆有发现（Ugander等 2012为负，Backstrom等 2006为正）；对尚无定论之事，上下一个logit已属很大", neutral=0.0),
    "entrance.consideration.signals": design(0.0, 3.0, "most things are simple; costly ones needed two or three signals (Centola 2010)", "多数事情无此要求；高代价行为需两三个信号（Centola 2010）"),
    "entrance.consideration.hesitation": design(0.3, 4.5, "a missing signal takes a quarter of the odds, or all but a hundredth, which is a threshold (Centola & Macy 2007)", "每缺一个信号，几率减四分之一，或只余百分之一，近乎阈值（Centola与Macy 2007）", neutral=0.0),
    "entrance.consideration.quality": design(0.0, 2.5, "from nobody looks to odds of 12 between worthless and perfect", "从无人在意，到「毫无价值」与「完美」之间几率相差12倍", neutral=0.0),
    "entrance.consideration.promise": design(0.0, 2.0, "from deaf to promises to odds of 7 for a full one, what advertising claims would at most do", "从不为承诺所动，到满分承诺使几率增至7倍，即广告承诺的极限", neutral=0.0),
    "entrance.consideration.invitation": calibrated(0.3, 2.5, "a friend's word: odds times 1.3 to 12", "好友的一句话：几率增至1.3至12倍", neutral=0.0),
    "entrance.consideration.mood": design(0.05, 1.0, "from opinions that hardly change (thresholds, Granovetter 1978) to a fresh trial at every occasion, as epidemics assume", "从看法几乎不变（Granovetter 1978的阈值模型），到每次都重新抽签（传染病模型的假设）"),
    "entrance.consideration.reconsider": design(0.0005, 0.01, "somebody who said no thinks of it again every five years to every three months", "拒绝过的人每隔约五年到约三个月会再想起一次"),
    "entrance.screening.softness": design(0.02, 0.2, "from an exam that measures well to a talk that errs by a fifth of the scale", "从测得准的考试，到误差达五分之一的面谈"),
    "entrance.screening.fee_deterrence": design(0.005, 0.06, "100 RMB cut the odds of joining by two fifths, or leave one in four hundred", "100元入会费使加入几率降低四成，或只剩四百分之一", neutral=0.0),
    "carrier.groups.split_loss": design(0.2, 0.9, "friends who are moved together keep their ties; who is moved alone keeps a few private chats", "一同迁出者仍保有关系；独自迁出者只剩几个私聊好友", neutral=0.0),
    "carrier.platform.visit_lift": design(-0.3, 0.8, "an app can be one hurdle more (odds a quarter less) or a habit on the home screen (twice)", "App可能多一道门槛（几率减四分之一），也可能成为首屏习惯（翻倍）", neutral=0.0),
    "carrier.platform.relevance": design(0.1, 0.6, "personalised moderation raised contribution by 36 to 50 % (Ren & Kraut 2014); no filter finds all noise", "个性化管理使贡献提高36%至50%（Ren与Kraut 2014）；没有过滤器能除尽噪声", neutral=0.0),
    "carrier.platform.use_value": design(0.0, 0.5, "from a mere carrier to half of the best experience, which is what a messenger is worth among friends", "从单纯的载体，到最佳体验的一半：好友都在用的即时通讯工具的价值", neutral=0.0),
    "carrier.platform.conformity": design(0.0, 5.0, "from none to well beyond 2, where two equilibria begin (Brock & Durlauf 2001)", "从无，到明显超过出现两种均衡的2（Brock与Durlauf 2001）", neutral=0.0),
    "culture.identity": design(0.0, 0.8, "from none to odds of 2.2: identity features doubled the frequency of visits (Ren et al. 2012)", "从无，到几率增至2.2倍：身份认同功能曾使到访频率翻倍（Ren等 2012）", neutral=0.0),
    "culture.identity_half_life": design(7.0, 120.0, "from a first week's enthusiasm to a season", "从头一周的热情，到一个季度"),
    "structure.kols[].craft": design(0.2, 0.8, "a routine worker shows tiredness little, an improviser much; neither fully", "熟手的疲惫少有痕迹，即兴者痕迹明显，两者都非绝对"),
    "structure.kols[].energy_cost": design(0.01, 0.12, "at four posts a week energy settles at .93 down to .14; tireless is what the switch is for", "每周四篇时精力稳定在0.93至0.14；不疲倦者另有开关", neutral=0.0),
    "structure.kols[].energy_exponent": design(1.0, 2.0, "from proportional to quadratic, the usual convex costs of effort", "从成正比到平方，即常用的凸性努力成本"),
    "structure.kols[].energy_recovery": design(0.03, 0.3, "half of what is missing comes back within three weeks, or within two days", "缺口的一半在三周内或两天内恢复"),
    "structure.service.onboard_hours": design(0.05, 0.5, "from a prepared greeting (3 minutes) to a talk of half an hour", "从备好的欢迎语（3分钟），到半小时的交谈"),
    "structure.service.reply_hours": design(0.02, 0.2, "from a line (about a minute) to advice that is looked up (12 minutes)", "从一句话（约1分钟），到查证后的建议（12分钟）"),
    "structure.service.moderate_hours": design(0.002, 0.03, "from a glance (7 seconds) to a decision that is explained (2 minutes)", "从扫一眼（7秒），到附说明的处理（2分钟）"),
    "structure.service.onboard_lift": design(0.0, 1.2, "as for an answer, and none at the lowest: a greeting by template may do nothing", "同「回复」，下限为零：套话式的欢迎可能毫无作用", neutral=0.0),
    "structure.service.reply_lift": calibrated(0.3, 1.2, "44 to 56 % is .48 on the day; it wears off", "44%升至56%即0.48，为当日之值，此后消退", neutral=0.0),
    "structure.service.advise_hours": design(0.02, 0.5, "a minute's message to half an hour's talk", "从一两分钟的留言到半小时的面谈"),
    "structure.service.support_hours": design(0.02, 1.0, "a minute's message to an hour's help", "从一两分钟的留言到一小时的协助"),
    "structure.service.advice": design(0.0, 0.8, "from no effect to nearly the whole truth about a product", "从毫无作用到几乎说清产品实情", neutral=0.0),
    "structure.service.advice_bond": design(0.0, 0.05, "nothing, to somewhat more than an answer", "从无到略多于一次答复", neutral=0.0),
    "structure.service.support": design(0.0, 0.5, "nothing, to half of what use still lacks", "从无到弥补一半的使用缺口", neutral=0.0),
    "structure.service.lift_most": design(0.8, 3.0, "twice to twenty times the odds: beyond, a few answers would hold anybody", "几率至多增至2至20倍：再高则几次回复便能留住任何人"),
    "structure.service.lift_half_life": design(3.0, 60.0, "from days, as attention by others fades, to two months, as a tie does", "从数日（他人关注的余温），到两个月（与关系的衰减相当）"),
    "structure.service.reply_bond": design(0.0, 0.08, "none for a duty that is done, to .08: a dozen answers then make a strong tie", "从例行公事的零，到0.08：十二次回复即成强关系", neutral=0.0),
    "structure.service.help_bond": design(0.0, 0.08, "as for an answer by an operator", "同运营者的回复", neutral=0.0),
    "structure.service.unanswered": design(0.02, 0.25, "from a shrug to a quarter of the scale, as much as a bad week", "从不以为意，到满意度的四分之一，相当于糟糕的一周", neutral=0.0),
    "structure.service.moderation": design(0.4, 0.95, "rules, not people, miss half; a patient moderator leaves one in twenty", "机械规则漏掉一半；耐心的管理者只漏二十分之一", neutral=0.0),
    "structure.service.coordination_loss": design(0.0, 0.5, "from people who need no boss to half the day spent on asking who does what", "从无须领导，到半天耗在问谁做什么", neutral=0.0),
    "structure.service.demand_strong": design(0.0, 2.0, "from the same as others to three times as many requests; that strong ties ask more is the essays' claim C19", "从与他人无异，到三倍的请求；强关系要求更多是文章的主张C19", neutral=0.0),
}  # fmt: skip

_MECHANISM: Mapping[str, Origin] = {
    "mechanism.attention.visit": calibrated(0.03, 0.12, "daily actives 4 to 16 %", "日活占比4%至16%"),
    "mechanism.attention.drive": calibrated(0.5, 1.4, "odds of coming by the propensity, around proportional", "到访几率大致与活跃倾向成正比", neutral=0.0),
    "mechanism.attention.tie": design(0.5, 4.0, "a full tie turns one visit in ten days into one in six, or into six in seven: more would be every day", "满强度关系使十天一次的到访变为六天一次，至七天六次：再多便是天天来", neutral=0.0),
    "mechanism.attention.satisfaction": design(0.5, 3.0, "odds of a visit times 1.6 to 20 between indifferent and delighted; more than a full tie would be odd", "从无感到非常满意，到访几率增至1.6至20倍；不应超过满强度关系的作用", neutral=0.0),
    "mechanism.attention.forgetting": calibrated(0.3, 1.0, "power-law forgetting, exponents seen .3 to 1", "幂律遗忘，所见指数为0.3至1", neutral=0.0),
    "mechanism.attention.friends": design(0.0, 1.2, "from none to odds of 3.3; active members wake the sleeping ones (Ribeiro 2014), by an unknown amount", "从无，到几率增至3.3倍；活跃者会唤醒沉默者（Ribeiro 2014），幅度未知", neutral=0.0),
    "mechanism.attention.capacity": design(20.0, 80.0, "ten minutes to forty at half a minute a message; set equal to the knee of Ren & Kraut (2014)", "每条半分钟，即每天十至四十分钟；取值与Ren与Kraut（2014）的拐点相同"),
    "mechanism.attention.knee": published(20.0, 80.0, "about 40 messages a day (Ren & Kraut 2014), half to double: their group lists are not chats", "每日约40条（Ren与Kraut 2014），取一半至两倍：其数据来自邮件列表而非群聊"),
    "mechanism.attention.overload": design(0.0, 0.03, "at 100 messages too many, from no hazard to the cap of three units", "超出100条时，从毫无风险到三个单位的上限", neutral=0.0),
    "mechanism.attention.muting": design(0.05, 1.0, "at one unit of overload, one visit in twenty to two in three end in muting; people mute before they leave", "单位过载下，二十次到访中一次至三次中两次会设免打扰；人们先静音后退群", neutral=0.0),
    "mechanism.attention.least_signal": design(0.02, 0.2, "one useful message in fifty to one in five: with less, people stop reading rather than pay more", "有效信息五十分之一至五分之一：再少则人们不再读，而不是继续付出"),
    "mechanism.attention.reading_cost": design(0.0, 0.004, "a full day of 40 clean messages costs nothing to a sixth of the scale", "一天读满40条有效信息的代价：从零到体验尺度的六分之一", neutral=0.0),
    "mechanism.content.half_saturation": calibrated(0.15, 1.0, "one good post, give or take", "约一篇优质内容"),
    "mechanism.content.habituation": design(0.0, 0.15, "from never tired to half the effect after five posts; exposures peak at 10 to 35 (Montoya et al. 2017, from memory)", "从不厌倦，到看过五篇后效用减半；曝光效应在10至35次见顶（Montoya等 2017，凭记忆）", neutral=0.0),
    "mechanism.content.shelf_life": design(1.0, 30.0, "half of a post's readers come within a day (a feed) to a month (an archive that search finds)", "一篇内容半数读者在一天内（信息流）至一个月内（可检索的存档）到来"),
    "mechanism.content.rest": design(0.7, 0.97, "habituation halves within two days to three weeks", "习惯化在两天至三周内减半"),
    "mechanism.content.warmth_bond": design(0.0, 2.0, "from nothing to three times the bond; parasocial gains are medium to high (Tukachinsky et al. 2020); claim C01", "从无，到关系增长三倍；准社会关系的效应为中到高（Tukachinsky等 2020）；主张C01", neutral=0.0),
    "mechanism.content.attitude_bond": design(0.0, 2.0, "as for warmth; it repels those whom it does not suit as much; claim C01", "同温度；对不合者同等疏远；主张C01", neutral=0.0),
    "mechanism.activities[].bonding": design(0.02, 0.3, "a good evening online is worth one visit to three weeks of chat with the same people; offline up to the upper end", "一场好的线上活动，相当于与同一群人聊一次至三周；线下可至上限", neutral=0.0),
    "mechanism.attending.interest": design(0.05, 0.6, "open webinars draw one in twenty of those who see them, a small club more than half", "公开讲座吸引二十分之一的看到者，小俱乐部过半"),
    "mechanism.attending.show_up": design(0.3, 0.9, "free webinars about a third, paid or small events nine tenths (trade figures, from memory)", "免费讲座约三分之一，付费或小型活动约九成（行业数字，凭记忆）"),
    "mechanism.attending.firm_bond": design(0.0, 0.2, "none where guests meet each other only, to ten days of perfect content", "若来宾只彼此结识则为零，至多相当于十天满分内容", neutral=0.0),
    "mechanism.attending.intimate": published(5.0, 20.0, "sympathy groups have 12 to 15 (Zhou et al. 2005, from memory); from one table's talk to a seminar", "同情群体12至15人（Zhou等 2005，凭记忆）；从一桌人的交谈到一堂研讨课"),
    "mechanism.attending.crowding_exponent": design(0.0, 1.0, "from none to a fixed number of people met, however many come", "从不受影响，到无论来多少人，结识人数恒定", neutral=0.0),
    "mechanism.attending.habituation": design(0.0, 0.3, "from none to a quarter less with every event; formats that repeat tire", "从无，到每多一场减四分之一；形式重复令人疲倦", neutral=0.0),
    "mechanism.attending.rest": design(0.85, 0.98, "forgotten by half within four days to a month", "四天至一个月淡忘一半"),
    "mechanism.expectation.memory": design(0.05, 0.4, "satisfaction looks back on twenty visits, or on two or three", "满意度所回顾的到访：从二十次，到两三次"),
    "mechanism.expectation.fading": design(30.0, 365.0, "a month, after which members count as lapsed, to a year", "从一个月（此后视为沉默），到一年"),
    "mechanism.expectation.assimilation": design(0.0, 0.5, "from none to half: will-expectation raises perceived quality (Boulding et al. 1993), and never replaces it", "从无到一半：「预计」会抬高感知质量（Boulding等 1993），但不会取而代之", neutral=0.0),
    "mechanism.expectation.promise": design(0.1, 0.9, "should-expectation rests on promises and on what one is used to (Boulding et al. 1993), on neither alone", "「理应如此」兼依承诺与习惯（Boulding等 1993），不单凭其一", neutral=0.0),
    "mechanism.expectation.tolerance": design(0.0, 0.2, "zones of tolerance are one to two points of nine (Zeithaml et al. 1993, from memory)", "容忍区约为九分量表的一至两分（Zeithaml等 1993，凭记忆）", neutral=0.0),
    "mechanism.expectation.disconfirmation": calibrated(0.2, 1.0, "about as heavy as experience itself at most", "至多与体验本身同等重要", neutral=0.0),
    "mechanism.expectation.loss_aversion": published(1.0, 2.5, "2.25 for gambles (Tversky & Kahneman 1992, from memory); later reviews find less, and some none", "赌局中为2.25（Tversky与Kahneman 1992，凭记忆）；后来的综述所见较小，亦有未见者", neutral=1.0),
    "mechanism.expectation.adaptation": design(0.01, 0.15, "half used to something new after seventy visits, or after four", "对新水平习惯一半：从七十次到访，到四次", neutral=0.0),
    "mechanism.company.bond": design(0.0, 0.4, "from none to .4 of what is lacking, the most that was tried; members with ties would else be content with anything", "从无，到所缺体验的0.4（试过的最大值）；再大则有关系者对一切都满意", neutral=0.0),
    "mechanism.company.identity": design(0.0, 0.4, "as for company: nothing that is published tells the two apart in size", "同好友相伴：已有文献未能区分两者大小", neutral=0.0),
    "mechanism.ties.half_life": published(30.0, 180.0, "a loss of 1 in 101 a day is 70 days (Cottica et al. 2017); from a month, acquaintances, to half a year, friends", "每日衰减1/101即70天（Cottica等 2017）；从泛泛之交的一个月，到朋友的半年"),
    "mechanism.ties.firm_gain": design(0.005, 0.05, "a strong tie after three weeks to half a year of daily perfect content, unhindered by decay", "不计衰减时，每日满分内容三周至半年可成强关系", neutral=0.0),
    "mechanism.ties.kol_gain": design(0.01, 0.08, "persons bond faster than brands, up to twice: a claim of the essays (C44) when above firm_gain", "人比品牌更易结成关系，至多快一倍；高于firm_gain即文章的主张C44", neutral=0.0),
    "mechanism.ties.member_gain": design(0.005, 0.06, "a strong tie after 180 lively visits, or after 15; a casual friend takes 50 hours (Hall 2019), a hundred visits of half an hour", "180次或15次热闹的到访可成强关系；普通朋友需相处50小时（Hall 2019），即半小时的到访一百次", neutral=0.0),
    "mechanism.ties.shortfall": design(0.02, 0.3, "from a dent to a third of the tie at one complete disappointment; betrayal, which ends ties, is another matter", "一次彻底失望，从轻微损伤到失去三分之一；背叛致关系终结另当别论", neutral=0.0),
    "mechanism.ties.firm_weight": design(0.3, 1.0, "whether ties to a firm are ties at all is disputed (claim C44)", "对企业的关系算不算关系尚有争议（主张C44）", neutral=0.0),
    "mechanism.ties.kol_weight": design(0.5, 1.0, "a bond to a voice is one-sided, so at most like one among members", "对意见领袖的情感是单向的，至多与成员间关系相当", neutral=0.0),
    "mechanism.ties.member_weight": design(0.5, 1.0, "friends inside may be kept outside too, and then hold nobody here", "群内好友亦可在群外相交，那时便不再留人", neutral=0.0),
    "mechanism.ties.weak_enter": design(0.10, 0.25, "no source fixes it: a handful of good days to a fortnight of them", "无文献确定：从几个好日子到两周"),
    "mechanism.ties.weak_exit": design(0.05, 0.15, "no source fixes it: at most where one enters, and above what one good day leaves", "无文献确定：至多等于进入阈值，并高于一个好日子所留下的"),
    "mechanism.ties.strong_enter": design(0.50, 0.75, "no source fixes it: above half of all that a tie can be, below what only founders reach", "无文献确定：超过关系上限的一半，低于只有元老才达到的水平"),
    "mechanism.ties.strong_exit": design(0.40, 0.60, "no source fixes it: at most where one enters, or the tiers would flicker, and well above weak", "无文献确定：至多等于进入阈值，否则层级来回跳动，且明显高于弱关系"),
    "mechanism.participation.posts": calibrated(0.08, 0.8, "one message in twelve visits to nearly one a visit", "从十二次到访发言一次，到几乎每次都发言"),
    "mechanism.participation.drive": calibrated(0.9, 2.2, "top 1 % write 10 to 75 %", "最活跃的1%写了10%至75%", neutral=0.0),
    "mechanism.participation.tie": design(0.0, 4.0, "from none to five times the messages of a stranger", "从无差别，到陌生成员的五倍", neutral=0.0),
    "mechanism.participation.off_topic": design(0.05, 0.4, "from an expert list to a chat among colleagues", "从专家邮件列表，到同事闲聊群"),
    "mechanism.participation.off_topic_breadth": design(0.0, 0.6, "from none to nothing but small talk in a group about everything; off topic grows with breadth (Ren & Kraut 2014)", "从无影响，到无所不谈的群全是闲聊；跑题随宽度增加（Ren与Kraut 2014）", neutral=0.0),
    "mechanism.participation.question": design(0.1, 0.6, "a chat of statements to a help forum", "从以陈述为主的群聊，到互助论坛"),
    "mechanism.participation.peer_reply": design(0.3, 0.7, "68 % met a member first; 40 % of threads stay unanswered", "68%的新人首先接触到的是成员；40%的帖子无人回复"),
    "mechanism.participation.bearable": calibrated(6.0, 40.0, "up to what one can take in", "至多为一个人读得完的量"),
    "mechanism.participation.contagion": design(0.0, 1.0, "no effect, to a lively group that gives twice as much or nothing by its mood", "从无影响，到群氛围可使体验加倍或归零", neutral=0.0),
    "mechanism.participation.buzz_half": design(1.0, 15.0, "one message a day already shows that somebody is there; 15 is a busy hour", "每日一条已见有人气；15条相当于热闹的一小时"),
    "mechanism.participation.buzz": design(0.0, 0.3, "from none to a third of the best experience: chat alone holds few", "从无，到最佳体验的三分之一：单靠闲聊留不住多少人", neutral=0.0),
    "mechanism.following.chance": design(0.05, 0.4, "one visitor of a public account in twenty follows, with a full match two in five", "公众号访客中二十分之一会关注，完全契合者可达五分之二"),
    "mechanism.following.reads": design(0.03, 0.29, "open rates of public accounts are a few percent (from memory); paid columns reach 29 % a day (得到)", "公众号打开率为百分之几（凭记忆）；付费专栏单日29%（得到）"),
    "mechanism.following.joins": design(0.005, 0.08, "once in two hundred readings to once in twelve", "两百次阅读一次，到十二次阅读一次"),
    "mechanism.following.stops": design(0.001, 0.01, "half are gone after two years, or after ten weeks", "两年或十周后走掉一半"),
    "mechanism.word_of_mouth.visible": design(0.001, 0.02, "with all friends inside one hears of it once in three years to every seven weeks; linear in their share (Karsai et al. 2014)", "好友皆在时，三年至七周注意到一次；与好友占比成正比（Karsai等 2014）", neutral=0.0),
    "mechanism.word_of_mouth.at_joining": calibrated(0.0, 0.8, "K of .2 to .8 at most", "裂变系数K至多0.2至0.8"),
    "mechanism.word_of_mouth.good": calibrated(0.005, 0.2, "a recommendation a month to one a day, for a daily visitor", "天天来的人，从每月到每天推荐一次"),
    "mechanism.word_of_mouth.good_satisfaction": calibrated(0.5, 5.0, "from hardly to e-fold a tenth of the scale", "从几乎无关，到满意度每升十分之一增至e倍", neutral=0.0),
    "mechanism.word_of_mouth.good_tie": calibrated(0.0, 2.5, "published correlations of loyalty are positive", "文献中与忠诚度的相关为正", neutral=0.0),
    "mechanism.word_of_mouth.bad": calibrated(0.002, 0.2, "a third of the good words, give or take", "约为好口碑的三分之一"),
    "mechanism.word_of_mouth.bad_dissatisfaction": calibrated(0.5, 5.0, "as for good words", "同好口碑", neutral=0.0),
    "mechanism.word_of_mouth.bad_tie": calibrated(0.2, 3.0, "loyalty holds bad words back more than it brings good ones", "忠诚对坏口碑的抑制大于对好口碑的促进", neutral=0.0),
    "mechanism.word_of_mouth.negative_weight": design(0.5, 4.0, "that negative counts more is usual but not general: East et al. (2008) found the positive a little stronger on average (from memory)", "常说负面更有分量，但并非普遍：East等（2008）平均所见正面略强（凭记忆）", neutral=1.0),
    "mechanism.word_of_mouth.shaken": design(0.0, 0.1, "from deaf to a tenth of the scale, as much as an unanswered question", "从不为所动，到满意度的十分之一，相当于一次无人回复", neutral=0.0),
    "mechanism.reputation.half_life": design(14.0, 180.0, "a news cycle to half a year of reviews on the first page", "从一轮新闻，到评价页首页的半年"),
    "mechanism.reputation.complaining": design(0.0, 0.4, "most of the dissatisfied say nothing to the firm or in public", "多数不满者既不投诉也不公开发声"),
    "mechanism.reputation.offline_audience": design(3.0, 15.0, "the essays say 6; complaint studies 5 to 16 (from memory)", "文章称6人；投诉研究为5至16人（凭记忆）"),
    "mechanism.reputation.online": design(0.0, 0.5, "from a market without reviews to one in two: who complains has a phone at hand", "从没有评价的市场，到一半：投诉者手边就有手机"),
    "mechanism.reputation.tail": design(1.0, 2.0, "exponents of cascades' sizes lie about 1 to 2: below 1 the mean does not exist", "传播规模的指数约为1至2：低于1则均值不存在"),
    "mechanism.reputation.answered": design(0.0, 0.8, "from an answer that changes nothing to four in five appeased; some never are", "从回应毫无作用，到五人中安抚四人；总有人不买账", neutral=0.0),
    "mechanism.reputation.joining": design(0.0, 2.0, "from nobody asks around to odds of 7 between a middling and a perfect name, as much as an invitation", "从无人打听，到中等与满分声誉之间几率相差7倍，与亲自邀请相当", neutral=0.0),
    "mechanism.reputation.buying": design(0.0, 2.0, "as for joining", "同加入", neutral=0.0),
    "mechanism.incentives.praise_gain": design(-0.2, 0.6, "d = +.33 (Deci et al. 1999) taken as a share, which no source says; praise that controls, or of children, did nothing or harm", "d = +0.33（Deci等 1999）当作比例使用，文献并无此说；带控制意味的表扬或对儿童则无效甚至有害", neutral=0.0),
    "mechanism.incentives.crowding": calibrated(0.15, 0.36, "23.1 against 28.4 is .19; meta-analysis .28 to .40 of a s.d.", "23.1对28.4即0.19；元分析为0.28至0.40个标准差", neutral=0.0),
    "mechanism.incentives.pay_gain": design(0.5, 5.0, "good pay brought half as much again as small pay (Gneezy & Rustichini 2000: 34.7 against 23.1 of 50, from memory); six times the unpaid effort would be a job", "高报酬比小报酬多出一半（Gneezy与Rustichini 2000：34.7对23.1，满分50，凭记忆）；达到无偿时六倍便是受雇", neutral=0.0),
    "mechanism.incentives.pay_half": design(5.0, 60.0, "from a red packet to a dinner", "从一个红包，到一顿饭"),
    "mechanism.incentives.pay_doubt": design(0.0, 1.5, "from not minded to odds a fifth: friends of paid recommenders trust them less (Verlegh et al. 2013)", "从不介意，到几率降为五分之一：好友对有偿推荐者信任较低（Verlegh等 2013）", neutral=0.0),
    "mechanism.leaving.hazard": design(0.0005, 0.006, "of untied members half are gone after four years, or after four months", "无关系者四年或四个月后走掉一半"),
    "mechanism.leaving.tie": design(1.0, 6.0, "a full tie makes leaving three to four hundred times rarer", "满强度关系使退出减少至三分之一乃至四百分之一", neutral=0.0),
    "mechanism.leaving.dissatisfaction": design(1.0, 6.0, "leaving three to four hundred times as likely: at most the wholly dissatisfied are gone in a day or two", "退出可能性增至三倍至四百倍：上限时彻底不满者一两天内即走", neutral=0.0),
    "mechanism.leaving.overload": design(0.0, 2.0, "muting may hold all who would leave, or one unit drives out seven times as many", "静音可能留住所有想退者；否则单位过载使退出增至七倍", neutral=0.0),
    "mechanism.leaving.fatigue": design(0.0, 2.0, "selling may be borne, or one unit (ten unwanted messages) drives out seven times as many", "推销或可忍受；否则单位疲劳（十条不受欢迎的信息）使退出增至七倍", neutral=0.0),
    "mechanism.leaving.come_back": design(0.0, 0.002, "from never to once in sixteen months", "从不，到十六个月一次"),
}  # fmt: skip

_BUSINESS: Mapping[str, Origin] = {
    "business.selling.push": design(0.02, 0.4, "clicks on selling messages are a few percent in mail (from memory), more in a chat among the trusted", "邮件推销的点击率为百分之几（凭记忆），熟人群中更高"),
    "business.selling.organic": design(0.005, 0.1, "a visitor thinks of buying once in two hundred visits to once in ten", "两百次到访想到购买一次，到十次一次"),
    "business.selling.irritation": design(0.0, 0.3, "sponsored posts of small creators even got more engagement, so none at the lowest; at the highest three messages are a unit of fatigue", "小创作者的推广反而互动更多，故下限为零；上限则三条即积满一个单位的疲劳", neutral=0.0),
    "business.selling.half_life": design(5.0, 60.0, "from a week's annoyance to two months of grudge", "从一周的厌烦，到两个月的芥蒂"),
    "business.selling.patience": design(0.0, 0.9, "from friends are as annoyed as others to friends hardly mind", "从熟人同样厌烦，到熟人几乎不介意", neutral=0.0),
    "business.buying.base": design(-5.0, -2.0, "payers among free users are 1 % and up over many occasions, so .7 to 12 % of those who weigh it, without any effect", "免费用户中付费者从1%起（历经多次机会），故不计各种影响时，考虑者中有0.7%至12%购买"),
    "business.buying.tie": design(0.0, 5.0, "from trust sells nothing to odds of 150; that ties sell is claimed by the essays and contested", "从信任无助于成交，到几率增至150倍；关系促成购买是文章主张，尚有争议", neutral=0.0),
    "business.buying.match": design(0.0, 3.0, "from a product for all to odds of 20 for its own tribe", "从人人皆宜，到本圈层几率增至20倍", neutral=0.0),
    "business.buying.quality": design(0.0, 3.0, "from quality that cannot be seen beforehand to odds of 20", "从事前看不出品质，到几率增至20倍", neutral=0.0),
    "business.buying.price": design(0.2, 1.5, "elasticity at 199 is about price effect × 2: .4 to 3, around the 2.6 of a meta-analysis (Bijmolt et al. 2005, from memory)", "价格199时弹性约为该值的两倍，即0.4至3；元分析均值2.6（Bijmolt等 2005，凭记忆）", neutral=0.0),
    "business.buying.tie_price": design(0.0, 0.6, "none unless shown (claim C23); above .6 the close would be all but blind to the price, which is the claim itself", "未经证实则为零（主张C23）；高于0.6则关系深者几乎不看价格，即主张本身", neutral=0.0),
    "business.buying.herd": design(0.2, 0.7, "odds × 1.5 to 1.6 with paying friends (Bapna & Umyarov 2015): .58 to .68 if that is one friend, .2 if it is many", "有付费好友者几率1.5至1.6倍（Bapna与Umyarov 2015）：若指一位好友为0.58至0.68，若指多位则约0.2", neutral=0.0),
    "business.buying.similarity": design(0.0, 0.9, "from products that have nothing in common to ones that hardly differ (nested logit)", "从毫无共同之处，到几乎无差别（嵌套logit）", neutral=0.0),
    "business.buying.sharing": design(0.0, 0.1, "none, since the herd already holds friends' whole effect, to one visit in ten when all friends have it", "下限为零，因好友的全部影响已计入从众；上限为好友皆有时十次到访一次", neutral=0.0),
    "business.buying.crowd": design(0.0, 1.0, "from a crowd that is not believed to odds of 5 with four buyers in sight; Asch's majorities did more, in a room (1951, from memory)", "从不为众人所动，到眼见四位买家时几率增至5倍；Asch（1951，凭记忆）在场多数的作用更大", neutral=0.0),
    "business.buying.crowd_most": published(3.0, 10.0, "conformity saturates at 3 to 4 others in a room (Asch 1951, from memory); lists of buyers are longer", "在场3至4人时从众即饱和（Asch 1951，凭记忆）；购买名单更长"),
    "business.buying.fatigue": design(0.0, 1.5, "from only annoyed to odds a fifth for one unit of fatigue", "从仅感厌烦，到单位疲劳使几率降为五分之一", neutral=0.0),
    "business.buying.outside": design(0.0, 1.0, "from nobody outside can buy to followers like members", "从圈外不可购买，到关注者与成员无异"),
    "business.buying.price_cue": design(0.0, 0.2, "correlations of price and perceived quality are weak to .3 (Zeithaml 1988): .2 is a fifth of the scale at 170", "价格与感知质量的相关弱至0.3（Zeithaml 1988）：0.2即170元时抬高五分之一", neutral=0.0),
    "business.buying.friends_use": design(0.0, 0.5, "from a book to a game for several", "从一本书，到多人游戏", neutral=0.0),
    "business.buying.use_weight": design(0.0, 0.3, "from none to five times what a day's gap moves it at the defaults (memory × weight, .06)", "从零，到默认下一天落差影响（记忆×权重，0.06）的五倍", neutral=0.0),
    "business.buying.use_bond": design(0.0, 0.3, "a product that is bought elsewhere makes no friends; at most a fortnight of perfect content", "随处可买的商品不结关系；至多相当于两周满分内容", neutral=0.0),
    "mechanism.content.warmth_hours": design(0.0, 4.0, "from tone that costs nothing to half a day of writing to people by hand for one post", "从语气不费工夫，到一篇内容需半天逐人手写回应"),
    "structure.kols[].warmth_hours": design(0.0, 4.0, "as the firm's own", "同品牌账号"),
}  # fmt: skip

#: Every behavioural parameter's origin, by its pattern.
ORIGINS: Mapping[str, Origin] = {**_PEOPLE, **_MECHANISM, **_BUSINESS}

#: Numbers that somebody decides, or that name a market, a product or a voice: keys, or blocks with all below them.
LEVERS: tuple[str, ...] = (
    "run", "playbook", "arms", "budget", "market.people", "market.tribes",
    *(f"entrance.channels[].{name}" for name in ("daily_budget", "cost_per_contact", "organic", "targeting")),
    "entrance.screening.threshold", "entrance.screening.fee", "entrance.seeds",
    "carrier.groups.cap", "carrier.groups.limit", "carrier.groups.cost_month", "carrier.platform.cost_per_member",
    "culture.theme", "culture.breadth", "culture.promise",
    *(f"structure.kols[].{name}" for name in ("topic", "breadth", "audience", "posts_per_week", "quality", "warmth")),
    *(f"structure.kols[].{name}" for name in ("attitude", "authenticity", "fee_per_post", "cost_quality")),
    "structure.operators[]", "structure.policy",
    *(f"mechanism.content.{name}" for name in ("posts_per_week", "quality", "warmth", "attitude", "authenticity")),
    "mechanism.content.cost_per_post", "mechanism.content.cost_quality", "mechanism.content.audience",
    "mechanism.activities[].cost_quality",
    *(f"mechanism.activities[].{name}" for name in ("per_month", "quality", "capacity", "cost", "cost_per_head", "hours")),
    *(f"mechanism.incentives.{name}" for name in ("inviter_reward", "invitee_reward", "commission", "points_per_post")),
    "mechanism.activities[].notice_days", "mechanism.incentives.point_value", "mechanism.incentives.praise",
    "business.rocket", "business.products[]", "business.selling.promos_per_week", "business.selling.staged",
)  # fmt: skip


def is_lever(key: str) -> bool:
    """Whether a number, by its pattern, is listed as a lever."""
    return any(key == lever or key.startswith((f"{lever}.", f"{lever}[")) for lever in LEVERS)
