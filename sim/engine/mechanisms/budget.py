"""The budget: what is set aside in the morning, where what a plan saves goes, and what a day has cost."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.board import NOWHERE
from sim.engine.state.events import BUDGET_REACHED
from sim.engine.state.measures import Day
from sim.engine.state.plan import Params
from sim.engine.state.world import World, note

#: Days over which is learned what is spent without being known beforehand. Design choice.
LEARNED = 30


@compiled
def open_purse(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Set aside what was due yesterday, and say what of the rest may be spent today.

    Where spending goes on beyond a cap, notice that it has been reached.
    """
    today = w.board.today[0]
    if today.capped != 0:
        today.dues_aside = max(0, min(today.standing, today.cap - today.spent - today.places_aside))
    elif today.cap >= 0 and today.spent >= today.cap and today.reached == 0:
        today.reached = 1
        note(w.records, today.day, BUDGET_REACHED, 0, today.spent)
    today.standing = 0
    record.worth = w.playbook.worth[today.day]
    if today.rest_kind != NOWHERE:
        share_out(w)


@compiled
def share_out(w: World) -> None:
    """Spread the rest of the total evenly over the days that are left, today among them.

    The rest is what the plan does not commit from today on, nor is likely to spend on what cannot be known beforehand.
    What could not be spent yesterday, since it was less than a post or an event costs, is spent first.
    """
    today, committed = w.board.today[0], w.playbook.committed
    days = w.playbook.phases.shape[0] - today.day
    rest = float(today.cap - today.spent - today.places_aside - today.promised) - today.unforeseen * days
    rest -= committed[today.day, 1] + (committed[today.day, 0] if today.let_go == 0 else 0.0)
    rest = max(0.0, rest)
    today.rest = min(rest, today.rest)
    today.rest += (rest - today.rest) / days


@compiled
def settle(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all evenings
    """Learn what is spent a day without being known beforehand: rewards, heads, dues for groups and members."""
    today = w.board.today[0]
    spent = float(record.cost_incentives + record.cost_attendance + today.member_dues)
    today.unforeseen += (spent - today.unforeseen) / min(today.day + 1, LEARNED)
