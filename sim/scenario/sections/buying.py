"""``business.products`` and ``business.buying``: what is sold, and what makes people buy it."""

from __future__ import annotations

from sim.scenario.parameter import Section, par, word


class ProductPlan(Section, scope="plan"):
    """Something members can buy."""

    name: str = word("product", "name of the product", "产品名称")
    price: float = par(199.0, "currency", 0, 1e8, "price", "售价")
    cost: float = par(40.0, "currency", 0, 1e8, "cost of goods or delivery", "单位成本")
    quality: float = par(0.65, "share", 0, 1, "quality", "品质")
    appeal: float = par(0.0, "logit", -20, 20, "appeal beyond price and quality", "价格与品质之外的吸引力")
    repurchase_days: int = par(90, "days", 1, 36500, "days after which a buyer can use another", "再次购买的最短间隔")
    needs_topic: int = par(-1, "tribe", -1, 999, "tribe it is made for (−1: the theme)", "面向的圈层（−1为主题）")


class Buying(Section, scope="person"):
    """What makes somebody who weighs a purchase buy."""

    base: float = par(-3.0, "logit", -50, 50, "readiness to buy when all effects below are nil", "其余影响皆为零时的购买意愿", "base about 1 %")
    tie: float = par(3.0, "logit", -20, 20, "effect of a full tie (trust)", "满强度关系（信任）的影响")
    match: float = par(1.0, "logit", -20, 20, "effect of a full match with the product's topic", "产品话题契合的影响")
    quality: float = par(1.5, "logit", -20, 20, "effect of the product's quality", "产品品质的影响")
    price: float = par(0.6, "logit per 100 currency", 0, 100, "effect of the price for a person of average means", "价格对普通购买力者的影响（每100元）")
    tie_price: float = par(
        0.0, "share", 0, 1, "share of price sensitivity that a full tie takes away (0: none; a claim to be tested)", "满强度关系抵消的价格敏感占比（0为无；待检验的主张）"
    )
    herd: float = par(
        0.4, "logit per log buyer", -5, 5, "effect of friends who bought, on log(1 + friends)", "已购好友（取对数）的影响",
        "odds × 1.5 to 1.6 with paying friends: Bapna & Umyarov 2015",
    )
    fatigue: float = par(0.5, "logit", -20, 20, "effect of one unit of selling fatigue (lowers)", "单位推销疲劳的抑制作用")
    outside: float = par(
        0.3, "share", 0, 1, "how readily a follower who reads weighs a purchase, against a member who visits (0: nobody outside buys)", "关注者考虑购买的机会相对成员的比例（0为圈外不可购买）"
    )
    use_bond: float = par(0.10, "strength", 0, 1, "growth of the tie to the firm by using a perfect product", "满分产品使用后对品牌关系的增长")
