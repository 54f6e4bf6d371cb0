"""Renewal: people move away or die, others take their places in the market, and the market grows or shrinks.

Whom it meets depends on nothing that happens, so the morning draws them directly: an untouched person needs no second
look, and the ceiling knows nothing of it.
"""

from __future__ import annotations

import math

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, key_of, uniform, uniform_at
from sim.engine.mechanisms.groups import vacate
from sim.engine.rules.renewal import daily_share, skipped, standard_normal
from sim.engine.state.measures import FIXED, ArmDay, Day
from sim.engine.state.people import ASKS, MEMBER, NEVER, NONE, SEEN_AWARE, STRONG, Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World

_BLANK = Person.blank(1).view(np.int64)


@compiled
def renew(w: World, p: Params, record: Day) -> None:
    """Let those come or go by whom the market grows or shrinks; then replace the share of people that is due today."""
    resize(w, record)
    share = daily_share(p.market.turnover)
    if share <= 0.0:
        return
    key, drawn, n = w.board.today[0].key, 0, w.board.today[0].people
    i = skipped(uniform_at(key, Purpose.TURNOVER, drawn), share, n)
    while i < n:
        count_out(w, w.people.rows[i], record)
        forget(w, i)
        redraw(w, i, p)
        record.replaced += 1
        drawn += 1
        i += 1 + skipped(uniform_at(key, Purpose.TURNOVER, drawn), share, n)


@compiled
def resize(w: World, record: Day) -> None:
    """People come and go at the end of the rows; what was sent to them while they were not there is lost."""
    today = w.board.today[0]
    now = w.playbook.present[today.day]
    before, today.people = today.people if today.day > 0 else now, now
    for i in range(before, today.people):
        me = w.people.rows[i]
        me.inbox, me.inbox_rank, me.heard_warnings = 0, 0.0, 0.0
        w.people.flags[i] = 0
    for i in range(today.people, before):
        count_out(w, w.people.rows[i], record)
        forget(w, i)
    record.people = today.people


@compiled
def count_out(w: World, me: Person, record: Day) -> None:
    """A member who goes has left; ties go with whom they tie."""
    count_loss(me, record)
    count_loss(me, w.records.arm_days[w.board.today[0].day, me.arm])


@compiled(inline=True)
def count_loss(me: Person, record: Day | ArmDay) -> None:
    """Add to a record what it loses with somebody."""
    if me.status == MEMBER:
        record.left += 1
        record.left_judging += 1 if me.visits > 0 else 0
        record.left_satisfaction_sum += int(me.satisfaction * FIXED) if me.visits > 0 else 0
    record.strong_to_weak += 1 if me.tier == STRONG else 0
    record.weak_to_none += 1 if me.tier != NONE else 0


@compiled
def forget(w: World, i: int) -> None:
    """All that person ``i`` felt and did is gone; interests, friends, arm are the place's. Friends hear it at night."""
    people = w.people
    me = people.rows[i]
    vacate(w, me)
    tribe, tribe2, focus, norm, degree = me.tribe, me.tribe2, me.focus, me.norm, me.degree
    seen, inside, buying, life = me.published, me.friends_in, me.friends_buying, me.life
    linked, arm = me.friends_linked, me.arm
    for k in range(people.words.shape[1]):
        people.words[i, k] = _BLANK[k]
    me.id, me.tribe, me.tribe2, me.focus, me.norm, me.degree = i, tribe, tribe2, focus, norm, degree
    me.published, me.friends_in, me.friends_buying, me.life = seen & ~SEEN_AWARE, inside, buying, life + 1
    me.friends_linked, me.arm = linked, arm
    for v in range(people.bonds.shape[1]):
        people.bonds[i, v] = 0.0
    for q in range(w.board.shelf.bought.shape[1]):
        w.board.shelf.bought[i, q] = NEVER
    people.flags[i] = ASKS if me.published != 0 else 0
    for e in range(people.indptr[i], people.indptr[i + 1]):
        friend = people.rows[people.neighbours[e]]
        if friend.inviter == i:
            friend.inviter = NEVER
        if friend.inbox_from == i:
            friend.inbox_from = NEVER


@compiled
def redraw(w: World, i: int, p: Params) -> None:
    """Who comes instead: propensities and purchasing power are another person's, from the same market."""
    me, market = w.people.rows[i], p.market
    luck = key_of(key_of(w.board.today[0].run_key, i), me.life)
    sigma, power = market.activity_sigma, market.purchasing_power_sigma
    active = standard_normal(uniform(luck, Purpose.ACTIVITY), uniform(luck, Purpose.ACTIVITY_2))
    me.drive = sigma * active - 0.5 * sigma * sigma
    me.latent = standard_normal(uniform(luck, Purpose.LATENT), uniform(luck, Purpose.LATENT_2))
    rich = standard_normal(uniform(luck, Purpose.PURCHASING_POWER), uniform(luck, Purpose.PURCHASING_POWER_2))
    me.power = math.exp(power * rich - 0.5 * power * power)
