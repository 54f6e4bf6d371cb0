"""A scenario: the six modules, who is out there, and how to run. Every parameter is declared once, in ``sections``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sim.scenario.parameter import DESIGN, Section, block, par, table, word
from sim.scenario.sections.business import Business, Stage
from sim.scenario.sections.carrier import Carrier
from sim.scenario.sections.culture import Culture
from sim.scenario.sections.entrance import Entrance
from sim.scenario.sections.market import Market
from sim.scenario.sections.mechanism import Mechanism
from sim.scenario.sections.run import Run
from sim.scenario.sections.structure import Structure
from sim.scenario.sections.switches import Switches

GOAL = re.compile(
    r"\s*(?P<metric>[a-z_0-9]+)\s*(?P<sign>>=|<=)\s*(?P<value>-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]{1,2})?)"
    r"\s*(?:by day (?P<day>[0-9]{1,5}))?\s*$"
)
NAME = re.compile(r"[^\W_][\w.-]{0,63}")
ITEM_NAME = re.compile(r"(?![0-9]+$)[^\s.:=,\[\]{}](?:[^.:=,\[\]{}\n]{0,62}[^\s.:=,\[\]{}])?")


def _plain_name(name: str) -> str:
    if not NAME.fullmatch(name):
        message = "a name has letters, digits, _ . - and at most 64 of them"
        raise ValueError(message)
    return name


def _readable_goal(goal: str) -> str:
    if not GOAL.fullmatch(goal):
        message = "a goal reads 'METRIC >= NUMBER by day DAY'"
        raise ValueError(message)
    return goal


class Title(Section):
    """A title in two languages."""

    en: str = word("", "English", "英文")
    zh: str = word("", "Chinese", "中文")


class Change(Section):
    """A dated change of plan: from that day on, these parameters have these values."""

    day: int = par(0, "day", 0, 36500, "day from which it holds", "生效日")
    set: dict[str, float | int | bool] = Field(
        default_factory=dict,
        description="dotted parameter → value (numbers and switches)",
        json_schema_extra={"zh": "参数（点号路径）→ 新值", "unit": "keys", "source": DESIGN},
    )


class Budget(Section):
    """A cap on spending."""

    cap: float | None = Field(
        None,
        ge=0,
        le=1e12,
        description="total spending allowed (none: no cap)",
        json_schema_extra={"unit": "currency", "zh": "总预算上限（无则不限）", "source": DESIGN},
    )
    when_reached: Literal["stop_spending", "go_on"] = word(
        "stop_spending",
        "what happens then: paid posts, ads, activities, rewards and new stages stop (wages and the platform go on), "
        "or nothing does",
        "达到上限后：停止付费内容、广告、活动、奖励和新阶段（工资与平台照付），或继续",
        unit="choice",
    )


class Scenario(Section):
    """One plan in one market."""

    name: Annotated[str, AfterValidator(_plain_name)] = word("scenario", "short name", "简称")
    title: Title = block(Title, "title", "标题")
    run: Run = block(Run, "how to run", "如何运行")
    market: Market = block(Market, "who is out there", "市场")
    entrance: Entrance = block(Entrance, "how people come in", "入口")
    carrier: Carrier = block(Carrier, "where the community lives", "载体")
    culture: Culture = block(Culture, "what it is about", "文化")
    structure: Structure = block(Structure, "who runs it", "结构")
    mechanism: Mechanism = block(Mechanism, "what happens there", "机制")
    business: Business = block(Business, "how it earns", "模式")
    switches: Switches = block(Switches, "mechanisms on or off", "机制开关")
    playbook: list[Change] = table("dated changes of plan", "按日期的计划变更")
    goals: list[Annotated[str, AfterValidator(_readable_goal)]] = Field(
        default_factory=list,
        description="e.g. 'strong_share >= 0.08 by day 180'; reported as a chance of success",
        json_schema_extra={
            "zh": "目标，如 strong_share >= 0.08 by day 180；报告达成概率",
            "unit": "goal",
            "source": DESIGN,
        },
    )
    budget: Budget = block(Budget, "a cap on spending", "预算上限")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if problems := contradictions(self):
            raise ValueError("\n".join(problems))
        return self

    def plain(self) -> dict[str, Any]:
        """The whole scenario as plain Python values, in the order of the schema."""
        return self.model_dump()

    def tables(self) -> dict[str, Sequence[Any]]:
        """The lists of named items by dotted key."""
        return {
            "structure.kols": self.structure.kols,
            "structure.operators": self.structure.operators,
            "entrance.channels": self.entrance.channels,
            "mechanism.activities": self.mechanism.activities,
            "business.products": self.business.products,
        }


def contradictions(scenario: Scenario) -> list[str]:
    """What cannot be true at once; each text begins with the dotted key it is about and names the others in full."""
    checks = (_tiers, _hours, _stages, _names, _tribes, _people)
    return list(chain.from_iterable(check(scenario) for check in checks))


def _tiers(scenario: Scenario) -> Iterator[str]:
    ties, key = scenario.mechanism.ties, "mechanism.ties"
    if ties.weak_exit > ties.weak_enter:
        yield f"{key}.weak_exit: {ties.weak_exit} is above {key}.weak_enter ({ties.weak_enter})"
    if ties.strong_exit > ties.strong_enter:
        yield f"{key}.strong_exit: {ties.strong_exit} is above {key}.strong_enter ({ties.strong_enter})"
    if ties.strong_exit < ties.weak_enter:
        yield f"{key}.strong_exit: {ties.strong_exit} is below {key}.weak_enter ({ties.weak_enter})"


def _hours(scenario: Scenario) -> Iterator[str]:
    policy = scenario.structure.policy
    shares = policy.onboarding + policy.replying + policy.activities + policy.moderating
    if shares > 1.0 + 1e-9:
        yield f"structure.policy: the shares of hours add up to {shares:.3f}, more than 1"


def _stages(scenario: Scenario) -> Iterator[str]:
    rocket = scenario.business.rocket
    stages: dict[str, Stage] = {
        "free_content": rocket.free_content,
        "platform": rocket.platform,
        "paid_products": rocket.paid_products,
    }
    for name, stage in stages.items():
        if not stage.enabled or stage.after == "nothing":
            continue
        key = f"business.rocket.{name}.after"
        if not stages[stage.after].enabled:
            yield f"{key}: '{stage.after}' is not enabled, so this stage could never ignite"
        seen, at = {name}, str(stage.after)
        while at != "nothing":
            if at in seen:
                yield f"{key}: '{stage.after}' waits for '{name}' in turn, so neither could ignite"
                break
            seen.add(at)
            at = stages[at].after


def _names(scenario: Scenario) -> Iterator[str]:
    for key, items in scenario.tables().items():
        names = [item.name for item in items]
        for name in sorted(set(names)):
            if not ITEM_NAME.fullmatch(name):  # it is part of dotted keys, where a number is an index
                yield f"{key}: '{name}' cannot be a name (1 to 64 characters, none of . : = , [ ] {{ }}, and no number)"
            if names.count(name) > 1:
                yield f"{key}: the name '{name}' is used twice"


def _tribes(scenario: Scenario) -> Iterator[str]:
    if scenario.market.network.file is not None:  # the file's labels then say how many there are
        return
    tribes = scenario.market.tribes
    topics = [("culture.theme", scenario.culture.theme)]
    topics += [(f"structure.kols.{kol.name}.topic", kol.topic) for kol in scenario.structure.kols]
    topics += [(f"business.products.{item.name}.needs_topic", item.needs_topic) for item in scenario.business.products]
    for key, topic in topics:
        if topic >= tribes:
            yield f"{key}: tribe {topic} does not exist; market.tribes is {tribes} (0 to {tribes - 1})"


def _people(scenario: Scenario) -> Iterator[str]:
    market, seeds = scenario.market, scenario.entrance.seeds.number
    if market.network.kind == "complete" and market.people > 5000:
        yield f"market.network.kind: a complete network takes at most 5000 people, and market.people is {market.people}"
    if seeds > market.people and market.network.file is None:
        yield f"entrance.seeds.number: {seeds} founding members, and market.people is {market.people}"
