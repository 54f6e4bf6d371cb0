"""Satisfaction: a day is judged by what it was and by what was promised and usual; the bar moves with what is given."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.rules.expectation import adapted, disconfirmation, faded, judgement, perceived, should
from sim.engine.rules.ties import kept_share, shaken
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import FIXED, ArmDay, Day, Tally
from sim.engine.state.people import Person
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World


@compiled
def set_bar(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what a day without a visit leaves of satisfaction, and how much more a shortfall counts."""
    rule = p.mechanism.expectation
    p.derived.satisfaction_kept = kept_share(1.0, rule.fading)
    p.derived.loss_aversion = rule.loss_aversion if p.switches.expectation != 0 else 1.0


@compiled(merged=True)
def fade(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """A night, or as many as nothing happened to this person: what was felt fades."""
    away = board.today[0].day - me.slept_day
    kept = p.derived.satisfaction_kept if away <= 1 else kept_share(float(away), p.mechanism.expectation.fading)
    me.satisfaction = faded(me.satisfaction, kept)


@compiled(merged=True)
def judge(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Judge the day: satisfaction follows (a first day makes it), the bar moves, a bad one shakes the firm's tie."""
    rule = p.mechanism.expectation
    felt = perceived(me.experience, me.expectation, rule.assimilation)
    expected = should(me.promised, me.expectation, rule.promise)
    gap = disconfirmation(felt, expected, rule.tolerance, p.derived.loss_aversion)
    verdict = judgement(felt, gap, rule.disconfirmation)
    me.satisfaction = verdict if me.visits == 0 else adapted(me.satisfaction, verdict, rule.memory)
    me.visits += 1
    if gap < 0.0:
        bonds[0] = shaken(bonds[0], p.mechanism.ties.shortfall, -gap)
    if p.switches.expectation != 0:
        me.expectation = adapted(me.expectation, me.experience, rule.adaptation)


@compiled
def promise(w: World, p: Params, record: Day, newcomers: int) -> None:  # noqa: ARG001 - as all evenings
    """What is promised today is what newcomers expect; who followed or returns has felt little of late. All count."""
    today = w.board.today[0]
    for k in range(newcomers):
        me = w.people.rows[w.scratch.picked[k]]
        own = w.board.plan.params[arm_of(me)]
        me.promised = own.culture.promise
        if me.visits == 0:
            me.expectation = own.culture.promise
        else:
            away = kept_share(float(today.day - me.slept_day), own.mechanism.expectation.fading)
            me.satisfaction = faded(me.satisfaction, away)
        count_bar(me, record)
        count_bar(me, w.records.arm_days[today.day, arm_of(me)])


@compiled
def count_bar(me: Person, record: Day | ArmDay) -> None:
    """Add a newcomer's bar, and what they feel if they have been there before, to a record."""
    record.expectation_sum += int(me.expectation * FIXED)
    if me.visits > 0:
        record.judging += 1
        record.satisfaction_sum += int(me.satisfaction * FIXED)
