"""Following: people outside who read the public posts, bond and may buy or join later."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.rules.attention import shifted
from sim.engine.rules.interests import match
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import APPLIED, AWARE, LEFT, Person
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World


@compiled
def set_following(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say whether people outside can follow today: there must be something public."""
    p.derived.following = 1 if p.switches.following != 0 and w.board.today[0].free_content != 0 else 0


@compiled(merged=True)
def follow(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Somebody who heard of the community and did not join may follow it instead, by fit."""
    if p.derived.following == 0 or me.follows != 0 or (me.status != AWARE and me.status != LEFT):
        return
    topics = board.plan.topics[arm_of(me)]
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    if uniform(luck, Purpose.FOLLOW) < p.mechanism.following.chance * fit:
        me.follows = 1
        me.expectation = p.culture.promise if me.visits == 0 else me.expectation
        me.promised = p.culture.promise


@compiled(merged=True)
def look(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> bool:  # noqa: ARG001
    """Whether a follower reads today: propensity and tie pull. One may also stop following."""
    rule, pull = p.mechanism.following, p.derived.drive * me.drive + p.derived.tie_pull * me.tie
    if uniform(luck, Purpose.UNFOLLOW) < rule.stops * (1.0 - me.tie):
        me.follows = 0
        return False
    tally.followers += 1
    if p.derived.following == 0 or uniform(luck, Purpose.OPEN) >= shifted(rule.reads, pull):
        return False
    me.experience = 0.0
    tally.readers += 1
    return True


@compiled(merged=True)
def put_down(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """What was read is remembered, and may make the reader think of joining."""
    me.seen_day = board.today[0].day
    if (
        me.status != APPLIED
        and me.noticed < 0
        and uniform(luck, Purpose.JOIN_FROM_FOLLOWING) < p.mechanism.following.joins
    ):
        me.noticed = me.origin
