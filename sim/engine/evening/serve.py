"""Operators' hours: welcomes, replies, activities, moderation."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose
from sim.engine.evening.queue import in_turn
from sim.engine.morning import note
from sim.engine.rules.service import doable, effective, led_share
from sim.engine.state.board import (
    ACTIVITIES,
    ACTIVITY_CANCELLED,
    ACTIVITY_HELD,
    MODERATING,
    ONBOARDING,
    REPLYING,
    World,
)
from sim.engine.state.people import GRANTED, MEMBER, REFUSED


@compiled
def serve(w: World, asking: int) -> None:
    """Divide the day's hours over the tasks by the policy, then do what they allow."""
    today = w.scene.today[0]
    p, team, record = w.scene.params[today.phase], w.team[today.phase], w.days[today.day]
    service, work = p.structure.service, w.work[today.day]
    newcomers = record.joined + record.returned
    questions = 0
    for k in range(asking):
        questions += w.people[w.line[k]].questions
    work[ONBOARDING, 0] = newcomers * service.onboard_hours
    work[REPLYING, 0] = questions * service.reply_hours
    work[MODERATING, 0] = record.member_posts * service.moderate_hours
    if p.switches.activities != 0 and today.frozen == 0:
        for a in range(w.scene.activities.shape[0]):
            plan = w.activity_plan[today.phase, a]
            work[ACTIVITIES, 0] += plan.hours * plan.per_month * 12.0 / 365.0
    record.staff = team.staff
    if p.switches.operators != 0:
        hours = effective(team.hours, led_share(float(team.staff), team.span), service.coordination_loss)
        divide(work, hours, p.structure.policy)
        welcome(w, asking, doable(work[ONBOARDING, 1], service.onboard_hours))
        reply(w, asking, doable(work[REPLYING, 1], service.reply_hours))
        today.covered = min(1.0, work[MODERATING, 1] / work[MODERATING, 0]) if work[MODERATING, 0] > 0.0 else 1.0
    today.prepared += work[ACTIVITIES, 1]
    run_activities(w, asking, p.switches.operators != 0)
    for task in range(4):
        record.hours_wanted += work[task, 0]
        record.hours_done += work[task, 1]


@compiled
def divide(work: Any, hours: float, policy: Any) -> None:
    """Give each task its share of the hours as far as it wants them; what is spare flows on in order of tasks."""
    shares = (policy.onboarding, policy.replying, policy.activities, policy.moderating)
    spare = hours
    for task in range(4):
        work[task, 1] = min(work[task, 0], hours * shares[task])
        spare -= work[task, 1]
    for task in range(4):
        more = min(work[task, 0] - work[task, 1], max(0.0, spare))
        work[task, 1] += more
        spare -= more


@compiled
def welcome(w: World, asking: int, capacity: int) -> None:
    """Welcome as many of today's newcomers as there is time for."""
    day, n = w.scene.today[0].day, 0
    for k in range(asking):
        me = w.people[w.line[k]]
        if me.status == MEMBER and me.joined_day == day:
            w.picked[n] = w.line[k]
            n += 1
    if n > capacity:
        in_turn(w.picked, w.rank, n, w.scene.today[0].key, Purpose.ONBOARD)
    for k in range(n):
        w.people[w.picked[k]].welcomed = GRANTED if k < capacity else REFUSED


@compiled
def reply(w: World, asking: int, capacity: int) -> None:
    """Answer those who asked; somebody none of whose questions fits is disappointed tomorrow."""
    n, questions = 0, 0
    for k in range(asking):
        me = w.people[w.line[k]]
        if me.questions > 0:
            w.picked[n] = w.line[k]
            n += 1
            questions += me.questions
    if questions > capacity:
        in_turn(w.picked, w.rank, n, w.scene.today[0].key, Purpose.QUEUE)
    left = capacity
    for k in range(n):
        me = w.people[w.picked[k]]
        me.answer = GRANTED if left > 0 or me.answer == GRANTED else REFUSED
        left -= min(left, me.questions)


@compiled
def run_activities(w: World, asking: int, needs_hours: bool) -> None:
    """Hold what has been prepared for; places by priority. An activity without preparation is cancelled.

    Preparation is spread over the days between events, so an activity is cancelled only where its operators lacked the
    time all along.
    """
    today = w.scene.today[0]
    record = w.days[today.day]
    for a in range(w.scene.activities.shape[0]):
        plan, activity = w.activity_plan[today.phase, a], w.scene.activities[a]
        if activity.open == 0:
            continue
        held = activity.held
        if needs_hours and plan.hours > 0.0:
            held = min(held, doable(today.prepared + 1e-6, plan.hours))
        if held == 0:
            note(w.events, w.event_count, today.day, ACTIVITY_CANCELLED, a, 0)
            activity.open = 0
            continue
        today.prepared = max(0.0, today.prepared - held * plan.hours) if needs_hours else 0.0
        seats = give_seats(w, asking, a, min(activity.open, held * plan.capacity))
        record.activities += held
        record.cost_activities += held * int(plan.cost * 100.0 + 0.5)
        note(w.events, w.event_count, today.day, ACTIVITY_HELD, a, seats)


@compiled
def give_seats(w: World, asking: int, a: int, places: int) -> int:
    """Give the places of activity ``a`` to those who asked; returns how many were given."""
    n = 0
    for k in range(asking):
        if w.people[w.line[k]].wants_seat == a + 1:
            w.picked[n] = w.line[k]
            n += 1
    if n > places:
        in_turn(w.picked, w.rank, n, w.scene.today[0].key, Purpose.SEAT)
    given = min(n, places)
    for k in range(given):
        w.people[w.picked[k]].seat = a + 1
    return given
