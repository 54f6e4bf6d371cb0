"""``business.products`` and ``business.buying``: what is sold, and what makes people buy it."""

from __future__ import annotations

from sim.scenario.parameter import Section, par, word


class ProductPlan(Section, scope="plan"):
    """Something members can buy."""

    name: str = word("product", "name of the product", "产品名称")
    price: float = par(199.0, "currency", 0, 1e8, "price", "售价", scope="person")
    cost: float = par(40.0, "currency", 0, 1e8, "cost of goods or delivery", "单位成本", scope="person")
    quality: float = par(0.65, "share", 0, 1, "quality", "品质", scope="person")
    promise: float = par(
        0.5, "experience", 0, 1, "what its advertising promises; its use is judged against that", "广告所承诺的使用体验，使用后以此为准来评判",
        "expectation and disconfirmation: Oliver 1980; middle of the scale by design", scope="person",
    )
    fault: float = par(0.0, "share", 0, 1, "share of the quality lost to a fault (0: sound); where it rises, all owners notice", "缺陷使品质损失的占比（0为无缺陷）；上升当日所有已购者都会察觉")
    appeal: float = par(0.0, "logit", -20, 20, "appeal beyond price and quality", "价格与品质之外的吸引力", scope="person")
    repurchase_days: int = par(90, "days", 1, 36500, "days after which a buyer can use another", "再次购买的最短间隔", scope="person")
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
    similarity: float = par(
        0.0, "share", 0, 0.99, "how alike products are to buyers (0: each adds its own buyers; near 1: a second like one adds none)", "各产品在买家眼中的相似度（0为各自带来买家；接近1时，同类再多也不增加买家）",
        "nested logit, one less the scale of the nest: McFadden 1978",
    )
    sharing: float = par(
        0.0, "probability", 0, 1, "chance of weighing a purchase on a visit when all friends have bought (0: none)", "好友皆已购买时，到访考虑购买的概率（0为无）",
        "design choice, 0 to .1; neutral, since odds × 1.5 to 1.6 (herd) already hold the whole effect of friends",
    )
    crowd: float = par(
        0.0, "logit per log buyer", -5, 5, "effect of yesterday's buyers whom everybody sees, on log(1 + buyers) (0: none)", "众人可见的昨日买家（取对数）的影响（0为无）",
        "conformity: Asch 1951; Bond & Smith 1996; strength by design, 0 to 1",
    )
    crowd_most: float = par(
        4.0, "buyers", 0, 1e6, "visible buyers beyond which more make no difference", "超过此数，可见买家再多也无差别", "conformity saturates at 3 to 4: Asch 1951; Bond & Smith 1996"
    )
    fatigue: float = par(0.5, "logit", -20, 20, "effect of one unit of selling fatigue (lowers)", "单位推销疲劳的抑制作用")
    outside: float = par(
        0.3, "share", 0, 1, "how readily a follower who reads weighs a purchase, against a member who visits (0: nobody outside buys)", "关注者考虑购买的机会相对成员的比例（0为圈外不可购买）"
    )
    price_cue: float = par(
        0.0, "experience per log", 0, 1, "what a price lets expect, on log(1 + price/100) (0: nothing)", "价格抬高的使用期望，按 log(1+价格/100)（0为无）", "price as a cue of quality: Zeithaml 1988; strength by design, 0 to .2"
    )
    friends_use: float = par(
        0.0, "multiple", 0, 10, "how much better a product is to use when all friends have bought too (0: no better)", "好友皆已购买时使用体验提高的倍数（0为无）",
        "direct network effects: Rohlfs 1974; strength by design, 0 to .5",
    )
    use_weight: float = par(
        0.1, "share", 0, 1, "share of the gap between use and what was expected of it that moves satisfaction (0: none)", "使用体验与期望之差计入满意度的占比（0为无）",
        "design choice, 0 to .3: about what a day's experience moves it (memory × weight, .15 × .6)",
    )
    use_bond: float = par(0.10, "strength", 0, 1, "growth of the tie to the firm by using a perfect product", "满分产品使用后对品牌关系的增长")
