"""Attention: who comes today; how far it goes in reading, :mod:`sim.engine.mechanisms.content` says."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.rules.attention import forgotten, shifted
from sim.engine.rules.platform import conformity
from sim.engine.rules.ties import kept_share
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World


@compiled
def set_pull(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say how strongly satisfaction, propensity and tie pull, to those too who are outside."""
    p.derived.pull = p.mechanism.attention.satisfaction
    p.derived.drive, p.derived.tie_pull = p.mechanism.attention.drive, p.mechanism.attention.tie


@compiled(merged=True)
def visit(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> bool:  # noqa: ARG001
    """Whether a member comes: propensity, tie, satisfaction, friends and a welcome pull; time away makes forget."""
    attention, today = p.mechanism.attention, board.today[0]
    logit = attention.drive * me.drive + attention.tie * me.tie + attention.satisfaction * (2.0 * me.satisfaction - 1.0)
    logit += forgotten(attention.forgetting, today.day - me.seen_day) + me.lift
    logit += p.culture.identity * kept_share(float(today.day - me.joined_day), p.culture.identity_half_life)
    if p.derived.friends != 0 and me.degree > 0:
        logit += attention.friends * me.friends_in / me.degree
        logit += conformity(p.derived.conformity, me.friends_in / me.degree)
    logit += p.derived.visit_lift
    if uniform(luck, Purpose.OPEN) >= shifted(attention.visit, logit):
        return False
    me.experience = 0.0
    return True


@compiled(merged=True)
def go(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """The visit is over: it is remembered and counted."""
    me.seen_day = board.today[0].day
    tally.visitors += 1
