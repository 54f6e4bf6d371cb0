"""Where the rest of a budget's total goes: which lever it is, and what one piece of it costs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol, TypeAlias

from sim.scenario.modules import Entrance, Mechanism, Structure
from sim.scenario.sections.activities import ActivityPlan
from sim.scenario.sections.budget import Budget
from sim.scenario.sections.content import Content
from sim.scenario.sections.switches import Switches
from sim.scenario.sections.voices import KolPlan

Kind: TypeAlias = Literal["channel", "voice", "activity"]


class Outlet(NamedTuple):
    """What money can be spent on.

    ``number``: which channel, voice (0 is the firm) or activity. ``price`` of one post or event; of a channel, whose
    money is spent to the cent, 0. ``switch``: what must be on.
    """

    kind: Kind
    number: int
    price: float
    switch: str


class Spender(Protocol):
    """What of a scenario is asked."""

    entrance: Entrance
    structure: Structure
    mechanism: Mechanism
    switches: Switches
    budget: Budget


def outlets(scenario: Spender) -> dict[str, Outlet]:
    """What the rest of a total may be spent on, by key."""
    content = scenario.mechanism.content
    found = {
        f"entrance.channels.{item.name}.daily_budget": Outlet("channel", number, 0.0, "channels")
        for number, item in enumerate(scenario.entrance.channels)
    }
    found["mechanism.content.posts_per_week"] = Outlet("voice", 0, _price(content.cost_per_post, content), "content")
    for number, kol in enumerate(scenario.structure.kols):
        price = _price(kol.fee_per_post, kol)
        found[f"structure.kols.{kol.name}.posts_per_week"] = Outlet("voice", number + 1, price, "kols")
    for number, event in enumerate(scenario.mechanism.activities):
        price = _price(event.cost, event)
        found[f"mechanism.activities.{event.name}.per_month"] = Outlet("activity", number, price, "activities")
    return found


def _price(fee: float, item: Content | KolPlan | ActivityPlan) -> float:
    """What one costs; perfection has no price, and is refused where it is stated."""
    return (
        fee
        if item.cost_quality <= 0.0 or item.quality >= 1.0
        else fee + item.cost_quality * item.quality / (1.0 - item.quality)
    )


def outlet(scenario: Spender) -> Outlet | None:
    """Where the rest goes; None without a total."""
    budget = scenario.budget
    return None if budget.total is None or budget.rest_to is None else outlets(scenario)[budget.rest_to]


def wrong_rest(scenario: Spender) -> Iterator[str]:
    """What is wrong with the key to which the rest of a total goes."""
    key, known = scenario.budget.rest_to, outlets(scenario)
    if key is not None and key not in known:
        near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else "write one of them"
        yield f"budget.rest_to: the rest cannot be spent on '{key}'; expected one of {', '.join(known)}; {hint}"


def unspendable(scenario: Spender) -> str:
    """Why the rest of a total will stay unspent, as the plan stands on day 0; empty where it can be spent."""
    found, key = outlet(scenario), scenario.budget.rest_to
    if found is not None and not getattr(scenario.switches, found.switch):
        return f"nothing is spent on {key} while switches.{found.switch} is false"
    if found is not None and found.kind != "channel" and found.price < 0.01:
        return f"nothing can be spent on {key}, since one costs less than .01"
    return ""
