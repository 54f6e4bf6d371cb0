"""Service: operators' hours, divided over welcomes, replies, activities and moderation, and what members feel of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose
from sim.engine.priority import in_turn
from sim.engine.purse import lacking, paid_due
from sim.engine.rules.service import doable, effective, led_share
from sim.engine.rules.ties import grown, kept_share
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.events import STAFF_LEAVE
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import GRANTED, HELPED, MEMBER, NOTHING, REFUSED, Person
from sim.engine.state.plan import SHARED, Params
from sim.engine.state.world import ADVISING, MODERATING, ONBOARDING, REPLYING, SUPPORTING, TASKS, World

if TYPE_CHECKING:
    from sim.scenario.sections.service import Policy


@compiled
def open_service(w: World, p: Params, record: Day) -> None:
    """Pay the team, and say what moderation can remove."""
    employ(w, p, record)
    w.board.today[0].moderation = p.structure.service.moderation if p.switches.operators != 0 else 0.0


@compiled
def set_service(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what a night leaves of a welcome or an answer, who is advised and helped, and what that gives."""
    today, service = w.board.today[0], p.structure.service
    p.derived.advised = today.advised if p.switches.operators != 0 else 0.0
    p.derived.supported = today.supported if p.switches.operators != 0 else 0.0
    p.derived.advice, p.derived.advice_bond, p.derived.support = service.advice, service.advice_bond, service.support
    p.derived.staffed = 1 if p.switches.operators != 0 else 0
    p.derived.lift_kept = kept_share(1.0, p.structure.service.lift_half_life)


@compiled
def employ(w: World, p: Params, record: Day) -> None:
    """The team is paid for the day, and has its hours; where that cannot be paid it leaves, all of it and for good."""
    today, team = w.board.today[0], w.board.plan.team[SHARED]
    today.hours = 0.0
    if p.switches.operators != 0 and today.let_go == 0:
        if paid_due(today, team.wages):
            record.staff = team.staff
            record.hours_paid = team.clock
            record.cost_operators += team.wages
            led = led_share(float(team.staff), team.span)
            today.hours = effective(team.hours, led, p.structure.service.coordination_loss)
        else:
            today.let_go = 1
            lacking(w, STAFF_LEAVE, 0, team.staff)
    today.dues_aside = 0  # all that is due every day has been asked for


@compiled(merged=True)
def receive(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """What the evening granted or refused takes effect: a welcome, an answer."""
    service = p.structure.service
    me.lift *= p.derived.lift_kept
    if me.welcomed == GRANTED:
        me.lift += service.onboard_lift
    if me.answer == GRANTED:
        me.lift += service.reply_lift
        bonds[0] = grown(bonds[0], service.reply_bond)
    elif me.answer == HELPED:
        me.lift += service.reply_lift
        if p.derived.member_ties != 0:
            me.bond_members = grown(me.bond_members, service.help_bond)
    elif me.answer == REFUSED:
        me.satisfaction = max(0.0, me.satisfaction - service.unanswered)
    me.lift = min(me.lift, service.lift_most)
    me.welcomed = NOTHING
    me.answer = NOTHING


@compiled
def serve(w: World, p: Params, record: Day, asking: int) -> None:
    """Divide the day's hours over the tasks by the policy, then do what they allow."""
    today, service = w.board.today[0], p.structure.service
    work, questions = w.records.work[today.day], 0
    for k in range(asking):
        questions += w.people.rows[w.scratch.line[k]].questions
    work[ONBOARDING, 0] = (record.joined + record.returned) * service.onboard_hours
    work[REPLYING, 0] = questions * service.reply_hours
    work[MODERATING, 0] = record.member_posts * service.moderate_hours
    work[ADVISING, 0] = record.weighed * service.advise_hours
    work[SUPPORTING, 0] = record.purchases * service.support_hours
    hours = today.hours
    divide(work, hours, p.structure.policy)
    welcome(w, asking, doable(work[ONBOARDING, 1], service.onboard_hours))
    reply(w, asking, doable(work[REPLYING, 1], service.reply_hours))
    today.covered = covered(work, MODERATING, 1.0)
    idle = 1.0 if hours > 0.0 else 0.0  # nobody asked: whoever asks tomorrow finds somebody
    today.advised, today.supported = covered(work, ADVISING, idle), covered(work, SUPPORTING, idle)
    for task in range(len(TASKS)):
        record.hours_wanted += work[task, 0]
        record.hours_done += work[task, 1]


@compiled(inline=True)
def covered(work: Floats, task: int, idle: float) -> float:
    """Share of the hours asked for that were worked; ``idle`` where none were asked for."""
    return min(1.0, work[task, 1] / work[task, 0]) if work[task, 0] > 0.0 else idle


@compiled
def divide(work: Floats, hours: float, policy: Policy) -> None:
    """Give each task its share of the hours as far as it wants them; what is spare flows on in order of tasks."""
    shares = (
        policy.onboarding,
        policy.replying,
        policy.activities,
        policy.moderating,
        policy.advising,
        policy.supporting,
    )
    spare = hours
    for task in range(len(TASKS)):
        work[task, 1] = min(work[task, 0], hours * shares[task])
        spare -= work[task, 1]
    for task in range(len(TASKS)):
        more = min(work[task, 0] - work[task, 1], max(0.0, spare))
        work[task, 1] += more
        spare -= more


@compiled
def welcome(w: World, asking: int, capacity: int) -> None:
    """Welcome as many of today's newcomers as there is time for."""
    today, picked, n = w.board.today[0], w.scratch.picked, 0
    for k in range(asking):
        me = w.people.rows[w.scratch.line[k]]
        if me.status == MEMBER and me.joined_day == today.day:
            picked[n] = w.scratch.line[k]
            n += 1
    if n > capacity:
        in_turn(picked, w.scratch.rank, n, today.key, Purpose.ONBOARD)
    for k in range(n):
        w.people.rows[picked[k]].welcomed = GRANTED if k < capacity else REFUSED


@compiled
def reply(w: World, asking: int, capacity: int) -> None:
    """Answer those who asked; somebody none of whose questions fits is disappointed tomorrow."""
    picked, n, questions = w.scratch.picked, 0, 0
    for k in range(asking):
        me = w.people.rows[w.scratch.line[k]]
        if me.questions > 0:
            picked[n] = w.scratch.line[k]
            n += 1
            questions += me.questions
    if questions > capacity:
        in_turn(picked, w.scratch.rank, n, w.board.today[0].key, Purpose.QUEUE)
    left = capacity
    for k in range(n):
        me = w.people.rows[picked[k]]
        if left > 0:
            me.answer = GRANTED
        elif me.answer != HELPED:
            me.answer = REFUSED
        left -= min(left, me.questions)
