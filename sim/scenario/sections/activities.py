"""``mechanism.activities`` and ``mechanism.attending``: activities on offer, and how people respond to them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.parameter import Section, par, perfect, word


class ActivityPlan(Section, scope="plan"):
    """An online activity (线上活动)."""

    name: str = word("activity", "name of the activity", "活动名称")
    per_month: float = par(2.0, "events/month", 0, 300, "how often it takes place", "每月次数")
    notice_days: int = par(
        7, "days", 1, 365, "days before the event from which visitors may ask for a place (1: on the eve only); fewer where events are frequent",
        "提前几天开放报名（1为仅前一日；活动频繁时自动缩短）",
    )
    quality: float = par(0.6, "share", 0, 1, "quality", "活动质量")
    capacity: int = par(100, "people", 1, 10_000_000, "places at one event", "单场名额")
    cost: float = par(300.0, "currency", 0, 1e9, "cost of one event", "单场成本")
    cost_quality: float = par(
        0.0, "currency", 0, 1e9, "price of quality q: an event costs this × q/(1 − q) more (0: quality is free)", "品质的价格：品质为 q 时单场另加该值×q/(1−q)（0为不另收费）",
        "convex costs of quality: Mussa & Rosen 1978; form by design",
    )
    cost_per_head: float = par(2.0, "currency", 0, 1e6, "cost per person who attends", "人均成本")
    hours: float = par(4.0, "hours", 0, 1e6, "operators' hours one event takes", "单场所需工时")
    bonding: float = par(0.10, "strength", 0, 1, "growth of ties among members by a perfect event", "满分活动对成员间关系的增长")

    def contradictions(self, key: str) -> Iterator[str]:
        """Perfection has no price."""
        yield from perfect(key, self.quality, self.cost_quality)


class Activities(Section, scope="person"):
    """How people respond to activities."""

    interest: float = par(
        0.35, "probability", 0, 1, "chance that a visitor with full match asks for a place", "完全契合的到访者报名概率"
    )
    show_up: float = par(0.65, "probability", 0, 1, "chance that somebody with a place comes", "报名后到场概率")
    firm_bond: float = par(0.06, "strength", 0, 1, "growth of the tie to the firm by a perfect event", "满分活动对品牌关系的增长")
    intimate: int = par(
        12, "people", 1, 1_000_000_000, "people at one event up to whom everybody talks with everybody", "单场多少人以内人人都能彼此交谈",
        "sympathy group of 12 to 15: Zhou, Sornette, Hill & Dunbar 2005",
    )
    crowding_exponent: float = par(
        0.5, "exponent", 0, 2, "how bonding among those who come falls with (intimate ÷ people at the event) beyond that size (0: it does not)",
        "超过该规模后，到场者间关系增长随规模下降的指数（0为不下降）",
    )
    habituation: float = par(0.12, "per event", 0, 1, "loss of effect with each event lately attended (0: none)", "近期每多参加一场的效用损失（0为无）")
    rest: float = par(0.95, "share/day", 0, 1, "share of this habituation still there after a day", "该习惯化每日留存比例")
