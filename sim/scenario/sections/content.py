"""``mechanism.content``: the firm's own voice, and how content works."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.parameter import Section, par, perfect


class Content(Section, scope="plan"):
    """The firm's own voice, and how content works, whoever speaks."""

    posts_per_week: float = par(3.0, "posts/week", 0, 500, "posts of the firm's own account a week", "品牌账号每周发文数")
    quality: float = par(0.5, "share", 0, 1, "quality of these posts", "品牌内容质量")
    warmth: float = par(0.3, "share", 0, 1, "warmth (温度) of the firm's voice", "品牌内容温度")
    attitude: float = par(0.2, "share", 0, 1, "attitude (态度) of the firm's voice", "品牌内容态度")
    authenticity: float = par(0.5, "share", 0, 1, "authenticity of the firm's voice", "品牌内容真实感")
    cost_per_post: float = par(60.0, "currency", 0, 1e8, "cost of one post", "单篇成本")
    cost_quality: float = par(
        0.0, "currency", 0, 1e8, "price of quality q: a post costs this × q/(1 − q) more (0: quality is free)", "品质的价格：品质为 q 时单篇另加该值×q/(1−q)（0为不另收费）",
        "convex costs of quality: Mussa & Rosen 1978; form by design",
    )
    warmth_hours: float = par(
        0.0, "hours/post", 0, 1000, "operators' hours that a post at full warmth takes (0: none); where they lack, it is less warm",
        "一篇满分温度的内容所需运营工时（0为不需要）；工时不足则温度打折",
    )
    audience: float = par(
        5.0, "people/post", 0, 1e8, "people who notice one public post of the firm if its topic interests everybody fully (0: nobody)",
        "品牌单篇公开内容触达的人数（人人完全感兴趣时；0为无人）",
    )
    half_saturation: float = par(
        0.422, "good posts", 0.01, 100, "dose of good, fitting content a day that gives half of the possible benefit", "达到一半效用所需的优质内容量",
        "saturating response: Hill form", scope="person",
    )
    habituation: float = par(
        0.06, "per post", 0, 1, "loss of effect with each post lately seen (0: nobody tires)", "习惯化：近期每多看一篇的效用损失（0为不厌倦）",
        "inverted U of exposure: Montoya et al. 2017", scope="person",
    )
    shelf_life: float = par(
        7.0, "days", 0.1, 1e6, "days in which a public post's weight for those who look in from outside halves", "圈外人眼中公开内容的影响减半天数"
    )
    rest: float = par(0.85, "share/day", 0, 1, "share of the habituation that is still there after a day", "习惯化每日留存比例", scope="person")
    warmth_bond: float = par(0.8, "multiple", -5, 5, "how much full warmth adds to bonding (0: nothing)", "温度对结成关系的加成（0为无）", scope="person")
    attitude_bond: float = par(
        1.2, "multiple", -5, 5, "attitude raises bonding where interests fit and lowers it where they don't, by this much (0: nothing)",
        "态度：契合者加深、不契合者疏远的幅度（0为无）", scope="person",
    )

    def contradictions(self, key: str) -> Iterator[str]:
        """Perfection has no price."""
        yield from perfect(key, self.quality, self.cost_quality)
