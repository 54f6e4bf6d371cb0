"""Activities, act by act: announced and prepared, asked for and attended, held as far as there are hours."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.activities import announce, attend, enrol, give_seats, hold, open_activity, want_hours
from sim.engine.state.board import CANCELLED, TAKES_PLACE, WAITING
from sim.engine.state.events import ACTIVITIES_END, ACTIVITY_CANCELLED, ACTIVITY_HELD, BUDGET_REACHED
from sim.engine.state.world import ACTIVITIES
from sim.scenario.sections.activities import ActivityPlan
from tests.engine.scene import Scene, of

near = pytest.approx
RULE = {
    "interest": 0.4, "show_up": 0.6, "firm_bond": 0.2, "habituation": 0.1, "rest": 0.75,
    "intimate": 12, "crowding_exponent": 0.5,
}  # fmt: skip
SALON = ActivityPlan(
    name="salon", per_month=365.0 / 24, notice_days=1, quality=0.8, capacity=3, cost=12.345, cost_per_head=2.005,
    hours=1.5, bonding=0.5,
)  # fmt: skip
TALK = ActivityPlan(name="talk", per_month=10.0, notice_days=1, quality=0.5, capacity=20, cost=5.0, hours=0.0)


def hall(**changes: Any) -> Scene:
    """On day 10; topics fit by .5, .25 and .75; nothing is announced, prepared or wanted yet."""
    scene = Scene(mechanism__attending=RULE, mechanism__activities=[SALON, TALK], **changes)
    scene.day(10)
    scene.fits(0.5, 0.25, 0.75)
    for a in range(2):
        activity = scene.board.activities[a]
        activity.due, activity.open, activity.held, activity.given = 0.0, 0, 0, 0
        activity.today = activity.tomorrow = WAITING
    scene.board.today[0].prepared = 0.0
    scene.records.work[10] = 0.0
    scene.begun = int(scene.records.event_count[0])
    return scene


# Announcing


def test_an_activity_is_announced_when_it_is_due() -> None:
    """365/24 a month are one every other day."""
    scene, opened = hall(), []
    for _ in range(4):
        of(open_activity)(scene.world, 0, scene.p)
        opened.append((scene.board.activities[0].open, scene.board.activities[0].held))
    assert opened == [(0, 0), (3, 1), (0, 0), (3, 1)]
    activity = scene.board.activities[0]
    assert (activity.quality, activity.bonding) == (0.8, 0.5)
    assert scene.board.activities[1].due == 0.0


def test_several_of_a_kind_may_take_place_on_one_day() -> None:
    scene = hall()
    scene.board.activities[0].due = 2.75
    scene.do(announce)
    assert (scene.board.activities[0].held, scene.board.activities[0].open) == (3, 9)
    assert scene.board.activities[0].due == near(0.25)
    assert scene.board.activities[1].due == near(10 * 12 / 365)
    scene.board.plan.activities[0, 0].capacity = 10_000_000
    scene.board.activities[0].due = 300.0
    of(open_activity)(scene.world, 0, scene.p)
    assert scene.board.activities[0].open == 2_000_000_000


@pytest.mark.parametrize(
    ("days", "opened"), [(1, [0, 0, 0, 3]), (2, [0, 0, 3, 3]), (3, [0, 3, 3, 3]), (9, [3, 3, 3, 3])]
)
def test_places_may_be_asked_for_from_the_days_of_notice_on(days: int, opened: list[int]) -> None:
    """One every fourth day, held at the end of them."""
    scene = hall()
    plan, activity, found = scene.board.plan.activities[0, 0], scene.board.activities[0], []
    plan.per_month, plan.notice_days = 365.0 / 48, days
    for _ in range(4):
        of(open_activity)(scene.world, 0, scene.p)
        found.append((activity.open, activity.held))
    assert [open_ for open_, _ in found] == opened
    assert [held for _, held in found] == [0, 0, 0, 1]
    assert activity.due == near(0.0)


@pytest.mark.parametrize(("given", "left"), [(0, 3), (1, 2), (3, 0), (4, 0)])
def test_places_that_were_given_are_not_open_any_more(given: int, left: int) -> None:
    scene = hall()
    scene.board.activities[0].due, scene.board.activities[0].given = 0.5, given
    of(open_activity)(scene.world, 0, scene.p)
    assert (scene.board.activities[0].open, scene.board.activities[0].held) == (left, 1)


@pytest.mark.parametrize("decided", [WAITING, TAKES_PLACE, CANCELLED])
@pytest.mark.parametrize("on", [True, False])
def test_what_the_evening_decided_holds_today_and_no_longer(decided: int, on: bool) -> None:
    scene = hall(switches__activities=on)
    activity = scene.board.activities[0]
    activity.today, activity.tomorrow = 9, decided
    of(open_activity)(scene.world, 0, scene.p)
    assert (activity.today, activity.tomorrow) == (decided, WAITING)


@pytest.mark.parametrize(("on", "ended"), [(False, 0), (True, 1)])
def test_nothing_is_announced_switched_off_or_once_it_has_ended(on: bool, ended: int) -> None:
    scene = hall(switches__activities=on)
    for a in range(2):
        scene.board.activities[a].ended = ended
    activity = scene.board.activities[0]
    activity.due, activity.open, activity.held = 5.0, 7, 2
    scene.do(announce)
    scene.do(want_hours)
    assert (activity.open, activity.held, activity.due) == (0, 0, 5.0)
    assert scene.records.work[10, ACTIVITIES, 0] == 0.0


@pytest.mark.parametrize(
    ("money", "held_", "seats", "aside", "ended"),
    [
        (2 * 1235 + 5 * 201, 2, 5, 5 * 201, 0),
        (2 * 1235 + 5 * 201 - 1, 2, 4, 4 * 201, 0),  # no money for one more place
        (2 * 1235 + 2 * 201, 2, 2, 2 * 201, 0),  # for those who have one
        (2 * 1235 + 2 * 201 - 1, 1, 3, 3 * 201, 0),  # one event less, and its places
        (1235 + 2 * 201, 1, 2, 2 * 201, 0),
        (1235 + 2 * 201 - 1, 0, 0, 0, 1),  # those who have a place could not come
        (401, 0, 0, 0, 1),
        (0, 0, 0, 0, 1),
    ],
)
def test_events_are_held_as_far_as_they_and_all_their_places_can_be_paid(
    money: int, held_: int, seats: int, aside: int, ended: int
) -> None:
    """Two events are due; two people have a place and three ask for one."""
    scene = hall()
    activity, today = scene.board.activities[0], scene.board.today[0]
    activity.held, activity.open, activity.given, today.prepared = 2, 6, 2, 10.0
    for i in (3, 4, 5):
        scene.person(i, wants_seat=1)
    scene.purse(money)
    spent = today.spent
    scene.do(hold, scene.line_up(3, 4, 5))
    assert scene.record.activities == held_
    assert scene.record.cost_activities == held_ * 1235 == today.spent - spent
    assert (today.places_aside, activity.ended) == (aside, ended)
    assert activity.tomorrow == (TAKES_PLACE if held_ else CANCELLED)
    assert sum(scene.person(i).seat for i in (3, 4, 5)) == max(0, seats - 2)
    assert [kind for _, kind, _, _ in scene.events] == ([BUDGET_REACHED, ACTIVITIES_END] if ended else [ACTIVITY_HELD])
    assert today.spent + today.places_aside <= today.cap


def test_what_was_set_aside_for_places_is_paid_for_those_who_came() -> None:
    scene = hall()
    scene.purse(1000)
    today = scene.board.today[0]
    today.places_aside, scene.record.cost_attendance, spent = 603, 402, today.spent
    scene.do(hold, scene.line_up())
    assert (today.places_aside, today.spent - spent, scene.record.cost_activities) == (0, 402, 402)


def test_once_the_team_has_left_what_it_would_have_to_prepare_ends() -> None:
    scene = hall()
    scene.board.activities[0].held, scene.board.activities[0].open, scene.board.today[0].let_go = 1, 3, 1
    scene.do(hold, scene.line_up())
    assert (scene.board.activities[0].ended, scene.board.activities[0].tomorrow) == (1, CANCELLED)
    assert [kind for _, kind, _, _ in scene.events] == [ACTIVITY_CANCELLED, BUDGET_REACHED, ACTIVITIES_END]


@pytest.mark.parametrize(("rest", "extra"), [(0.0, 0.0), (123.5, 0.1), (1235.0, 1.0), (1e9, 300 * 12 / 365)])
def test_the_rest_of_a_total_adds_events(rest: float, extra: float) -> None:
    scene = hall(budget={"total": 1e9, "rest_to": "mechanism.activities.salon.per_month"})
    scene.board.plan.activities[0, 0].cost = 12.35
    scene.board.today[0].rest = rest
    scene.do(announce)
    scene.do(want_hours)
    activity = scene.board.activities[0]
    assert activity.extra == near(extra)
    assert activity.held + activity.due == near(0.5 + extra)
    assert scene.board.activities[1].extra == 0.0
    assert scene.records.work[10, ACTIVITIES, 0] == near(1.5 * (0.5 + extra))
    assert scene.board.today[0].rest == 0.0


def test_the_quality_of_an_event_has_a_price() -> None:
    scene = hall()
    scene.board.plan.activities[0, 0].cost_quality = 10.0
    scene.board.activities[0].held, scene.board.today[0].prepared = 2, 10.0
    scene.do(hold, scene.line_up())
    assert scene.record.cost_activities == 2 * (1235 + 4000)


def test_preparing_is_spread_over_the_days_between() -> None:
    scene = hall()
    scene.board.plan.activities[0, 1].hours = 2.0
    scene.do(want_hours)
    assert scene.records.work[10, ACTIVITIES, 0] == near(0.75 + 2 * 10 * 12 / 365)


# Coming


def guest(bonds: float = 0.4, on: bool = True, **columns: Any) -> Scene:
    scene = hall(switches__habituation=on)
    scene.board.activities[0].quality, scene.board.activities[0].bonding = 0.8, 0.5
    scene.board.activities[0].head_cents, scene.board.activities[0].company = 201, 48.0
    scene.board.activities[1].quality = 0.5
    for a in range(2):
        scene.board.activities[a].today = TAKES_PLACE
    scene.person(0, **({"seat": 1, "bond_members": 0.2, "event_habit": 4.0, "experience": 0.7} | columns))
    scene.bonds[:] = (bonds, 0.3)
    return scene


def test_whoever_has_a_place_comes_by_chance() -> None:
    scene = guest()
    under, over = scene.around(Purpose.SHOW_UP, 0.6)
    assert scene.act(attend, over) is False
    assert (scene.me.seat, scene.me.event_habit, scene.me.attended, scene.tally.attendance) == (0, 3.0, 0, 0)
    scene.me.seat = 1
    assert scene.act(attend, under) is True
    assert scene.me.seat == 0


def test_what_an_activity_gives() -> None:
    """Three events lately felt after a night: quality .8, fit .5, freshness exp(−.3); 48 come, 12 of whom are known."""
    scene = guest()
    before = scene.seen()
    scene.act(attend, scene.around(Purpose.SHOW_UP, 0.6)[0])
    experience = 0.8 * 0.5 * math.exp(-0.3)
    me = scene.me
    assert me.experience == near(experience)
    assert scene.bonds.tolist() == near([0.4 + 0.2 * experience * 0.6, 0.3])
    assert me.bond_members == near(0.2 + 0.5 * experience * 0.5 * 0.8)
    assert (me.event_habit, me.attended) == (4.0, 1)
    assert (scene.tally.attendance, scene.tally.cost_attendance) == (1, 201)
    assert scene.changed(before) == {
        *("people.seat", "people.experience", "people.bond_members", "people.attended", "bonds"),
        *("tally.attendance", "tally.cost_attendance"),
    }


def test_without_habituation_every_event_is_new() -> None:
    scene = guest(on=False)
    scene.act(attend, scene.around(Purpose.SHOW_UP, 0.6)[0])
    assert scene.me.experience == near(0.4)


def test_members_come_no_closer_where_their_ties_are_off() -> None:
    scene = guest()
    scene.p.derived.member_ties = 0
    scene.act(attend, scene.around(Purpose.SHOW_UP, 0.6)[0])
    assert scene.me.bond_members == 0.2


def test_a_place_is_one_at_a_certain_activity() -> None:
    scene = guest(seat=2, event_habit=0.0)
    scene.act(attend, scene.around(Purpose.SHOW_UP, 0.6)[0])
    assert scene.me.experience == near(0.25)


def test_without_a_place_nobody_comes_and_habit_wears_off() -> None:
    scene = guest(seat=0)
    scene.p.mechanism.attending.show_up = 1.0
    assert scene.act(attend) is False
    assert scene.me.event_habit == 3.0


def test_who_has_a_place_at_a_coming_event_keeps_it() -> None:
    scene = guest()
    scene.p.mechanism.attending.show_up = 1.0
    scene.board.activities[0].today = WAITING
    before = scene.seen()
    assert scene.act(attend) is False
    assert scene.me.event_habit == 3.0
    assert scene.changed(before) == {"people.event_habit"}


def test_a_cancelled_event_is_not_gone_to_and_the_place_is_lost() -> None:
    scene = guest()
    scene.p.mechanism.attending.show_up = 1.0
    scene.board.activities[0].today = CANCELLED
    before = scene.seen()
    assert scene.act(attend) is False
    assert scene.me.seat == 0
    assert scene.changed(before) == {"people.event_habit", "people.seat"}


# Asking for places


@pytest.mark.parametrize(
    ("places", "wants"), [((0, 0), {0}), ((5, 0), {0, 1}), ((0, 5), {0, 2}), ((5, 5), {0, 1, 2}), ((1, 0), {0, 1})]
)
def test_places_are_asked_for_by_interest_at_one_activity(places: tuple[int, int], wants: set[int]) -> None:
    scene, asked = hall(), set()
    for a in range(2):
        scene.board.activities[a].open = places[a]
    for luck in range(200):
        scene.me.wants_seat = 0
        scene.act(enrol, luck)
        likes = [places[a] > 0 and scene.drawn(Purpose.SEAT, luck, index=a) < 0.4 * 0.5 for a in range(2)]
        assert scene.me.wants_seat == (1 if likes[0] else 2 if likes[1] else 0)
        asked.add(scene.me.wants_seat)
    assert asked == wants


@pytest.mark.parametrize("seat", [1, 2])
def test_who_has_a_place_asks_for_no_other(seat: int) -> None:
    scene = hall()
    scene.p.mechanism.attending.interest, scene.me.seat = 2.0, seat
    scene.board.activities[0].open = scene.board.activities[1].open = 5
    scene.act(enrol)
    assert scene.me.wants_seat == 0
    scene.me.seat = 0
    scene.act(enrol)
    assert scene.me.wants_seat == 1


# Holding


def announced(prepared: float = 0.0, staffed: int = 1, events: int = 1, wanting: int = 2) -> Scene:
    """A salon, and a talk that takes no preparation, are announced; the first people want to go to the salon."""
    scene = hall()
    scene.p.derived.staffed = staffed
    salon, talk = scene.board.activities[0], scene.board.activities[1]
    salon.open, salon.held, talk.open, talk.held = 3 * events, events, 20, 1
    scene.records.work[10, ACTIVITIES, 1] = prepared
    for i in range(wanting):
        scene.person(i, wants_seat=1)
    scene.person(9, wants_seat=2)
    scene.record.cost_attendance, scene.record.cost_activities, scene.record.activities = 33, 100, 0
    return scene


def held(**given: Any) -> Scene:
    """What was :func:`announced`, in the evening."""
    scene = announced(**given)
    scene.do(hold, scene.line_up(*range(10)))
    return scene


def seats(scene: Scene) -> list[int]:
    return [scene.person(i).seat for i in range(10)]


def test_what_is_prepared_is_held_and_paid() -> None:
    scene = held(prepared=2.0)
    assert seats(scene) == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (scene.record.activities, scene.record.cost_activities) == (2, 100 + 1235 + 500 + 33)
    assert scene.board.today[0].prepared == near(0.5)
    assert scene.events == [(10, ACTIVITY_HELD, 0, 2), (10, ACTIVITY_HELD, 1, 1)]
    salon, talk = scene.board.activities[0], scene.board.activities[1]
    assert (salon.tomorrow, salon.given, salon.company) == (TAKES_PLACE, 0, 2.0)
    assert (talk.tomorrow, talk.given, talk.company) == (TAKES_PLACE, 0, 1.0)


def test_what_is_not_prepared_is_cancelled_and_what_needs_no_hours_is_not() -> None:
    scene = held(prepared=1.4)
    assert seats(scene) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (scene.record.activities, scene.record.cost_activities) == (1, 633)
    assert scene.events == [(10, ACTIVITY_CANCELLED, 0, 0), (10, ACTIVITY_HELD, 1, 1)]
    assert scene.board.today[0].prepared == near(1.4)
    salon = scene.board.activities[0]
    assert (salon.tomorrow, salon.given, salon.company) == (CANCELLED, 0, 0.0)


def test_places_given_before_count_at_the_event_and_are_lost_with_a_cancelled_one() -> None:
    for prepared, decided, noted in (
        (2.0, TAKES_PLACE, (ACTIVITY_HELD, 0, 3)),
        (0.0, CANCELLED, (ACTIVITY_CANCELLED, 0, 0)),
    ):
        scene = announced(prepared=prepared)
        salon = scene.board.activities[0]
        salon.open, salon.given = 1, 2
        scene.do(hold, scene.line_up(*range(10)))
        assert scene.events[0] == (10, *noted)
        assert (salon.tomorrow, salon.given) == (decided, 0)
        assert sum(scene.person(i).seat == 1 for i in range(10)) == int(decided == TAKES_PLACE)


def test_places_at_a_coming_event_are_given_day_by_day() -> None:
    scene = announced(wanting=3)
    salon = scene.board.activities[0]
    salon.held, salon.open = 0, 2
    scene.do(hold, scene.line_up(*range(10)))
    assert (salon.given, salon.tomorrow, sum(scene.person(i).seat == 1 for i in range(10))) == (2, WAITING, 2)
    assert scene.events == [(10, ACTIVITY_HELD, 1, 1)]
    salon.open = 1
    scene.person(5, wants_seat=1)
    scene.do(hold, scene.line_up(5))
    assert (salon.given, scene.person(5).seat) == (3, 1)


def test_hours_are_saved_up_over_days() -> None:
    scene = held(prepared=1.0)
    scene.board.activities[0].open = 3
    scene.do(hold, scene.line_up(0))
    assert scene.events[2] == (10, ACTIVITY_HELD, 0, 1)
    assert scene.board.today[0].prepared == near(0.5)


def test_half_the_hours_hold_half_the_events_and_give_half_the_places() -> None:
    scene = held(prepared=3.2, events=3, wanting=8)
    order = sorted(range(8), key=lambda i: scene.drawn_for(i, Purpose.SEAT))
    assert [scene.person(i).seat for i in order] == [1] * 6 + [0] * 2
    assert scene.record.cost_activities == 100 + 2 * 1235 + 500 + 33
    assert scene.record.activities == 3
    assert scene.events[0] == (10, ACTIVITY_HELD, 0, 6)
    assert scene.board.activities[0].company == 3.0


def test_without_operators_activities_need_no_hours() -> None:
    scene = held(prepared=0.0, staffed=0)
    assert seats(scene)[:3] == [1, 1, 0]
    assert scene.board.today[0].prepared == 0.0


def test_nothing_is_held_that_was_not_announced() -> None:
    scene = hall()
    scene.person(0, wants_seat=1)
    scene.records.work[10, ACTIVITIES, 1] = 9.0
    scene.do(hold, scene.line_up(0))
    assert (scene.events, scene.record.activities, scene.record.cost_activities, scene.me.seat) == ([], 0, 0, 0)
    assert scene.board.activities[0].tomorrow == WAITING
    assert scene.board.today[0].prepared == 9.0


def test_one_that_was_not_announced_does_not_hide_the_next() -> None:
    scene = hall()
    scene.board.activities[1].open, scene.board.activities[1].held = 20, 1
    scene.person(9, wants_seat=2)
    scene.do(hold, scene.line_up(9))
    assert scene.events == [(10, ACTIVITY_HELD, 1, 1)]


@pytest.mark.parametrize(("prepared", "held_"), [(0.5, 1), (0.5 - 5e-7, 1), (0.499, 0)])
def test_half_an_hour_must_be_prepared_but_for_rounding(prepared: float, held_: int) -> None:
    scene = announced(prepared=prepared)
    scene.board.plan.activities[0, 0].hours = 0.5
    scene.do(hold, scene.line_up(*range(10)))
    assert scene.record.activities == held_ + 1
    assert scene.board.today[0].prepared == (0.0 if held_ else prepared)


def test_where_places_are_short_priority_decides() -> None:
    scene = hall()
    for i in range(6):
        scene.person(i, wants_seat=2 if i == 4 else 1)
    assert of(give_seats)(scene.world, scene.line_up(*range(6)), 0, 3) == 3
    order = sorted((0, 1, 2, 3, 5), key=lambda i: scene.drawn_for(i, Purpose.SEAT))
    assert [scene.person(i).seat for i in order] == [1, 1, 1, 0, 0]
    assert scene.person(4).seat == 0
    assert of(give_seats)(scene.world, scene.line_up(3, 2), 0, 2) == 2
    assert scene.world.scratch.picked[:2].tolist() == [3, 2]


def test_no_more_places_are_given_than_the_events_that_are_held_have() -> None:
    """Three places were given while one was due every other day; then two a day are planned, with hours for one."""
    scene = hall()
    plan, salon = scene.board.plan.activities[0, 0], scene.board.activities[0]
    scene.p.derived.staffed = 1
    plan.notice_days = 7
    of(open_activity)(scene.world, 0, scene.p)
    assert (salon.open, salon.held) == (3, 0)
    for i in range(3):
        scene.person(i, wants_seat=1)
    scene.do(hold, scene.line_up(0, 1, 2))
    assert salon.given == 3
    plan.per_month = 60.0
    of(open_activity)(scene.world, 0, scene.p)
    assert (salon.open, salon.held) == (3, 2)
    for i in range(3):
        scene.person(i, wants_seat=0)
        scene.person(i + 3, wants_seat=1)
    scene.records.work[10, ACTIVITIES, 1] = 1.5
    scene.do(hold, scene.line_up(3, 4, 5))
    assert scene.record.activities == 1
    assert salon.company <= 3
