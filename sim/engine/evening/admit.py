"""Places in the groups: who applied becomes a member, as far as there is room."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose
from sim.engine.evening.queue import in_turn
from sim.engine.morning import note
from sim.engine.rules.ties import combined, kept_share
from sim.engine.state.board import DOOR_CLOSED, World
from sim.engine.state.measures import FIXED
from sim.engine.state.people import APPLIED, AWAKE, MEMBER, NEVER, STRONG


@compiled
def admit(w: World, asking: int) -> None:
    """Let applicants in; where places are short, in order of priority, and the others wait."""
    today = w.scene.today[0]
    n = 0
    for k in range(asking):
        if w.people[w.line[k]].status == APPLIED:
            w.picked[n] = w.line[k]
            n += 1
    places = max(0, today.places - w.days[today.day].members)
    if n > places:
        if today.waiting == 0:
            note(w.events, w.event_count, today.day, DOOR_CLOSED, 0, n - places)
        in_turn(w.picked, w.rank, n, today.key, Purpose.PLACE)
    today.waiting = n - places if n > places else 0
    for k in range(min(n, places)):
        let_in(w, w.picked[k])


@compiled
def let_in(w: World, i: int) -> None:
    """One person becomes a member, new or returning."""
    me, today = w.people[i], w.scene.today[0]
    record = w.days[today.day]
    me.status = MEMBER
    if me.first_joined == NEVER:
        welcome_new(w, i)
    else:
        take_back(w, i)
    me.joined_day = today.day
    me.seen_day = today.day
    me.slept_day = today.day
    w.flags[i] |= AWAKE
    record.members += 1
    record.active += 1
    record.active_30 += 1
    record.satisfaction_sum += int(me.satisfaction * FIXED)
    record.expectation_sum += int(me.expectation * FIXED)


@compiled
def welcome_new(w: World, i: int) -> None:
    """A first joining: the promise is the bar, the fee is paid (not by founders), whoever invited is credited."""
    me, today = w.people[i], w.scene.today[0]
    p, record = w.scene.params[today.phase], w.days[today.day]
    me.first_joined = today.day
    me.expectation = p.culture.promise
    me.satisfaction = 0.5
    record.joined += 1
    if me.origin != w.joined.shape[1] - 1:
        fee = int(p.entrance.screening.fee * 100.0 + 0.5)
        me.spent += fee
        record.fees += fee
        record.revenue += fee
    if me.inviter != NEVER:
        credit(w, i)
    w.joined[today.day, w.scene.channels.shape[0] if me.inviter != NEVER else me.origin] += 1
    w.generations[min(me.generation, w.generations.shape[0] - 1)] += 1


@compiled
def take_back(w: World, i: int) -> None:
    """A return: what was felt has worn off while away."""
    me, today = w.people[i], w.scene.today[0]
    p, record = w.scene.params[today.phase], w.days[today.day]
    ties = p.mechanism.ties
    record.returned += 1
    kept = kept_share(float(today.day - me.slept_day), ties.half_life)
    me.bond_members *= kept
    closest = 0.0
    for v in range(w.bonds.shape[1]):
        w.bonds[i, v] *= kept
        if v > 0:
            closest = max(closest, w.bonds[i, v])
    me.tie = combined(ties.firm_weight * w.bonds[i, 0], ties.kol_weight * closest, ties.member_weight * me.bond_members)
    me.fatigue *= kept_share(float(today.day - me.left_day), p.business.selling.half_life)
    me.habit = 0.0
    me.event_habit = 0.0
    record.tie_sum += int(me.tie * FIXED)
    record.firm_sum += int(w.bonds[i, 0] * FIXED)
    record.kol_sum += int(closest * FIXED)
    record.member_sum += int(me.bond_members * FIXED)
    record.members_strong += 1 if me.tier == STRONG else 0


@compiled
def credit(w: World, i: int) -> None:
    """Whoever brought this person in is credited, and both are rewarded as the scheme says."""
    me, today = w.people[i], w.scene.today[0]
    friend, record, p = w.people[me.inviter], w.days[today.day], w.scene.params[today.phase]
    me.generation = friend.generation + 1
    friend.referrals += 1
    record.referral_joins += 1
    if p.switches.incentives != 0 and today.frozen == 0:
        inviter = int(p.mechanism.incentives.inviter_reward * 100.0 + 0.5)
        invitee = int(p.mechanism.incentives.invitee_reward * 100.0 + 0.5)
        friend.earned += inviter
        me.earned += invitee
        record.cost_incentives += inviter + invitee
