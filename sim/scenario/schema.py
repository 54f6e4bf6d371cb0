"""A scenario: the six modules, who is out there, and how to run; and what in them cannot be true at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Annotated, Any, Self, get_args, get_origin

from pydantic import AfterValidator, Field, model_validator

from sim.scenario.goals import read_goal
from sim.scenario.modules import Business, Carrier, Entrance, Mechanism, Structure
from sim.scenario.parameter import DESIGN, Section, block, table, word
from sim.scenario.rest import wrong_rest
from sim.scenario.sections.arms import MOST_ARMS, NO_ARM, Arm
from sim.scenario.sections.budget import Budget
from sim.scenario.sections.culture import Culture
from sim.scenario.sections.market import Market
from sim.scenario.sections.playbook import Change
from sim.scenario.sections.run import Run
from sim.scenario.sections.switches import Switches
from sim.scenario.sections.title import Title

NAME = re.compile(r"[^\W_][\w.-]{0,63}")
ITEM_NAME = re.compile(r"(?![0-9]+$)[^\s.:=,\[\]{}](?:[^.:=,\[\]{}\n]{0,62}[^\s.:=,\[\]{}])?")


def _plain_name(name: str) -> str:
    if not NAME.fullmatch(name):
        message = "a name has letters, digits, _ . - and at most 64 of them"
        raise ValueError(message)
    return name


def _readable_goal(goal: str) -> str:
    read_goal(goal)
    return goal


class Scenario(Section, scope="plan"):
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
    playbook: list[Change] = table("changes of plan", "计划变更")
    arms: list[Arm] = table("treatments that part of the people get", "分组实验：只作用于部分人的措施")
    goals: list[Annotated[str, AfterValidator(_readable_goal)]] = Field(
        default_factory=list,
        description="e.g. 'strong_share >= 8% by day 180'; reported as a chance of success",
        json_schema_extra={
            "zh": "目标，如 strong_share >= 8% by day 180，或 利润 >= 20万 期末；报告达成概率",
            "unit": "goal",
            "source": DESIGN,
        },
    )
    budget: Budget = block(Budget, "how much may be spent, and on what the rest", "预算与节余去向")

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
            "arms": self.arms,
        }


def contradictions(scenario: Scenario) -> list[str]:
    """What cannot be true at once; each text begins with the dotted key it is about and names the others in full."""
    across = (_names, _tribes, _people, _arms, wrong_rest)
    return [*_inside(scenario, ""), *chain.from_iterable(check(scenario) for check in across)]


def _inside(section: Section, key: str) -> Iterator[str]:
    """The contradictions of a section alone, and of each below it."""
    yield from section.contradictions(key)
    for name in _checked(type(section)):
        value, below = getattr(section, name), f"{key}.{name}" if key else name
        if isinstance(value, Section):
            yield from _inside(value, below)
        else:
            for number, item in enumerate(value):
                yield from _inside(item, f"{below}.{getattr(item, 'name', None) or number}")


@cache
def _checked(kind: type[Section]) -> tuple[str, ...]:
    """The fields of a section in or below which there is something to check; most have none, and plans are many."""
    found = []
    for name, info in kind.model_fields.items():
        inner = get_args(info.annotation)[0] if get_origin(info.annotation) is list else info.annotation
        if isinstance(inner, type) and issubclass(inner, Section):
            checks = inner.contradictions is not Section.contradictions
            found += [name] if checks or _checked(inner) else []
    return tuple(found)


def _names(scenario: Scenario) -> Iterator[str]:
    for key, items in scenario.tables().items():
        names = [item.name for item in items]
        for name in sorted(set(names)):
            yield from _bad_name(key, name, names)
    called = [entry.name for entry in scenario.playbook]
    for number, given in enumerate(called):
        if given is not None:
            yield from _bad_name(f"playbook.{number}.name", given, called[: number + 1])


def _bad_name(key: str, name: str, names: Sequence[str | None]) -> Iterator[str]:
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
    most = market.people * max(1.0, (1.0 + market.growth) ** (scenario.run.days / 365.0))
    if market.network.kind == "complete" and most > 5000:
        yield f"market.network.kind: a complete network takes at most 5000 people, and market.people is {market.people}"
    if market.growth != 0.0 and market.network.file is not None:
        yield "market.growth: a network from a file (market.network.file) has its people on day 0; write 0"
    if most > 20_000_000:
        yield "market.growth: the market would come to more than 20,000,000 people by the end of run.days"
    agents = scenario.run.users_per_agent
    if agents > 1 and market.network.file is not None:
        yield "run.users_per_agent: a network from a file (market.network.file) is of people, one agent each; write 1"
    elif agents > 1 and market.people < 50 * agents:
        left = f"{agents} leaves fewer than 50 agents of market.people {market.people}"
        yield f"run.users_per_agent: {left}; write at most {max(1, market.people // 50)}"
    if seeds > market.people and market.network.file is None:
        yield f"entrance.seeds.number: {seeds} founding members, and market.people is {market.people}"


def _arms(scenario: Scenario) -> Iterator[str]:
    arms, agents = scenario.arms, scenario.run.users_per_agent
    if len(arms) > MOST_ARMS:
        yield f"arms.{arms[MOST_ARMS].name}: {len(arms)} arms; a plan may have {MOST_ARMS}"
    if any(arm.name == NO_ARM for arm in arms):
        yield f"arms.{NO_ARM}: '{NO_ARM}' is the name of who is in no arm; take another"
    shares: dict[str, float] = {}
    for arm in arms:
        who, key = arm.who, f"arms.{arm.name}.who"
        shares[who.by] = shares.get(who.by, 0.0) + (who.random or 0.0)
        if shares[who.by] > 1.0 + 1e-9:
            drawn = f"{shares[who.by]:g} of all would be drawn by {who.by}, more than 1"
            yield f"{key}.random: with the arms before it, {drawn}"
        if who.people and agents > 1:
            yield f"{key}.people: an agent stands for {agents} people (run.users_per_agent); write first or random"
        if scenario.market.network.file is None and who.people and max(who.people) >= scenario.market.people:
            yield f"{key}.people: there is no person {max(who.people)}; market.people is {scenario.market.people}"
