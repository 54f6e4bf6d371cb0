"""Who leaves."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.rules.leaving import leave_hazard
from sim.engine.rules.purchase import irritated
from sim.engine.state.people import LEFT, NOTHING


@compiled(merged=True)
def leave(me: Any, today: Any, p: Any, luck: Any, tally: Any) -> None:
    """Selling tires, overload and dissatisfaction drive away, ties hold."""
    rule, selling = p.mechanism.leaving, p.business.selling
    if p.switches.selling_fatigue != 0:
        me.fatigue = irritated(
            me.fatigue, today.fatigue_kept, today.promos, selling.irritation, selling.patience, me.tie
        )
    if p.switches.leaving == 0:
        return
    hazard = leave_hazard(
        rule.hazard,
        me.tie,
        rule.tie,
        me.satisfaction,
        rule.dissatisfaction,
        me.overloaded,
        rule.overload,
        me.fatigue,
        rule.fatigue,
    )
    if uniform(luck, Purpose.LEAVE) < hazard:
        me.status = LEFT
        me.left_day = today.day
        me.answer = NOTHING
        me.lift = 0.0
        me.wants_seat = 0
        me.questions = 0
        tally.left += 1
