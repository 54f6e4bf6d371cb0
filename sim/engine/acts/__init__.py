"""A person's day. Reading :func:`live` is reading the model.

========  =========================================================================================
receive   yesterday's answers, welcomes and warnings arrive
hear      a stranger notices the community: channels, friends, KOLs' public posts, an invitation
consider  whoever noticed weighs joining, and applies
attend    whoever holds a place may come to the activity
visit     members decide whether to come today
read      finite attention: content and messages, signal and noise, overload
judge     experience against expectation
write     messages, and questions to the operators
enrol     asking for a place at tomorrow's activity
buy       weighing and buying products
share     recommending, inviting, warning
bond      ties decay and grow; none, weak, strong
leave     who leaves
count     what is recorded
========  =========================================================================================

A person writes only their own row; of others they see only what was public yesterday. What is scarce is asked for
here and granted by :mod:`sim.engine.evening`.
"""

from __future__ import annotations

from typing import Any

from sim.engine.acts.bond import bond
from sim.engine.acts.buy import buy
from sim.engine.acts.count import asks, count, publishes
from sim.engine.acts.hear import consider, hear
from sim.engine.acts.leave import leave
from sim.engine.acts.read import judge, read
from sim.engine.acts.receive import receive
from sim.engine.acts.share import share
from sim.engine.acts.visit import attend, visit
from sim.engine.acts.write import enrol, write
from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, key_of, uniform
from sim.engine.state.board import Scene
from sim.engine.state.people import APPLIED, ASKS, AWAKE, MEMBER, NEVER, NONE


@compiled(inline=True)
def stirs(key: Any, person: int, ceiling: float) -> bool:
    """The first look at somebody untouched: whether anything can reach them today (thinning, Lewis & Shedler 1979)."""
    return uniform(key_of(key, person), Purpose.NOTICE) < ceiling


@compiled(merged=True)
def live(me: Any, bonds: Any, scene: Scene, tally: Any, ages: Any) -> int:
    """One person's day; returns tomorrow's flag (AWAKE, ASKS)."""
    today = scene.today[0]
    p = scene.params[today.phase]
    luck = key_of(today.key, me.id)
    if me.status == MEMBER:
        receive(me, bonds, today, p, luck)
        attended = attend(me, bonds, scene, p, luck, tally)
        if attended >= 0.0 or visit(me, today, p, luck):
            experience = read(me, bonds, scene, p)
            judge(me, bonds, p, max(attended, 0.0), experience)
            write(me, today, p, luck, tally)
            enrol(me, scene, luck)
            buy(me, bonds, scene, p, luck, tally)
            share(me, today, p, luck)
            me.seen_day = today.day
            tally.visitors += 1
        bond(me, bonds, today, p, tally)
        leave(me, today, p, luck, tally)
        count(me, bonds, today, p, tally, ages)
    else:
        origin = hear(me, scene, p, luck) if me.status != APPLIED else NEVER
        if origin != NEVER:
            consider(me, origin, scene, p, luck)
        if me.tier != NONE:
            bond(me, bonds, today, p, tally)
    flag = AWAKE if me.status == MEMBER or me.status == APPLIED or me.tier != NONE else 0
    return flag | ASKS if asks(me) or publishes(me) else flag
