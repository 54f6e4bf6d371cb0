"""``entrance`` (入口): how people hear of the community, what makes them join, who is let in."""

from __future__ import annotations

from typing import Literal

from sim.scenario.parameter import Section, block, par, table, word


class Channel(Section):
    """A way to reach strangers that is not a friend's word or a KOL's post."""

    name: str = word("channel", "name of the channel", "渠道名称")
    daily_budget: float = par(0.0, "currency/day", 0, 1e9, "money spent a day", "每日投放预算")
    cost_per_contact: float = par(1.0, "currency", 0.0001, 1e6, "price of one contact", "单次触达成本")
    organic: float = par(
        0.0, "share/day", 0, 1, "share of the market that comes across the community by itself each day", "每日自然触达占比（无需付费）"
    )
    attention: float = par(
        1.0, "share", 0, 1, "share of contacts that are noticed at all (outbound calls: about .01)", "触达后真正注意到的占比（电话外呼约1%）",
        "outbound .01: the essays' estimate of who listens for ten seconds",
    )
    targeting: float = par(
        0.0, "share", 0, 1, "how far contacts go to those whose interest fits (0: to anyone)", "定向程度（0为不定向）"
    )
    trust: float = par(0.0, "logit", -10, 10, "what this channel adds to the chance of joining", "该渠道对加入意愿的加成")


class Consideration(Section):
    """What makes somebody who heard of the community join: exposure, then expected benefit."""

    base: float = par(
        0.05, "probability", 0, 1, "chance of joining when all effects below are nil (1: everyone, 0: nobody)",
        "其余影响皆为零时的加入概率（1为全部，0为无人）", "three steps: Foote et al. 2020",
    )
    match: float = par(2.0, "logit", -20, 20, "effect of a full match of interests", "兴趣完全契合的影响", "expected benefit: Foote et al. 2020")
    social: float = par(
        0.5, "logit per log friend", -5, 5, "effect of friends inside, on log(1 + friends)", "圈内好友数（取对数）的影响",
        "concave in friends: Backstrom et al. 2006",
    )
    quality: float = par(1.0, "logit", -10, 10, "effect of the quality of what can be seen from outside", "外部可见内容质量的影响")
    promise: float = par(
        0.8, "logit", -10, 10, "effect of a full promise (culture.promise) on joining", "承诺（culture.promise）对加入的吸引力"
    )
    invitation: float = par(1.0, "logit", -10, 10, "what a personal invitation adds", "亲自邀请的加成", "Karsai et al. 2014")
    reconsider: float = par(
        0.003, "share/day", 0, 1, "share of those aware who think again on a day", "知晓者每日重新考虑的占比"
    )


class Screening(Section):
    """Who is let in, and at what price."""

    threshold: float = par(0.0, "match", 0, 1, "match of interests asked for (0: the door is open)", "准入所要求的兴趣契合度（0为不设门槛）")
    softness: float = par(0.08, "match", 0.001, 1, "how blurred the judgement is", "筛选的模糊程度")
    fee: float = par(0.0, "currency", 0, 1e7, "entrance fee", "入会费")
    fee_deterrence: float = par(
        0.03, "logit per currency", 0, 100, "how much each unit of the fee deters a person of average means", "入会费对普通购买力者的劝退强度"
    )


class Seeds(Section):
    """The founding members (种子用户)."""

    number: int = par(30, "people", 0, 10_000_000, "founding members on day 0", "种子用户数")
    choice: Literal["random", "matched", "connected"] = word(
        "matched", "who they are: anybody, those whose interests fit best, or those with most friends",
        "种子用户的选择：随机、兴趣最契合、人脉最广", "Hinz et al. 2011", unit="choice",
    )


class Entrance(Section):
    """Entrance (入口)."""

    channels: list[Channel] = table(
        "ways to reach strangers",
        "触达陌生人的渠道",
        [
            Channel(name="search", organic=0.0006, targeting=0.5, trust=0.5),
            Channel(name="ads", daily_budget=100.0, cost_per_contact=4.0, targeting=0.4, attention=0.15),
        ],
    )
    consideration: Consideration = block(Consideration, "from hearing to joining", "从知晓到加入")
    screening: Screening = block(Screening, "who is let in", "准入筛选")
    seeds: Seeds = block(Seeds, "founding members", "种子用户")
