"""The budget: what is set aside in the morning, and where what a plan saves goes."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.events import BUDGET_REACHED
from sim.engine.state.measures import Day
from sim.engine.state.plan import Params
from sim.engine.state.world import World, note


@compiled
def open_purse(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Set aside what was due yesterday; where spending goes on beyond a cap, notice that it has been reached."""
    today = w.board.today[0]
    if today.capped != 0:
        today.dues_aside = max(0, min(today.standing, today.cap - today.spent - today.places_aside))
    elif today.cap >= 0 and today.spent >= today.cap and today.reached == 0:
        today.reached = 1
        note(w.records, today.day, BUDGET_REACHED, 0, today.spent)
    today.standing = 0
