"""What goes from person to person: invitations, warnings, commissions, and what can be seen."""

from __future__ import annotations

from typing import Any

from sim.engine.acts.count import seen
from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, key_of, uniform_at
from sim.engine.state.board import World
from sim.engine.state.people import APPLIED, ASKS, AWAKE, MEMBER, NEVER, SEEN_AWARE, SEEN_BUYER, SEEN_MEMBER


@compiled
def deliver(w: World, asking: int) -> None:
    """Carry invitations and warnings to friends drawn at random; count who noticed what."""
    today = w.scene.today[0]
    record = w.days[today.day]
    for k in range(asking):
        i = w.line[k]
        me = w.people[i]
        if me.noticed != NEVER:
            w.noticed[today.day, me.noticed] += 1
        if me.degree == 0 or (me.invites == 0 and me.warns == 0):
            continue
        luck = key_of(today.key, i)
        for sent in range(me.invites):
            drawn = int(uniform_at(luck, Purpose.INVITEE, sent) * me.degree)
            invite(w, i, w.neighbours[w.indptr[i] + drawn], uniform_at(luck, Purpose.INVITE, sent))
        for sent in range(me.warns):
            drawn = int(uniform_at(luck, Purpose.WARNED, sent) * me.degree)
            friend = w.people[w.neighbours[w.indptr[i] + drawn]]
            friend.heard_warnings = min(30000, friend.heard_warnings + 1)
        record.invitations += me.invites
        record.warnings += me.warns


@compiled
def invite(w: World, sender: int, receiver: int, rank: float) -> None:
    """One invitation arrives; of several in a day, the one with the highest rank is credited."""
    friend = w.people[receiver]
    if friend.status == MEMBER or friend.status == APPLIED:
        return
    if friend.inbox == 0 or rank > friend.inbox_rank:
        friend.inbox_rank = rank
        friend.inbox_from = sender
    friend.inbox = min(30000, friend.inbox + 1)
    w.flags[receiver] |= AWAKE


@compiled
def pay(w: World, asking: int) -> None:
    """Commissions on today's sales go to whoever brought the buyer in."""
    today = w.scene.today[0]
    p, record = w.scene.params[today.phase], w.days[today.day]
    if p.mechanism.incentives.commission <= 0.0 or p.switches.incentives == 0 or today.frozen != 0:
        return
    for k in range(asking):
        me = w.people[w.line[k]]
        if me.sale > 0 and me.inviter != NEVER:
            price = w.scene.products[today.phase, me.sale - 1].price
            amount = int(price * p.mechanism.incentives.commission * 100.0 + 0.5)
            friend = w.people[me.inviter]
            friend.earned += amount
            record.cost_incentives += amount
            if amount > 0 and friend.partner == 0:
                record.new_partners += 1
                friend.partner = 1


@compiled
def publish(w: World, asking: int) -> None:
    """What changed about a person becomes public: friends' counts follow, by the change only."""
    for k in range(asking):
        i = w.line[k]
        me = w.people[i]
        now, before = seen(me), me.published
        if now == before:
            continue
        if now & SEEN_AWARE and not before & SEEN_AWARE:
            w.days[w.scene.today[0].day].new_aware += 1
        member = step(now, before, SEEN_MEMBER)
        buyer = step(now, before, SEEN_BUYER)
        if member != 0 or buyer != 0:
            for e in range(w.indptr[i], w.indptr[i + 1]):
                friend = w.people[w.neighbours[e]]
                friend.friends_in += member
                friend.friends_buying += buyer
        me.published = now


@compiled(inline=True)
def step(now: Any, before: Any, bit: Any) -> int:
    """+1, 0 or −1: how a bit changed."""
    return (1 if now & bit else 0) - (1 if before & bit else 0)


@compiled
def clear(w: World, asking: int) -> None:
    """Today's requests have been dealt with."""
    for k in range(asking):
        i = w.line[k]
        me = w.people[i]
        me.noticed = NEVER
        me.questions, me.wants_seat, me.invites, me.warns, me.sale = 0, 0, 0, 0, 0
        w.flags[i] &= AWAKE
        if me.status == APPLIED:
            w.flags[i] |= ASKS
