"""The purse: what may still be spent, in cents. Whoever buys something asks here first.

Under a cap nothing is bought that would exceed it. A day's bills come in this order: what is lit, new stages (what was
due yesterday is set aside before), groups and platform, wages, posts, ads, rewards for newcomers, tomorrow's activities
with what all who have a place cost, points, commissions. Goods are paid from the revenue of the same sale: they stand
outside.
"""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.board import Today
from sim.engine.state.events import BUDGET_REACHED
from sim.engine.state.world import World, note

#: What may be spent where there is no cap: more than anybody has.
BOTTOMLESS = 4_000_000_000_000_000_000


@compiled(inline=True)
def left(today: Today) -> int:
    """Cents that may be spent on what nothing has been set aside for."""
    if today.capped == 0:
        return BOTTOMLESS
    return today.cap - today.spent - today.places_aside - today.dues_aside


@compiled(inline=True)
def bought(today: Today, cents: int) -> bool:
    """Pay ``cents`` if there is so much; whether it was paid."""
    if cents > left(today):
        return False
    today.spent += cents
    return True


@compiled(inline=True)
def paid_due(today: Today, cents: int) -> bool:
    """Pay what is due every day out of what was set aside for it, and out of the rest; whether it could be paid."""
    today.dues_aside = max(0, today.dues_aside - cents)
    if cents > left(today):
        return False
    today.spent += cents
    today.standing += cents
    return True


@compiled
def lacking(w: World, kind: int, which: int, amount: int) -> None:
    """Note what ends for want of money; the first time, that the budget is used up."""
    today = w.board.today[0]
    if today.reached == 0:
        today.reached = 1
        note(w.records, today.day, BUDGET_REACHED, 0, today.spent)
    note(w.records, today.day, kind, which, amount)
