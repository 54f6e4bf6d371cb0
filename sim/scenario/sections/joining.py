"""``entrance.consideration`` and ``entrance.screening``: what makes people join, and who is let in."""

from __future__ import annotations

from sim.scenario.parameter import Section, flag, par


class Consideration(Section, scope="person"):
    """What makes somebody who heard of the community join: exposure, then expected benefit."""

    base: float = par(
        0.0149, "probability", 0, 1, "chance of joining when all effects below are nil (1: everyone, 0: nobody)",
        "其余影响皆为零时的加入概率（1为全部，0为无人）", "three steps: Foote et al. 2020",
    )
    match: float = par(2.0, "logit", -20, 20, "effect of a full match of interests", "兴趣完全契合的影响", "expected benefit: Foote et al. 2020")
    social: float = par(
        0.5, "logit per log friend", -5, 5, "effect of friends inside, on log(1 + friends)", "圈内好友数（取对数）的影响",
        "concave in friends: Backstrom et al. 2006",
    )
    linked: float = par(
        0.0, "logit", -10, 10, "effect of all friends inside knowing each other (0: none; its sign is contested)",
        "圈内好友彼此全都相识的影响（0为无；其正负尚有争议）",
        "negative: Ugander et al. 2012; positive: Backstrom et al. 2006",
    )
    signals: int = par(
        0, "people", 0, 1000, "friends inside that joining needs where it is a costly step (0: it is none)", "加入若属高代价行为所需的圈内好友数（0为不需要）",
        "complex contagion: Centola & Macy 2007",
    )
    hesitation: float = par(
        1.0, "logit", 0, 50, "logits lost for each of these friends that is missing (0: none)", "每缺少一位此类好友所损失的意愿（0为无）",
        "Centola 2010",
    )
    quality: float = par(1.0, "logit", -10, 10, "effect of the quality of what can be seen from outside", "外部可见内容质量的影响")
    promise: float = par(
        0.8, "logit", -10, 10, "effect of a full promise (culture.promise) on joining", "承诺（culture.promise）对加入的吸引力"
    )
    invitation: float = par(1.87, "logit", -10, 10, "what a personal invitation adds", "亲自邀请的加成", "Karsai et al. 2014")
    mood: float = par(
        0.3, "share", 0, 1, "share of decisions that go by the mood of the day, not by a settled opinion (1: every occasion is a fresh trial)",
        "凭当日心情而非既定看法作决定的占比（1为每次都重新抽签）", "a settled opinion makes exposures alike: thresholds of Granovetter 1978",
    )
    reconsider: float = par(
        0.003, "share/day", 0, 1, "share of those aware who think again on a day", "知晓者每日重新考虑的占比"
    )


class Screening(Section, scope="person"):
    """Who is let in, and at what price."""

    invited_only: bool = flag(False, "only whom a member has just invited may join (founding members aside)", "仅限刚被成员邀请者加入（种子用户除外）")
    threshold: float = par(0.0, "match", 0, 1, "match of interests asked for (0: the door is open)", "准入所要求的兴趣契合度（0为不设门槛）")
    softness: float = par(0.08, "match", 0.001, 1, "how blurred the judgement is", "筛选的模糊程度")
    fee: float = par(0.0, "currency", 0, 1e7, "entrance fee", "入会费")
    fee_deterrence: float = par(
        0.03, "logit per currency", 0, 100, "how much each unit of the fee deters a person of average means", "入会费对普通购买力者的劝退强度"
    )
