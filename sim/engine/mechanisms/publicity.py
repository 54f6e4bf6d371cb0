"""Publicity: what neighbours can see of a person, and how their counts of friends follow."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.measures import Day
from sim.engine.state.people import MEMBER, OUTSIDE, SEEN_AWARE, SEEN_BUYER, SEEN_MEMBER, Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World


@compiled(inline=True)
def seen(me: Person) -> int:
    """What neighbours can see of a person."""
    bits = SEEN_MEMBER if me.status == MEMBER else 0
    if me.purchases > 0:
        bits |= SEEN_BUYER
    if me.status != OUTSIDE:
        bits |= SEEN_AWARE
    return bits


@compiled(inline=True)
def publishes(me: Person) -> bool:
    """Whether what neighbours can see has changed today."""
    return seen(me) != me.published


@compiled
def publish(w: World, p: Params, record: Day, asking: int) -> None:  # noqa: ARG001 - as all evenings
    """What changed about a person becomes public: friends' counts follow, by the change only."""
    people = w.people
    for k in range(asking):
        i = w.scratch.line[k]
        me = people.rows[i]
        now, before = seen(me), me.published
        if now == before:
            continue
        if now & SEEN_AWARE and not before & SEEN_AWARE:
            record.new_aware += 1
        member = step(now, before, SEEN_MEMBER)
        buyer = step(now, before, SEEN_BUYER)
        if member != 0 or buyer != 0:
            for e in range(people.indptr[i], people.indptr[i + 1]):
                friend = people.rows[people.neighbours[e]]
                friend.friends_in += member
                friend.friends_buying += buyer
        if member != 0 and w.board.today[0].links != 0:
            link(w, i, member)
        me.published = now


@compiled
def link(w: World, i: int, member: int) -> None:
    """Person ``i`` came in (1) or went (−1): with every friend who is inside, a pair for those who know both."""
    people = w.people
    first, last = people.indptr[i], people.indptr[i + 1]
    for e in range(first, last):
        known = people.neighbours[e]
        a, b, end, pairs = first, people.indptr[known], people.indptr[known + 1], 0
        while a < last and b < end:  # both lists ascend: whom both know
            one, other = people.neighbours[a], people.neighbours[b]
            if one == other and people.rows[one].published & SEEN_MEMBER:
                pairs += 1
            a += 1 if one <= other else 0
            b += 1 if other <= one else 0
        people.rows[known].friends_linked += member * pairs


@compiled(inline=True)
def step(now: int, before: int, bit: int) -> int:
    """+1, 0 or −1: how a bit changed."""
    return (1 if now & bit else 0) - (1 if before & bit else 0)
