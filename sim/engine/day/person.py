"""A person's day. Reading :func:`live` is reading the model.

A person writes only their own row; of others they see only what was public yesterday. What is scarce is asked for
here and granted in the evening.
"""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.day.queue import asks
from sim.engine.draws import Purpose, key_of, uniform
from sim.engine.mechanisms.activities import attend, enrol
from sim.engine.mechanisms.attention import go, visit
from sim.engine.mechanisms.buying import buy, order, orders, use_owned
from sim.engine.mechanisms.census import count
from sim.engine.mechanisms.company import enjoy
from sim.engine.mechanisms.content import read, rest
from sim.engine.mechanisms.expectation import fade, judge
from sim.engine.mechanisms.following import follow, look, put_down
from sim.engine.mechanisms.joining import consider, hear
from sim.engine.mechanisms.leaving import leave
from sim.engine.mechanisms.participation import write
from sim.engine.mechanisms.publicity import publishes
from sim.engine.mechanisms.reputation import complain
from sim.engine.mechanisms.selling import tire
from sim.engine.mechanisms.service import receive
from sim.engine.mechanisms.ties import bond, count_ties, loosen
from sim.engine.mechanisms.word_of_mouth import listen, share
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Tally
from sim.engine.state.people import APPLIED, ASKS, AWAKE, MEMBER, NEVER, NONE, Person
from sim.engine.state.plan import Params, arm_of

#: What a person does, in the order of the day; all have one signature.
ACTS = (
    *("receive", "rest", "fade", "listen", "use_owned", "attend", "visit"),
    *("read", "enjoy", "judge", "write", "enrol", "buy", "share", "go"),
    *("hear", "loosen", "look", "put_down", "orders", "order", "consider", "follow", "complain"),
    *("bond", "tire", "leave", "count", "count_ties"),
)


@compiled(inline=True)
def is_candidate(key: np.uint64, person: int, ceiling: float) -> bool:
    """The first look at somebody untouched: whether anything can reach them today (thinning, Lewis & Shedler 1979)."""
    return uniform(key_of(key, person), Purpose.NOTICE) < ceiling


@compiled(merged=True)
def live(me: Person, bonds: Floats, board: Board, tally: Tally) -> int:
    """One person's day; returns tomorrow's flag (AWAKE, ASKS)."""
    p = board.plan.params[arm_of(me)]
    luck = key_of(board.today[0].key, me.id)
    if me.life > 0:
        luck = key_of(luck, me.life)
    if me.status == MEMBER:
        receive(me, bonds, board, p, luck, tally)
        rest(me, bonds, board, p, luck, tally)
        fade(me, bonds, board, p, luck, tally)
        listen(me, bonds, board, p, luck, tally)
        use_owned(me, bonds, board, p, luck, tally)
        if attend(me, bonds, board, p, luck, tally) or visit(me, bonds, board, p, luck, tally):
            read(me, bonds, board, p, luck, tally)
            enjoy(me, bonds, board, p, luck, tally)
            judge(me, bonds, board, p, luck, tally)
            write(me, bonds, board, p, luck, tally)
            enrol(me, bonds, board, p, luck, tally)
            buy(me, bonds, board, p, luck, tally)
            share(me, bonds, board, p, luck, tally)
            go(me, bonds, board, p, luck, tally)
        complain(me, bonds, board, p, luck, tally)
        bond(me, bonds, board, p, luck, tally)
        tire(me, bonds, board, p, luck, tally)
        leave(me, bonds, board, p, luck, tally)
        count(me, bonds, board, p, luck, tally)
        count_ties(me, bonds, board, p, luck, tally)
    else:
        if me.status != APPLIED:
            hear(me, bonds, board, p, luck, tally)
        if me.tier != NONE or me.follows != 0 or me.noticed != NEVER:
            fade(me, bonds, board, p, luck, tally)
            loosen(me, bonds, board, p, luck, tally)
        if me.follows != 0:
            read_outside(me, bonds, board, p, luck, tally)
        if me.noticed != NEVER:
            if orders(me, bonds, board, p, luck, tally):
                order(me, bonds, board, p, luck, tally)
            consider(me, bonds, board, p, luck, tally)
            follow(me, bonds, board, p, luck, tally)
        if me.grievance > 0.0:
            complain(me, bonds, board, p, luck, tally)
        if me.tier != NONE or me.follows != 0 or me.noticed != NEVER:
            bond(me, bonds, board, p, luck, tally)
    flag = AWAKE if me.status == MEMBER or me.status == APPLIED or me.tier != NONE or me.follows != 0 else 0
    return flag | ASKS if asks(me) or publishes(me) else flag


@compiled(merged=True)
def read_outside(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:
    """What a follower does of it: read, judge, perhaps buy, perhaps think of joining."""
    rest(me, bonds, board, p, luck, tally)
    use_owned(me, bonds, board, p, luck, tally)
    if look(me, bonds, board, p, luck, tally):
        read(me, bonds, board, p, luck, tally)
        enjoy(me, bonds, board, p, luck, tally)
        judge(me, bonds, board, p, luck, tally)
        buy(me, bonds, board, p, luck, tally)
        put_down(me, bonds, board, p, luck, tally)
