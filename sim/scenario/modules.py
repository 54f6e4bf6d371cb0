"""The modules that strategists think in, put together from the sections; culture is a section of its own."""

from __future__ import annotations

from sim.scenario.parameter import Section, block, table
from sim.scenario.sections.activities import Activities, ActivityPlan
from sim.scenario.sections.attention import Attention
from sim.scenario.sections.buying import Buying, ProductPlan
from sim.scenario.sections.channels import Channel
from sim.scenario.sections.company import Company
from sim.scenario.sections.content import Content
from sim.scenario.sections.expectation import Expectation
from sim.scenario.sections.following import Following
from sim.scenario.sections.groups import Groups
from sim.scenario.sections.incentives import Incentives
from sim.scenario.sections.joining import Consideration, Screening
from sim.scenario.sections.leaving import Leaving
from sim.scenario.sections.participation import Participation
from sim.scenario.sections.platform import Platform
from sim.scenario.sections.reputation import Reputation
from sim.scenario.sections.rocket import Rocket
from sim.scenario.sections.seeds import Seeds
from sim.scenario.sections.selling import Selling
from sim.scenario.sections.service import OperatorPlan, Policy, Service
from sim.scenario.sections.ties import Ties
from sim.scenario.sections.voices import KolPlan
from sim.scenario.sections.word_of_mouth import WordOfMouth


class Entrance(Section):
    """Entrance (入口): how people hear of the community, what makes them join, who is let in."""

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


class Carrier(Section):
    """Carrier (载体): where the community lives."""

    groups: Groups = block(Groups, "chat groups", "群")
    platform: Platform = block(Platform, "what the platform stage gives", "平台阶段带来的能力")


class Structure(Section):
    """Structure (结构): the soul figures, the people who run the place, and how their hours are divided."""

    kols: list[KolPlan] = table("KOLs (IP figures)", "KOL（IP 人物）", [KolPlan(name="host")])
    operators: list[OperatorPlan] = table("operators", "运营者", [OperatorPlan(name="mei")])
    policy: Policy = block(Policy, "how hours are divided", "工时分配")
    service: Service = block(Service, "what work takes and does", "各项工作的耗时与作用")


class Mechanism(Section):
    """Mechanism (机制): content, activities, incentives, and how people respond to them."""

    attention: Attention = block(Attention, "finite attention", "有限注意力")
    content: Content = block(Content, "content", "内容")
    activities: list[ActivityPlan] = table("activities on offer", "活动安排", [ActivityPlan(name="salon")])
    attending: Activities = block(Activities, "how people respond to activities", "对活动的反应")
    expectation: Expectation = block(Expectation, "expectation against experience", "期望与体验")
    company: Company = block(Company, "what ties give on a visit", "相伴与归属")
    ties: Ties = block(Ties, "ties", "关系")
    participation: Participation = block(Participation, "members' own messages", "成员发言")
    following: Following = block(Following, "people who follow without joining", "关注者")
    word_of_mouth: WordOfMouth = block(WordOfMouth, "word of mouth", "口碑")
    reputation: Reputation = block(Reputation, "reputation and complaints", "声誉与投诉")
    incentives: Incentives = block(Incentives, "incentives", "激励")
    leaving: Leaving = block(Leaving, "lapse, leave, return", "沉默、退出与回归")


class Business(Section):
    """Model (模式): the three-stage rocket, what is sold, and how."""

    rocket: Rocket = block(Rocket, "the three-stage rocket", "三级火箭")
    products: list[ProductPlan] = table("what is sold", "产品", [ProductPlan(name="course")])
    selling: Selling = block(Selling, "how hard is sold", "推销力度")
    buying: Buying = block(Buying, "what makes people buy", "购买因素")
