"""Leaving: who lapses, leaves, and thinks again."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.rules.leaving import leave_hazard
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import FIXED, LAPSED, Day, Tally
from sim.engine.state.people import LEFT, NOTHING, Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World


@compiled
def keep_door(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say how likely somebody who left thinks again today."""
    p.derived.come_back = p.mechanism.leaving.come_back


@compiled(merged=True)
def leave(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Selling fatigue, overload and dissatisfaction drive away, ties hold; who leaves is not waiting any more."""
    rule, today = p.mechanism.leaving, board.today[0]
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
    if p.switches.leaving != 0 and uniform(luck, Purpose.LEAVE) < hazard:
        me.status = LEFT
        me.left_day = today.day
        me.answer = NOTHING
        me.lift = 0.0
        me.muted = 0
        me.overloaded = 0.0
        me.wants_seat = 0
        me.seat = 0
        me.questions = 0
        tally.left += 1
        if me.visits > 0:
            tally.left_judging += 1
            tally.left_satisfaction_sum += int(me.satisfaction * FIXED)
    else:
        tally.muted += me.muted
        tally.lapsed += 1 if today.day - me.seen_day >= LAPSED else 0
