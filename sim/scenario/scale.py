"""Scale: the same plan for a market of another size, so that shares of people are alike; and fewer agents for one.

A plan is scaled by multiplying what grows with the people there are: people and thresholds of people, money a plan
spends, hours, audiences, places. Prices, qualities and probabilities stay, and so does the largest size of a group:
more people have more groups. An activity for more people is held in so many more circles (``intimate``).
"""

from __future__ import annotations

from typing import Any

from sim.scenario.catalogue import lookup, pattern, steps
from sim.scenario.changes import Plain, checked
from sim.scenario.conditions import scaled as scaled_condition
from sim.scenario.schema import Scenario

_STAGES = ("free_content", "platform", "paid_products")
#: What grows with the size of a market, by pattern.
GROWS = frozenset((
    *("market.people", "entrance.seeds.number", "entrance.channels[].daily_budget", "budget.cap", "budget.total"),
    *(f"mechanism.content.{name}" for name in ("audience", "cost_per_post", "cost_quality", "warmth_hours")),
    *(f"structure.kols[].{name}" for name in ("audience", "fee_per_post", "cost_quality", "warmth_hours")),
    *("structure.operators[].wage_month", "structure.operators[].hours_day"),
    *(f"mechanism.activities[].{name}" for name in ("capacity", "cost", "cost_quality", "hours")),
    *("mechanism.attending.intimate", "arms[].who.first"),
    *(f"business.rocket.{stage}.{name}" for stage in _STAGES for name in ("min_members", "cost", "cost_month")),
))  # fmt: skip
#: Larger markets have more groups of the same size; agents that stand for several people as many, of fewer agents.
MORE_GROUPS = frozenset({"carrier.groups.limit"})
FEWER_IN_GROUPS = frozenset({"carrier.groups.cap", "carrier.groups.cost_month"})


def scaled(scenario: Scenario, s: float) -> Scenario:
    """The plan for a market of ``s`` (> 0) times as many people, its playbook with it; goals stay as they are stated.

    Raises
    ------
    InputErrors : a value would leave its range.
    """
    return scenario if s == 1.0 else _multiplied(scenario, s, GROWS | MORE_GROUPS)


def in_agents(scenario: Scenario) -> Scenario:
    """What is lived of a plan: that of fewer agents, each of which stands for ``run.users_per_agent`` people."""
    u = scenario.run.users_per_agent
    return scenario if u == 1 else _multiplied(scenario, 1.0 / u, GROWS | FEWER_IN_GROUPS)


def _multiplied(scenario: Scenario, s: float, keys: frozenset[str]) -> Scenario:
    plain = scenario.model_dump()
    for key in keys:
        _multiply(plain, key, key, s)
    for change in (*plain["playbook"], *plain["arms"]):
        change["set"] = {
            key: _times(value, key, s) if pattern(steps(key)) in keys else value for key, value in change["set"].items()
        }
        change["when"] = None if change["when"] is None else scaled_condition(change["when"], s)
    plain["run"]["users_per_agent"] = 1
    return checked(plain)


def _multiply(inside: dict[str, Plain], path: str, key: str, s: float) -> None:
    """Multiply what stands at a path below a block; in a list, in every item."""
    step, _, rest = path.partition(".")
    value: Any = inside[step.removesuffix("[]")]
    if not rest:
        inside[step] = _times(value, key, s)
    for block in value if step.endswith("[]") else [value] if rest else []:
        _multiply(block, rest, key, s)


def _times(value: Any, key: str, s: float) -> Any:
    """A number multiplied; whole numbers are rounded, and what was above its least value stays so."""
    entry: Any = lookup(steps(key.replace("[]", ".0")))
    if value is None or entry.type == "float":
        return None if value is None else value * s
    least = int(entry.low or 0)
    return max(least + 1 if value > 0 and least == 0 else least, round(value * s)) if value > 0 else value
