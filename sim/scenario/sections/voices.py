"""``structure.kols``: the soul figures."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.parameter import Section, par, perfect, word


class KolPlan(Section, scope="plan"):
    """A key opinion leader (IP figure)."""

    name: str = word("kol", "name of the KOL", "KOL 名称")
    topic: int = par(0, "tribe", 0, 999, "tribe the KOL speaks to", "面向的圈层")
    breadth: float = par(0.35, "share", 0, 1, "breadth of the KOL's topics (0: one tribe)", "话题宽度（0为单一圈层）")
    audience: float = par(
        20.0, "people/post", 0, 1e8, "people who notice one public post if its topic interests everybody fully (0: nobody)",
        "单篇公开内容触达的人数（人人完全感兴趣时；0为无人）", "hubs win because they take part more: Hinz et al. 2011",
    )
    posts_per_week: float = par(4.0, "posts/week", 0, 500, "posts planned a week", "每周计划发文数")
    quality: float = par(0.6, "share", 0, 1, "quality of a post made with full energy", "精力充沛时的内容质量")
    warmth: float = par(0.5, "share", 0, 1, "warmth (温度) of the voice", "温度")
    attitude: float = par(0.4, "share", 0, 1, "attitude (态度): how much the voice takes sides", "态度鲜明程度")
    authenticity: float = par(
        0.7, "share", 0, 1, "authenticity: how far exposure turns into a bond", "真实感：接触转化为情感纽带的程度",
        "parasocial bonds: Tukachinsky, Walter & Saucier 2020",
    )
    fee_per_post: float = par(100.0, "currency", 0, 1e8, "cost of one post", "单篇成本")
    cost_quality: float = par(
        0.0, "currency", 0, 1e8, "price of planned quality q: a post costs this × q/(1 − q) more (0: quality is free)", "品质的价格：计划品质为 q 时单篇另加该值×q/(1−q)（0为不另收费）",
        "convex costs of quality: Mussa & Rosen 1978; form by design",
    )
    warmth_hours: float = par(
        0.0, "hours/post", 0, 1000, "operators' hours that a post at full warmth takes (0: none); where they lack, it is less warm",
        "一篇满分温度的内容所需运营工时（0为不需要）；工时不足则温度打折",
    )
    craft: float = par(0.5, "share", 0, 1, "share of a post's quality that is craft and needs no energy (1: tiredness does not show)", "内容品质中靠功底、不耗精力的占比（1为疲惫不影响品质）")
    energy_cost: float = par(0.03, "share/post", 0, 1, "energy one post a day takes (0: tireless)", "每日一篇消耗的精力（0为不疲倦）")
    energy_exponent: float = par(1.5, "exponent", 0.1, 5, "how energy use grows with posts a day", "精力消耗随每日篇数增长的指数")
    energy_recovery: float = par(0.08, "share/day", 0, 1, "share of missing energy that comes back in a day", "每日恢复的精力占缺口比例")

    def contradictions(self, key: str) -> Iterator[str]:
        """Perfection has no price."""
        yield from perfect(key, self.quality, self.cost_quality)
