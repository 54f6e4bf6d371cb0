"""Expectation: a day is judged against it, satisfaction follows, the bar moves."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.rules.expectation import disconfirmation, expectation_next, satisfaction_next
from sim.engine.rules.ties import shaken
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import FIXED, Day, Tally
from sim.engine.state.people import Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World


@compiled(merged=True)
def judge(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Experience against expectation: satisfaction follows, the bar moves, disappointment shakes the firm's tie."""
    rule = p.mechanism.expectation
    aversion = rule.loss_aversion if p.switches.expectation != 0 else 1.0
    gap = disconfirmation(me.experience, me.expectation, aversion)
    me.satisfaction = satisfaction_next(
        me.satisfaction, rule.memory, me.expectation, rule.expectation_weight, gap, rule.disconfirmation_weight
    )
    if gap < 0.0:
        bonds[0] = shaken(bonds[0], p.mechanism.ties.shortfall, -gap)
    if p.switches.expectation != 0:
        me.expectation = expectation_next(me.expectation, me.experience, rule.rise, rule.fall)


@compiled
def promise(w: World, p: Params, record: Day, newcomers: int) -> None:
    """What was promised is the bar of who is new; the satisfaction of all newcomers is counted."""
    for k in range(newcomers):
        me = w.people.rows[w.scratch.picked[k]]
        if me.first_joined == w.board.today[0].day:
            me.expectation = p.culture.promise
            me.satisfaction = 0.5
        record.satisfaction_sum += int(me.satisfaction * FIXED)
        record.expectation_sum += int(me.expectation * FIXED)
