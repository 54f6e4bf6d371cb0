"""Places in the groups: who applied becomes a member, as far as there is room."""

from __future__ import annotations

from sim.board import DOOR_CLOSED, World
from sim.compiled import compiled
from sim.draws import Purpose
from sim.evening.queue import in_turn
from sim.morning import note
from sim.people import APPLIED, AWAKE, MEMBER, NEVER
from sim.rules.ties import kept_share

_FIXED = 4294967296.0


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
    """One person becomes a member: new or returning, with the expectation that was promised."""
    me, today = w.people[i], w.scene.today[0]
    p, record = w.scene.params[today.phase], w.days[today.day]
    me.status = MEMBER
    if me.first_joined == NEVER:
        me.first_joined = today.day
        me.expectation = p.culture.promise
        me.satisfaction = 0.5
        record.joined += 1
        if me.inviter != NEVER:
            credit(w, i)
        w.joined[today.day, w.scene.channels.shape[0] if me.inviter != NEVER else me.origin] += 1
        w.generations[min(me.generation, w.generations.shape[0] - 1)] += 1
    else:
        record.returned += 1
        kept = kept_share(float(today.day - me.slept_day), p.mechanism.ties.half_life)
        me.bond_members *= kept
        for v in range(w.bonds.shape[1]):
            w.bonds[i, v] *= kept
    me.joined_day = today.day
    me.seen_day = today.day
    me.slept_day = today.day
    w.flags[i] |= AWAKE
    record.members += 1
    record.active += 1
    record.active_30 += 1
    record.satisfaction_sum += int(me.satisfaction * _FIXED)
    record.expectation_sum += int(me.expectation * _FIXED)


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
