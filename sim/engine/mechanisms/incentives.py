"""Incentives: rewards, points, praise and commissions, what they make of effort, and what they cost."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.purse import bought, lacking, left
from sim.engine.rules.motivation import doubted, effort
from sim.engine.state.events import REWARDS_END
from sim.engine.state.measures import Day
from sim.engine.state.people import NEVER
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World


@compiled
def offer(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what is offered today, and what effort it brings, while there is money for it."""
    told, scheme = p.derived, p.mechanism.incentives
    told.zeal, told.writing, told.praise = 1.0, 1.0, 1.0
    told.point_pay, told.doubt, told.invitee_reward = 0.0, 0.0, 0.0
    if p.switches.incentives == 0:
        return
    crowding = scheme.crowding if p.switches.crowding != 0 else 0.0
    if w.board.today[0].rewards_ended == 0:
        told.zeal = effort(scheme.inviter_reward, crowding, scheme.pay_gain, scheme.pay_half)
        told.point_pay = scheme.points_per_post * scheme.point_value
        told.doubt = doubted(scheme.pay_doubt, scheme.inviter_reward, scheme.pay_half)
        told.invitee_reward = scheme.invitee_reward
    told.writing = effort(told.point_pay, crowding, scheme.pay_gain, scheme.pay_half)
    told.praise = max(0.0, 1.0 + scheme.praise_gain * scheme.praise)


@compiled
def reward(w: World, p: Params, record: Day, newcomers: int) -> None:  # noqa: ARG001 - as all evenings
    """Inviters and those who came by invitation are rewarded, each as their own scheme says, while there is money."""
    today = w.board.today[0]
    if today.rewards_ended != 0:
        return
    for k in range(newcomers):
        me = w.people.rows[w.scratch.picked[k]]
        if me.first_joined == today.day and me.inviter != NEVER:
            friend = w.people.rows[me.inviter]
            theirs, mine = w.board.plan.params[arm_of(friend)], w.board.plan.params[arm_of(me)]
            inviter = int(theirs.mechanism.incentives.inviter_reward * 100.0 + 0.5) * theirs.switches.incentives
            invitee = int(mine.mechanism.incentives.invitee_reward * 100.0 + 0.5) * mine.switches.incentives
            if not bought(today, inviter + invitee):
                end_rewards(w)
                return
            friend.earned += inviter
            me.earned += invitee
            record.cost_incentives += inviter + invitee


@compiled(inline=True)
def commission(p: Params) -> float:
    """Share of a sale that goes to the buyer's inviter."""
    return p.mechanism.incentives.commission if p.switches.incentives != 0 else 0.0


@compiled
def pay(w: World, p: Params, record: Day, asking: int) -> None:  # noqa: ARG001 - as all evenings
    """Points are paid, as far as there is money; commissions on today's sales go to whoever brought the buyer in."""
    plan, today, most = w.board.plan, w.board.today[0], 0.0
    if not bought(today, record.cost_points):
        record.cost_points = left(today)
        today.spent += record.cost_points
        end_rewards(w)
    record.cost_incentives += record.cost_points
    for arm in range(plan.params.shape[0]):
        most = max(most, commission(plan.params[arm]))
    if most <= 0.0 or today.rewards_ended != 0:
        return
    for k in range(asking):
        me = w.people.rows[w.scratch.line[k]]
        if me.sale > 0 and me.inviter != NEVER:
            friend = w.people.rows[me.inviter]
            share = commission(plan.params[arm_of(friend)])
            amount = int(plan.products[arm_of(me), me.sale - 1].price * share * 100.0 + 0.5)
            if not bought(today, amount):
                end_rewards(w)
                return
            friend.earned += amount
            record.cost_incentives += amount
            if amount > 0 and friend.partner == 0:
                record.new_partners += 1
                friend.partner = 1


@compiled
def end_rewards(w: World) -> None:
    """What was promised today cannot be paid: nothing is promised any more."""
    today = w.board.today[0]
    if today.rewards_ended == 0:
        today.rewards_ended = 1
        lacking(w, REWARDS_END, 0, left(today))
