"""The queue of those for whom the evening has something to do, in order of person."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.people import APPLIED, ASKS, AWAKE, NEVER, Person
from sim.engine.state.world import World


@compiled(inline=True)
def asks(me: Person) -> bool:
    """Whether the evening has anything to do for this person."""
    return (
        me.noticed != NEVER
        or me.status == APPLIED
        or me.wrote > 0
        or me.questions > 0
        or me.wants_seat > 0
        or me.invites > 0
        or me.warns > 0
        or me.sale > 0
    )


@compiled
def gather(w: World) -> int:
    """Put those who ask into the line, in order of person; returns their number."""
    asking, flags = 0, w.people.flags
    for i in range(flags.shape[0]):
        if flags[i] & ASKS:
            w.scratch.line[asking] = i
            asking += 1
    return asking


@compiled
def clear(w: World, asking: int) -> None:
    """Today's requests have been dealt with."""
    for k in range(asking):
        i = w.scratch.line[k]
        me = w.people.rows[i]
        me.noticed = NEVER
        me.wrote, me.questions, me.wants_seat, me.invites, me.warns, me.sale = 0, 0, 0, 0, 0, 0
        w.people.flags[i] &= AWAKE
        if me.status == APPLIED:
            w.people.flags[i] |= ASKS
