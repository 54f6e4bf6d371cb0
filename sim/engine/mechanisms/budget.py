"""The budget: what has been spent, and what happens when the cap is reached."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.events import BUDGET_REACHED
from sim.engine.state.measures import Day
from sim.engine.state.plan import Params
from sim.engine.state.world import World, note


@compiled
def check_cap(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Notice in the morning that the cap has been reached, and stop spending if the plan says so."""
    today = w.board.today[0]
    if today.cap >= 0 and today.spent >= today.cap and today.reached == 0:
        today.reached = 1
        today.frozen = today.cap_stops
        note(w.records, today.day, BUDGET_REACHED, 0, today.spent)


@compiled
def settle(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all evenings
    """Add the bills of the day, in exact cents."""
    today = w.board.today[0]
    today.spent += record.cost_content + record.cost_activities + record.cost_incentives + record.cost_operators
    today.spent += record.cost_acquisition + record.cost_goods + record.cost_platform
