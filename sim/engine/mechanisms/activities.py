"""Activities: announced some days ahead and prepared, asked for, held as far as operators have the hours, attended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform, uniform_at
from sim.engine.priority import in_turn
from sim.engine.purse import lacking, left
from sim.engine.rules.activities import intimacy
from sim.engine.rules.content import freshness, price_of
from sim.engine.rules.interests import match
from sim.engine.rules.service import doable
from sim.engine.rules.ties import grown
from sim.engine.state.arrays import Floats
from sim.engine.state.board import ACTIVITY, CANCELLED, TAKES_PLACE, WAITING, Activity, Board, Today
from sim.engine.state.events import ACTIVITIES_END, ACTIVITY_CANCELLED, ACTIVITY_HELD
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import Person
from sim.engine.state.plan import SHARED, Params, arm_of
from sim.engine.state.world import ACTIVITIES, World, note

if TYPE_CHECKING:
    from sim.scenario.sections.activities import ActivityPlan

#: Most events a day that the rest of a total adds: as many as a plan may state. Definition.
MOST_EVENTS = 300.0 * 12.0 / 365.0
#: Places where hardly any limit is stated.
MOST_PLACES = 2_000_000_000


@compiled
def announce(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Announce the activities that are due."""
    for a in range(w.board.activities.shape[0]):
        open_activity(w, a, p)


@compiled
def open_activity(w: World, a: int, p: Params) -> None:
    """Say what of an activity is today, and announce the next event once it is due within the days of notice."""
    plan, activity = w.board.plan.activities[SHARED, a], w.board.activities[a]
    activity.open, activity.held = 0, 0
    activity.today, activity.tomorrow = activity.tomorrow, WAITING
    if p.switches.activities == 0 or activity.ended != 0:
        return
    rate = plan.per_month * 12.0 / 365.0 + from_rest(w, a, plan)
    activity.due += rate
    if activity.due + rate * (plan.notice_days - 1) >= 1.0 - 1e-9:
        activity.held = int(activity.due + 1e-9)
        activity.due -= activity.held
        activity.open = max(0, min(MOST_PLACES, max(1, activity.held) * plan.capacity) - activity.given)
        activity.quality, activity.bonding = plan.quality, plan.bonding


@compiled
def from_rest(w: World, a: int, plan: ActivityPlan) -> float:
    """Events a day that the rest of the total adds, if it goes to this activity."""
    today, activity = w.board.today[0], w.board.activities[a]
    activity.extra = 0.0
    price = price_of(plan.cost, plan.cost_quality, plan.quality)
    if today.rest_kind == ACTIVITY and today.rest_item == a and price > 0.0:
        activity.extra = min(MOST_EVENTS, today.rest / (price * 100.0))
        today.rest = 0.0
    return activity.extra


@compiled(merged=True)
def attend(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> bool:
    """Come to the event for which a place was granted, if it is today; whether one came. There the day begins."""
    attending, seat = p.mechanism.attending, me.seat
    me.event_habit *= attending.rest
    if seat == 0 or board.activities[seat - 1].today == WAITING:
        return False
    activity, topics = board.activities[seat - 1], board.plan.topics[arm_of(me)]
    me.seat = 0
    if activity.today == CANCELLED or uniform(luck, Purpose.SHOW_UP) >= attending.show_up:
        return False
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    fresh = freshness(attending.habituation, me.event_habit) if p.switches.habituation != 0 else 1.0
    experience = activity.quality * fresh * fit
    bonds[0] = grown(bonds[0], attending.firm_bond * experience)
    if p.derived.member_ties != 0:
        close = intimacy(activity.company, attending.intimate, attending.crowding_exponent)
        me.bond_members = grown(me.bond_members, activity.bonding * experience * close)
    me.event_habit += 1.0
    me.attended += 1
    me.experience = max(experience, 0.0)
    tally.attendance += 1
    tally.cost_attendance += activity.head_cents
    return True


@compiled(merged=True)
def enrol(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Ask for a place at one of the announced events, by interest in the theme; one place at a time."""
    if me.seat != 0:
        return
    topics = board.plan.topics[arm_of(me)]
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    for a in range(len(board.activities)):
        if board.activities[a].open > 0 and uniform_at(luck, Purpose.SEAT, a) < p.mechanism.attending.interest * fit:
            me.wants_seat = a + 1
            return


@compiled
def want_hours(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all evenings
    """Hours that preparing the activities takes a day: spread over the days between events."""
    today = w.board.today[0]
    if p.switches.activities == 0:
        return
    for a in range(w.board.activities.shape[0]):
        plan = w.board.plan.activities[SHARED, a]
        if w.board.activities[a].ended == 0:
            more = plan.hours * w.board.activities[a].extra
            w.records.work[today.day, ACTIVITIES, 0] += plan.hours * plan.per_month * 12.0 / 365.0 + more


@compiled
def hold(w: World, p: Params, record: Day, asking: int) -> None:
    """Give places by priority; hold tomorrow what has been prepared for. An event without preparation is cancelled.

    Preparation is spread over the days between events, so an activity is cancelled only where its operators lacked the
    time all along. One that cannot be paid, with a head for all who have a place, is called off for good.
    """
    today, needs_hours = w.board.today[0], p.derived.staffed != 0
    today.spent += record.cost_attendance
    today.places_aside, today.promised = 0, 0
    record.cost_activities += record.cost_attendance
    today.prepared += w.records.work[today.day, ACTIVITIES, 1]
    for a in range(w.board.activities.shape[0]):
        plan, activity = w.board.plan.activities[SHARED, a], w.board.activities[a]
        if activity.held == 0:
            activity.given += give_seats(w, asking, a, activity.open)
            today.promised += activity.given * int(plan.cost_per_head * 100.0 + 0.5)
            continue
        held = activity.held
        if needs_hours and plan.hours > 0.0:
            held = min(held, doable(today.prepared + 1e-6, plan.hours))
        if held == 0:
            note(w.records, today.day, ACTIVITY_CANCELLED, a, 0)
            activity.tomorrow, activity.given = CANCELLED, 0
            if today.let_go != 0:  # nobody will ever prepare it
                activity.ended = 1
                lacking(w, ACTIVITIES_END, a, left(today))
            continue
        held, places = payable(today, plan, activity, held)
        if held == 0:
            activity.tomorrow, activity.given, activity.ended = CANCELLED, 0, 1
            lacking(w, ACTIVITIES_END, a, left(today))
            continue
        today.prepared = max(0.0, today.prepared - held * plan.hours) if needs_hours else 0.0
        room = max(0, held * plan.capacity - activity.given)
        seats = activity.given + give_seats(w, asking, a, min(activity.open, room, places))
        activity.tomorrow, activity.given, activity.company = TAKES_PLACE, 0, seats / held
        record.activities += held
        pay_for(today, plan, activity, held, seats, record)
        note(w.records, today.day, ACTIVITY_HELD, a, seats)


@compiled
def payable(today: Today, plan: ActivityPlan, activity: Activity, held: int) -> tuple[int, int]:
    """How many events there is money for, with a head for all who have a place; and how many more places then."""
    each, head = cents_each(plan), int(plan.cost_per_head * 100.0 + 0.5)
    money = left(today) - activity.given * head
    if money < 0:
        return 0, 0
    if each > 0:
        held = min(held, money // each)
    return held, (money - held * each) // head if head > 0 else MOST_PLACES


@compiled(inline=True)
def cents_each(plan: ActivityPlan) -> int:
    """What one event costs, heads apart."""
    return int(price_of(plan.cost, plan.cost_quality, plan.quality) * 100.0 + 0.5)


@compiled
def pay_for(today: Today, plan: ActivityPlan, activity: Activity, held: int, seats: int, record: Day) -> None:
    """Pay for tomorrow's events, and set aside what those who have a place cost if they come."""
    cost = held * cents_each(plan)
    activity.head_cents = int(plan.cost_per_head * 100.0 + 0.5)
    record.cost_activities += cost
    today.spent += cost
    if activity.extra > 0.0:
        record.rest_spent += int(cost * activity.extra / (plan.per_month * 12.0 / 365.0 + activity.extra))
    today.places_aside += seats * activity.head_cents


@compiled
def give_seats(w: World, asking: int, a: int, places: int) -> int:
    """Give the places of activity ``a`` to those who asked; returns how many were given."""
    n, picked = 0, w.scratch.picked
    for k in range(asking):
        if w.people.rows[w.scratch.line[k]].wants_seat == a + 1:
            picked[n] = w.scratch.line[k]
            n += 1
    if n > places:
        in_turn(picked, w.scratch.rank, n, w.board.today[0].key, Purpose.SEAT)
    given = min(n, places)
    for k in range(given):
        w.people.rows[picked[k]].seat = a + 1
    return given
