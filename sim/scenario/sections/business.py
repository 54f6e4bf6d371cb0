"""``business`` (模式): the three-stage rocket, what is sold, and how."""

from __future__ import annotations

from typing import Literal

from sim.scenario.parameter import Section, block, flag, par, table, word


class Stage(Section):
    """One stage of the rocket: it ignites on the first day on which every condition holds."""

    enabled: bool = flag(True, "whether this stage is part of the plan", "是否启用该阶段")
    day: int = par(0, "day", 0, 36500, "earliest day of ignition", "最早点火日")
    min_members: int = par(0, "people", 0, 20_000_000, "members the pool must hold", "点火所需成员数")
    min_strong: float = par(0.0, "share", 0, 1, "share of members with a strong tie that is asked for", "点火所需强关系占比")
    after: Literal["nothing", "free_content", "platform", "paid_products"] = word(
        "nothing", "stage that must be lit before", "须先点火的阶段", unit="choice"
    )
    cost: float = par(0.0, "currency", 0, 1e10, "one-off cost of ignition", "点火一次性成本")
    cost_month: float = par(0.0, "currency/month", 0, 1e9, "running cost once lit", "点火后每月成本")


class FreeContent(Stage):
    """Stage 1: public posts reach people outside."""


class PlatformStage(Stage):
    """Stage 2: what ``carrier.platform`` describes becomes available."""

    day: int = par(90, "day", 0, 36500, "earliest day of ignition", "最早点火日")
    min_members: int = par(150, "people", 0, 20_000_000, "members the pool must hold", "点火所需成员数")
    cost: float = par(12000.0, "currency", 0, 1e10, "one-off cost of ignition", "点火一次性成本")
    cost_month: float = par(800.0, "currency/month", 0, 1e9, "running cost once lit", "点火后每月成本")


class PaidProducts(Stage):
    """Stage 3: products are on sale to members."""

    day: int = par(150, "day", 0, 36500, "earliest day of ignition", "最早点火日")
    cost: float = par(5000.0, "currency", 0, 1e10, "one-off cost of ignition", "点火一次性成本")


class Rocket(Section):
    """The three-stage rocket (三级火箭)."""

    free_content: FreeContent = block(FreeContent, "stage 1: free content reaches people outside", "第一级：免费内容触达圈外")
    platform: PlatformStage = block(PlatformStage, "stage 2: the platform or app opens", "第二级：平台或应用上线")
    paid_products: PaidProducts = block(PaidProducts, "stage 3: products are on sale", "第三级：付费产品开售")


class ProductPlan(Section):
    """Something members can buy."""

    name: str = word("product", "name of the product", "产品名称")
    price: float = par(199.0, "currency", 0, 1e8, "price", "售价")
    cost: float = par(40.0, "currency", 0, 1e8, "cost of goods or delivery", "单位成本")
    quality: float = par(0.65, "share", 0, 1, "quality", "品质")
    appeal: float = par(0.0, "logit", -20, 20, "appeal beyond price and quality", "价格与品质之外的吸引力")
    repurchase_days: int = par(90, "days", 1, 36500, "days after which a buyer can use another", "再次购买的最短间隔")
    needs_topic: int = par(-1, "tribe", -1, 999, "tribe it is made for (−1: the theme)", "面向的圈层（−1为主题）")


class Selling(Section):
    """How hard is sold."""

    promos_per_week: float = par(1.0, "messages/week", 0, 500, "selling messages to every member a week", "每周向成员推送的销售信息数")
    push: float = par(0.2, "probability", 0, 1, "chance that a selling message seen makes somebody weigh a purchase", "看到销售信息后考虑购买的概率")
    organic: float = par(0.03, "probability", 0, 1, "chance of weighing a purchase on a visit without any message", "无推送时到访考虑购买的概率")
    irritation: float = par(0.10, "fatigue/message", 0, 10, "fatigue one selling message adds to somebody without a tie (0: none)", "每条销售信息给无关系者增加的疲劳（0为无）")
    half_life: float = par(20.0, "days", 0.1, 1e6, "days in which selling fatigue halves", "推销疲劳减半天数")
    patience: float = par(0.5, "share", 0, 1, "share of the irritation that a full tie takes away", "满强度关系所抵消的烦躁占比")


class Buying(Section):
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
    use_bond: float = par(0.10, "strength", 0, 1, "growth of the tie to the firm by using a perfect product", "满分产品使用后对品牌关系的增长")


class Business(Section):
    """Model (模式)."""

    rocket: Rocket = block(Rocket, "the three-stage rocket", "三级火箭")
    products: list[ProductPlan] = table("what is sold", "产品", [ProductPlan(name="course")])
    selling: Selling = block(Selling, "how hard is sold", "推销力度")
    buying: Buying = block(Buying, "what makes people buy", "购买因素")
